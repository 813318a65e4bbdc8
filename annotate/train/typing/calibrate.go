package typing

import (
	"fmt"

	"byline/annotate/evidence"
)

// A claim is a decision on a mention with its raw score.
type claim struct {
	score              float64
	right              bool
	kind, gold, tagger int
}

// claims decides on the mentions of x.
func (n *net) claims(x *example) (all []claim) {
	s := &state{}
	n.prepare(x, s)
	for g := range x.groups {
		for _, i := range x.groups[g].Members {
			if x.golds[i].known {
				in := s.inputsOf(x, g, i)
				n.run(&in, &[evidence.Outputs]float32{}, s)
				all = append(all, s.claim(&x.golds[i], x.shares[i][:]))
			}
		}
	}
	return all
}

// claim is the decision on a mention that is y, for which the tagger has shares.
func (s *state) claim(y *gold, shares []float32) claim {
	const none = evidence.Types - 1
	p, span := s.chances()
	best := greatest(p[:none])
	c := claim{score: float64(p[best] * span), right: y.types[best] && y.exact, kind: best, tagger: greatest(shares[:none])}
	if p[none] >= evidence.Drop {
		c.kind = none
	}
	for k, ok := range y.types {
		if ok {
			c.gold = k
		}
	}
	return c
}

func greatest(xs []float32) int {
	best := 0
	for k, x := range xs {
		if x > xs[best] {
			best = k
		}
	}
	return best
}

// report says how often types are right, by the tagger and by the net.
func report(all []claim) string {
	before, after := 0, 0
	for _, c := range all {
		if c.tagger == c.gold {
			before++
		}
		if c.kind == c.gold {
			after++
		}
	}
	n := float64(len(all))
	return fmt.Sprintf("types right: tagger %.2f %%, evidence %.2f %% of %d\n", float64(before)/n*100, float64(after)/n*100, len(all))
}

// calibrate returns, for raw scores of i/steps, the share of claims that are right: isotonic
// regression over equal steps, between which the model interpolates.
func calibrate(all []claim, steps int) []float64 {
	right, sum := make([]float64, steps+1), make([]float64, steps+1)
	for _, c := range all {
		at := c.score * float64(steps)
		i := min(int(at), steps-1)
		for k, w := range [2]float64{1 - (at - float64(i)), at - float64(i)} {
			sum[i+k] += w
			if c.right {
				right[i+k] += w
			}
		}
	}
	return Isotonic(right, sum)
}

// Isotonic returns the shares right[i]/all[i] as they are nearest without falling: isotonic regression
// (Zadrozny and Elkan 2002), which pools neighbours that are out of order.
func Isotonic(right, all []float64) []float64 {
	type pool struct{ right, all, knots float64 }
	var pools []pool
	for i := range all {
		pools = append(pools, pool{right[i], all[i], 1})
		for n := len(pools); n > 1 && pools[n-2].right*pools[n-1].all >= pools[n-1].right*pools[n-2].all; n = len(pools) {
			last := pools[n-1]
			pools = pools[:n-1]
			pools[n-2].right += last.right
			pools[n-2].all += last.all
			pools[n-2].knots += last.knots
		}
	}
	var out []float64
	for _, p := range pools {
		for range int(p.knots) {
			out = append(out, p.right/max(p.all, 1e-9))
		}
	}
	return out
}
