package names

import (
	"byline/annotate"
	"byline/annotate/lexicon/known"
)

// The numbers of the rule listed. Of the names of newsroom that the lists know as one place, people, event or the like
// and the tagger took for something else, the lists are right in three of four where the score is at most
// unsure; where it is higher, and for organizations, the tagger is.
const (
	unsure      = 0.8
	listedScore = 0.75
)

// Listed gives a mention in ms, of text, whose type is not sure, that of the lists if they know its words as
// one place or other name and as nothing else. It changes ms.
func Listed(text string, ms []annotate.Mention) []annotate.Mention {
	for i := range ms {
		m := &ms[i]
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
