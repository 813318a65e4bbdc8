package people

import (
	"fmt"
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"

	"byline/annotate"
	"byline/annotate/library"
	"byline/articles/clean"
	"byline/ui"
	"byline/ui/columns"
)

// headLines is how many lines stand above the list, footLines below it.
const (
	headLines = 2
	footLines = 1
)

// The list has all columns from narrow on, below slim only one of figures, and the names of kinds in full from roomy on; below tiny it has none.
const (
	roomy  = 100
	narrow = 64
	slim   = 48
	tiny   = 32
)

// kindMost is the most cells that a kind takes.
const kindMost = 12

// View implements [ui.Screen].
func (s *Screen) View(width, height int) string {
	lines := append([]string{s.header(width), s.names(width)}, s.rows.Draw(width, max(0, height-headLines-footLines), func(i int) []string {
		return []string{s.row(i, width)}
	})...)
	if s.ready && len(s.crowd.shown) == 0 && height > headLines+1 {
		lines[headLines+1] = s.theme.Muted.Render(columns.Fit("   "+s.whyEmpty(), width, s.method))
	}
	lines = append(lines[:max(0, min(height-footLines, len(lines)))], s.ruleBelow(width, s.rows.Cursor, s.rows.Len))
	return strings.Join(lines[:max(0, min(height, len(lines)))], "\n")
}

// ruleBelow draws the rule below a list, with the number of the line under the cursor.
func (c *common) ruleBelow(width, cursor, n int) string {
	right := "─"
	if n > 0 {
		right = fmt.Sprintf(" %d/%d ─", cursor+1, n)
	}
	rule := strings.Repeat("─", max(0, width-columns.Width(right, c.method)))
	return c.theme.Muted.Render(columns.Fit(rule+right, width, c.method))
}

func (s *Screen) whyEmpty() string {
	if len(s.crowd.all) == 0 {
		return "No names in the library yet."
	}
	return "No matching names."
}

// header names what is listed, by kind, and says how many.
func (s *Screen) header(width int) string {
	th, m := s.theme, s.method
	count := plural(len(s.crowd.all), "name")
	if len(s.crowd.shown) != len(s.crowd.all) {
		count = fmt.Sprintf("%d of %s", len(s.crowd.shown), count)
	}
	tabs := ""
	if s.typing == nil {
		tabs = s.tabs()
	}
	title := " byline › People, organizations and places"
	if columns.Width(title+"   "+count+"  "+tabs, m) > width || s.typing != nil || s.crowd.words != "" {
		title = " byline › People"
	}
	left := th.Title.Render(title) + "   "
	switch {
	case s.typing != nil:
		label := th.Key.Render("filter") + " "
		s.typing.field.SetWidth(max(1, width-columns.Width(left+label, m)-len(count)-4))
		return columns.Between(left+label+s.typing.field.View(), th.Muted.Render(count+" "), width, m)
	case s.crowd.words != "":
		left += th.Key.Render("filter") + " " + clean.Line(s.crowd.words) + "  "
	}
	left += th.Muted.Render(count) + "  "
	if columns.Width(left+tabs, m) > width {
		tabs = ""
	}
	return columns.Between(left, tabs, width, m)
}

// tabs draws the kinds, with the current one underlined.
func (s *Screen) tabs() string {
	out := ""
	for _, k := range s.crowd.kinds() {
		name := "all"
		if k != "" {
			name = kindName(k, 2)
		}
		if k == s.crowd.kind {
			out += s.theme.Strong.Underline(true).Render(name) + "  "
			continue
		}
		out += s.theme.Muted.Render(name) + "  "
	}
	return out
}

// A column of the list, right of the name.
type column struct {
	name  string
	width int
	right bool
	sort  sorting
	text  func(s *Screen, p *library.Person) string
}

// table returns the columns for a width, and the width of the name. A list of one kind does not name it
// in each row.
func (s *Screen) table(width int) ([]column, int) {
	kind := column{"kind", kindMost, false, sortings, func(_ *Screen, p *library.Person) string { return kindName(p.ID.Type, 1) }}
	all := []column{
		{"articles", 8, true, byArticles, func(_ *Screen, p *library.Person) string { return strconv.Itoa(p.Articles) }},
		{"mentions", 8, true, byMentions, func(_ *Screen, p *library.Person) string { return strconv.Itoa(p.Mentions) }},
		{"quotes", 6, true, byQuotes, func(_ *Screen, p *library.Person) string { return strconv.Itoa(p.Quotes) }},
		{"last", s.crowd.widest.day, true, byLast, func(s *Screen, p *library.Person) string { return s.svc.Dates.Of(p.Last) }},
	}
	if s.crowd.widest.day == 0 {
		all = all[:3]
	}
	switch {
	case width < tiny:
		all = nil
	case width < slim:
		all = all[:1]
	case width < narrow:
		all = []column{all[0], all[2]}
	}
	if width < roomy {
		kind.width, kind.text = s.crowd.widest.kind, func(_ *Screen, p *library.Person) string { return kindShort(p.ID.Type) }
	}
	if s.crowd.kind == "" && width >= tiny {
		all = append([]column{kind}, all...)
	}
	room := width - 4
	for _, c := range all {
		room -= c.width + 2
	}
	return all, max(0, min(room, 60))
}

func (s *Screen) names(width int) string {
	cols, name := s.table(width)
	muted, strong := s.theme.Muted.Underline(true), s.theme.Strong.Underline(true)
	draw := func(text string, by bool) string {
		if by {
			return strong.Render(text)
		}
		return muted.Render(text)
	}
	out := draw(columns.Fit("   name", 3+name, s.method), s.crowd.sort == byName)
	for _, c := range cols {
		out += muted.Render("  ") + draw(s.cell(&c, c.name), s.crowd.sort == c.sort)
	}
	return out + muted.Render(columns.Blank(width-columns.Width(out, s.method)))
}

func (s *Screen) cell(c *column, text string) string {
	if c.right {
		return columns.Right(text, c.width, s.method)
	}
	return columns.Fit(text, c.width, s.method)
}

func (s *Screen) row(i, width int) string {
	cols, name := s.table(width)
	p := s.crowd.at(i)
	current := i == s.rows.Cursor
	sign := "  "
	if width < tiny { // no column says the kind, and colour alone must not
		sign = columns.Fit(string([]rune(kindShort(p.ID.Type) + "  ")[:2]), 2, s.method)
	}
	title := sign + " " + s.crowd.title(i)
	rest := ""
	for _, c := range cols {
		rest += "  " + s.cell(&c, c.text(s, p))
	}
	if current {
		return s.theme.Chosen.Render(columns.Fit(columns.Fit(title, 3+name, s.method)+rest, width, s.method))
	}
	out := lipgloss.NewStyle().Foreground(ui.KindColor(s.theme, p.ID.Type)).Render(columns.Fit(title, 3+name, s.method)) + s.theme.Muted.Render(rest)
	return columns.Fit(out, width, s.method)
}

// kindShort names a kind in at most six cells, unless it is a label of the user’s own.
func kindShort(t annotate.Type) string {
	switch t {
	case annotate.Organization:
		return "org"
	case annotate.Other:
		return "other"
	}
	return kindName(t, 1)
}

// kindName names a kind, of one or of several.
func kindName(t annotate.Type, n int) string {
	names := map[annotate.Type][2]string{
		annotate.Person: {"person", "people"}, annotate.Organization: {"organization", "organizations"}, annotate.Place: {"place", "places"}, annotate.Other: {"other name", "other names"},
	}[t]
	switch {
	case names[0] == "":
		return clean.Line(string(t))
	case n == 1:
		return names[0]
	}
	return names[1]
}

// counts says in how many articles somebody is named, and how many quotes there are.
func counts(p *library.Person) string {
	out := ui.Articles(p.Articles)
	if p.Quotes > 0 {
		out += ", " + plural(p.Quotes, "quote")
	}
	return out
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
