package review

import (
	"byline/annotate"
)

// Next returns the unreviewed claim of l that follows the one at byte offset after (−1
// for the first), by position, and at the end from the start again. It skips types that
// stand aside; see [annotate.Type.Aside]. It returns false if there is none.
func Next(l *annotate.Layer, after int) (Target, bool) {
	n := next{after: after}
	for c := range l.Claims() {
		if c.State == annotate.Proposed && (c.Entity == nil || !c.Entity.Type.Aside()) {
			n.offer(Target{c.Kind, c.Span})
		}
	}
	return n.best, n.found
}

type next struct {
	after int
	best  Target
	found bool
}

// offer keeps t if it comes before the best so far.
func (n *next) offer(t Target) {
	if !n.found || n.before(t) {
		n.best, n.found = t, true
	}
}

func (n *next) before(t Target) bool {
	if last, lastBest := t.Start <= n.after, n.best.Start <= n.after; last != lastBest {
		return lastBest
	}
	return t.Compare(n.best.Span) < 0
}
