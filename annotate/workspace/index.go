package workspace

import (
	"slices"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/library"
	"byline/annotate/library/db"
)

// namesOf returns the entities of l for the library's index.
func namesOf(l *annotate.Layer, text string) []db.Name {
	var out []db.Name
	for i := range l.Entities {
		e := &l.Entities[i]
		key := nameKey(e.Name)
		if key == "" || !hasName(e) {
			continue
		}
		n := db.Name{Key: key, Type: e.Type, Name: e.Name, First: -1, Forms: formsOf(e, text), Spellings: spellingsOf(e, text)}
		for _, m := range e.Mentions {
			if m.State == annotate.Rejected {
				continue
			}
			if n.Count++; n.First < 0 {
				n.First = m.Start
			}
		}
		out = append(out, n)
	}
	return out
}

// formsOf returns the other forms of e's name in text, each once.
func formsOf(e *annotate.Entity, text string) []string {
	var out []string
	for _, m := range e.Mentions {
		if m.Form != annotate.Name || m.State == annotate.Rejected {
			continue
		}
		if f := m.In(text); f != e.Name && !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

// spellingsOf returns all forms of e's name in text, on one line each, with how often they are there.
func spellingsOf(e *annotate.Entity, text string) []library.Spelling {
	var out []library.Spelling
	for _, m := range e.Mentions {
		if m.Form != annotate.Name || m.State == annotate.Rejected {
			continue
		}
		form := strings.Join(strings.Fields(m.In(text)), " ")
		i := slices.IndexFunc(out, func(s library.Spelling) bool { return s.Text == form })
		if i < 0 {
			i = len(out)
			out = append(out, library.Spelling{Text: form})
		}
		out[i].Mentions++
	}
	return out
}

// quotesOf returns the quotes of l for the library's index.
func quotesOf(l *annotate.Layer, text string) []db.Quote {
	var out []db.Quote
	speakers := map[string]db.Name{} // by ID
	for _, q := range l.Quotes {
		if q.State == annotate.Rejected {
			continue
		}
		s := db.Quote{Span: q.Span, Type: q.Type, Text: q.In(text), Decided: q.State == annotate.Confirmed, Verb: strings.Join(strings.Fields(q.Cue.In(text)), " ")}
		for _, id := range q.Speakers() {
			n, known := speakers[id]
			if !known {
				e := l.Entity(id)
				if e == nil {
					continue
				}
				n = db.Name{Key: nameKey(e.Name), Name: e.Name, Type: e.Type, Forms: formsOf(e, text)}
				speakers[id] = n
			}
			s.Speakers = append(s.Speakers, n)
		}
		out = append(out, s)
	}
	return out
}

// plain writes names with straight apostrophes and without dots.
var plain = strings.NewReplacer("’", "'", "‘", "'", ".", "")

// nameKey returns a name in the form in which names are compared: in NFC, case folded, without
// honorifics and dots, with straight apostrophes.
func nameKey(name string) string {
	name = cases.Fold().String(norm.NFC.String(name))
	name = plain.Replace(name)
	words := strings.Fields(name)
	for len(words) > 1 && (words[0] == "the" || en.Of(words[0]).Is(en.Keyed)) {
		words = words[1:]
	}
	return strings.Join(words, " ")
}
