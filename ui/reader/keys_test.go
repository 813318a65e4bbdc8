package reader

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"byline/ui"
	"byline/ui/session"
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

// Every action that a reason names in braces is in the table.
func TestNamesInReasons(t *testing.T) {
	t.Parallel()
	named := regexp.MustCompile(`\{(reader\.[a-z-]+)\}`)
	for _, words := range none {
		for _, m := range named.FindAllStringSubmatch(words, -1) {
			if !slices.ContainsFunc(tableRows(), func(r session.Row) bool { return string(action(r.Name)) == m[1] }) {
				t.Errorf("%s of %q is not in the table", m[1], words)
			}
		}
	}
}
