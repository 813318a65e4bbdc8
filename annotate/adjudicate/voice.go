package adjudicate

import (
	"cmp"
	"slices"

	"byline/annotate"
	"byline/articles"
)

// attribute writes who says the quote at s, as an annotator answers q. It goes by what those have in common who answer like
// that, so that it is the same whoever of them is taken.
func (w *world) attribute(q *Question, s *site, who int) {
	c := w.log.c
	alike := q.alike(who)
	d := w.write(annotate.Attribute, annotate.OfQuote, s.Span, string(c.quoteOf(who, s.of[who]).Type))
	near := c.quoteOf(alike[0], s.of[alike[0]]).SpeakerMention
	for _, i := range alike[1:] {
		if c.quoteOf(i, s.of[i]).SpeakerMention != near {
			near = none
		}
	}
	for i, n := range c.alikeSpeakers(alike, s) {
		at := w.anchor(annotate.OfMention, w.voice(alike, n, near))
		if i == 0 {
			d.To = at
		} else {
			d.Also = append(d.Also, at)
		}
	}
}

// voice returns a mention of a speaker that annotators have alike: the first that all marked and that is in the curated reading, else
// the first that is in it, else the first that was not rejected. The one at near, which names the speaker there, comes before
// others, unless it is in dispute and apart from one that is not.
func (w *world) voice(alike []int, n int32, near articles.Span) (at articles.Span) {
	const agreed, kept, left, gone = 0, 1, 2, 3
	best := gone + 1
	voices := w.log.c.voices(alike, n)
	rank := func(x *site) int {
		switch {
		case w.has(x.Span) && x.all():
			return agreed
		case w.has(x.Span):
			return kept
		case w.of[x.Span] != nil && w.is[x.Span] != annotate.Rejected:
			return left
		}
		return gone
	}
	for _, x := range voices {
		if r := rank(x); r < best {
			best, at = r, x.Span
		}
	}
	for _, x := range voices {
		if r := rank(x); x.Span == near && (r <= best || r == kept && w.of[near] == w.of[at]) {
			return near
		}
	}
	return at
}

// voices returns the mentions of the entities that annotators have in a node, in order: those that all of them marked or, if there
// are none, those of the node.
func (t *table) voices(alike []int, n int32) (out []*site) {
	of := t.nodes[n].of
	for _, m := range t.readings[alike[0]].Entities[of[alike[0]]].Mentions {
		x := t.mentions.find(m.Span)
		if x != nil && !slices.Contains(out, x) && !slices.ContainsFunc(alike, func(i int) bool { return x.of[i] != of[i] }) {
			out = append(out, x)
		}
	}
	if len(out) > 0 {
		return out
	}
	for i := range t.mentions.list {
		if x := &t.mentions.list[i]; t.root(x.node) == n {
			out = append(out, x)
		}
	}
	return out
}

// hand gives the quotes of a curated layer, which l was before what is open was left out, other speakers for those of whom nothing is in it:
// all mentions by which they were known were rejected by themselves.
func (c *Case) hand(out, l *annotate.Layer, log *ledger) {
	there := map[string]bool{}
	for i := range out.Entities {
		there[out.Entities[i].ID] = slices.ContainsFunc(out.Entities[i].Mentions, stands)
	}
	for _, q := range out.Quotes {
		if slices.ContainsFunc(q.Speakers(), func(id string) bool { return !there[id] }) {
			q.MapSpeakers(func(id string) string {
				if there[id] {
					return id
				}
				return cmp.Or(c.heir(out, log, c.saying(l.Entity(id), log, q.Span)), id)
			})
		}
	}
}

// heir returns the first entity of a curated layer that has a mention of a side; empty if there is none.
func (c *Case) heir(out *annotate.Layer, log *ledger, theirs side) (heir string) {
	at := articles.Span{Start: len(c.Text)}
	for e, m := range out.Mentions() {
		if !stands(*m) || m.Compare(at) >= 0 {
			continue
		}
		if x := c.mentions.find(log.was(annotate.OfMention, m.Span)); x != nil && theirs.have(x) {
			heir, at = e.ID, m.Span
		}
	}
	return heir
}

// saying returns the annotators' entities that say a quote and that have a mention of e.
func (c *Case) saying(e *annotate.Entity, log *ledger, said articles.Span) (all side) {
	q := c.quotes.find(log.was(annotate.OfQuote, said))
	if q == nil {
		return nil
	}
	for i, of := range q.of {
		if of < 0 {
			continue
		}
		for _, theirs := range c.speakers(i, c.quoteOf(i, of)) {
			if slices.ContainsFunc(e.Mentions, func(m annotate.Mention) bool {
				x := c.mentions.find(log.was(annotate.OfMention, m.Span))
				return x != nil && x.of[i] == theirs
			}) {
				all = append(all, owned{i, theirs})
			}
		}
	}
	return all
}
