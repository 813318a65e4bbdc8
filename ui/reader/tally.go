package reader

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"time"

	"byline/annotate"
	"byline/ui/session"
)

// An outcome is what became of an item of a queue.
type outcome string

const (
	confirmed outcome = "confirmed"
	rejected  outcome = "rejected"
	changed   outcome = "changed"
	passed    outcome = "skipped"
)

// A tally counts what a review costs.
type tally struct {
	rows  []tallied
	total sum
	keys  int // since the item came
	since time.Time
}

// A tallied item is one that was gone on from.
type tallied struct {
	item
	outcome
	keys   int
	time   time.Duration
	others int // decisions on others while it was current
}

func (t *tally) begin(now time.Time) { t.keys, t.since = 0, now }

func (t *tally) end(it item, o outcome, now time.Time) {
	t.rows = append(t.rows, tallied{it, o, t.keys, now.Sub(t.since), 0})
	t.total = t.sum()
}

// drop forgets the last item.
func (t *tally) drop() {
	t.rows = t.rows[:len(t.rows)-1]
	t.total = t.sum()
}

// fail notes that a decision which counted as made could not be stored: the last one that does.
func (t *tally) fail() {
	for i := len(t.rows) - 1; i >= 0; i-- {
		if o := t.rows[i].outcome; o == confirmed || o == rejected {
			t.rows[i].outcome = passed
			t.total = t.sum()
			return
		}
	}
}

// outcomeOf says what became of an item by looking at the layer.
func outcomeOf(s *session.Claims, it item) outcome {
	at := s.Find(it.Target)
	if at < 0 {
		return changed
	}
	switch st, o := s.State(s.List[at]); {
	case st == annotate.Proposed:
		return passed
	case st == annotate.Rejected:
		return rejected
	case o.Human:
		return changed
	}
	return confirmed
}

// A sum is what a tally comes to.
type sum struct {
	count      map[outcome]int
	articles   int
	decisions  int // all but those passed
	keys       int
	time       time.Duration
	medianTime time.Duration // of a decision
}

func (t *tally) sum() sum {
	s := sum{count: map[outcome]int{}}
	ids := map[string]bool{}
	var times []time.Duration
	for _, r := range t.rows {
		s.count[r.outcome]++
		s.keys += r.keys
		s.time += r.time
		ids[r.ID] = true
		if r.outcome != passed {
			times = append(times, r.time)
		}
	}
	s.articles, s.decisions = len(ids), len(times)
	if slices.Sort(times); len(times) > 0 {
		s.medianTime = times[len(times)/2]
	}
	return s
}

// perDecision returns the keys of a decision on average; 0 where there is none.
func (s sum) perDecision() float64 {
	if s.decisions == 0 {
		return 0
	}
	return float64(s.keys) / float64(s.decisions)
}

// csv returns the tally as a table, an item a row.
func (t *tally) csv() []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write([]string{"article", "title", "kind", "words", "score", "outcome", "keys", "seconds"})
	for _, r := range t.rows {
		w.Write([]string{r.ID, r.Title, string(r.Kind), r.Words, strconv.FormatFloat(r.Score, 'f', 3, 64),
			string(r.outcome), strconv.Itoa(r.keys), fmt.Sprintf("%.2f", r.time.Seconds())})
	}
	w.Flush()
	return b.Bytes()
}
