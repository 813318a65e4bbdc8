package review

import (
	"byline/annotate"
)

// An Order decides which claim is reviewed next.
type Order uint8

// The orders in which claims are reviewed.
const (
	Reading      Order = iota // by position, and at the end from the start again
	LeastCertain              // the lowest score first
)

// Next returns the unreviewed claim of l that follows the one at byte offset after (−1
// for the first). It skips types that stand aside; see [annotate.Type.Aside]. It returns
// false if there is none. With LeastCertain, a claim at after comes last.
func Next(l *annotate.Layer, after int, o Order) (Target, bool) {
	n := next{after: after, order: o}
	for c := range l.Claims() {
		if c.State == annotate.Proposed && (c.Entity == nil || !c.Entity.Type.Aside()) {
			n.offer(Target{c.Kind, c.Span}, c.Origin.Score)
		}
	}
	return n.best, n.found
}

type next struct {
	after int
	order Order
	best  Target
	score float64
	found bool
}

// offer keeps t if it comes before the best so far.
func (n *next) offer(t Target, score float64) {
	if !n.found || n.before(t, score) {
		n.best, n.score, n.found = t, score, true
	}
}

func (n *next) before(t Target, score float64) bool {
	last, lastBest := t.Start <= n.after, n.best.Start <= n.after
	if n.order == LeastCertain {
		last, lastBest = t.Start == n.after, n.best.Start == n.after
	}
	switch {
	case last != lastBest:
		return lastBest
	case n.order == LeastCertain && score != n.score:
		return score < n.score
	}
	return t.Compare(n.best.Span) < 0
}
