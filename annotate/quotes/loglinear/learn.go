package loglinear

import (
	"maps"
	"math"
	"slices"
)

// An Example is a statement with its features, known to be true or not.
type Example struct {
	Features []string
	True     bool
	Weight   float64
}

const (
	// Sweeps over all weights; after some forty nothing moves any more.
	sweeps = 60

	// A weight moves by at most one a sweep, so that rare features do not run away.
	longestStep = 1.0
)

// Learn returns the weights that make the examples most likely under a normal prior of the given
// precision (ridge regression, le Cessie and van Houwelingen 1992), by one Newton step a weight and
// sweep, in the order of names. Features of fewer examples than least are left out.
func Learn(examples []Example, precision float64, least int) Weights {
	with := map[string][]int{} // by feature: its examples
	for i := range examples {
		for _, f := range examples[i].Features {
			if of := with[f]; len(of) == 0 || of[len(of)-1] != i { // once, should it be named twice
				with[f] = append(of, i)
			}
		}
	}
	sums := make([]float64, len(examples))
	w := Weights{}
	names := slices.Sorted(maps.Keys(with))
	for range sweeps {
		for _, f := range names {
			if len(with[f]) < least {
				continue
			}
			slope, curve := -precision*w[f], precision
			for _, i := range with[f] {
				e, p := &examples[i], logistic(sums[i])
				slope += e.Weight * (truth(e.True) - p)
				curve += e.Weight * p * (1 - p)
			}
			step := max(-longestStep, min(longestStep, slope/curve))
			w[f] += step
			for _, i := range with[f] {
				sums[i] += step
			}
		}
	}
	maps.DeleteFunc(w, func(_ string, x float64) bool { return math.Abs(x) < leastWeight })
	return w
}

func truth(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// FitLine returns the line that makes sums of weights most likely, of which right says whether what they
// are of is true. They have to be of examples that the weights were not learned from.
func FitLine(sums []float64, right []bool) Line {
	l := Line{Slope: 1}
	for range sweeps {
		var slope, shift, ss, st, tt float64 // the gradient, and the curvature
		for i, x := range sums {
			p := l.Probability(x)
			d, c := truth(right[i])-p, p*(1-p)
			slope, shift = slope+d*x, shift+d
			ss, st, tt = ss+c*x*x, st+c*x, tt+c
		}
		det := ss*tt - st*st
		if det <= 0 {
			break
		}
		l.Slope += (slope*tt - shift*st) / det
		l.Shift += (shift*ss - slope*st) / det
	}
	return l
}
