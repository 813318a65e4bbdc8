package app

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"byline/ui"
	"byline/ui/theme"
)

// signed returns scopes with signs and keys, the inner one with a key of the outer.
func signed() []ui.Scope {
	return []ui.Scope{
		{Name: "inner", Bindings: []ui.Binding{{Action: "inner.list", Keys: []string{"tab"}, Help: "next list", Group: "Lists"}}},
		{Name: "outer", Signs: (*theme.Theme).Signs, Bindings: []ui.Binding{
			{Action: "outer.next", Keys: []string{"tab", "n"}, Help: "next name or quote", Group: "Step"},
			{Action: "outer.merge", Keys: []string{"m"}, Help: "the same as another name of the article", Also: []string{"join"}, Group: "Correct"},
			{Action: "outer.page", Keys: []string{"space", "pgdown", "ctrl+f", "ctrl+v"}, Help: "a page down", Group: "Move"},
		}},
	}
}

// drawn returns the lines of a help in which typed is sought.
func drawn(t *testing.T, typed string, width, height int) []string {
	t.Helper()
	th, err := theme.Named("", true)
	if err != nil {
		t.Fatal(err)
	}
	h := newHelp(signed(), th)
	h.field.Set(typed)
	box, _ := h.draw(look{width, height, ansi.WcWidth})
	return strings.Split(ansi.Strip(box), "\n")
}

// TestHelpStaysWhereItIs draws the help with more and more typed: the box keeps its size.
func TestHelpStaysWhereItIs(t *testing.T) {
	t.Parallel()
	for _, z := range [][2]int{{40, 12}, {80, 24}, {110, 32}, {200, 50}} {
		want := len(drawn(t, "", z[0], z[1]))
		for _, typed := range []string{"n", "ne", "merge", "no such thing"} {
			lines := drawn(t, typed, z[0], z[1])
			if len(lines) != want {
				t.Errorf("%v: %d lines with %q, %d with nothing", z, len(lines), typed, want)
			}
			for _, l := range lines {
				if ansi.StringWidth(l) != ansi.StringWidth(lines[0]) {
					t.Errorf("%v, %q: the lines have different widths: %q", z, typed, l)
				}
			}
		}
	}
}

// TestHelpExplainsEverySign finds the signs on top, each with its meaning, and finds them by words.
func TestHelpExplainsEverySign(t *testing.T) {
	t.Parallel()
	th, err := theme.Named("", true)
	if err != nil {
		t.Fatal(err)
	}
	lines := drawn(t, "", 80, 200)
	if !strings.Contains(lines[2], "SIGNS") {
		t.Errorf("the signs are not on top: %q", lines[2])
	}
	all := strings.Join(lines, "\n")
	for _, s := range th.Signs() {
		i := strings.Index(all, s.Shown+strings.Repeat(" ", helpKeys+1-ansi.StringWidth(s.Shown))+strings.Fields(s.Means)[0])
		if i < 0 {
			t.Errorf("%q is not explained\n%s", s.Shown, all)
		}
	}
	for typed, want := range map[string]string{
		"sign": "confirmed", "legend": "confirmed", "●": "confirmed", "◐": "partly reviewed", "struck": "rejected", "join": "the same as",
		"ctrl+v": "a page down", "step": "next name or quote",
	} {
		if got := strings.Join(drawn(t, typed, 80, 200), "\n"); !strings.Contains(got, want) {
			t.Errorf("%q does not find %q\n%s", typed, want, got)
		}
	}
}

// Keys that a scope nearer by takes are not explained, and all others are, however many there are.
func TestHelpShowsKeysThatWork(t *testing.T) {
	t.Parallel()
	all := strings.Join(drawn(t, "", 80, 200), "\n")
	for _, want := range []string{"n              next name or quote", "tab            next list", "ctrl+f", "ctrl+v"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q\n%s", want, all)
		}
	}
	if strings.Contains(all, "tab, n") {
		t.Errorf("a key that does not work is explained\n%s", all)
	}
}
