package team

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"
)

// Terms are what articles of a set are assigned by.
type Terms struct {
	Each    int     `json:"each,omitempty"`    // annotators of an article in the overlap; 1 if 0
	Overlap float64 `json:"overlap,omitempty"` // share of the articles that have Each, 0 to 1; the others have one
	Seed    uint64  `json:"seed,omitempty"`
	Blind   bool    `json:"blind,omitempty"`
	Hidden  float64 `json:"hidden,omitempty"` // share of a machine's suggestions that each annotator is not shown, 0 to 1
}

// clean returns t with what no terms can be made harmless.
func (t Terms) clean() Terms {
	t.Each = max(0, t.Each)
	t.Overlap, t.Hidden = share(t.Overlap), share(t.Hidden)
	return t
}

func share(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return min(1, max(0, x))
}

// check returns what is wrong with terms for that many annotators.
func (t Terms) check(annotators int) error {
	switch {
	case annotators == 0:
		return errors.New("nobody annotates in this set")
	case t.Overlap < 0 || t.Overlap > 1 || math.IsNaN(t.Overlap):
		return fmt.Errorf("an overlap of %g: must be from 0 to 100%%", t.Overlap)
	case t.Hidden < 0 || t.Hidden > 1 || math.IsNaN(t.Hidden):
		return fmt.Errorf("a share of %g hidden: must be from 0 to 100%%", t.Hidden)
	case t.Each < 0:
		return fmt.Errorf("%d annotators an article: must be 1 or more", t.Each)
	case t.Each > annotators:
		return fmt.Errorf("%d annotators an article: the set has %d; add --each %[2]d, or members with \"byline team add\"", t.Each, annotators)
	}
	return nil
}

// Deal returns what is to be assigned to whom besides what is: a function of the set's name, its seed, the IDs of its
// articles, and what was assigned before. Of n articles, the share of the overlap, rounded, is assigned to [Terms.Each] people, the
// others to one. Articles come in an order drawn by the seed, and each goes to whoever has the fewest. Nothing that is
// assigned is taken away, so somebody new gets what lacks an annotator, and nothing more. The seed of a set is that of its
// first assignment.
func (s *Set) Deal(t Terms, who []string) (map[string][]string, error) {
	if s.seeded {
		t.Seed = s.Terms.Seed
	}
	who = slices.Compact(slices.Sorted(slices.Values(who)))
	d := dealer{Set: s, seed: t.Seed, load: map[string]int{}, dealt: map[string][]string{}}
	for _, has := range s.assigned {
		for _, w := range has {
			d.load[w]++
		}
	}
	for _, w := range who {
		d.load[w] += 0
	}
	if err := t.check(len(d.load)); err != nil {
		return nil, err
	}
	ids := slices.Clone(s.Articles)
	shuffle(ids, s.Name, t.Seed)
	for id, n := range d.needs(ids, t) {
		d.fill(id, n, who)
	}
	return d.dealt, nil
}

// Seed returns the seed of the set's first assignment; false if there was none.
func (s *Set) Seed() (uint64, bool) { return s.Terms.Seed, s.seeded }

// A dealer is a deal in the making.
type dealer struct {
	*Set
	seed  uint64
	load  map[string]int
	dealt map[string][]string
}

// needs yields how many people each article is to have. The articles that have several already are the first of the
// overlap.
func (d *dealer) needs(ids []string, t Terms) func(func(string, int) bool) {
	several := int(math.Round(t.Overlap * float64(len(ids))))
	if t.Each < 2 {
		several = 0
	}
	order := slices.Clone(ids)
	slices.SortStableFunc(order, func(a, b string) int { return cmp.Compare(min(2, len(d.assigned[b])), min(2, len(d.assigned[a]))) })
	return func(yield func(string, int) bool) {
		for i, id := range order {
			n := 1
			if i < several {
				n = t.Each
			}
			if !yield(id, n) {
				return
			}
		}
	}
}

// fill assigns an article to people until it has n, as far as there are any.
func (d *dealer) fill(id string, n int, who []string) {
	has := slices.Clone(d.assigned[id])
	for len(has) < n {
		next := ""
		for _, w := range who {
			if !slices.Contains(has, w) && (next == "" || d.sooner(id, w, next)) {
				next = w
			}
		}
		if next == "" {
			return
		}
		has = append(has, next)
		d.load[next]++
		d.dealt[next] = append(d.dealt[next], id)
	}
}

// sooner reports whether an article goes to a rather than to b.
func (d *dealer) sooner(id, a, b string) bool {
	if d.load[a] != d.load[b] {
		return d.load[a] < d.load[b]
	}
	return draw(d.seed, d.Name, id, a) < draw(d.seed, d.Name, id, b)
}

// Hides reports whether a suggestion of a machine with these words is not shown to somebody in an article of the set:
// a share of them, drawn by the seed for each person and article. Words are compared in lower case, so that all
// mentions with the same words are shown or none. The share is the highest that was in force while the article was assigned to
// them, and stays so when it is not any more: what they made of it, they made without seeing these.
func (s *Set) Hides(article, who, words string) bool {
	hidden := s.hidden[article][who]
	if hidden <= 0 {
		return false
	}
	x := draw(s.Terms.Seed, s.Name, article, who, strings.ToLower(strings.Join(strings.Fields(words), " ")))
	return float64(x>>11)/(1<<53) < hidden
}

// shuffle puts ids into the order of the deal.
func (s *Set) shuffle(ids []string) { shuffle(ids, s.Name, s.Terms.Seed) }

func shuffle(ids []string, set string, seed uint64) {
	at := make(map[string]uint64, len(ids))
	for _, id := range ids {
		at[id] = draw(seed, set, id)
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(cmp.Compare(at[a], at[b]), strings.Compare(a, b)) })
}

// draw returns a number that is the same for the same seed and words on every machine, and otherwise as good as
// random.
func draw(seed uint64, words ...string) uint64 {
	h := fnv.New64a()
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], seed)
	h.Write(b[:])
	for _, w := range words {
		h.Write([]byte(w))
		h.Write([]byte{0})
	}
	x := h.Sum64() // FNV changes the upper bits too little for short differences at the end: mix, as SplitMix64 does
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
