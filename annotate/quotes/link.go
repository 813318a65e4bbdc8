package quotes

import (
	"slices"
	"strconv"
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/words"
	"byline/articles"
)

// Link returns es with the words added as mentions by which qs name their speakers
// without a name: "she" as a pronoun, "the actor" as a nominal. A speaker who is
// named gains nothing. Mentions stay in order; es and qs are not changed.
func Link(text string, es []annotate.Entity, qs []annotate.Quote) []annotate.Entity {
	at := make(map[string]int, len(es))
	for i := range es {
		at[es[i].ID] = i
	}
	more := map[int][]annotate.Mention{}
	seen := map[articles.Span]bool{}
	for i := range qs {
		q := &qs[i]
		e, ok := at[q.Speaker]
		if !ok || q.SpeakerMention.Empty() || seen[q.SpeakerMention] {
			continue
		}
		seen[q.SpeakerMention] = true
		if m, ok := mention(text, &es[e], q); ok {
			more[e] = append(more[e], m)
		}
	}
	linked := slices.Clone(es)
	for i, ms := range more {
		linked[i].Mentions = slices.Concat(es[i].Mentions, ms)
		slices.SortStableFunc(linked[i].Mentions, func(a, b annotate.Mention) int { return a.Compare(b.Span) })
	}
	return linked
}

// mention returns the mention of e that the speaker's words of q are, if it has none there.
func mention(text string, e *annotate.Entity, q *annotate.Quote) (annotate.Mention, bool) {
	i, _ := slices.BinarySearchFunc(e.Mentions, q.SpeakerMention.Start, func(m annotate.Mention, at int) int { return m.End - at - 1 })
	if i < len(e.Mentions) && e.Mentions[i].Overlaps(q.SpeakerMention) {
		return annotate.Mention{}, false
	}
	m := annotate.Mention{Span: q.SpeakerMention, Form: annotate.Nominal, Type: e.Type, Origin: q.Origin}
	w := m.In(text)
	gender, pronoun := words.Pronoun(strings.ToLower(w))
	switch {
	case pronoun && gender != en.Unknown || strings.EqualFold(w, "I"):
		m.Form = annotate.Pronoun
	case strings.EqualFold(lastWord(w), lastWord(e.Name)) && !strings.Contains(w, " for "):
		m.Form = annotate.Name
	}
	m.Origin.Rule = speaking.name
	return m, true
}

// Bodies returns es with the organizations that speak in qs and that the article never
// names, "the city council", and makes them the speakers of those quotes, in place. What
// is called so twice is one: "the council" takes up "the city council".
func Bodies(text string, es []annotate.Entity, qs []annotate.Quote) []annotate.Entity {
	named := bodyWords(es)
	var known []annotate.Entity
	for i := range qs {
		q := &qs[i]
		if q.Speaker != "" || q.SpeakerMention.Empty() {
			continue
		}
		name, ok := strings.CutPrefix(strings.ToLower(q.SpeakerMention.In(text)), "the ")
		head := lastWord(name)
		if !ok || !words.Body.Has(head) || !words.English().Nouns[head].Organization || named[head] {
			continue
		}
		of := len(known) - 1
		for of >= 0 && !sameBody(known[of].Name, name, head) {
			of--
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

// sameBody reports whether a body called old may be meant by name, whose last word is head: one of
// them is the other, or its last word.
func sameBody(old, name, head string) bool {
	return old == name || name == head && lastWord(old) == head || old == head
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
