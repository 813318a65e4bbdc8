package adjudicate

import (
	"slices"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// Take returns the decisions that answer questions, given by their indices, as one annotator does, or as neither does for
// [Nobody]. What is decided already of some mentions of an open question stays. They are to be signed and appended to the log as one step. shown is the base with the log applied, and
// steps are those of the log.
func (c *Case) Take(shown *annotate.Layer, steps *review.Steps, questions []int, who string) []annotate.Decision {
	at := c.find(who)
	if at < 0 && who != Nobody || slices.ContainsFunc(questions, func(i int) bool { return i < 0 || i >= len(c.Questions) }) {
		return nil
	}
	var want map[articles.Span]bool
	if len(questions) == 1 {
		want = c.wanted(&c.Questions[questions[0]], at)
	}
	w := c.worldOf(shown, c.ledger(steps), want)
	for _, i := range questions {
		parts := left(&c.Questions[i], w.log.answered)
		if len(parts) == 0 {
			parts = c.Questions[i].parts // it is answered otherwise now
		}
		for _, p := range parts {
			w.answer(&c.every[p], at)
			w.log.answered[p] = true
		}
	}
	return w.out
}

// answer answers q as an annotator does, or as neither does for −1.
func (w *world) answer(q *Question, who int) {
	for _, s := range q.Spans {
		if x := w.log.c.mentions.find(s); q.Kind == annotate.OfMention {
			w.there(s, w.log.c.typeOf(x.first(), x.of[x.first()]))
		}
	}
	if who < 0 {
		w.neither(q)
	} else {
		w.take(q, who)
	}
}

// take answers q as an annotator does.
func (w *world) take(q *Question, who int) {
	switch {
	case len(q.place) > 0 && q.Kind == annotate.OfMention:
		w.takeNames(q, who)
	case len(q.place) > 0:
		w.takeQuotes(q, who)
	case q.about == onType:
		x := &w.log.c.groups[q.group]
		w.retype(q.Span, w.log.c.typeOf(who, x.of[who]), sideOf(q, who, x.of))
	case q.about == onIdentity:
		w.takeGroup(q, who)
	case q.about == onName:
		w.rename(q, w.log.c.readings[who].Entities[w.log.c.groups[q.group].of[who]].Name)
	default:
		w.takeAbout(q, who)
	}
}

// takeNames marks what an annotator marked in a place, and nothing else.
func (w *world) takeNames(q *Question, who int) {
	var kept []*site
	for _, i := range q.place {
		s := &w.log.c.mentions.list[i]
		if s.of[who] >= 0 {
			kept = append(kept, s)
			continue
		}
		w.reject(annotate.OfMention, s.Span)
	}
	for _, s := range kept {
		w.keep(s, w.log.c.typeOf(who, s.of[who]), sideOf(q, who, s.of))
	}
}

// reject rejects a claim.
func (w *world) reject(k annotate.Kind, s articles.Span) {
	w.write(annotate.Reject, k, s, "")
	if k == annotate.OfMention {
		w.is[s] = annotate.Rejected
	}
}

// keep marks a name as one of type t, as a side has it: with the other mentions of theirs that the curated reading has, or alone.
func (w *world) keep(s *site, t annotate.Type, theirs side) {
	f := w.of[s.Span]
	with := w.company(theirs, s.Span)
	here := slices.ContainsFunc(with, func(o articles.Span) bool { return w.of[o] == f })
	switch {
	case here || len(with) == 0 && !w.foreign(f, theirs):
	case len(with) == 0:
		if f.Type != t { // before it leaves: in the step in which it does, it would join its namesakes
			w.write(annotate.Relabel, annotate.OfMention, s.Span, string(t))
		}
		w.split([]articles.Span{s.Span}, none)
		w.of[s.Span].Type = t
	case w.foreign(f, theirs):
		w.split([]articles.Span{s.Span}, with[0])
	default:
		w.merge(s.Span, with[0])
	}
	if f = w.of[s.Span]; len(with) > 0 && !w.open(f) {
		t = f.Type
	}
	w.retype(s.Span, t, theirs)
}

// open reports whether the type of f is in dispute.
func (w *world) open(f *figure) bool {
	return slices.ContainsFunc(f.spans, func(s articles.Span) bool {
		if w.of[s] != f {
			return false
		}
		return slices.ContainsFunc(w.log.c.at.by[review.Target{Kind: annotate.OfMention, Span: s}], func(i int32) bool {
			a := w.log.c.every[i].about
			return (a == onType || a == onIdentity) && !w.log.answered[i]
		})
	})
}

// takeGroup makes a group one with those before it that an annotator has in the same entity, or an entity of its own.
func (w *world) takeGroup(q *Question, who int) {
	x := &w.log.c.groups[q.group]
	theirs := sideOf(q, who, x.of)
	with := slices.DeleteFunc(w.company(theirs, q.Span), func(s articles.Span) bool {
		return !w.log.c.mentions.find(s).all() || s.Compare(q.Span) > 0
	})
	switch {
	case x.first[who] == q.group:
		w.alone(q, w.log.c.typeOf(who, x.of[who]), theirs)
	case len(with) == 0: // what it is the same as is gone
		w.alone(q, w.of[q.Span].Type, theirs)
	case w.of[with[0]] != w.of[q.Span] && w.foreign(w.of[q.Span], theirs):
		w.split(q.Spans, with[0])
	default:
		w.merge(q.Span, with[0])
	}
}

// alone makes a group an entity of its own, of type t.
func (w *world) alone(q *Question, t annotate.Type, theirs side) {
	f := w.of[q.Span]
	if !w.foreign(f, theirs) {
		w.merge(q.Span, q.Span) // with itself: nothing changes, and it is decided
		if f.Type != t {
			w.retype(q.Span, t, theirs)
		}
		return
	}
	if f.Type != t {
		w.write(annotate.Relabel, annotate.OfMention, q.Span, string(t))
	}
	w.split(q.Spans, none)
	w.of[q.Span].Type = t
}

func (w *world) rename(q *Question, name string) {
	w.write(annotate.Rename, annotate.OfMention, q.Span, name)
}

// takeQuotes marks the quotes that an annotator marked in a place, as they have them, and nothing else.
func (w *world) takeQuotes(q *Question, who int) {
	var kept []*site
	for _, i := range q.place {
		s := &w.log.c.quotes.list[i]
		if s.of[who] >= 0 {
			kept = append(kept, s)
			continue
		}
		w.reject(annotate.OfQuote, s.Span)
	}
	for _, s := range kept {
		theirs, is := w.log.c.quoteOf(who, s.of[who]), w.quote(s.Span)
		verb := annotate.Confirm
		if is == nil || is.Type != theirs.Type {
			verb = annotate.Relabel
		}
		w.write(verb, annotate.OfQuote, s.Span, string(theirs.Type))
		w.attribute(q, s, who)
		if is == nil || is.Cue != theirs.Cue {
			w.cue(s.Span, theirs)
		}
	}
}

// quote returns the quote on s of the layer that is shown; nil if there is none.
func (w *world) quote(s articles.Span) *annotate.Quote {
	if now, ok := w.log.now[review.Target{Kind: annotate.OfQuote, Span: s}]; ok {
		s = now
	}
	i, ok := slices.BinarySearchFunc(w.said, s, func(q *annotate.Quote, s articles.Span) int { return q.Compare(s) })
	if !ok {
		return nil
	}
	return w.said[i]
}

// takeAbout gives a quote that all marked the kind, the speakers or the verb that an annotator gives it.
func (w *world) takeAbout(q *Question, who int) {
	theirs := w.log.c.quoteOf(who, q.of[who])
	switch q.about {
	case onQuoteType:
		w.write(annotate.Relabel, annotate.OfQuote, q.Span, string(theirs.Type))
	case onSpeaker:
		w.attribute(q, w.log.c.quotes.find(q.Span), who)
	default:
		w.cue(q.Span, theirs)
	}
}

func (w *world) cue(s articles.Span, theirs *annotate.Quote) {
	d := w.write(annotate.Cue, annotate.OfQuote, s, string(theirs.Type))
	if !theirs.Cue.Empty() {
		d.To = review.Anchor(w.log.c.Text, theirs.Cue)
	}
}

// neither answers q as none of the annotators does.
func (w *world) neither(q *Question) {
	switch {
	case len(q.place) > 0 || q.about == onType || q.about == onQuoteType:
		for _, s := range q.Spans {
			w.reject(q.Kind, s)
		}
	case q.about == onIdentity:
		f := w.of[q.Span]
		if len(w.members(f)) == len(q.Spans) {
			w.merge(q.Span, q.Span)
			return
		}
		w.split(q.Spans, none)
	case q.about == onName:
		w.rename(q, w.log.c.says().groupName(q.group))
	case q.about == onSpeaker:
		w.write(annotate.Attribute, annotate.OfQuote, q.Span, "")
	default:
		w.write(annotate.Cue, annotate.OfQuote, q.Span, "")
	}
}
