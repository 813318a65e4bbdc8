package names

import (
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon"
	"byline/annotate/lexicon/known"
	"byline/articles"
)

// The numbers of the rule listed. Of the names of newsroom that the lists know as one place, people, event or the like
// and the tagger took for something else, the lists are right in three of four where the score is at most
// unsure; where it is higher, and for organizations, the tagger is.
const (
	unsure      = 0.8
	listedScore = 0.75

	certainOther = 0.95 // of what isOther asks about; where it is higher, a club or firm has the name
)

// Listed gives a mention in ms, of text, whose type is not sure, that of the lists if they know its words as
// one place or other name and as nothing else. It changes ms.
func Listed(text string, ms []annotate.Mention) []annotate.Mention {
	bodies := initialsOf(text, ms)
	for i := range ms {
		m := &ms[i]
		if isOther(text, m) && !bodies[m.In(text)] {
			m.Type, m.Title = annotate.Other, articles.Span{}
			m.Origin = annotate.Origin{Stage: stage, Rule: listed, Score: listedScore}
			continue
		}
		if m.Origin.Score > unsure || m.Type == annotate.Person {
			continue
		}
		f := factsOf(m.In(text))
		if !f.Certain() || f.Tier() < known.Sure {
			continue
		}
		t := typeOf(f.Main())
		if t == m.Type || t != annotate.Place && t != annotate.Other {
			continue
		}
		m.Type = t
		m.Origin = annotate.Origin{Stage: stage, Rule: listed, Score: listedScore}
	}
	return ms
}

// initialsOf returns the first letters of the organizations in ms of several words.
func initialsOf(text string, ms []annotate.Mention) map[string]bool {
	bodies := map[string]bool{}
	for i := range ms {
		if ms[i].Type != annotate.Organization {
			continue
		}
		letters := ""
		for w := range strings.FieldsSeq(ms[i].In(text)) {
			if isCapitalized(w) {
				letters += w[:1]
			}
		}
		bodies[letters] = true
	}
	return bodies
}

// ships are what stands before the names of ships.
var ships = wordSet("HMS USS INS HMAS HMCS HMNZS USNS USCGC BRP KRI ROKS MV")

// isOther reports whether m is a word that the lists know as the name of a people, a law or an examination, and the tagger took it
// for something else. A person may be called like one of a people, and a place like all of it.
func isOther(text string, m *annotate.Mention) bool {
	w := m.In(text)
	if prefix, name, ok := strings.Cut(w, " "); ok && ships[prefix] && isCapitalized(name) {
		return m.Type != annotate.Other
	}
	if m.Type == annotate.Other || m.Origin.Score > certainOther || !m.Title.Empty() {
		return false
	}
	switch known.OtherWord(w) {
	case known.NoKind:
		return false
	case known.People:
		return m.Type == annotate.Organization || strings.HasSuffix(w, "s")
	}
	return true
}

// typeOf returns the type that f is, one of known.Types.
func typeOf(f known.Facts) annotate.Type {
	switch f {
	case known.Person:
		return annotate.Person
	case known.Organization:
		return annotate.Organization
	case known.Place:
		return annotate.Place
	}
	return annotate.Other
}

// withListed returns found, names in d, with an organization or place that begins a longer name of an organization in the lists
// made as long: "Orrin Mail" in "Orrin Mail on Sunday".
func withListed(d *annotate.Doc, found []named) []named {
	all := found[:0]
	for i := 0; i < len(found); i++ {
		n := found[i]
		if n.Type == annotate.Organization || n.Type == annotate.Place {
			end := listedEnd(d, n.Range)
			last := i
			for last+1 < len(found) && found[last+1].First < end {
				last++
			}
			if body, ok := firstBody(found[i : last+1]); ok && end > n.End && found[last].End <= end && (last > i || d.Word(n.End) != ",") {
				n.End, n.Type, n.Shares, n.Score = end, body.Type, body.Shares, body.Score
				i = last
			}
		}
		all = append(all, n)
	}
	return all
}

// firstBody returns the first organization of ns.
func firstBody(ns []named) (named, bool) {
	i := slices.IndexFunc(ns, func(n named) bool { return n.Type == annotate.Organization })
	if i < 0 {
		return named{}, false
	}
	return ns[i], true
}

// listedEnd returns the end of the longest name of an organization that begins with g and that the lists are sure of; g's if
// there is none.
func listedEnd(d *annotate.Doc, g annotate.Range) int {
	var k lexicon.Key
	end := g.End
	for t := g.First; t < len(d.Tokens) && t < g.First+known.MaxTokens; t++ {
		k = k.Token(d.Word(t))
		if w := d.Word(t); t >= g.End && (w == "'s" || w == "’s") {
			return end
		}
		if t < g.End || !isCapitalized(d.Word(t)) {
			continue
		}
		if f := known.Of(k); f.Certain() && f.Main() == known.Organization && f.Tier() >= known.Clean {
			end = t + 1
		}
	}
	return end
}
