package names

import (
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon"
	"byline/annotate/lexicon/en"
	"byline/annotate/lexicon/known"
)

// told is the score of a name that only the words beside it tell.
const told = 0.75

// written are what papers print and who works for them, behind the name of a paper.
var written = wordSet("editorial editorials columnist columnists op-ed correspondent correspondents reporter reporters journalist cartoonist leader-writer leaderwriter photographer front-page")

// legal are the forms of firms, written like this behind their names.
var legal = wordSet("AS ASA AB Oyj GmbH plc PLC Ltd Inc LLC LLP Bhd Berhad Tbk SpA NV AG")

// withUnseen returns found, names in d, with organizations that the tagger missed and one word beside them tells: "a Guardian
// columnist" where the lists know the paper, "Kvale AS".
func withUnseen(d *annotate.Doc, found []named) []named {
	all, next := found, 0
	for _, s := range d.Sentences {
		end := s.Tokens.First
		for t := s.Tokens.First + 1; t < s.Tokens.End; t++ {
			for next < len(found) && found[next].End <= t {
				end = found[next].End
				next++
			}
			g := annotate.Range{First: t, End: t + 1}
			switch {
			case next < len(found) && found[next].First <= t:
				continue
			case t+1 < s.Tokens.End && written[d.Word(t+1)] && isPaper(d, t):
			case legal[strings.TrimSuffix(d.Word(t), ".")]:
				if g.First = firmStart(d, t, max(end, s.Tokens.First)); g.First == t {
					continue
				}
			default:
				continue
			}
			all = append(all, named{Name{Range: g, Type: annotate.Organization, Score: told, Shares: Shares{1: told, 4: 1 - told}}, aside})
			end = g.End
		}
	}
	slices.SortStableFunc(all, func(a, b named) int { return a.First - b.First })
	return all
}

// isPaper reports whether token t, with an article before it, is a paper or broadcaster that the lists know, with or without
// "The".
func isPaper(d *annotate.Doc, t int) bool {
	w := d.Word(t)
	if !isCapitalized(w) || !en.Of(strings.ToLower(d.Word(t-1))).Is(en.Determiner) {
		return false
	}
	return factsOf(w).Kind() == known.Media || factsOf("The "+w).Kind() == known.Media
}

// firmStart returns the first of the words in capitals before token t, a legal form, not before token first; t if they are in
// capitals throughout, as in a headline. An ordinary word that begins the sentence is none of them.
func firmStart(d *annotate.Doc, t, first int) int {
	const longest = 4
	from := t
	for from > first && t-from < longest && isCapitalized(d.Word(from-1)) && d.Tokens[from-1].Kind == annotate.Word {
		from--
	}
	if from == first && lexicon.Of(d.Word(from))&lexicon.Small != 0 {
		from = min(from+1, t)
	}
	if from == t || from == t-1 && en.Of(strings.ToLower(d.Word(from))).Class != 0 {
		return t
	}
	if isAcronym(d.Word(t-1)) && isAcronym(d.Word(t)) || t+1 < len(d.Tokens) && isAcronym(d.Word(t+1)) {
		return t
	}
	return from
}

// bodies and events are what "of" ties to the name behind it, with a capital in the middle of a sentence.
var (
	bodies = wordSet("Friends Sisters Brothers Knights Society Academy League Confederation Journal")
	events = wordSet("Battle Treaty Siege Feast Dictionary Encyclopedia Encyclopaedia Atlas Order")
)

// withHead returns n, a name in d that may not begin before token first, with the head that "of" ties to it, "Dictionary of"
// before "Lund Biography", and with what the letters behind it tell, "Friends of" before "Orrin Bay Library (FOBL)".
func withHead(d *annotate.Doc, n named, first int) named {
	if n.Type == annotate.Organization {
		n.First = spelled(d, n.Range, first)
	}
	at := n.First - 2
	if at <= first || d.Word(n.First-1) != "of" || !en.Of(strings.ToLower(d.Word(at-1))).Is(en.Determiner) {
		return n
	}
	switch w := d.Word(at); {
	case bodies[w]:
		n.Name = n.as(annotate.Organization)
	case events[w]:
		n.Name = n.as(annotate.Other)
	default:
		return n
	}
	n.First = at
	return n
}

// spelled returns the first token of g, an organization, whose letters follow in brackets: with the words before it, tied by
// one in small letters, that they also stand for, not before token first.
func spelled(d *annotate.Doc, g annotate.Range, first int) int {
	if g.First <= first || isCapitalized(d.Word(g.First-1)) || g.End+2 >= len(d.Tokens) || d.Word(g.End) != "(" || d.Word(g.End+2) != ")" {
		return g.First
	}
	rest, ok := strings.CutSuffix(d.Word(g.End+1), capitals(d, g))
	if !ok {
		return g.First
	}
	for t := g.First - 1; t >= first; t-- {
		w := d.Word(t)
		switch {
		case isCapitalized(w) && strings.HasSuffix(rest, w[:1]):
			if rest = rest[:len(rest)-1]; rest == "" && bodies[w] {
				return t
			}
		case !en.Of(w).Is(en.Binds):
			return g.First
		}
	}
	return g.First
}

// capitals returns the first letters of the words in g that have a capital.
func capitals(d *annotate.Doc, g annotate.Range) string {
	letters := ""
	for t := g.First; t < g.End; t++ {
		if isCapitalized(d.Word(t)) {
			letters += d.Word(t)[:1]
		}
	}
	return letters
}
