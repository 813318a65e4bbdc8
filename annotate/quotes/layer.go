package quotes

import (
	"slices"
	"strings"

	"byline/annotate"
	"byline/articles"
)

// quotes returns what was found, in order.
func (r *run) quotes() []annotate.Quote {
	r.blocks()
	r.inTurns()
	turns := len(r.told)
	r.indirects()
	var qs []annotate.Quote
	for i := range r.claims {
		c := &r.claims[i]
		if !c.found() || c.skip {
			continue
		}
		q := r.quote(c, r.marked[i].Span)
		q.Type = annotate.Mixed
		if r.full(i, c) {
			q.Type = annotate.Direct
		}
		if !r.marked[i].closed || r.marked[i].mended {
			q.Origin.Score *= 0.6
		}
		if r.marked[i].single && r.marked[i].Len() > 0 {
			q.Origin.Score *= 0.98
		}
		qs = append(qs, q)
	}
	for i := range r.told {
		q := r.quote(&r.told[i], r.told[i].Span)
		q.Type = annotate.Indirect
		if i < turns {
			q.Type = annotate.Direct
		}
		qs = append(qs, q)
	}
	slices.SortStableFunc(qs, func(a, b annotate.Quote) int { return a.Compare(b.Span) })
	return apart(qs)
}

// quote returns the quote of a claim over span s.
func (r *run) quote(c *claim, s articles.Span) annotate.Quote {
	q := annotate.Quote{Span: s, SpeakerMention: c.who.Span, Cue: c.cue}
	q.Origin = annotate.Origin{Stage: "quotes", Rule: c.rule.name, Score: c.rule.score}
	switch {
	case c.who.entity >= 0:
		q.Speaker = r.es[c.who.entity].ID
	case c.who.Empty():
	case c.who.the || c.who.form != annotate.Nominal:
		q.Origin.Score *= 0.45 // who is meant was not found
	default:
		q.Origin.Score *= 0.8 // "a police officer"
	}
	return q
}

// apart drops of two quotes that cross the later, and of those inside another what is
// not in marks. Quotes inside quotes stay.
func apart(qs []annotate.Quote) []annotate.Quote {
	kept := qs[:0]
	outer := -1 // the last kept that is in no other
	for _, q := range qs {
		switch {
		case outer < 0 || q.Start >= kept[outer].End:
			outer = len(kept)
		case q.Type == annotate.Indirect || q.End > kept[outer].End || q.Start < kept[len(kept)-1].End && len(kept)-1 > outer || q.Cue.Empty() || q.Span == kept[outer].Span:
			continue
		}
		kept = append(kept, q)
	}
	return kept
}

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
	switch w := m.In(text); {
	case pronouns[strings.ToLower(w)] != unknown || strings.EqualFold(w, "I"):
		m.Form = annotate.Pronoun
	case strings.EqualFold(lastWord(w), lastWord(e.Name)) && !strings.Contains(w, " for "):
		m.Form = annotate.Name
	}
	m.Origin.Rule = speaking.name
	return m, true
}
