package names

import (
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon"
	"byline/annotate/lexicon/en"
)

// sure is the least score of a full name whose surname is searched elsewhere.
const sure = 0.8

// surnamesAgain adds the surnames of people found in d where the tagger missed them: capitalized,
// between words that are not, and not at the start of a sentence if they are a common word.
func surnamesAgain(d *annotate.Doc, found []named) []named {
	last := surnames(d, found)
	if len(last) == 0 {
		return found
	}
	all, next := found, 0
	small := inSmall(d, last)
	for _, s := range d.Sentences {
		for t := s.Tokens.First; t < s.Tokens.End; t++ {
			for next < len(found) && found[next].End <= t {
				next++
			}
			score, ok := last[d.Word(t)]
			if !ok || next < len(found) && found[next].First <= t || !isAlone(d, s.Tokens, t, small) {
				continue
			}
			p := float64(again * score) // rounded, so that 1 − p is the same everywhere
			all = append(all, named{Name{Range: annotate.Range{First: t, End: t + 1}, Type: annotate.Person, Score: p, Shares: Shares{0: float32(p), 4: float32(1 - p)}}, surname})
		}
	}
	slices.SortFunc(all, func(a, b named) int { return a.First - b.First })
	return all
}

// surnames returns the last words of the full names found with a score of at least sure, and the first words of
// those that put the surname first, with the best score of each.
func surnames(d *annotate.Doc, found []named) map[string]float64 {
	last := map[string]float64{}
	for _, n := range found {
		if n.Type != annotate.Person || n.End-n.First < 2 || n.Score < sure {
			continue
		}
		for _, w := range [2]string{d.Word(n.End - 1), d.Word(n.First)} {
			if len(w) > 1 && isCapitalized(w) && !isAcronym(w) {
				last[w] = max(last[w], n.Score)
			}
			if !surnameFirst(d.Word(n.First), d.Word(n.End-1)) {
				break
			}
		}
	}
	return last
}

// surnameFirst reports whether first may be the surname in a name that ends with last: "Qi Weidong".
func surnameFirst(first, last string) bool {
	return lexicon.Of(first)&lexicon.CommonFirst == 0 && lexicon.Of(last)&lexicon.Surname == 0 && !isTitle(first) && !isTitle(first+".")
}

// again is the share of the surnames found this way that are right, where the full name is.
const again = 0.8

// inSmall returns the words among names that d also has in small letters.
func inSmall(d *annotate.Doc, names map[string]float64) map[string]bool {
	small := map[string]bool{}
	for w := range names {
		small[strings.ToLower(w)] = false
	}
	for i := range d.Tokens {
		if _, ok := small[d.Word(i)]; ok {
			small[d.Word(i)] = true
		}
	}
	return small
}

// isAlone reports whether the word at token t of sentence s has no capitalized neighbour, but a title, and is
// no common word that starts the sentence; small are the surnames that the article also has in small letters.
func isAlone(d *annotate.Doc, s annotate.Range, t int, small map[string]bool) bool {
	if t+1 < s.End && isCapitalized(d.Word(t+1)) {
		return false
	}
	w := d.Word(t)
	if t > s.First && d.Tokens[t-1].Kind == annotate.Word {
		before := d.Word(t - 1)
		return isTitle(before) || !isDateOrTitle(w) && (!isCapitalized(before) || t-1 == s.First)
	}
	if lexicon.Of(w)&lexicon.Small == 0 && !isDateOrTitle(w) {
		return true
	}
	return t+1 < s.End && !small[strings.ToLower(w)] && actsAs(d, t)
}

// actsAs reports whether the common word at token t, which begins its sentence, does what a person does: "Price
// told them".
func actsAs(d *annotate.Doc, t int) bool {
	switch next := d.Word(t + 1); next {
	case "said", "says", "told", "added", "who":
		return true
	default:
		return en.Of(next).Is(en.Auxiliary) && !isDateOrTitle(d.Word(t))
	}
}
