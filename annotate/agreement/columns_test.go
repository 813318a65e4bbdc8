package agreement

import (
	"fmt"
	"maps"
	"slices"
	"testing"
)

// contents returns what each article adds to each sum that has a name.
func (s *Study) contents() map[string][]float64 {
	out := map[string][]float64{}
	for i := range s.articles {
		v := make(sums, s.ledger.size)
		v.add(s.articles[i].entries, 1)
		for g, places := range s.ledger.places {
			for c, p := range places {
				if p >= 0 {
					key := fmt.Sprint(g, c)
					out[key] = append(out[key], v.of(p))
				}
			}
		}
	}
	return out
}

// Sums that are shared are what they were, whatever was taken to be the same.
func TestSharedSums(t *testing.T) {
	t.Parallel()
	for _, people := range []int{2, 3, 5} {
		s := NewStudy(Options{})
		for _, a := range corpus(20, people) {
			s.Add(Count(a, Options{}))
		}
		before, size := s.contents(), s.ledger.size
		wrong := make([]term, size) // all are the same as the first
		s.verify(wrong)
		for p, same := range wrong {
			if p > 0 && same != term(p) && !slices.Equal(before[s.named(0)], before[s.named(term(p))]) {
				t.Errorf("%d people: %s is taken for %s", people, s.named(term(p)), s.named(0))
			}
		}
		for range 2 { // again, nothing is left to share
			s.share()
			if now := s.contents(); !maps.EqualFunc(before, now, slices.Equal[[]float64]) {
				t.Errorf("%d people: the sums differ", people)
			}
		}
		if people > 2 && s.ledger.size > size*9/10 {
			t.Errorf("%d people: %d of %d sums are left", people, s.ledger.size, size)
		}
	}
}

// named returns the name of a sum in contents.
func (s *Study) named(p term) string {
	for g, places := range s.ledger.places {
		if c := slices.Index(places[:], p); c >= 0 {
			return fmt.Sprint(g, c)
		}
	}
	return ""
}
