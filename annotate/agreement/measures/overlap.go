package measures

import (
	"cmp"
	"slices"

	"byline/annotate/eval"
)

// mostPaired is the most units of a side that are paired in the best of all ways, if each of them is joined to the next by
// overlaps.
const mostPaired = 400

// Overlap pairs the units of two annotators one to one such that the two of a pair have a category and some text in
// common. pairs is the largest possible number of pairs; soft is the largest possible sum of 2|a∩b|/(|a|+|b|) over pairs,
// which may be other ones. best is false if more than 400 units of one hung
// together: they are paired from left to right, each with the first that is left, and both numbers may be too small.
//
// 2·pairs/(|A|+|B|) is the F measure of overlap (the type measure of SemEval-2013 task 9, Segura-Bedmar et al. 2013, but
// with the best pairing instead of the first); with soft for pairs, the same weighted by how much the ends differ.
func Overlap(a, b []Unit) (pairs int, soft float64, best bool) {
	best = true
	for _, c := range joined(a, b) {
		n, s, exact := c.pair()
		pairs, soft, best = pairs+n, soft+s, best && exact
	}
	return pairs, soft, best
}

// A cluster is units of two annotators that hang together by overlaps of the same category.
type cluster struct{ a, b []Unit }

// joined returns the clusters that have units of both sides, category by category, from left to right.
func joined(a, b []Unit) []cluster {
	type sided struct {
		Unit
		second bool
	}
	all := make([]sided, 0, len(a)+len(b))
	for _, u := range a {
		all = append(all, sided{u, false})
	}
	for _, u := range b {
		all = append(all, sided{u, true})
	}
	slices.SortStableFunc(all, func(x, y sided) int {
		return cmp.Or(cmp.Compare(x.Category, y.Category), cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End))
	})
	var out []cluster
	var now cluster
	end := 0
	flush := func() {
		if len(now.a) > 0 && len(now.b) > 0 {
			out = append(out, now)
		}
		now = cluster{}
	}
	for i, u := range all {
		if i > 0 && (u.Category != all[i-1].Category || u.Start >= end) {
			flush()
			end = 0
		}
		if u.second {
			now.b = append(now.b, u.Unit)
		} else {
			now.a = append(now.a, u.Unit)
		}
		end = max(end, u.End)
	}
	flush()
	return out
}

// pair pairs the units of a cluster.
func (c cluster) pair() (pairs int, soft float64, best bool) {
	if len(c.a) == 1 && len(c.b) == 1 {
		return 1, likeness(c.a[0], c.b[0]), true // it is joined, so the two overlap
	}
	if max(len(c.a), len(c.b)) > mostPaired {
		pairs, soft = c.inOrder()
		return pairs, soft, false
	}
	count, weight := make([][]float64, len(c.a)), make([][]float64, len(c.a))
	for i, u := range c.a {
		count[i], weight[i] = make([]float64, len(c.b)), make([]float64, len(c.b))
		for k, v := range c.b {
			if u.shared(v) > 0 {
				count[i][k], weight[i][k] = 1, likeness(u, v)
			}
		}
	}
	return int(eval.Assign(count) + 0.5), eval.Assign(weight), true
}

// inOrder pairs each unit of the first with the first of the second that is left.
func (c cluster) inOrder() (pairs int, soft float64) {
	used := make([]bool, len(c.b))
	first := 0
	for _, u := range c.a {
		for first < len(c.b) && (used[first] || c.b[first].End <= u.Start) {
			first++
		}
		for k := first; k < len(c.b) && c.b[k].Start < u.End; k++ {
			if !used[k] && u.shared(c.b[k]) > 0 {
				used[k] = true
				pairs++
				soft += likeness(u, c.b[k])
				break
			}
		}
	}
	return pairs, soft
}

// likeness is Dice's coefficient of two units.
func likeness(u, v Unit) float64 { return 2 * float64(u.shared(v)) / float64(u.length()+v.length()) }
