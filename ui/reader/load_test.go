package reader_test

import (
	"context"
	"errors"
	"testing"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/articles"
	"byline/ui"
)

var errBroken = errors.New("the library is broken")

// A broken workspace knows its layer, and not what lost its place.
type broken struct{ *slow }

func (broken) Orphans(context.Context, *articles.Article) ([]annotate.Decision, error) {
	return nil, errBroken
}

// Where nobody knows what lost its place, the reader is told, and can correct all the same.
func TestLostDecisionsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	w := newSlow()
	s, open := openWith(broken{w})
	var failed []error
	allTold(s, open, func(msg tea.Msg) {
		if e, ok := msg.(ui.ErrMsg); ok {
			failed = append(failed, e.Err)
		}
	})
	if len(failed) != 1 || !errors.Is(failed[0], errBroken) {
		t.Errorf("told %v", failed)
	}
	all(s, press(t, s, "reader.next"))
	all(s, press(t, s, "reader.confirm"))
	if n, said := w.step(); n != 1 {
		t.Errorf("%d steps, the last %q", n, said)
	}
}
