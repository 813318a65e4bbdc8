package review

import (
	"slices"
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
	if q := w.quoteAt(c.span); q != nil {
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

// clearQuotes removes the machine's unreviewed quotes that overlap s.
func (w *state) clearQuotes(s articles.Span) {
	unreviewed := func(q *annotate.Quote) bool { return q.State == annotate.Proposed && q.Overlaps(s) && q.Span != s }
	w.said.EachNear(s, func(i int) {
		if !unreviewed(w.machine.Quotes[w.index.quotes[i]]) {
			return
		}
		if q := w.quote(w.index.quotes[i]); !q.gone && unreviewed(&q.Quote) {
			w.remove(q)
		}
	})
}

// remove removes q from the layer.
func (w *sheet) remove(q *quote) {
	w.touchQuote(q).gone = true
	if w.quoteAt(q.Span) == q {
		put(&w.journal, w.quoteOn, q.Span, nil)
	}
}

func (w *state) confirmQuote(c *claim) { w.quoteOf(c).State = annotate.Confirmed }

// relabelQuote gives a quote the type in Value. It adds the quote if there is none.
func (w *state) relabelQuote(c *claim) {
	q := w.quoteOf(c)
	q.Type, q.State, q.Origin, q.typed = w.quoteType(c, c.span), annotate.Confirmed, c.humanOrigin(), true
}

func (w *state) respanQuote(c *claim) {
	old, there := w.quoteAt(c.span), w.quoteAt(c.to)
	switch {
	case c.span == c.to:
	case old == nil && there == nil:
		w.reportLost(c)
		there = w.putQuote(c, c.to)
	case old != nil && there == nil:
		old.State = annotate.Confirmed
		w.clearQuotes(c.to)
		put(&w.journal, w.quoteOn, old.Span, nil)
		old.Span, there = c.to, old
		put(&w.journal, w.quoteOn, c.to, old)
	case old != nil:
		w.remove(old)
	}
	if there != nil {
		there.State, there.Origin = annotate.Confirmed, c.humanOrigin()
	}
}

// attribute makes the entities mentioned at To and Also the speakers of a quote, or nobody: then words may say who speaks.
func (w *state) attribute(c *claim) {
	if c.Kind != annotate.OfQuote {
		w.conflict(c, "only a quote has a speaker")
		return
	}
	q := w.quoteOf(c)
	q.State, q.Origin, q.spoken = annotate.Confirmed, c.humanOrigin(), true
	had := q.voices
	q.voices = nil
	var voices []voice
	switch {
	case !c.to.Empty():
		for _, s := range append([]articles.Span{c.to}, c.also...) {
			voices = append(voices, w.voiceAt(c, s, q.Span, had))
		}
	case c.To.Exact == "" && c.seen != nil && !c.seen.named.Empty():
		voices = []voice{{at: c.seen.named}}
	}
	q.speak(w, voices)
}

// speak gives q other speakers.
func (q *quote) speak(w *state, voices []voice) {
	q.voices = voices
	for i := range q.voices {
		v := &q.voices[i]
		if v.of = q; v.entity != nil {
			w.touch(v.entity).said = append(v.said, q)
		}
		w.voicesAt(v.at)
	}
	for i := range q.voices {
		if v := &q.voices[i]; !v.at.Empty() {
			put(&w.journal, w.voices, v.at, append(w.voices[v.at], v))
		}
	}
}

// voiceAt returns the entity mentioned at s as a speaker of the quote at said, which had others, or
// the same. Where a mention named it there already, that is kept.
func (w *state) voiceAt(c *claim, s, said articles.Span, had []voice) voice {
	m := w.at(s)
	if m == nil {
		m = w.put(c, s, annotate.Person)
	}
	for _, v := range had {
		if named := w.at(v.at); named != nil && named.entity == m.entity {
			return voice{entity: m.entity, at: v.at}
		}
	}
	if sameParagraph(w.text, said, s) {
		return voice{entity: m.entity, at: s}
	}
	return voice{entity: m.entity}
}

// cue makes the words at To the cue of a quote, or removes its cue.
func (w *state) cue(c *claim) {
	if c.Kind != annotate.OfQuote {
		w.conflict(c, "only a quote has a cue")
		return
	}
	q := w.quoteOf(c)
	q.State, q.Origin, q.Cue, q.cued = annotate.Confirmed, c.humanOrigin(), c.to, true
}

// A voice is a speaker of a quote, and the mention that names it there; empty if none does.
type voice struct {
	*entity
	at articles.Span
	of *quote
}

// speaksAs gives v another entity.
func (v *voice) speaksAs(e *entity) {
	v.entity = e
	e.said = append(e.said, v.of)
}

// voices are the speakers of quotes, by the mentions that name them, where these were looked for.
type voices map[articles.Span][]*voice

// voicesAt returns the speakers that the mention on s names, to be changed.
func (w *sheet) voicesAt(s articles.Span) []*voice {
	if s.Empty() {
		return nil
	}
	if _, known := w.voices[s]; !known {
		put(&w.journal, w.voices, s, nil)
		var vs []*voice
		for i := range w.speakers.named(s) {
			q := w.quote(i)
			for k := range q.voices {
				if v := &q.voices[k]; v.at == s && !slices.Contains(vs, v) {
					vs = append(vs, v)
				}
			}
		}
		w.voices[s] = vs
	}
	for _, v := range w.voices[s] {
		w.touchQuote(v.of)
	}
	return w.voices[s]
}

// sameParagraph reports whether m is outside the quote q, but in the same paragraph of text.
func sameParagraph(text string, q, m articles.Span) bool {
	if m.Overlaps(q) {
		return false
	}
	between := articles.Span{Start: min(q.End, m.End), End: max(q.Start, m.Start)}
	return !strings.Contains(between.In(text), "\n")
}

// restore gives the quote at s the type, the speakers and the cue that were shown, but for those that somebody gave it.
func (x showing) restore(c *claim, s articles.Span) {
	q := x.quoteAt(s)
	if q == nil && (c.Verb == annotate.Respan || x.agrees) {
		return
	}
	if q == nil {
		q = x.quoteOf(c)
	}
	if !x.agrees {
		c.seen.describe(c, q)
	}
	switch {
	case c.Verb == annotate.Attribute:
		x.bindVoices(c)
	case !q.spoken && !c.seen.void:
		x.restoreVoices(c, q)
	}
}

// describe gives q the type and the cue that were shown, but for those that somebody gave it.
func (s *seen) describe(c *claim, q *quote) {
	if !q.typed && c.seen.Type != "" {
		q.Type = c.seen.Type
	}
	if known := c.Verb != annotate.Attribute || c.seen.Type != ""; known && !q.cued && c.Verb != annotate.Cue {
		q.Cue = c.seen.cue
	}
}

// bindVoices puts the mentions that name speakers into the entities that were shown.
func (x showing) bindVoices(c *claim) {
	for i, s := range append([]articles.Span{c.to}, c.also...) {
		if i >= len(c.seen.of) || !c.seen.of[i].Suggested || s.Empty() {
			continue
		}
		m := x.at(s)
		if m == nil && !x.agrees {
			m = x.bring(c, s, c.seen.of[i].typ)
		}
		if m != nil && m.State == annotate.Proposed {
			x.bind(c, i, m, asShown)
		}
	}
}

// restoreVoices gives q the speakers that were shown.
func (x showing) restoreVoices(c *claim, q *quote) {
	want := make([]voice, 0, len(c.seen.of))
	for i := range c.seen.of {
		r := &c.seen.of[i]
		var m *mention
		if i == 0 && !c.seen.named.Empty() {
			m = x.at(c.seen.named)
		}
		e := x.entityOf(c, r, m)
		if e == nil {
			continue
		}
		if m != nil && m.entity == e {
			m.with = e.index + 1
		}
		x.hold(e, r)
		v := voice{entity: e, of: q}
		if i == 0 {
			v.at = c.seen.named
		}
		want = append(want, v)
	}
	if len(c.seen.Of) == 0 && !c.seen.named.Empty() {
		want = append(want, voice{at: c.seen.named, of: q})
	}
	if q.settled = true; !x.agrees && !sameVoices(want, q.voices) {
		q.speak(x.state, want)
	}
}

// sameVoices reports whether two lists of speakers are the same in a layer.
func sameVoices(a, b []voice) bool {
	var heads [2]articles.Span
	var all [2][]*entity
	for k, vs := range [][]voice{a, b} {
		if len(vs) > 0 {
			heads[k] = vs[0].at
		}
		for _, v := range vs {
			switch {
			case v.entity != nil && !v.alive():
				return false // it may have mentions again
			case v.entity == nil || slices.Contains(all[k], v.entity):
				continue
			}
			if len(all[k]) == 0 {
				heads[k] = v.at
			}
			all[k] = append(all[k], v.entity)
		}
	}
	return heads[0] == heads[1] && slices.Equal(all[0], all[1])
}
