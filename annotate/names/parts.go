package names

import (
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon"
	"byline/annotate/lexicon/en"
)

// against are the words between two sides in a list of results.
var against = wordSet("v vs d bt")

// splitSides returns found, names in d, with two sides that the tagger took for one organization apart: "Orrin v Lund".
func splitSides(d *annotate.Doc, found []named) []named {
	all := make([]named, 0, len(found))
	for _, n := range found {
		for t := n.First + 1; t+1 < n.End && n.Type == annotate.Organization; t++ {
			if against[d.Word(t)] {
				left := n
				left.End, n.First = t, t+1
				all = append(all, left)
			}
		}
		all = append(all, n)
	}
	return all
}

// splitHomes returns found, names in d, with a person and the ward that the tagger took for one name apart, "Ann Quill of
// Harbour Ward", and a ward or street taken for a person as what it is: "for Harbour Ward".
func splitHomes(d *annotate.Doc, found []named) []named {
	all := make([]named, 0, len(found))
	for _, n := range found {
		if n.Type == annotate.Person && n.End-n.First > 1 && en.Of(strings.ToLower(d.Word(n.End-1))).Is(en.Structure) {
			for t := n.First + 1; t+1 < n.End; t++ {
				if d.Word(t) == "of" {
					left := n
					left.End, n.First = t, t+1
					all = append(all, left)
				}
			}
			if isPlaced(d, n.Range) {
				n.Name = n.as(annotate.Place)
			}
		}
		all = append(all, n)
	}
	return all
}

// isPlaced reports whether g, which ends like a part of a town, stands where one does.
func isPlaced(d *annotate.Doc, g annotate.Range) bool {
	if g.First == 0 {
		return false
	}
	switch before := strings.ToLower(d.Word(g.First - 1)); before {
	case "the":
		return true
	case "of", "in", "at", "on", "near", "for", "from", "to":
		return lexicon.Of(d.Word(g.First))&lexicon.CommonFirst == 0
	}
	return false
}

// withSpeakers adds to found, names in d, the person in capitals with a title that begins a line of a transcript: "SENATOR
// HOLT: Thank you."
func withSpeakers(d *annotate.Doc, found []named) []named {
	all := make([]named, 0, len(found))
	next := 0
	for _, s := range d.Sentences {
		for next < len(found) && found[next].First < s.Tokens.First {
			all = append(all, found[next])
			next++
		}
		g, ok := speakerAt(d, s.Tokens)
		if !ok || next < len(found) && found[next].First < g.End && found[next].Type == annotate.Person {
			continue
		}
		for next < len(found) && found[next].First < g.End {
			next++
		}
		p := float32(again)
		all = append(all, named{Name{Range: g, Type: annotate.Person, Score: again, Shares: Shares{0: p, 4: 1 - p}}, transcript})
	}
	return append(all, found[next:]...)
}

// speakerAt returns the name of the speaker in capitals, with a title, that begins sentence s and a line.
func speakerAt(d *annotate.Doc, s annotate.Range) (annotate.Range, bool) {
	t, free := s.First, s.End
	if t >= free || !startsLine(d, t) || !isAcronym(d.Word(t)) || !isTitle(d.Word(t)) {
		return annotate.Range{}, false
	}
	g := annotate.Range{First: afterDot(d, t)}
	g.End = g.First
	for g.End < free && isAcronym(d.Word(g.End)) && isCapitalized(d.Word(g.End)) && !isTitle(d.Word(g.End)) {
		g.End++
	}
	ok := g.End > g.First && g.End < free && d.Word(g.End) == ":"
	return g, ok
}

// startsLine reports whether token t is the first of a line.
func startsLine(d *annotate.Doc, t int) bool {
	return t == 0 || strings.Contains(d.Text[d.Tokens[t-1].End:d.Tokens[t].Start], "\n")
}

// splitLines returns found, names in d, with a name that goes on in another line though there was room for it in the first, as
// there is none in a text of lines of one width, made two: "Our Bureau" above "Orrin".
func splitLines(d *annotate.Doc, found []Name) []Name {
	all := make([]Name, 0, len(found))
	widest := 0
	for _, n := range found {
		for t := n.First + 1; t < n.End; t++ {
			if !startsLine(d, t) {
				continue
			}
			if widest == 0 {
				widest = widestLine(d.Text)
			}
			end := d.Tokens[t-1].End
			if width := end - strings.LastIndexByte(d.Text[:end], '\n'); width+d.Tokens[t].Len() > widest {
				continue
			}
			left := n
			left.End, n.First = t, t
			all = append(all, left)
		}
		all = append(all, n)
	}
	return all
}

// widestLine returns how many bytes the longest line of text has.
func widestLine(text string) int {
	widest := 0
	for line := range strings.Lines(text) {
		widest = max(widest, len(line))
	}
	return widest
}

// sees are the ranks whose bearers are named by a place.
var sees = wordSet("Duke Duchess Earl Marquess Bishop Archbishop Prince Princess Emir Sultan Dean")

// seat returns n, taken for an organization, without the rank before the place that it is, "Lund" of "Bishop of Lund".
func seat(d *annotate.Doc, n Name) Name {
	if n.Type != annotate.Organization || n.End-n.First < 3 || n.End-n.First > 4 || !sees[d.Word(n.First)] || d.Word(n.First+1) != "of" {
		return n
	}
	for t := n.First + 2; t < n.End; t++ {
		if !isCapitalized(d.Word(t)) || en.Of(strings.ToLower(d.Word(t))).Is(en.Body|en.Common|en.Structure|en.Fields) {
			return n
		}
	}
	n.First += 2
	return n.as(annotate.Place)
}
