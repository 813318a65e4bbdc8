package measures

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// random returns units of an annotator, some of which may overlap.
func random(r *rand.Rand, n, length int) []Unit {
	var out []Unit
	for range r.IntN(n + 1) {
		start := r.IntN(length)
		out = append(out, Unit{start, start + 1 + r.IntN(12), r.IntN(2)})
	}
	return out
}

func generator(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 2015)) }

// cheapestOf tries all alignments of what is left of each annotator's units.
func cheapestOf(left [][]placed) float64 {
	i := slices.IndexFunc(left, func(us []placed) bool { return len(us) > 0 })
	if i < 0 {
		return 0
	}
	pairs := float64(len(left)*(len(left)-1)) / 2
	best := math.Inf(1)
	rest := slices.Clone(left)
	rest[i] = left[i][1:]
	var choose func(by int, row []placed, cost float64)
	choose = func(by int, row []placed, cost float64) {
		if by == len(left) {
			n := float64(len(row))
			if total := (cost+pairs-n*(n-1)/2)/pairs + cheapestOf(rest); total < best {
				best = total
			}
			return
		}
		choose(by+1, row, cost)
		if by == i {
			return
		}
		own := rest[by]
		for k, u := range own {
			more := 0.0
			for _, v := range row {
				more += dissimilarity(&u, &v)
			}
			rest[by] = slices.Delete(slices.Clone(own), k, k+1)
			choose(by+1, append(slices.Clone(row), u), cost+more)
			rest[by] = own
		}
	}
	choose(0, []placed{left[i][0]}, 0)
	return best
}

func TestAlignIsTheBest(t *testing.T) {
	t.Parallel()
	for seed := range uint64(400) {
		r := generator(seed)
		n := 2 + r.IntN(3)
		by, left := make([][]Unit, n), make([][]placed, n)
		for i := range by {
			by[i] = random(r, 7-n, 15+r.IntN(40))
			for _, u := range by[i] {
				left[i] = append(left[i], placed{u, i})
			}
		}
		a := Align(by)
		if want := cheapestOf(left); math.Abs(a.Cost-want) > 1e-9 || !a.Best {
			t.Fatalf("seed %d: %v costs %v (best: %v), not %v", seed, by, a.Cost, a.Best, want)
		}
		slices.Reverse(by)
		if b := Align(by); math.Abs(b.Cost-a.Cost) > 1e-9 {
			t.Fatalf("seed %d: %v the other way round, not %v", seed, b.Cost, a.Cost)
		}
	}
}

// The assignment of two annotators and the search agree.
func TestAssignedOrSearched(t *testing.T) {
	t.Parallel()
	for seed := range uint64(100) {
		r := generator(seed)
		parts, _ := componentsOf([][]Unit{random(r, 12, 60), random(r, 12, 60)})
		for _, c := range parts {
			if len(c.units) == 1 {
				continue
			}
			s := newSearch(&c)
			got, exact := s.run(mostStates, math.Inf(1))
			if want := c.assign(); math.Abs(got-want) > 1e-9 || !exact || !s.whole {
				t.Fatalf("seed %d: %v (exact: %v), not %v", seed, got, exact && s.whole, want)
			}
		}
	}
}

func TestAlignWithOneself(t *testing.T) {
	t.Parallel()
	one := random(generator(7), 60, 900)
	if a := Align([][]Unit{one, one, one, one}); a.Cost > 1e-9 || !a.Best || a.Units != float64(len(one)) {
		t.Errorf("%+v", a)
	}
	for _, few := range [][][]Unit{nil, {one}, {nil, nil}} {
		if a := Align(few); a.Cost != 0 || a.Disorder() != 0 {
			t.Errorf("%d annotators: %+v", len(few), a)
		}
	}
	if a := Align([][]Unit{{{Start: 0, End: 4}}, nil}); a.Cost != 1 || a.Disorder() != 2 {
		t.Errorf("one unit and none: %+v", a)
	}
}

// What is too much to be searched whole says so, and ends.
func TestAlignTooMany(t *testing.T) {
	t.Parallel()
	r := generator(3)
	by := make([][]Unit, 7)
	for i := range by {
		for k := range 40 {
			by[i] = append(by[i], Unit{r.IntN(50), 60 + r.IntN(50), k % 3})
		}
	}
	if a := Align(by); a.Best || a.Cost <= 0 || a.Cost > 280 {
		t.Errorf("%+v", a)
	}
	many := make([][]Unit, 2)
	for i := range many {
		for range 900 {
			many[i] = append(many[i], Unit{r.IntN(50), 60 + r.IntN(50), r.IntN(2)})
		}
	}
	if a := Align(many); a.Best || a.Cost <= 0 || a.Cost > 1800 {
		t.Errorf("%+v", a)
	}
}

func TestChance(t *testing.T) {
	t.Parallel()
	by := alexPaulSuzan()
	sizes := map[int]bool{}
	for _, us := range by {
		sizes[len(us)] = true
	}
	r := generator(1)
	for range 200 {
		for _, us := range Chance(by, r) {
			if !sizes[len(us)] {
				t.Fatalf("%d units", len(us))
			}
			for _, u := range us {
				if u.Start < 2 || u.Start >= 60 || u.length() < 1 || u.length() > 16 {
					t.Fatalf("%+v", u)
				}
			}
		}
	}
	if one := Chance(by, generator(5)); !slices.EqualFunc(one, Chance(by, generator(5)), slices.Equal[[]Unit]) {
		t.Error("one seed, two outcomes")
	}
	if none := Chance([][]Unit{nil, nil}, r); len(none) != 2 || len(none[0]) != 0 {
		t.Errorf("%v", none)
	}
}

// pairings tries all ways to pair units.
func pairings(a, b []Unit, gain func(u, v Unit) float64) float64 {
	if len(a) == 0 {
		return 0
	}
	best := pairings(a[1:], b, gain)
	for k, v := range b {
		if a[0].Category == v.Category && a[0].shared(v) > 0 {
			best = max(best, gain(a[0], v)+pairings(a[1:], slices.Delete(slices.Clone(b), k, k+1), gain))
		}
	}
	return best
}

func TestOverlapIsTheLargest(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		r := generator(seed)
		a, b := random(r, 6, 30), random(r, 6, 30)
		pairs, soft, best := Overlap(a, b)
		if want := pairings(a, b, func(_, _ Unit) float64 { return 1 }); float64(pairs) != want || !best {
			t.Fatalf("seed %d: %d pairs of %v and %v, not %v", seed, pairs, a, b, want)
		}
		if want := pairings(a, b, likeness); math.Abs(soft-want) > 1e-9 {
			t.Fatalf("seed %d: %v of %v and %v, not %v", seed, soft, a, b, want)
		}
		n, s, _ := Overlap(b, a)
		if n != pairs || math.Abs(s-soft) > 1e-9 {
			t.Fatalf("seed %d: %d, %v the other way round, not %d, %v", seed, n, s, pairs, soft)
		}
	}
}

func TestOverlapOfTooMany(t *testing.T) {
	t.Parallel()
	var a, b []Unit
	for i := range mostPaired + 100 {
		a = append(a, Unit{i, i + 2, 0})
		b = append(b, Unit{i, i + 2, 0})
	}
	if pairs, soft, best := Overlap(a, b); pairs != len(a) || best || soft != float64(len(a)) {
		t.Errorf("%d pairs, %v, %v", pairs, soft, best)
	}
}

func TestUnitizingWithOneself(t *testing.T) {
	t.Parallel()
	for seed := range uint64(50) {
		r := generator(seed)
		a, _ := Untangle(random(r, 9, 100))
		b, _ := Untangle(random(r, 9, 100))
		if o, e := Unitizing(120, [][]Unit{a, a, a}); o != 0 || (e > 0) != (len(a) > 0) {
			t.Fatalf("seed %d: with oneself %v of %v", seed, o, e)
		}
		o, e := Unitizing(120, [][]Unit{a, b})
		o2, e2 := Unitizing(120, [][]Unit{b, a})
		if math.Abs(o-o2) > 1e-9 || math.Abs(e-e2) > 1e-9*e {
			t.Fatalf("seed %d: %v of %v, the other way round %v of %v", seed, o, e, o2, e2)
		}
	}
	for _, few := range [][][]Unit{nil, {{{0, 3, 0}}}, {nil, nil}} {
		if o, e := Unitizing(100, few); o != 0 || e != 0 || !math.IsNaN(Alike(o, e)) {
			t.Errorf("%v: %v of %v", few, o, e)
		}
	}
}

// The expected disagreement of two annotators with a unit each is the mean over all places of the one and of the other
// but its own, which is counted as the formula has it.
func TestUnitizingByChance(t *testing.T) {
	t.Parallel()
	const length, size = 40, 6
	one := []Unit{{10, 10 + size, 0}}
	_, e := Unitizing(length, [][]Unit{one, one})
	sum, places := 0.0, 0.0
	for at := -size + 1; at < size; at++ { // two units that overlap
		sum += 2 * float64(at*at)
	}
	for _, gap := range []int{10, 24, 10, 24} { // a unit in a gap of its own or of the other
		sum += 2 * size * size * float64(gap-size+1)
	}
	places = 2 * length * (2*length - 1) // ordered pairs of places
	places -= 2 * size * (size - 1)
	want := sum * 2 * length / places
	if math.Abs(e-want) > 1e-9*want {
		t.Errorf("%v, not %v", e, want)
	}
}

func TestUntangle(t *testing.T) {
	t.Parallel()
	kept, left := Untangle([]Unit{{5, 9, 0}, {0, 3, 0}, {0, 6, 0}, {9, 10, 0}})
	if want := []Unit{{0, 6, 0}, {9, 10, 0}}; !slices.Equal(kept, want) || left != 2 {
		t.Errorf("%v, %d left", kept, left)
	}
}

func TestNoValue(t *testing.T) {
	t.Parallel()
	for what, v := range map[string]float64{
		"κ of nothing":          Cohen(0, []float64{0, 0}, []float64{0, 0}),
		"κ of one class":        Cohen(5, []float64{5, 0}, []float64{5, 0}),
		"Fleiss's κ of nothing": Fleiss(0, 0, []float64{0}),
		"Fleiss's κ of one":     Fleiss(3, 3, []float64{9, 0}),
		"α of nothing":          Alpha(0, nil),
		"α of one value":        Alpha(0, []float64{1}),
		"α of one class":        Alpha(4, []float64{4, 0}),
		"α of no units":         Alike(0, 0),
	} {
		if !math.IsNaN(v) {
			t.Errorf("%s is %v", what, v)
		}
	}
}

func BenchmarkAlign(b *testing.B) {
	for _, n := range []int{2, 3, 5} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			r := generator(1)
			by := make([][]Unit, n)
			for i := range by {
				for k := range 60 { // a name each 50 code points; nine of ten as everybody has it
					if r.IntN(10) > 0 {
						by[i] = append(by[i], Unit{k * 50, k*50 + 12, k % 2})
					} else {
						by[i] = append(by[i], Unit{k*50 + r.IntN(20), k*50 + 20 + r.IntN(10), r.IntN(2)})
					}
				}
			}
			for _, what := range []string{"observed", "chance"} {
				b.Run(what, func(b *testing.B) {
					best := 0
					for b.Loop() {
						of := by
						if what == "chance" {
							of = Chance(by, r)
						}
						if Align(of).Best {
							best++
						}
					}
					b.ReportMetric(float64(best)/float64(b.N), "best/op")
				})
			}
		})
	}
}
