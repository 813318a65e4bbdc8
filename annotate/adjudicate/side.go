package adjudicate

import (
	"slices"

	"byline/articles"
)

// alike returns who answers like an annotator, themselves among them.
func (q *Question) alike(who int) (out []int) {
	for i, a := range q.Answers {
		if a.Like == q.Answers[who].Like {
			out = append(out, i)
		}
	}
	return out
}

// A side is entities of annotators that are taken for one.
type side []owned

// An owned is an entity of an annotator.
type owned struct {
	who int
	of  int32
}

// have reports whether what is at x is a mention of a side: one of them has it, and nobody has it as of another entity only.
func (all side) have(x *site) bool {
	in, out := all.sort(x)
	return in && !out
}

// sort reports whether somebody of a side has x as a mention of it, and whether somebody has it as one of another entity.
func (all side) sort(x *site) (in, out bool) {
	for _, p := range all {
		in = in || x.of[p.who] == p.of
		out = out || x.of[p.who] >= 0 && x.of[p.who] != p.of
	}
	return in, out
}

// sideOf returns the entities that those have, by of, who answer q like an annotator.
func sideOf(q *Question, who int, of []int32) (out side) {
	for _, i := range q.alike(who) {
		out = append(out, owned{i, of[i]})
	}
	return out
}

// foreign returns whether f has a mention in the curated reading that is not of a side.
func (w *world) foreign(f *figure, theirs side) bool {
	return slices.ContainsFunc(w.members(f), func(s articles.Span) bool { return w.has(s) && w.apart(s, theirs) })
}

// apart reports whether what is at s is of other entities only than those of a side.
func (w *world) apart(s articles.Span, theirs side) bool {
	x := w.log.c.mentions.find(s)
	if x == nil {
		return false
	}
	in, out := theirs.sort(x)
	return out && !in
}

// company returns the mentions that the curated reading has of a side, but for the one at s: those of their first group or, if there are
// none, the others, in order.
func (w *world) company(theirs side, s articles.Span) (out []articles.Span) {
	c := w.log.c
	if g := c.firstOf(theirs[0].who, theirs[0].of); g >= 0 {
		for _, i := range c.groups[g].sites {
			if x := &c.mentions.list[i]; x.Span != s && w.has(x.Span) {
				out = append(out, x.Span)
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, p := range theirs {
		for _, m := range c.readings[p.who].Entities[p.of].Mentions {
			if x := c.mentions.find(m.Span); x != nil && x.Span != s && theirs.have(x) && w.has(x.Span) {
				out = append(out, x.Span)
			}
		}
	}
	slices.SortFunc(out, articles.Span.Compare)
	return slices.Compact(out)
}
