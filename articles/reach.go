package articles

// A Reach finds those of many spans that overlap a stretch of text. It is an interval tree laid
// over spans sorted by start: the root of the indices [lo, hi) is their middle, and ends holds the
// furthest end below each root (Cormen et al., Introduction to Algorithms, 14.3).
type Reach struct {
	starts []int32
	ends   []int32 // furthest end of the subtree rooted at i
}

// NewReach returns the reach of n spans, of which at returns the i-th, in the order of their starts.
func NewReach(n int, at func(int) Span) Reach {
	r := Reach{make([]int32, n), make([]int32, n)}
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

// EachNear calls f, in order, with the index of each span that may share a byte with s: it starts
// before the end of s; f checks its end.
func (r *Reach) EachNear(s Span, f func(int)) { r.walk(0, len(r.starts), s, f) }

func (r *Reach) walk(lo, hi int, s Span, f func(int)) {
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
