package display

import (
	"fmt"
	"slices"
	"strings"

	"byline/ui/columns"
)

// tabs draws the names of the lists, the current one marked. A name is never cut: where there
// is little room, counts but the current list's give way first, then blanks, then the names
// take two lines; where even these are too narrow, only the current list is named, and which
// of the lists it is. The way is the same whichever list is current, so that the list below
// stays where it is.
func (p *Panel) tabs(s *Scene, c canvas) []string {
	var shown []tab
	for t := range tabCount {
		if t < placesTab || s.totals[t] > 0 || p.Tab == t {
			shown = append(shown, t)
		}
	}
	for _, way := range []struct {
		counts bool
		gap    int
	}{{true, 2}, {false, 2}, {false, 1}} {
		if tabsWidth(shown, s.totals, way.counts, way.gap) <= c.width {
			return []string{p.tabLine(shown, s.totals, c, way.counts, way.gap)}
		}
	}
	const least = 8 // lines of a panel that has two for its tabs
	half := (len(shown) + 1) / 2
	if c.height >= least && max(tabsWidth(shown[:half], s.totals, true, 2), tabsWidth(shown[half:], s.totals, true, 2)) <= c.width {
		return []string{p.tabLine(shown[:half], s.totals, c, true, 2), p.tabLine(shown[half:], s.totals, c, true, 2)}
	}
	name := tabName(p.Tab, s.totals[p.Tab], true)
	which := fmt.Sprintf("  list %d of %d", slices.Index(shown, p.Tab)+1, len(shown))
	if len(name)+len(which)+1 > c.width {
		which = ""
	}
	return []string{columns.Fit(" "+c.theme.Key.Underline(true).Render(name)+c.theme.Muted.Render(which), c.width, c.method)}
}

// tabsWidth returns how many cells the names take, a blank before them, gap between them, when
// the one that is then longest is current.
func tabsWidth(shown []tab, totals [tabCount]int, counts bool, gap int) int {
	width, more := 1+gap*(len(shown)-1), 0
	for _, t := range shown {
		short := len(tabName(t, totals[t], counts))
		width += short
		more = max(more, len(tabName(t, totals[t], true))-short)
	}
	return width + more
}

func (p *Panel) tabLine(shown []tab, totals [tabCount]int, c canvas, counts bool, gap int) string {
	line := " "
	for i, t := range shown {
		if i > 0 {
			line += strings.Repeat(" ", gap)
		}
		style := c.theme.Muted
		if t == p.Tab {
			style = c.theme.Key.Underline(true)
		}
		line += style.Render(tabName(t, totals[t], counts || t == p.Tab))
	}
	return columns.Fit(line, c.width, c.method)
}

// tabName names a list, with its count: "PEOPLE 7".
func tabName(t tab, count int, counted bool) string {
	word := strings.ToUpper(t.String())
	if counted {
		return fmt.Sprintf("%s %d", word, count)
	}
	return word
}

// place says which of how many entities or quotes of the list is current; empty for an empty
// list.
func (p *Panel) place() string {
	if p.Tab == quotesTab && len(p.Rows) > 0 { // two lines each
		return fmt.Sprintf("%d of %d", p.cursor/2+1, len(p.Rows)/2)
	}
	at, all := 0, 0
	for i, r := range p.Rows {
		if r.form == "" && !r.second {
			if all++; i <= p.cursor {
				at = all
			}
		}
	}
	if all == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %d", at, all)
}
