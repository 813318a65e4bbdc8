package display

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	"byline/articles"
	"byline/ui/session"
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

// What the panel lists is what a new panel would, whatever was listed before: rows of quotes are kept as long as the quotes
// are, and memory is written over.
func TestRowsAreNew(t *testing.T) {
	t.Parallel()
	const text = "Ann Lee: “Yes.” Bo Gray: “No.”"
	span := func(words string) articles.Span {
		at := strings.Index(text, words)
		return articles.Span{Start: at, End: at + len(words)}
	}
	entity := func(id, name string) annotate.Entity {
		return annotate.Entity{ID: id, Name: name, Type: annotate.Person, Mentions: []annotate.Mention{{Span: span(name)}}}
	}
	scene := func(l annotate.Layer) *Scene {
		return &Scene{Claims: &session.Claims{Layer: &l}, signs: make([]string, len(l.Entities))}
	}
	both := []annotate.Entity{entity("e1", "Ann Lee"), entity("e2", "Bo Gray")}
	quotes := []*annotate.Quote{{Span: span("“Yes.”"), Speaker: "e1"}, {Span: span("“No.”"), Speaker: "e2"}}
	first := scene(annotate.Layer{Entities: both, Quotes: quotes})
	renamed := scene(annotate.Layer{Entities: []annotate.Entity{entity("e1", "Ann Lee"), {ID: "e2", Name: "B. Gray", Type: annotate.Person, Mentions: both[1].Mentions}}, Quotes: quotes})
	fewer := scene(annotate.Layer{Entities: []annotate.Entity{entity("e1", "Bo Gray")}, Quotes: []*annotate.Quote{{Span: span("“No.”"), Speaker: "e1"}}})
	none := scene(annotate.Layer{})
	p := Panel{open: -1}
	for i, step := range []struct {
		s      *Scene
		tab    tab
		filter string
		open   int
	}{
		{first, quotesTab, "", -1},
		{first, peopleTab, "", 1},
		{renamed, quotesTab, "", -1},
		{renamed, quotesTab, "bo gray", -1},
		{first, quotesTab, "bo gray", -1},
		{renamed, quotesTab, "bo gray", -1},
		{renamed, peopleTab, "", 0},
		{fewer, quotesTab, "", -1},
		{fewer, peopleTab, "", -1},
		{none, quotesTab, "", -1},
		{first, quotesTab, "", -1},
	} {
		p.Tab, p.Filter, p.open = step.tab, step.filter, step.open
		p.refresh(step.s, text)
		fresh := Panel{Tab: step.tab, Filter: step.filter, open: step.open}
		if fresh.refresh(step.s, text); !slices.Equal(p.Rows, fresh.Rows) {
			t.Errorf("step %d: %v, not %v", i, p.Rows, fresh.Rows)
		}
	}
	p = Panel{Tab: quotesTab, open: -1}
	p.refresh(first, text)
	kept := &p.Rows[0]
	if p.refresh(renamed, text); &p.Rows[0] != kept || len(p.Rows) != 4 || p.closed[quotesTab].of.claims != renamed.Claims {
		t.Error("rows of the same quotes are listed again")
	}
}
