package reader

import (
	"slices"
	"strings"
	"testing"

	"byline/ui"
)

func TestKeysDoNotClash(t *testing.T) {
	t.Parallel()
	if c := ui.Clashes([]ui.Scope{
		{Name: "queue", Bindings: queueBindings()}, {Name: "end", Bindings: (&Queue{}).endBindings()},
		{Name: "panel", Bindings: panelBindings()}, {Name: "select", Bindings: selectBindings()},
	}); len(c) > 0 {
		t.Error(c)
	}
}

// Every action that the table leaves to the front end is one of the screen's own, and all
// that the screen does, asks for or binds is in the table.
func TestEveryActionIsHandled(t *testing.T) {
	t.Parallel()
	has := map[ui.Action]bool{}
	for _, r := range tableRows() {
		has[binding(r).Action] = true
		if own[r.Name] == nil && !r.Done() {
			t.Errorf("nobody does %s", r.Name)
		}
	}
	for name := range own {
		if !has[action(name)] {
			t.Errorf("%s is not in the table", name)
		}
	}
	for _, b := range slices.Concat(selectBindings(), queueBindings()) {
		if strings.HasPrefix(string(b.Action), prefix) && !has[b.Action] {
			t.Errorf("%s is bound and not in the table", b.Action)
		}
	}
}
