// Package loglinear weighs what speaks for a statement and what speaks against it: a log-linear
// model of few features that have names, whose weights are a table that people can read.
//
// A feature is there or not. The probability that a statement is true is the logistic function of
// the sum of the weights of those that are there.
package loglinear

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Weights are the weights of features by name.
type Weights map[string]float64

// Parse reads a table: a line is a feature and its weight; what starts with # is a comment.
func Parse(table string) (Weights, error) {
	w := Weights{}
	for line := range strings.Lines(table) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		if len(f) != 2 {
			return nil, fmt.Errorf("read weights: %q is no feature and its weight", line)
		}
		x, err := strconv.ParseFloat(f[1], 64)
		if err != nil {
			return nil, fmt.Errorf("read weights: %w", err)
		}
		w[f[0]] = x
	}
	return w, nil
}

// Probability returns the probability of what the features speak for.
func (w Weights) Probability(features []string) float64 { return logistic(w.Sum(features)) }

// Sum returns the sum of the weights of features: the log of the odds.
func (w Weights) Sum(features []string) float64 {
	sum := 0.0
	for _, f := range features {
		sum += w[f]
	}
	return sum
}

// A Line corrects log-odds that are too sure or not sure enough (Platt 1999).
type Line struct{ Slope, Shift float64 }

// Probability returns the probability of a sum of weights, corrected.
func (l Line) Probability(sum float64) float64 { return logistic(float64(l.Slope*sum) + l.Shift) }

// String returns the table of w, sorted, without weights that are next to nothing.
func (w Weights) String() string {
	var b strings.Builder
	for _, f := range slices.Sorted(maps.Keys(w)) {
		if math.Abs(w[f]) >= leastWeight {
			fmt.Fprintf(&b, "%s %.2f\n", f, w[f])
		}
	}
	return b.String()
}

// leastWeight is the least weight that a table has.
const leastWeight = 0.01

func logistic(x float64) float64 { return 1 / (1 + exp(-x)) }

// terms is how many terms of the series of exp matter to a float64: from the next on, they are less than
// its last bit.
const terms = 18

// exp returns e to the power of x by the Taylor series, after Cody and Waite 1980. The last bit of
// math.Exp depends on the processor; here each product is rounded before it is added, so that every
// processor gives the same.
func exp(x float64) float64 {
	k := math.Round(x / math.Ln2)
	x -= float64(k * math.Ln2)
	sum, term := 1.0, 1.0
	for n := 1; n < terms; n++ {
		term = float64(term*x) / float64(n)
		sum += term
	}
	return math.Ldexp(sum, int(k))
}
