package format

import (
	"fmt"
)

// A Loss counts what a format could not hold, by reason. The zero Loss is empty. A nil
// *Loss counts nothing.
type Loss struct {
	reasons []string // in the order they first occurred
	counts  map[string]int
	such    map[string]string // the first of these things, by reason
	single  map[string]string // how one of them is called, by reason, where that is said
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

// AddSuch counts a thing lost for a reason that has an example, such as "rows that cannot be read" and "line 5:
// …". The example of the first one is kept, since there may be many.
func (l *Loss) AddSuch(reason, example string) {
	if l == nil {
		return
	}
	l.Add(1, reason)
	if l.such == nil {
		l.such = map[string]string{}
	}
	if _, ok := l.such[reason]; !ok {
		l.such[reason] = example
	}
}

// AddOne counts n things lost for a reason, which for a single one is worded otherwise: "names of people", "name of a person".
func (l *Loss) AddOne(n int, reason, single string) {
	if l == nil {
		return
	}
	l.Add(n, reason)
	if l.single == nil {
		l.single = map[string]string{}
	}
	l.single[reason] = single
}

// Lines returns one line for each reason, such as "3 nested mentions: IOB2 cannot nest",
// in the order in which they first occurred.
func (l *Loss) Lines() []string {
	if l == nil {
		return nil
	}
	out := make([]string, len(l.reasons))
	for i, r := range l.reasons {
		words := r
		if single := l.single[r]; single != "" && l.counts[r] == 1 {
			words = single
		}
		out[i] = fmt.Sprintf("%d %s", l.counts[r], words)
		if example := l.such[r]; example != "" {
			out[i] += ", such as " + example
		}
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
