package workspace_test

import (
	"errors"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/library/db"
)

func TestAt(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	id := r.add(t, story("a", text))
	s := r.open(t, id)
	s, _ = r.change(t, s, annotate.Reject, "Ferris", "")
	rejected := time.Now()
	for time.Now().UnixMilli() == rejected.UnixMilli() { // times are kept in milliseconds
	}
	r.change(t, s, annotate.Undo, "Ferris", "")
	state := func(at time.Time) annotate.State {
		t.Helper()
		a, l, err := r.At(ctx, id, at)
		if err != nil || a.Text != text || l.Check(a.Text) != nil {
			t.Fatal(err)
		}
		for _, e := range l.Entities {
			for _, m := range e.Mentions {
				if m.In(a.Text) == "Ferris" {
					return m.State
				}
			}
		}
		t.Fatal("Ferris is nowhere")
		return 0
	}
	for name, c := range map[string]struct {
		at   time.Time
		want annotate.State
	}{"long before": {time.UnixMilli(0), annotate.Proposed}, "before undo": {rejected, annotate.Rejected}, "now": {time.Now(), annotate.Proposed}} {
		if got := state(c.at); got != c.want {
			t.Errorf("%s: state %d, want %d", name, got, c.want)
		}
	}
	r.add(t, story("a", "Other words. "+text)) // its source changed
	if got := state(rejected); got != annotate.Rejected {
		t.Errorf("in the text of then: state %d", got)
	}
	if _, _, err := r.At(ctx, "nothing", rejected); !errors.Is(err, db.ErrNotFound) {
		t.Error(err)
	}
}
