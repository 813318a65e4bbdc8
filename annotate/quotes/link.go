package quotes

import (
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/words"
	"byline/articles"
)

// Link returns es with the words added as mentions by which qs name their speakers
// without a name: "she" as a pronoun, "the actor" as a nominal. A speaker who is
// named gains nothing. Mentions stay in order; es and qs are not changed.
func Link(text string, es []annotate.Entity, qs []*annotate.Quote) []annotate.Entity {
	at := make(map[string]int, len(es))
	for i := range es {
		at[es[i].ID] = i
	}
	more := map[int][]annotate.Mention{}
	seen := map[articles.Span]bool{}
	for _, q := range qs {
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
	case namedBy(w, e):
		m.Form = annotate.Name
	}
	m.Origin.Rule = speaking.name
	return m, true
}

// namedBy reports whether w is a name of e: the label "MS. LEE" is, but not "the bank" of one.
func namedBy(w string, e *annotate.Entity) bool {
	last := lastWord(w)
	if !strings.EqualFold(last, lastWord(e.Name)) || strings.Contains(w, " for ") {
		return false
	}
	first, _, more := strings.Cut(w, " ")
	return strings.ToLower(last) != last && (!more || !en.Of(strings.ToLower(first)).Is(en.Determiner))
}
