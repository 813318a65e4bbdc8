package format

import (
	"fmt"
)

// A Loss counts what a format could not hold, by reason. The zero Loss is empty, and a
// nil one counts nothing.
type Loss struct {
	reasons []string // in the order of their first time
	counts  map[string]int
}

// Add counts n things lost for a reason: "nested mentions: IOB2 cannot nest".
func (l *Loss) Add(n int, reason string) {
	if l == nil || n == 0 {
		return
	}
	if l.counts == nil {
		l.counts = map[string]int{}
	}
	if l.counts[reason] == 0 {
		l.reasons = append(l.reasons, reason)
	}
	l.counts[reason] += n
}

// Lines returns a line a reason, "3 nested mentions: IOB2 cannot nest", in the order in
// which they were first met.
func (l *Loss) Lines() []string {
	if l == nil {
		return nil
	}
	out := make([]string, len(l.reasons))
	for i, r := range l.reasons {
		out[i] = fmt.Sprintf("%d %s", l.counts[r], r)
	}
	return out
}

// Total returns how many things were lost.
func (l *Loss) Total() int {
	n := 0
	if l != nil {
		for _, c := range l.counts {
			n += c
		}
	}
	return n
}
