package textview

import (
	"slices"

	"byline/articles"
)

// A Mark gives the cells of a span a look.
type Mark struct {
	articles.Span
	Look int // index into [Styles.Looks]
}

// SetMarks replaces the marks of a layer, counted from 0 at the bottom. Marks of
// a layer may overlap and nest; where they do, the later in [articles.Span.Compare]
// lies on top, and of equal spans the later in marks. The text keeps its place. The
// View keeps ms where it is in that order, and then it must not change.
func (v *View) SetMarks(layer int, ms []Mark) {
	if layer < 0 {
		return
	}
	for len(v.layers) <= layer {
		v.layers = append(v.layers, marks{})
	}
	v.layers[layer] = newMarks(ms)
}

// marks are the marks of a layer in order, with what finds those that overlap a
// range.
type marks struct {
	sorted []Mark
	reach  reach
}

func newMarks(ms []Mark) marks {
	sorted := inOrder(ms, func(m Mark) articles.Span { return m.Span })
	return marks{sorted, newReach(len(sorted), func(i int) articles.Span { return sorted[i].Span })}
}

// inOrder returns ms, or where it is in another order a sorted copy.
func inOrder[M any](ms []M, span func(M) articles.Span) []M {
	compare := func(a, b M) int { return span(a).Compare(span(b)) }
	if slices.IsSortedFunc(ms, compare) {
		return ms
	}
	ms = slices.Clone(ms)
	slices.SortStableFunc(ms, compare)
	return ms
}

// reach is an interval tree laid over spans sorted by start: the root of the
// indices [lo, hi) is their middle, and ends holds the furthest end below each
// root (Cormen et al., Introduction to Algorithms, 14.3).
type reach struct {
	starts []int32
	ends   []int32 // furthest end of the subtree rooted at i
}

func newReach(n int, at func(int) articles.Span) reach {
	r := reach{make([]int32, n), make([]int32, n)}
	var build func(lo, hi int) int32
	build = func(lo, hi int) int32 {
		if lo >= hi {
			return -1
		}
		mid := (lo + hi) / 2
		s := at(mid)
		r.starts[mid] = int32(s.Start)
		r.ends[mid] = max(int32(s.End), build(lo, mid), build(mid+1, hi))
		return r.ends[mid]
	}
	build(0, n)
	return r
}

// overlapping calls f, in order, with each index whose span may share a byte with
// s: it starts before the end of s; f checks its end.
func (r *reach) overlapping(s articles.Span, f func(int)) { r.walk(0, len(r.starts), s, f) }

func (r *reach) walk(lo, hi int, s articles.Span, f func(int)) {
	if lo >= hi {
		return
	}
	mid := (lo + hi) / 2
	if int(r.ends[mid]) <= s.Start {
		return
	}
	r.walk(lo, mid, s, f)
	if int(r.starts[mid]) < s.End {
		f(mid)
		r.walk(mid+1, hi, s, f)
	}
}
