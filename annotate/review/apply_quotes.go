package review

import (
	"byline/annotate"
	"byline/articles"
)

// quoteType returns the type that Value names, or else the type that the words look like.
func (w *state) quoteType(c *claim, s articles.Span) annotate.QuoteType {
	switch t := annotate.QuoteType(c.Value); {
	case t == annotate.Direct || t == annotate.Mixed || t == annotate.Indirect:
		return t
	case quoteMark(s.In(w.text)):
		return annotate.Direct
	}
	return annotate.Indirect
}

// quoteOf returns the quote that c is about, which it adds if there is none.
func (w *state) quoteOf(c *claim) *quote {
	if q := w.quoteAt[c.span]; q != nil {
		return q
	}
	w.reportLost(c)
	return w.putQuote(c, c.span)
}

// putQuote adds a person's quote, which replaces unreviewed quotes that overlap it.
func (w *state) putQuote(c *claim, s articles.Span) *quote {
	w.clearQuotes(s)
	q := &quote{Quote: annotate.Quote{Span: s, Type: w.quoteType(c, s), State: annotate.Confirmed, Origin: c.humanOrigin()}}
	w.takeQuote(q)
	return q
}

func (w *state) clearQuotes(s articles.Span) {
	for _, q := range w.quotes {
		if !q.gone && q.State == annotate.Proposed && q.Overlaps(s) && q.Span != s {
			q.gone = true
			delete(w.quoteAt, q.Span)
		}
	}
}

func (w *state) confirmQuote(c *claim) { w.quoteOf(c).State = annotate.Confirmed }

// relabelQuote gives a quote the type in Value. It adds the quote if there is none.
func (w *state) relabelQuote(c *claim) {
	q := w.quoteOf(c)
	q.Type, q.State, q.Origin = w.quoteType(c, c.span), annotate.Confirmed, c.humanOrigin()
}

func (w *state) respanQuote(c *claim) {
	old, there := w.quoteAt[c.span], w.quoteAt[c.to]
	switch {
	case c.span == c.to:
	case old == nil && there == nil:
		w.reportLost(c)
		there = w.putQuote(c, c.to)
	case old != nil && there == nil:
		old.State = annotate.Confirmed
		w.clearQuotes(c.to)
		delete(w.quoteAt, old.Span)
		old.Span, there = c.to, old
		w.quoteAt[c.to] = old
	case old != nil:
		old.gone = true
		delete(w.quoteAt, old.Span)
	}
	if there != nil {
		there.State, there.Origin = annotate.Confirmed, c.humanOrigin()
	}
}

// attribute makes the entities mentioned at To and Also the speakers of a quote, or nobody.
func (w *state) attribute(c *claim) {
	if c.Kind != annotate.OfQuote {
		w.result.conflict(c, "only a quote has a speaker")
		return
	}
	q := w.quoteOf(c)
	q.State, q.Origin = annotate.Confirmed, c.humanOrigin()
	if c.to.Empty() {
		q.voices = nil
		return
	}
	had := q.voices
	q.voices = nil
	for _, s := range append([]articles.Span{c.to}, c.also...) {
		q.voices = append(q.voices, w.voiceAt(c, s, q.Span, had))
	}
	w.voices.add(q)
}

// voiceAt returns the entity mentioned at s as a speaker of the quote at said, which had others, or
// the same. Where a mention named it there already, that is kept.
func (w *state) voiceAt(c *claim, s, said articles.Span, had []voice) voice {
	m := w.at[s]
	if m == nil {
		m = w.put(c, s, annotate.Person)
	}
	for _, v := range had {
		if named := w.at[v.at]; named != nil && named.entity == m.entity {
			return v
		}
	}
	if sameParagraph(w.text, said, s) {
		return voice{m.entity, s}
	}
	return voice{entity: m.entity}
}

// cue makes the words at To the cue of a quote, or removes its cue.
func (w *state) cue(c *claim) {
	if c.Kind != annotate.OfQuote {
		w.result.conflict(c, "only a quote has a cue")
		return
	}
	q := w.quoteOf(c)
	q.State, q.Origin, q.Cue = annotate.Confirmed, c.humanOrigin(), c.to
}
