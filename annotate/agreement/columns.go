package agreement

import (
	"math"
	"math/bits"
)

// Many sums are of the same numbers: how many marks or tokens an annotator has is counted with each other annotator. They are added up
// once for all.

// column is the numbers of a sum, as far as they tell it from others.
type column struct {
	entries int
	hash    uint64
}

// share has sums to which all articles add the same be one.
func (s *Study) share() {
	l := s.ledger
	first, of := map[column]term{}, make([]term, l.size)
	for p, c := range s.columns() {
		if _, ok := first[c]; !ok {
			first[c] = term(p)
		}
		of[p] = first[c]
	}
	s.verify(of)
	now := make([]term, l.size) // its place among those that stay
	l.size = 0
	for p, same := range of {
		if same == term(p) {
			now[p] = term(l.size)
			l.size++
		}
		now[p] = now[same]
	}
	for _, places := range l.places {
		for c, p := range places {
			if p >= 0 {
				places[c] = now[p]
			}
		}
	}
	for i := range s.articles {
		left := s.articles[i].entries[:0]
		for _, e := range s.articles[i].entries {
			if of[e.place] == e.place {
				left = append(left, entry{now[e.place], e.n})
			}
		}
		s.articles[i].entries = left
	}
}

// columns returns the column of each sum.
func (s *Study) columns() []column {
	out := make([]column, s.ledger.size)
	for i := range s.articles {
		for _, e := range s.articles[i].entries {
			c := &out[e.place]
			c.entries++
			c.hash = bits.RotateLeft64(c.hash^math.Float64bits(e.n)^uint64(i)<<1, 23)*0x9e3779b97f4a7c15 + 1
		}
	}
	return out
}

// verify has each sum that differs from the one that it is to be the same as be one of its own.
func (s *Study) verify(of []term) {
	var doubles []term
	for p, same := range of {
		if same != term(p) {
			doubles = append(doubles, term(p))
		}
	}
	v := make(sums, len(of))
	for i := range s.articles {
		clear(v)
		v.add(s.articles[i].entries, 1)
		for _, p := range doubles {
			if v[p] != v[of[p]] {
				of[p] = p
			}
		}
	}
}
