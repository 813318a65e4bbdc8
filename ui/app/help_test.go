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
	return strings.Split(ansi.Strip(h.draw(look{width, height, ansi.WcWidth})), "\n")
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

// The first page has keys: with the signs beside them where there is width, else with the most useful
// signs in a line above.
func TestHelpBeginsWithKeys(t *testing.T) {
	t.Parallel()
	const brief = "SIGNS  suggested  confirmed  rejected  ┇ quote  ▸ current"
	for _, c := range []struct {
		width, height int
		brief, beside bool
	}{{40, 12, false, false}, {80, 24, true, false}, {120, 36, false, true}, {200, 50, false, true}} {
		lines := drawn(t, "", c.width, c.height)
		all := strings.Join(lines, "\n")
		if !strings.Contains(all, "next list") {
			t.Errorf("%d × %d: no key on the first page\n%s", c.width, c.height, all)
		}
		if got := strings.Contains(lines[2], brief); got != c.brief {
			t.Errorf("%d × %d begins with %q", c.width, c.height, lines[2])
		}
		if got := strings.Contains(lines[2], "LISTS") && strings.Contains(lines[2], "SIGNS IN THE TEXT"); got != c.beside {
			t.Errorf("%d × %d begins with %q", c.width, c.height, lines[2])
		}
	}
	for _, l := range drawn(t, "", 40, 12) {
		if strings.HasPrefix(l, "│ SIGNS") && strings.Contains(l, "…") {
			t.Errorf("a sign is cut: %q", l)
		}
	}
	if got := strings.Join(drawn(t, "count", 80, 24), "\n"); !strings.Contains(got, "Repeat the next key") || strings.Contains(got, "SIGNS") {
		t.Errorf("counts are not explained, or signs nobody asked for are\n%s", got)
	}
}

// Columns are about as long as each other, in the order of the groups.
func TestHelpFillsItsColumns(t *testing.T) {
	t.Parallel()
	block := func(n int) []string { return make([]string, n) }
	for _, c := range []struct {
		keys, last, want []int // heights, and those of the columns
	}{
		{[]int{22, 5, 9, 8}, []int{5}, []int{27, 22}},
		{[]int{10, 10, 10}, []int{30}, []int{30, 30}},
		{[]int{3, 3, 3, 3}, nil, []int{6, 6}},
		{nil, []int{4}, []int{0, 4}},
		{[]int{3}, nil, []int{3, 0}},
	} {
		var keys, last [][]string
		for _, n := range c.keys {
			keys = append(keys, block(n))
		}
		for _, n := range c.last {
			last = append(last, block(n))
		}
		for i, col := range flow(keys, last, 2) {
			if len(col) != c.want[i] {
				t.Errorf("%v and %v: column %d has %d lines, want %d", c.keys, c.last, i, len(col), c.want[i])
			}
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
