package quotes

import (
	"slices"

	"byline/annotate"
	"byline/articles"
)

// quotes returns what was found, in order.
func (an *analysis) quotes() []*annotate.Quote {
	un := &unmarked{attributed: &an.attributed}
	un.blocks()
	un.inTurns()
	turns := len(un.told)
	un.indirect()
	var qs []*annotate.Quote
	for i := range an.claims {
		if !an.claims[i].found() || an.claims[i].skip {
			continue
		}
		q := an.quoted(i)
		if !an.quotations[i].Closed || an.quotations[i].Mended {
			q.Origin.Score *= unclosedFactor
		}
		if an.quotations[i].Single {
			q.Origin.Score *= singleFactor
		}
		qs = append(qs, q)
	}
	for i := range un.told {
		q := an.quote(&un.told[i], un.told[i].span)
		q.Type = annotate.Indirect
		if i < turns {
			q.Type = annotate.Direct
		}
		qs = append(qs, q)
	}
	slices.SortStableFunc(qs, func(a, b *annotate.Quote) int { return a.Compare(b.Span) })
	return apart(qs)
}

// quoted returns the quote of the claim on quotation i.
func (an *analysis) quoted(i int) *annotate.Quote {
	q := an.quote(&an.claims[i], an.quotations[i].Span)
	q.Origin.Score = an.trust(i, &an.claims[i])
	q.Type = annotate.Mixed
	if an.full(i, &an.claims[i]) {
		q.Type = annotate.Direct
	}
	return q
}

// quote returns the quote of a claim over span s.
func (an *analysis) quote(c *claim, s articles.Span) *annotate.Quote {
	q := &annotate.Quote{Span: s, SpeakerMention: c.Who.Span, Cue: c.Cue}
	q.Origin = annotate.Origin{Stage: "quotes", Rule: c.rule.name, Score: scores[c.rule.name]}
	switch {
	case c.Who.Entity >= 0:
		q.Speaker = an.es[c.Who.Entity].ID
		for _, e := range c.also {
			if id := an.es[e].ID; e != c.Who.Entity && !slices.Contains(q.Also, id) {
				q.Also = append(q.Also, id)
			}
		}
	case c.Who.Empty():
	case c.Who.Anaphoric || c.Who.Form != annotate.Nominal:
		q.Origin.Score *= unresolvedFactor
	default:
		q.Origin.Score *= unnamedFactor
	}
	return q
}

// apart drops of two quotes that cross the later, and of those inside another what is not between
// marks. Quotes inside quotes stay.
func apart(qs []*annotate.Quote) []*annotate.Quote {
	kept := qs[:0]
	outer := -1 // the last kept that is in no other
	for _, q := range qs {
		last := len(kept) - 1
		switch {
		case outer < 0 || q.Start >= kept[outer].End:
			outer = len(kept)
		case q.Type == annotate.Indirect || q.Cue.Empty():
			continue
		case q.End > kept[outer].End || q.Start < kept[last].End && last > outer || q.Span == kept[outer].Span:
			continue
		}
		kept = append(kept, q)
	}
	return kept
}
