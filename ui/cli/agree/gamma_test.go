package agree_test

import (
	"cmp"
	"hash/fnv"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"strings"

	"byline/annotate/agreement/measures"
)

// gammaOf is γ of the names of two people: one minus the cost of the best alignments of their marks over that of annotations by chance,
// of which each article has some.
func gammaOf(as, bs map[string]*exported, seed uint64, some int) float64 {
	observed, expected := 0.0, 0.0
	for id := range as {
		categories := map[string]int{}
		var of [2][]measures.Unit
		for i, x := range []*exported{as[id], bs[id]} {
			seen := map[measures.Unit]bool{}
			for _, n := range x.names() {
				if _, ok := categories[n.typ]; !ok {
					categories[n.typ] = len(categories)
				}
				if u := (measures.Unit{Start: n.start, End: n.end, Category: categories[n.typ]}); !seen[u] {
					seen[u] = true
					of[i] = append(of[i], u)
				}
			}
			slices.SortFunc(of[i], func(a, b measures.Unit) int {
				return cmp.Or(a.Start-b.Start, a.End-b.End, strings.Compare(typeOf(categories, a.Category), typeOf(categories, b.Category)))
			})
		}
		if len(of[0])+len(of[1]) == 0 {
			continue
		}
		observed += cheapest(of[0], of[1])
		h := fnv.New64a()
		h.Write([]byte(id))
		r := rand.New(rand.NewPCG(seed, h.Sum64()))
		for range some {
			by := measures.Chance(of[:], r)
			expected += cheapest(by[0], by[1]) / float64(some)
		}
	}
	return 1 - observed/expected
}

func typeOf(categories map[string]int, number int) string {
	for typ, n := range categories {
		if n == number {
			return typ
		}
	}
	return ""
}

// cheapest is the least cost of putting the units of two people side by side: a unit alone costs 1, and two cost what they differ by. It
// tries which of the second, as the bits of a number, are taken.
func cheapest(as, bs []measures.Unit) float64 {
	costs := map[int]float64{0: 0}
	for _, a := range as {
		next := map[int]float64{}
		put := func(taken int, cost float64) {
			if had, ok := next[taken]; !ok || cost < had {
				next[taken] = cost
			}
		}
		for taken, cost := range costs {
			put(taken, cost+1)
			for k, b := range bs {
				apart := math.Abs(float64(a.Start-b.Start)) + math.Abs(float64(a.End-b.End))
				d := 3 * math.Pow(apart/float64(a.End-a.Start+b.End-b.Start), 2)
				if a.Category != b.Category {
					d++
				}
				if taken&(1<<k) == 0 && d < 2 {
					put(taken|1<<k, cost+d)
				}
			}
		}
		costs = next
	}
	least := math.Inf(1)
	for taken, cost := range costs {
		least = min(least, cost+float64(len(bs)-bits.OnesCount(uint(taken))))
	}
	return least
}
