package adjudicate

import (
	"slices"

	"byline/annotate"
)

func (t *table) quoteOf(who int, q int32) *annotate.Quote { return t.readings[who].Quotes[q] }

// sameName reports whether the last of some annotators marked the name at s as the same type and as one with the same others as the
// rest of them, who did so alike.
func (t *table) sameName(who []int, s *site) bool {
	last := who[len(who)-1]
	i, e, f := who[0], s.of[who[0]], s.of[last]
	first := t.firstOf(i, e)
	if t.typeOf(i, e) != t.typeOf(last, f) || first != t.firstOf(last, f) {
		return false
	}
	return first >= 0 || !slices.ContainsFunc(who[:len(who)-1], func(i int) bool {
		return t.divides(i, s.of[i], last, f) || t.divides(last, f, i, s.of[i])
	})
}

// divides reports whether a name that annotator i has in e is one that annotator j has in another entity than f.
func (t *table) divides(i int, e int32, j int, f int32) bool {
	return slices.ContainsFunc(t.readings[i].Entities[e].Mentions, func(m annotate.Mention) bool {
		s := t.mentions.find(m.Span)
		return s != nil && s.of[i] == e && s.of[j] >= 0 && s.of[j] != f
	})
}

// firstOf returns the first group of an annotator's entity; −1 if it has none.
func (t *table) firstOf(who int, e int32) int32 {
	for _, m := range t.readings[who].Entities[e].Mentions {
		if s := t.mentions.find(m.Span); s != nil && s.of[who] == e && s.all() {
			return t.nodes[s.node].group
		}
	}
	return -1
}

// sameQuote reports whether annotators say the same of the quote at s.
func (t *table) sameQuote(who []int, s *site) bool {
	a := t.quoteOf(who[0], s.of[who[0]])
	for _, w := range who[1:] {
		if b := t.quoteOf(w, s.of[w]); a.Type != b.Type || a.Cue != b.Cue {
			return false
		}
	}
	return t.alikeSpeakers(who, s) != nil
}

// alikeSpeakers returns the speakers that annotators have alike for the quote at s, as nodes of the base, in the order of the
// first of them; nil if they have others. It is empty, and not nil, if it is nobody.
func (t *table) alikeSpeakers(who []int, s *site) []int32 {
	left := make([][]int32, len(who))
	for k, w := range who {
		left[k] = t.speakers(w, t.quoteOf(w, s.of[w]))
		if len(left[k]) != len(left[0]) {
			return nil
		}
	}
	out := []int32{}
	for _, e := range slices.Clone(left[0]) {
		n := t.nodeOf(who, left, e)
		if n < 0 {
			return nil
		}
		for k, w := range who {
			left[k] = slices.DeleteFunc(left[k], func(f int32) bool { return f == t.nodes[n].of[w] })
		}
		out = append(out, n)
	}
	return out
}

// nodeOf returns the first node of an entity of the first of who that is of one of the entities in of for each; −1 if there is none.
func (t *table) nodeOf(who []int, of [][]int32, e int32) int32 {
	for _, m := range t.readings[who[0]].Entities[e].Mentions {
		s := t.mentions.find(m.Span)
		if s == nil || s.of[who[0]] != e {
			continue
		}
		n, common := t.root(s.node), true
		for k, w := range who {
			common = common && slices.Contains(of[k], t.nodes[n].of[w])
		}
		if common {
			return n
		}
	}
	return -1
}

// speakers returns the entities that an annotator has as speakers of a quote, as indices into their layer, without those that
// have no mention.
func (t *table) speakers(who int, q *annotate.Quote) (out []int32) {
	for _, id := range q.Speakers() {
		if e := int32(t.readings[who].IndexOf(id)); e >= 0 && t.alive(who, e) {
			out = append(out, e)
		}
	}
	return out
}

// alive reports whether an entity has a mention that its annotator did not reject.
func (t *table) alive(who int, e int32) bool {
	return slices.ContainsFunc(t.readings[who].Entities[e].Mentions, func(m annotate.Mention) bool {
		s := t.mentions.find(m.Span)
		return s != nil && s.of[who] == e
	})
}
