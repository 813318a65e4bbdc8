package display

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"byline/ui/theme"
)

// No name of a list is cut, however narrow the panel and however many there are; the current list
// is always named, with its count.
func TestTabsAreWhole(t *testing.T) {
	t.Parallel()
	th, err := theme.Named("", true)
	if err != nil {
		t.Fatal(err)
	}
	whole := []string{"PEOPLE", "PEO", "ORGS", "ORG", "QUOTES", "QUO", "PLACES", "PLA", "OWN", "list", "of"}
	for _, totals := range [][tabCount]int{{4, 6, 11, 15, 0}, {1, 0, 0, 0, 0}, {318, 127, 90, 1204, 66}, {0, 0, 0, 0, 3}} {
		for tab := range tabCount {
			for width := 12; width < 70; width++ {
				p := Panel{Tab: tab}
				line := ansi.Strip(p.tabs(&Scene{totals: totals}, canvas{th, ansi.WcWidth, width, 10}))
				if n := ansi.StringWidth(line); n != width {
					t.Fatalf("%q is %d cells wide, not %d", line, n, width)
				}
				for _, w := range strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || '0' <= r && r <= '9' }) {
					if !slices.Contains(whole, w) {
						t.Errorf("%q is cut in %q", w, line)
					}
				}
				if want := tabName(tab, totals[tab], 0, true); !strings.Contains(line, want) {
					t.Errorf("no %q in %q", want, line)
				}
			}
		}
	}
}
