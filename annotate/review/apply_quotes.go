package review

import (
	"strings"

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

// attribute makes the entity mentioned at To the speaker of a quote, or nobody.
func (w *state) attribute(c *claim) {
	if c.Kind != annotate.OfQuote {
		w.result.conflict(c, "only a quote has a speaker")
		return
	}
	q := w.quoteOf(c)
	q.State, q.Origin = annotate.Confirmed, c.humanOrigin()
	if c.to.Empty() {
		q.speaker, q.SpeakerMention = nil, articles.Span{}
		return
	}
	m := w.at[c.to]
	if m == nil {
		m = w.put(c, c.to, annotate.Person)
	}
	q.speaker = m.entity
	if named := w.at[q.SpeakerMention]; named != nil && named.entity == m.entity {
		return
	}
	q.SpeakerMention = articles.Span{}
	if w.sameParagraph(q.Span, c.to) {
		q.SpeakerMention = c.to
		w.quotesWith[c.to] = append(w.quotesWith[c.to], q)
	}
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

// sameParagraph reports whether m is outside the quote q, but in the same paragraph.
func (w *state) sameParagraph(q, m articles.Span) bool {
	if m.Overlaps(q) {
		return false
	}
	between := articles.Span{Start: min(q.End, m.End), End: max(q.Start, m.Start)}
	return !strings.Contains(between.In(w.text), "\n")
}
