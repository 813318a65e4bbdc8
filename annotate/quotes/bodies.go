package quotes

import (
	"strconv"
	"strings"

	"byline/annotate"
)

// Bodies returns es with the organizations that speak in qs and that the article never
// names, "the city council", and makes them the speakers of those quotes, in place. What
// is called so twice is one: "the council" takes up "the city council".
func Bodies(text string, es []annotate.Entity, qs []annotate.Quote) []annotate.Entity {
	lex, named := words(), bodyWords(es)
	var known []annotate.Entity
	for i := range qs {
		q := &qs[i]
		if q.Speaker != "" || q.SpeakerMention.Empty() {
			continue
		}
		name, ok := strings.CutPrefix(strings.ToLower(q.SpeakerMention.In(text)), "the ")
		head := lastWord(name)
		if !ok || !bodies[head] || !lex.nouns[head].org || named[head] {
			continue
		}
		of := -1
		for k := range known {
			if old := known[k].Name; old == name || name == head && lastWord(old) == head || old == head && lastWord(name) == head {
				of = k
			}
		}
		if of < 0 {
			of = len(known)
			known = append(known, annotate.Entity{
				ID: "e" + strconv.Itoa(len(es)+of+1), Name: name, Type: annotate.Organization,
				Origin: annotate.Origin{Stage: "quotes", Rule: speaking.name, Score: q.Origin.Score},
			})
		}
		q.Speaker = known[of].ID
		known[of].Name = longer(known[of].Name, name)
	}
	return append(es[:len(es):len(es)], known...)
}

// bodyWords returns the words of the names of the organizations of es, in small letters.
func bodyWords(es []annotate.Entity) map[string]bool {
	m := map[string]bool{}
	for i := range es {
		if es[i].Type == annotate.Organization {
			for w := range strings.FieldsSeq(strings.ToLower(es[i].Name)) {
				m[w] = true
			}
		}
	}
	return m
}

func longer(a, b string) string {
	if len(b) > len(a) {
		return b
	}
	return a
}
