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

// wanted returns the spans that decisions on q may be about, as an annotator answers it.
func (c *Case) wanted(q *Question, who int) map[articles.Span]bool {
	want := map[articles.Span]bool{}
	for _, s := range q.Spans {
		if q.Kind == annotate.OfMention {
			want[s] = true
		}
		if who < 0 {
			continue
		}
		for _, p := range c.meant(q, who, s) {
			for _, m := range c.readings[p.who].Entities[p.of].Mentions {
				want[m.Span] = true
			}
		}
	}
	return want
}

// meant returns the entities that have the name at s, or that say the quote there, of those who answer q like an annotator.
func (c *Case) meant(q *Question, who int, s articles.Span) (all side) {
	for _, i := range q.alike(who) {
		var of []int32
		if q.Kind == annotate.OfMention {
			of = []int32{c.mentions.find(s).of[i]}
		} else if x := c.quotes.find(s); x.of[i] >= 0 {
			of = c.speakers(i, c.quoteOf(i, x.of[i]))
		}
		for _, e := range of {
			if e >= 0 {
				all = append(all, owned{i, e})
			}
		}
	}
	return all
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
// A side must not have these in other entities.
func (w *world) retype(s articles.Span, t annotate.Type, theirs side) {
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
		if !w.apart(m, theirs) {
			w.write(annotate.Relabel, annotate.OfMention, m, string(t))
		}
	}
}
