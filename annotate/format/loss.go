package format

import (
	"fmt"
)

// A Loss counts what a format could not hold, by reason. The zero Loss is empty. A nil
// *Loss counts nothing.
type Loss struct {
	reasons []string // in the order they first occurred
	counts  map[string]int
}

// Add counts n things lost for a reason, such as "nested mentions: IOB2 cannot nest".
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

// Lines returns one line for each reason, such as "3 nested mentions: IOB2 cannot nest",
// in the order in which they first occurred.
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

// Total returns the number of things lost.
func (l *Loss) Total() int {
	n := 0
	if l != nil {
		for _, c := range l.counts {
			n += c
		}
	}
	return n
}
