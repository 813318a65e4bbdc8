package vectors

import (
	"slices"
	"testing"
)

// Documents that share words are of one topic, for which their own words speak, and a word that all
// have speaks for none.
func TestTopics(t *testing.T) {
	t.Parallel()
	const everywhere, match, goal, court, judge, classes, k = 0, 1, 2, 3, 4, 5, 2
	var docs []Histogram
	for range 20 {
		docs = append(docs, Histogram{everywhere: 9, match: 2, goal: 1}, Histogram{everywhere: 9, court: 1, judge: 2})
	}
	table := Topics(docs, classes, k)
	row := func(class int) []byte { return table[class*k:][:k] }
	topic := func(class int) int { return slices.Index(row(class), slices.Max(row(class))) }
	if topic(match) != topic(goal) || topic(court) != topic(judge) || topic(match) == topic(court) {
		t.Errorf("match %v, goal %v, court %v, judge %v", row(match), row(goal), row(court), row(judge))
	}
	if slices.Max(row(everywhere)) > 0 {
		t.Errorf("a word of all documents says %v", row(everywhere))
	}
	if !slices.Equal(table, Topics(docs, classes, k)) {
		t.Error("the same documents give another table")
	}
}
