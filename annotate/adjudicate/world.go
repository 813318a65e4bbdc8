package adjudicate

import (
	"slices"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// A world is the curated layer as far as decisions are about it, kept up to date while they are written: those of one
// step are applied together. Its spans are those of the base, where they were before a curator moved their ends.
type world struct {
	of   map[articles.Span]*figure
	is   map[articles.Span]annotate.State
	said []*annotate.Quote // in order
	log  *ledger
	out  []annotate.Decision
}

// A figure is an entity of a world.
type figure struct {
	annotate.Type
	spans []articles.Span // of its mentions; some may have left
}

// worldOf returns what l has of the entities that a mention in want is of; all if want is nil.
func (c *Case) worldOf(l *annotate.Layer, log *ledger, want map[articles.Span]bool) *world {
	w := &world{of: map[articles.Span]*figure{}, is: map[articles.Span]annotate.State{}, said: l.Quotes, log: log}
	reach := articles.Span{Start: len(c.Text)}
	for s := range want {
		reach.Start, reach.End = min(reach.Start, s.Start), max(reach.End, s.End)
	}
	for i := range l.Entities {
		e := &l.Entities[i]
		if want != nil && !slices.ContainsFunc(e.Mentions, func(m annotate.Mention) bool {
			s := log.was(annotate.OfMention, m.Span)
			return reach.Covers(s) && want[s]
		}) {
			continue
		}
		f := &figure{Type: e.Type}
		for k := range e.Mentions {
			m := &e.Mentions[k]
			s := log.was(annotate.OfMention, m.Span)
			if w.of[s] != nil {
				continue // the first on a span counts
			}
			w.of[s], w.is[s] = f, m.State
			f.spans = append(f.spans, s)
		}
	}
	return w
}

// wanted returns the spans that decisions of an annotator on q may be about.
func (c *Case) wanted(q *Question, who int) map[articles.Span]bool {
	want := map[articles.Span]bool{}
	theirs := func(e int32) {
		if e < 0 {
			return
		}
		for _, m := range c.readings[who].Entities[e].Mentions {
			want[m.Span] = true
		}
	}
	for _, s := range q.Spans {
		if q.Kind == annotate.OfMention {
			want[s] = true
			if x := c.mentions.find(s); who >= 0 {
				theirs(x.of[who])
			}
			continue
		}
		if x := c.quotes.find(s); who >= 0 && x.of[who] >= 0 {
			for _, e := range c.speakers(who, c.quoteOf(who, x.of[who])) {
				theirs(e)
			}
		}
	}
	return want
}

// there makes sure that w knows s, which curators may have removed.
func (w *world) there(s articles.Span, t annotate.Type) {
	if w.of[s] == nil {
		w.of[s] = &figure{t, []articles.Span{s}}
	}
}

// write adds a decision and returns it.
func (w *world) write(v annotate.Verb, k annotate.Kind, s articles.Span, value string) *annotate.Decision {
	w.out = append(w.out, annotate.Decision{Verb: v, Kind: k, Target: w.anchor(k, s), Value: value})
	return &w.out[len(w.out)-1]
}

// anchor returns the anchor of what the base has on s, where it is now.
func (w *world) anchor(k annotate.Kind, s articles.Span) annotate.Anchor {
	if now, ok := w.log.now[review.Target{Kind: k, Span: s}]; ok {
		s = now
	}
	return review.Anchor(w.log.c.Text, s)
}

// members returns the mentions of f that were not rejected.
func (w *world) members(f *figure) []articles.Span {
	f.spans = slices.DeleteFunc(f.spans, func(s articles.Span) bool { return w.of[s] != f })
	return slices.DeleteFunc(slices.Clone(f.spans), func(s articles.Span) bool { return w.is[s] == annotate.Rejected })
}

// has reports whether the curated reading has a mention on s.
func (w *world) has(s articles.Span) bool {
	if w.of[s] == nil || w.is[s] != annotate.Proposed {
		return w.of[s] != nil && w.is[s] == annotate.Confirmed
	}
	x := w.log.c.mentions.find(s)
	return x != nil && x.all()
}

// entityOf returns the entity that an annotator has on s; −1 if they marked nothing there.
func (w *world) entityOf(who int, s articles.Span) int32 {
	if x := w.log.c.mentions.find(s); x != nil {
		return x.of[who]
	}
	return -1
}

// foreign returns the mentions of f in the curated reading that an annotator has in another entity than e.
func (w *world) foreign(f *figure, who int, e int32) bool {
	return slices.ContainsFunc(w.members(f), func(s articles.Span) bool {
		o := w.entityOf(who, s)
		return w.has(s) && o >= 0 && o != e
	})
}

// move gives a mention another entity.
func (w *world) move(s articles.Span, f *figure) {
	w.of[s] = f
	f.spans = append(f.spans, s)
}

// merge makes the entity of s part of that of to.
func (w *world) merge(s, to articles.Span) {
	from, into := w.of[s], w.of[to]
	w.write(annotate.Merge, annotate.OfMention, s, string(into.Type)).To = w.anchor(annotate.OfMention, to)
	if from == into {
		return
	}
	for _, x := range slices.Clone(from.spans) {
		if w.of[x] == from {
			w.move(x, into)
		}
	}
}

// split moves mentions to the entity of to, or to a new one of their own if to is empty.
func (w *world) split(ss []articles.Span, to articles.Span) {
	for _, s := range ss {
		d := w.write(annotate.Split, annotate.OfMention, s, "")
		if to.Empty() {
			w.move(s, &figure{Type: w.of[s].Type})
			to = s
			continue
		}
		d.To = w.anchor(annotate.OfMention, to)
		w.move(s, w.of[to])
	}
}

// retype gives the entity of s a type, by a decision on s and on those mentions on which somebody had decided already.
// An annotator has to have these in e, if in any entity.
func (w *world) retype(s articles.Span, t annotate.Type, who int, e int32) {
	f := w.of[s]
	verb := annotate.Confirm
	if f.Type != t {
		verb = annotate.Relabel
	}
	w.write(verb, annotate.OfMention, s, string(t))
	w.is[s], w.log.verdicts[review.Target{Kind: annotate.OfMention, Span: s}] = annotate.Confirmed, true
	if f.Type == t {
		return
	}
	f.Type = t
	for _, m := range w.members(f) {
		if m == s || !w.log.verdicts[review.Target{Kind: annotate.OfMention, Span: m}] {
			continue
		}
		if o := w.entityOf(max(0, who), m); who < 0 || o < 0 || o == e {
			w.write(annotate.Relabel, annotate.OfMention, m, string(t))
		}
	}
}
