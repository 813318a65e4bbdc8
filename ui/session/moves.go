package session

import (
	"cmp"
	"slices"

	"byline/annotate"
)

// moves are how the claims of one layer become those of the next.
type moves struct {
	entities []int   // of each entity of the former layer its index in the next; −1 where its claims are others
	quotes   []int   // the same of quotes; nil where all stay
	added    []Claim // those of the next layer that are in neither, in order
	asides   int     // how many more places and other names nobody has looked at
	still    bool    // nothing moves
}

// movesOf compares two layers.
func movesOf(was, now *annotate.Layer) moves {
	m := moves{entities: make([]int, len(was.Entities)), still: len(was.Entities) == len(now.Entities)}
	for k := range m.entities {
		m.entities[k] = -1
	}
	var other []int // entities of now
	for i, k := range now.Shared(was) {
		if k < 0 {
			other = append(other, i)
			m.asides += asidesOf(&now.Entities[i])
			continue
		}
		m.entities[k] = i
		m.still = m.still && i == k
	}
	for k := range m.entities {
		if m.entities[k] < 0 {
			m.asides -= asidesOf(&was.Entities[k])
		}
	}
	for _, i := range other {
		if i < len(was.Entities) && m.entities[i] < 0 && samePlaces(was.Entities[i].Mentions, now.Entities[i].Mentions) {
			m.entities[i] = i // decided on, but where it was
			continue
		}
		m.still = false
		for k := range now.Entities[i].Mentions {
			m.added = append(m.added, Claim{now.Entities[i].Mentions[k].Span, i, k})
		}
	}
	m.takeQuotes(was.Quotes, now.Quotes)
	slices.SortStableFunc(m.added, Claim.compare)
	return m
}

// takeQuotes compares the quotes of two layers, which are both in order.
func (m *moves) takeQuotes(was, now []*annotate.Quote) {
	if len(was) == len(now) && (len(was) == 0 || &was[0] == &now[0] || slices.EqualFunc(was, now, func(a, b *annotate.Quote) bool { return a == b || a.Span == b.Span })) {
		return
	}
	m.quotes, m.still = make([]int, len(was)), false
	i := 0
	for k := range was {
		m.quotes[k] = -1
		for ; i < len(now) && now[i].Compare(was[k].Span) < 0; i++ {
			m.added = append(m.added, Claim{now[i].Span, -1, i})
		}
		if i < len(now) && now[i].Span == was[k].Span {
			m.quotes[k] = i
			i++
		}
	}
	for ; i < len(now); i++ {
		m.added = append(m.added, Claim{now[i].Span, -1, i})
	}
}

// apply returns list with the moves made.
func (m *moves) apply(list []Claim) []Claim {
	out := make([]Claim, 0, len(list)+len(m.added))
	added := m.added
	for _, c := range list {
		gone := false
		if IsQuote(c) {
			if m.quotes != nil {
				c.Index = m.quotes[c.Index]
				gone = c.Index < 0
			}
		} else {
			c.Entity = m.entities[c.Entity]
			gone = c.Entity < 0
		}
		if gone {
			continue
		}
		for ; len(added) > 0 && added[0].compare(c) < 0; added = added[1:] {
			out = append(out, added[0])
		}
		out = append(out, c)
	}
	return append(out, added...)
}

// compare orders claims by their places, and of those in one place mentions before quotes.
func (c Claim) compare(o Claim) int {
	return cmp.Or(c.Compare(o.Span), cmp.Compare(c.Kind(), o.Kind()), cmp.Compare(c.Entity, o.Entity), cmp.Compare(c.Index, o.Index))
}

// asidesOf returns how many mentions of a place or another name nobody has looked at.
func asidesOf(e *annotate.Entity) int {
	n := 0
	if e.Type.Aside() {
		for i := range e.Mentions {
			if e.Mentions[i].State == annotate.Proposed {
				n++
			}
		}
	}
	return n
}

// samePlaces reports whether mentions are where others are.
func samePlaces(a, b []annotate.Mention) bool {
	return slices.EqualFunc(a, b, func(x, y annotate.Mention) bool { return x.Span == y.Span })
}
