package measures

import (
	"byline/annotate/eval"
)

// The weights of what two units differ in, those of most of the examples of Mathet et al. 2015: where they are counts three times
// what their category does, and a unit that an annotator lacks costs 1.
const (
	byPlace    = 3.0
	byCategory = 1.0
	absence    = 1.0
)

// An Alignment is the best way to put the units of annotators side by side, each unit once, at most one of each annotator
// in a row.
type Alignment struct {
	Cost  float64 // of all rows; see Align
	Units float64 // the mean number of units of an annotator
	Best  bool    // no alignment costs less; else the search had to be cut and Cost may be too large
}

// Disorder is the cost for each unit that an annotator has on average; 0 without units.
func (a Alignment) Disorder() float64 {
	if a.Units == 0 {
		return 0
	}
	return a.Cost / a.Units
}

// Align returns the alignment with the least disorder of γ (Mathet, Widlöcher and Métivier 2015, The unified and holistic
// method gamma (γ) for inter-annotator agreement measure and alignment). Two units differ by
// 3·((|Δstart|+|Δend|)/(sum of lengths))², plus 1 if their categories differ; a unit and nothing by 1, and so do nothing
// and nothing. A row costs the mean over its pairs of annotators. γ is one minus the disorder over that of
// annotations by chance; see [Chance].
//
// Rows that cost more than their parts are not looked at. What is left falls into components that share no row, which are
// solved one by one: of two annotators as an assignment, of more by branch and bound from left to right, where states with the
// same units left are one state. The search keeps at most a few thousand states at a time; where a component needs more, it
// goes on with the cheapest of them and the alignment is not certain to be the Best.
func Align(units [][]Unit) Alignment {
	out := Alignment{Best: true}
	for _, us := range units {
		out.Units += float64(len(us)) / float64(max(1, len(units)))
	}
	if len(units) < 2 {
		return out
	}
	parts, whole := componentsOf(units)
	out.Best = whole
	for _, part := range parts {
		cost, best := part.solve()
		out.Cost += cost
		out.Best = out.Best && best
	}
	return out
}

// dissimilarity is how much two units differ.
func dissimilarity(u, v *placed) float64 {
	d := float64(abs(u.Start-v.Start)+abs(u.End-v.End)) / float64(u.length()+v.length())
	d *= d * byPlace
	if u.Category != v.Category {
		d += byCategory
	}
	return d
}

func abs(n int) int { return max(n, -n) }

// assign aligns two annotators: every pair saves what it costs less than its two units by themselves.
func (c *component) assign() float64 {
	var a, b []*placed
	for i := range c.units {
		if u := &c.units[i]; u.by == c.units[0].by {
			a = append(a, u)
		} else {
			b = append(b, u)
		}
	}
	saved := make([][]float64, len(a))
	for i, u := range a {
		saved[i] = make([]float64, len(b))
		for k, v := range b {
			saved[i][k] = max(0, 2*absence-dissimilarity(u, v))
		}
	}
	if len(b) == 0 {
		return float64(len(a)) * absence
	}
	return float64(len(c.units))*absence - eval.Assign(saved)
}
