package reader

import (
	"testing"

	"byline/ui"
)

func TestKeysDoNotClash(t *testing.T) {
	t.Parallel()
	if c := ui.Clashes([]ui.Scope{
		{Name: "queue", Bindings: queueBindings()}, {Name: "end", Bindings: endBindings()},
		{Name: "panel", Bindings: panelBindings()}, {Name: "select", Bindings: selectBindings()},
	}); len(c) > 0 {
		t.Error(c)
	}
}

// Every action that the table leaves to the front end is one of the screen's own.
func TestEveryActionIsHandled(t *testing.T) {
	t.Parallel()
	own := map[ui.Action]bool{}
	for a := range scrolls {
		own[a] = true
	}
	for _, a := range []ui.Action{
		nextRow, prevRow, candidate, selectKeys, hintsOn, panelOn, nextTab, filterRows, details, why, zen, copyIt, export,
		markDone, tags, versions, clearIt,
	} {
		own[a] = true
	}
	for _, r := range tableRows() {
		if a := binding(r).Action; own[a] == r.Done() {
			t.Errorf("%s: of the screen %t, of the session %t", a, own[a], r.Done())
		}
	}
}
