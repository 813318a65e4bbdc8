package measures

import (
	"cmp"
	"math"
	"slices"
)

// A placed unit is one of an annotator.
type placed struct {
	Unit
	by int
}

// A component is units of several annotators that may be aligned with each other, but with no others.
type component struct {
	annotators int
	units      []placed // from left to right
}

// farthest returns how much two units of a row may differ at most. With P pairs of n annotators, a unit that differs
// from those beside it by more than P+n−1 in all is better off alone.
func farthest(n int) float64 { return float64(n*(n-1)/2+n-1) * absence }

// componentsOf returns the components of the units of annotators, from left to right. whole is false if so many units are in one
// place that not all were compared.
func componentsOf(units [][]Unit) (parts []component, whole bool) {
	var all []placed
	for by, us := range units {
		for _, u := range us {
			all = append(all, placed{u, by})
		}
	}
	slices.SortFunc(all, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.by, b.by), cmp.Compare(a.Category, b.Category))
	})
	parent := make([]int, len(all))
	for i := range parent {
		parent[i] = i
	}
	limit, longest := farthest(len(units)), longestOf(all)
	whole = true
	for i := range all {
		u := &all[i]
		for k := i + 1; k < len(all) && !u.before(&all[k], longest, limit); k++ {
			if k-i > mostCompared {
				whole = false
				break
			}
			if v := &all[k]; u.by != v.by && root(parent, i) != root(parent, k) && dissimilarity(u, v) <= limit {
				parent[root(parent, k)] = root(parent, i)
			}
		}
	}
	return split(all, parent, len(units)), whole
}

// mostCompared is how many of the units after a unit it is compared with.
const mostCompared = 2048

func longestOf(all []placed) int {
	longest := 0
	for i := range all {
		longest = max(longest, all[i].length())
	}
	return longest
}

// before reports whether u is too far before v to be in a row with it or with any that begins later, where no unit is
// longer than longest: what their starts differ by is too much for any sum of their lengths.
func (u *placed) before(v *placed, longest int, limit float64) bool {
	d := float64(v.Start-u.Start) / float64(u.length()+longest)
	return d*d*byPlace > limit
}

func root(parent []int, i int) int {
	for parent[i] != i {
		parent[i] = parent[parent[i]]
		i = parent[i]
	}
	return i
}

// split returns the units by component, in order of the first of each.
func split(all []placed, parent []int, annotators int) []component {
	var out []component
	at := make(map[int]int)
	for i := range all {
		r := root(parent, i)
		k, ok := at[r]
		if !ok {
			k = len(out)
			at[r] = k
			out = append(out, component{annotators: annotators})
		}
		out[k].units = append(out[k].units, all[i])
	}
	return out
}

// mostAssigned is the most units of two annotators that are assigned at once: some 0.1 s.
const mostAssigned = 800

// solve returns the least cost of a component, and whether nothing can cost less.
func (c *component) solve() (cost float64, best bool) {
	switch {
	case len(c.units) == 1:
		return absence, true
	case c.annotators == 2 && len(c.units) <= mostAssigned:
		return c.assign(), true
	}
	s := newSearch(c)
	cost, _ = s.run(1, math.Inf(1))
	wide, best := s.run(mostStates, cost)
	return min(cost, wide), best && s.whole
}
