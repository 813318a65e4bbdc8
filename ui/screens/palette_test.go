package screens_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// TestPaletteShowsHelpWhole goes through the commands of every screen in the smallest usual window: no
// help text is cut.
func TestPaletteShowsHelpWhole(t *testing.T) {
	t.Parallel()
	for what, keys := range map[string]string{"library": "q", "trash": "q ctrl+t", "text": "tab", "panel": "s", "selection": "v", "people": "W", "person": "q W enter"} {
		s, _ := open(t, crowd{}, writeFile(t, "crowd.md", crowded()))
		s.Send(tea.WindowSizeMsg{Width: 80, Height: 24})
		s.Press(keys + " :")
		for range 130 {
			for line := range strings.SplitSeq(ansi.Strip(s.View()), "\n") {
				if i := strings.Index(line, "│ › "); i >= 0 && strings.Contains(line, "…") {
					t.Errorf("%s: cut: %q", what, line)
				}
			}
			s.Press("down")
		}
	}
}

// TestLibraryHelpFits shows all keys of the library at once where there is room for them.
func TestLibraryHelpFits(t *testing.T) {
	t.Parallel()
	s, _ := open(t, crowd{})
	for _, z := range [][2]int{{110, 32}, {120, 36}, {200, 50}} {
		s.Send(tea.WindowSizeMsg{Width: z[0], Height: z[1]})
		s.Press("?")
		got := ansi.Strip(s.View())
		for _, want := range []string{"LIBRARY", "SIGNS IN THE LIST", "Quit at once", "Leave the search"} {
			if !strings.Contains(got, want) || strings.Contains(got, "↑↓") {
				t.Errorf("%v: no %q, or not all at once\n%s", z, want, got)
			}
		}
		s.Press("esc")
	}
}

// What people type to get out finds the way out, and nothing that has these letters here and there.
func TestPaletteFindsTheWayOut(t *testing.T) {
	t.Parallel()
	s, _ := open(t, crowd{}, writeFile(t, "a.md", "# A story\n\nNobody came.\n"))
	for _, c := range []struct{ keys, typed, first, not string }{
		{"", "quit", "Quit at once", "quote"},
		{"", "leave", "Go back to the screen before", "places"},
		{"q", "quit", "Quit  ", "Go back"},
		{"", "leave", "Quit  ", "places"},
	} {
		s.Press(c.keys + " :")
		s.Type(c.typed)
		got := ansi.Strip(s.View())
		list, _, _ := strings.Cut(got, "\n  ╰")
		if _, after, _ := strings.Cut(list, "› "+c.typed); !strings.HasPrefix(strings.TrimLeft(after, " │\n"), "› "+c.first) && !strings.Contains(after, "│ › "+c.first) || strings.Contains(after, c.not) {
			t.Errorf("%q finds\n%s", c.typed, got)
		}
		s.Press("esc")
	}
}
