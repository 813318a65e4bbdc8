package measures

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// Bounds of the search, which hold time and memory whatever the annotations are: a component takes at most about 0.2 s. On 40
// crowded annotations by chance (five annotators with 14 units each on a length of 200), 9 of which it could search whole, 16 times
// the work searched all of them whole and found the same costs to six digits.
const (
	mostStates = 1 << 12 // after a unit
	mostRows   = 1 << 12 // that begin with a unit
	mostWork   = 1 << 18 // rows that are tried or put to a state, over all units
)

// window is how many units, from the first of a row on, can be in it.
const window = 128

// A mask is a set of units, counted from the one that the search is at.
type mask [window / 64]uint64

func (m mask) has(k int) bool  { return m[k/64]>>(k%64)&1 != 0 }
func (m mask) with(k int) mask { m[k/64] |= 1 << (k % 64); return m }

func (m mask) meets(o mask) bool { return m[0]&o[0]|m[1]&o[1] != 0 }
func (m mask) union(o mask) mask { return mask{m[0] | o[0], m[1] | o[1]} }

// next returns m as the unit after sees it.
func (m mask) next() mask { return mask{m[0]>>1 | m[1]<<63, m[1] >> 1} }

func (m mask) size() int { return bits.OnesCount64(m[0]) + bits.OnesCount64(m[1]) }

// A row is units of different annotators put side by side. Its cost is first the whole, then what it is more than the
// least shares of its units.
type row struct {
	mask
	cost float64
}

// A search aligns the units of a component.
type search struct {
	*component
	pairs   float64
	limit   float64
	longest int
	least   []float64 // the least share of each unit in the cost of a row
	bound   float64   // their sum: no alignment costs less
	rows    [][]row   // by their first unit, the cheapest first
	whole   bool      // no row was left out
}

func newSearch(c *component) *search {
	n := c.annotators
	s := &search{component: c, pairs: float64(n * (n - 1) / 2), limit: farthest(n), longest: longestOf(c.units), whole: true,
		rows: make([][]row, len(c.units)), least: make([]float64, len(c.units))}
	for i := range s.least {
		s.least[i] = absence
	}
	for i := range c.units {
		f := &finder{search: s, first: i}
		f.begin()
		s.rows[i] = f.found
		s.whole = s.whole && !f.cut
	}
	for i, rows := range s.rows {
		for _, r := range rows {
			share := r.cost / float64(r.size())
			for k := range window {
				if r.has(k) {
					s.least[i+k] = min(s.least[i+k], share)
				}
			}
		}
	}
	for i, rows := range s.rows {
		s.bound += s.least[i]
		for k := range rows {
			rows[k].cost -= s.leastOf(i, rows[k].mask)
		}
		slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.cost, b.cost) })
		if len(rows) > mostRows {
			s.rows[i], s.whole = rows[:mostRows], false
		}
	}
	return s
}

// leastOf returns the sum of the least shares of the units of a row.
func (s *search) leastOf(first int, m mask) float64 {
	sum := 0.0
	for k := range min(window, len(s.least)-first) {
		if m.has(k) {
			sum += s.least[first+k]
		}
	}
	return sum
}

// A finder lists the rows that begin with a unit.
type finder struct {
	*search
	first  int
	near   []int // units that may be in a row with the first, the most alike first
	chosen []int
	sums   []float64 // of the dissimilarities of each chosen unit to the others
	total  float64   // of all pairs
	found  []row
	tried  int
	cut    bool
}

func (f *finder) begin() {
	u := &f.units[f.first]
	apart := map[int]float64{}
	for k := f.first + 1; k < len(f.units) && !u.before(&f.units[k], f.longest, f.limit); k++ {
		if k-f.first >= window {
			f.cut = true
			break
		}
		d := dissimilarity(u, &f.units[k])
		if f.units[k].by == u.by || d > f.limit {
			continue
		}
		apart[k] = d
		f.near = append(f.near, k)
	}
	slices.SortFunc(f.near, func(a, b int) int { return cmp.Or(cmp.Compare(apart[a], apart[b]), cmp.Compare(a, b)) })
	f.chosen, f.sums = []int{f.first}, []float64{0}
	f.extend(0, mask{}.with(0))
}

// extend notes the chosen row, unless it is better in parts, and goes on with the units from number at of those that are near.
func (f *finder) extend(at int, m mask) {
	if f.tried++; f.tried > mostWork/len(f.units) {
		f.cut = true
		return
	}
	f.note(m)
	for i := at; i < len(f.near); i++ {
		k := f.near[i]
		if !f.choose(k) {
			continue
		}
		f.extend(i+1, m.with(k-f.first))
		f.drop(k)
	}
}

// choose adds a unit to the row, if its annotator has none there and it is not too unlike the others.
func (f *finder) choose(k int) bool {
	u, sum := &f.units[k], 0.0
	for i, c := range f.chosen {
		v := &f.units[c]
		if v.by == u.by {
			return false
		}
		d := dissimilarity(u, v)
		if sum += d; sum > f.limit || f.sums[i]+d > f.limit {
			return false
		}
	}
	for i, c := range f.chosen {
		f.sums[i] += dissimilarity(u, &f.units[c])
	}
	f.chosen, f.sums = append(f.chosen, k), append(f.sums, sum)
	f.total += sum
	return true
}

// drop takes back the last choice.
func (f *finder) drop(k int) {
	n := len(f.chosen) - 1
	f.total -= f.sums[n]
	f.chosen, f.sums = f.chosen[:n], f.sums[:n]
	for i, c := range f.chosen {
		f.sums[i] -= dissimilarity(&f.units[k], &f.units[c])
	}
}

func (f *finder) note(m mask) {
	n := float64(len(f.chosen))
	for _, sum := range f.sums {
		if n > 1 && sum >= f.pairs+n-1 {
			return // without that unit the row is cheaper by more than the unit costs alone
		}
	}
	f.found = append(f.found, row{m, (f.total + (f.pairs-n*(n-1)/2)*absence) / f.pairs})
}

// run returns the least cost of an alignment below a known one, infinite if there is none. It goes on from at most so many
// states, the cheapest first, as long as there is work left, and reports whether it dropped none that could have led to a better one.
func (s *search) run(states int, known float64) (cost float64, exact bool) {
	exact = true
	now := []state{{}}
	work := 0
	for i := range s.units {
		work += mostWork / len(s.units)
		st := &step{rows: s.rows[i], room: known - s.bound - 1e-12, next: make(map[mask]float64, len(now))}
		for k := range now {
			if k == states || k > 0 && st.work >= work {
				exact = false
				break
			}
			st.from(&now[k])
		}
		work -= st.work
		now = inOrder(st.next)
	}
	if len(now) == 0 {
		return math.Inf(1), exact
	}
	return s.bound + now[0].cost, exact
}

// A step goes from the states before a unit to those after it.
type step struct {
	rows []row
	room float64 // what a state must cost less than
	next map[mask]float64
	work int
}

// from tries the rows that begin with the unit, unless it is taken.
func (st *step) from(s *state) {
	if s.has(0) {
		st.reach(s.next(), s.cost)
		return
	}
	for _, r := range st.rows {
		if s.cost+r.cost >= st.room {
			break
		}
		if !s.meets(r.mask) {
			st.reach(s.union(r.mask).next(), s.cost+r.cost)
		}
	}
	st.work += len(st.rows) / 8
}

func (st *step) reach(m mask, cost float64) {
	st.work++
	if old, ok := st.next[m]; !ok || cost < old {
		st.next[m] = cost
	}
}

// A state is the units that are taken, and what that costs more than the least shares of theirs.
type state struct {
	mask
	cost float64
}

// inOrder returns states, the cheapest first.
func inOrder(costs map[mask]float64) []state {
	all := make([]state, 0, len(costs))
	for m, cost := range costs {
		all = append(all, state{m, cost})
	}
	slices.SortFunc(all, func(a, b state) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.mask[0], b.mask[0]), cmp.Compare(a.mask[1], b.mask[1]))
	})
	return all
}
