package display

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"byline/ui/theme"
)

// No name of a list is cut, however narrow the panel and however many there are; the current list
// is always named, with its count; the lists begin on the same line whichever is current.
func TestTabsAreWhole(t *testing.T) {
	t.Parallel()
	th, err := theme.Named("", true)
	if err != nil {
		t.Fatal(err)
	}
	whole := []string{"PEOPLE", "ORGS", "QUOTES", "PLACES", "OWN", "list", "of"}
	for _, totals := range [][tabCount]int{{4, 6, 11, 15, 0}, {1, 0, 0, 0, 0}, {318, 127, 90, 1204, 66}, {4, 0, 2, 1, 3}} {
		for width := 12; width < 70; width++ {
			for _, height := range []int{3, 7, 8, 30} {
				heads := map[int]bool{}
				for tab := range tabCount {
					if totals[tab] == 0 && tab >= placesTab {
						continue
					}
					p := Panel{Tab: tab}
					lines := p.tabs(&Scene{totals: totals}, canvas{th, ansi.WcWidth, width, height})
					heads[len(lines)] = true
					text := ansi.Strip(strings.Join(lines, "\n"))
					for _, line := range strings.Split(text, "\n") {
						if n := ansi.StringWidth(line); n != width {
							t.Fatalf("%q is %d cells wide, not %d", line, n, width)
						}
					}
					for _, w := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' || '0' <= r && r <= '9' }) {
						if !slices.Contains(whole, w) {
							t.Errorf("%q is cut in %q", w, text)
						}
					}
					if want := tabName(tab, totals[tab], true); !strings.Contains(text, want) {
						t.Errorf("no %q in %q", want, text)
					}
				}
				if len(heads) != 1 {
					t.Errorf("at %d × %d the list moves from tab to tab", width, height)
				}
			}
		}
	}
}

// In the panel of the width that it has unless set, the names of all lists are shown: in one
// line while four of them fit, else in two.
func TestTabsOfUsualPanel(t *testing.T) {
	t.Parallel()
	th, err := theme.Named("", true)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		totals [tabCount]int
		want   string
	}{
		{[tabCount]int{7, 8, 9, 0, 0}, " PEOPLE 7  ORGS 8  QUOTES 9     "},
		{[tabCount]int{7, 8, 19, 3, 0}, " PEOPLE  ORGS  QUOTES 19  PLACES"},
		{[tabCount]int{7, 8, 119, 3, 0}, " PEOPLE ORGS QUOTES 119 PLACES  "},
		{[tabCount]int{7, 8, 19, 3, 2}, " PEOPLE 7  ORGS 8  QUOTES 19    \n PLACES 3  OWN 2                "},
	} {
		p := Panel{Tab: quotesTab}
		if got := ansi.Strip(strings.Join(p.tabs(&Scene{totals: c.totals}, canvas{th, ansi.WcWidth, 32, 20}), "\n")); got != c.want {
			t.Errorf("%v: %q, not %q", c.totals, got, c.want)
		}
	}
}
