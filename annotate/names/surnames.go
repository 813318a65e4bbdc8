package names

import (
	"slices"

	"byline/annotate"
	"byline/annotate/lexicon"
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
	for _, s := range d.Sentences {
		for t := s.Tokens.First; t < s.Tokens.End; t++ {
			for next < len(found) && found[next].End <= t {
				next++
			}
			score, ok := last[d.Word(t)]
			if !ok || next < len(found) && found[next].First <= t || !isAlone(d, s.Tokens, t) {
				continue
			}
			p := again * score
			all = append(all, named{Name{Range: annotate.Range{First: t, End: t + 1}, Type: annotate.Person, Score: p, Shares: Shares{0: float32(p), 4: float32(1 - p)}}, surname})
		}
	}
	slices.SortFunc(all, func(a, b named) int { return a.First - b.First })
	return all
}

// surnames returns the last words of the full names found with a score of at least sure, with the
// best score of each.
func surnames(d *annotate.Doc, found []named) map[string]float64 {
	last := map[string]float64{}
	for _, n := range found {
		if n.Type != annotate.Person || n.End-n.First < 2 || n.Score < sure {
			continue
		}
		if w := d.Word(n.End - 1); len(w) > 2 && isCapitalized(w) {
			last[w] = max(last[w], n.Score)
		}
	}
	return last
}

// again is the share of the surnames found this way that are right, where the full name is.
const again = 0.8

// isAlone reports whether the word at token t of sentence s has no capitalized neighbour, and is
// not a common word that starts the sentence.
func isAlone(d *annotate.Doc, s annotate.Range, t int) bool {
	begins := t == s.First || d.Tokens[t-1].Kind != annotate.Word
	if begins && lexicon.Of(d.Word(t))&lexicon.Small != 0 || t+1 < s.End && isCapitalized(d.Word(t+1)) {
		return false
	}
	return begins || !isCapitalized(d.Word(t-1)) || t-1 == s.First
}
