package reader

import (
	"cmp"
	"slices"

	"byline/annotate"
	"byline/articles"
)

// A claim is one thing that can be stepped to and decided on: a mention or a
// quote of a layer.
type claim struct {
	articles.Span
	entity int // index into Layer.Entities; −1 for a quote
	index  int // of the entity's mention, or into Layer.Quotes
}

func (c claim) kind() annotate.Kind {
	if c.entity < 0 {
		return annotate.OfQuote
	}
	return annotate.OfMention
}

// A scene is a layer made ready for drawing and stepping: what is made once for
// every answer of the desk, off the update loop, and only read afterwards.
type scene struct {
	layer  *annotate.Layer
	claims []claim // in the order of Span.Compare
	ends   []int32 // ends[i] is the largest End of claims[:i+1]
	marks  markSet
	counts annotate.Counts
	totals [tabCount]int // entities of each tab, and quotes, that are not rejected

	remarks remarks
}

func newScene(l *annotate.Layer) *scene {
	n := len(l.Quotes)
	for e := range l.Entities {
		n += len(l.Entities[e].Mentions)
	}
	s := &scene{layer: l, claims: make([]claim, 0, n)}
	for e := range l.Entities {
		for i, m := range l.Entities[e].Mentions {
			s.claims = append(s.claims, claim{m.Span, e, i})
		}
	}
	for i, q := range l.Quotes {
		s.claims = append(s.claims, claim{q.Span, -1, i})
	}
	slices.SortStableFunc(s.claims, func(a, b claim) int {
		return cmp.Or(a.Compare(b.Span), cmp.Compare(a.kind(), b.kind()))
	})
	s.ends = make([]int32, len(s.claims))
	for i, c := range s.claims {
		s.ends[i] = int32(c.End)
		if i > 0 {
			s.ends[i] = max(s.ends[i-1], int32(c.End))
		}
	}
	s.marks, s.counts, s.totals, s.remarks = markLayer(l), l.Counts(), totals(l), remarksOf(l)
	return s
}

// state returns what a person made of c, and who or what says so.
func (s *scene) state(c claim) (annotate.State, annotate.Origin) {
	if c.kind() == annotate.OfQuote {
		q := s.layer.Quotes[c.index]
		return q.State, q.Origin
	}
	m := s.layer.Entities[c.entity].Mentions[c.index]
	return m.State, m.Origin
}

// typ returns the type of the mention c, or "" for a quote.
func (s *scene) typ(c claim) annotate.Type {
	if c.kind() == annotate.OfQuote {
		return ""
	}
	return s.layer.Entities[c.entity].Type
}

// from returns the index of the first claim that starts at or after off.
func (s *scene) from(off int) int {
	i, _ := slices.BinarySearchFunc(s.claims, off, func(c claim, off int) int { return cmp.Compare(c.Start, off) })
	return i
}

// next returns the claim after the place at, in direction dir (1 or −1), that
// want accepts; at is the index of a claim or, where there is none, −1, and
// then the search starts at off.
func (s *scene) next(at, off, dir int, want func(claim) bool) int {
	i := at + dir
	if at < 0 {
		i = s.from(off)
		if dir < 0 {
			i--
		}
	}
	for ; i >= 0 && i < len(s.claims); i += dir {
		if want(s.claims[i]) {
			return i
		}
	}
	return -1
}

// at returns the innermost claim that holds the byte at off and that want
// accepts, or −1.
func (s *scene) at(off int, want func(claim) bool) int {
	best := -1
	for i := s.from(off+1) - 1; i >= 0 && int(s.ends[i]) > off; i-- {
		c := s.claims[i]
		if c.Has(off) && want(c) && (best < 0 || c.Len() < s.claims[best].Len()) {
			best = i
		}
	}
	return best
}

// find returns the claim of that kind and span, or −1.
func (s *scene) find(kind annotate.Kind, span articles.Span) int {
	for i := s.from(span.Start); i < len(s.claims) && s.claims[i].Start == span.Start; i++ {
		if s.claims[i].kind() == kind && s.claims[i].Span == span {
			return i
		}
	}
	return -1
}

// index returns the claim of an entity's mention.
func (s *scene) index(entity, mention int) int {
	return s.find(annotate.OfMention, s.layer.Entities[entity].Mentions[mention].Span)
}

// speaker returns the index of the entity that speaks quote q, or −1.
func (s *scene) speaker(q int) int {
	id := s.layer.Quotes[q].Speaker
	if id == "" {
		return -1
	}
	return slices.IndexFunc(s.layer.Entities, func(e annotate.Entity) bool { return e.ID == id })
}
