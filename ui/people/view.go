package people

import (
	"fmt"
	"image/color"
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"

	"byline/annotate"
	"byline/annotate/library"
	"byline/articles/clean"
	"byline/ui"
	"byline/ui/columns"
)

// headLines is how many lines stand above the list.
const headLines = 2

// narrow is the width from which the list has all columns.
const narrow = 64

// View implements [ui.Screen].
func (s *Screen) View(width, height int) string {
	lines := append([]string{s.header(width), s.names(width)}, s.rows.Draw(width, max(0, height-headLines), func(i int) []string {
		return []string{s.row(i, width)}
	})...)
	if s.ready && len(s.crowd.shown) == 0 && height > headLines+1 {
		lines[headLines+1] = s.theme.Muted.Render(columns.Fit("   "+s.whyEmpty(), width, s.method))
	}
	return strings.Join(lines[:max(0, min(height, len(lines)))], "\n")
}

func (s *Screen) whyEmpty() string {
	if len(s.crowd.all) == 0 {
		return "Nobody is named in the library yet."
	}
	return "No matching names."
}

func (s *Screen) header(width int) string {
	th, m := s.theme, s.method
	left := th.Title.Render(" byline › People") + "   "
	count := fmt.Sprintf("%d of %d", len(s.crowd.shown), len(s.crowd.all))
	if len(s.crowd.shown) == len(s.crowd.all) {
		count = strconv.Itoa(len(s.crowd.all))
	}
	switch {
	case s.typing != nil:
		label := th.Key.Render("filter") + " "
		s.typing.field.SetWidth(max(1, width-columns.Width(left+label, m)-len(count)-4))
		left += label + s.typing.field.View()
	case s.crowd.words != "":
		left += th.Key.Render("filter") + " " + clean.Line(s.crowd.words) + "  "
	}
	right := th.Muted.Render(count + " ")
	if tabs := s.tabs(); s.typing == nil && columns.Width(left+tabs+right, m) <= width {
		right = tabs + right
	}
	return columns.Between(left, right, width, m)
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

// table returns the columns for a width, and the width of the name.
func (s *Screen) table(width int) ([]column, int) {
	all := []column{
		{"kind", 12, false, sortings, func(_ *Screen, p *library.Person) string { return kindName(p.ID.Type, 1) }},
		{"articles", 8, true, byArticles, func(_ *Screen, p *library.Person) string { return strconv.Itoa(p.Articles) }},
		{"mentions", 8, true, byMentions, func(_ *Screen, p *library.Person) string { return strconv.Itoa(p.Mentions) }},
		{"quotes", 6, true, byQuotes, func(_ *Screen, p *library.Person) string { return strconv.Itoa(p.Quotes) }},
		{"last", 11, true, byLast, func(s *Screen, p *library.Person) string { return s.svc.Dates.Day(p.Last) }},
	}
	if width < narrow {
		all = []column{all[1], all[3]}
	}
	if width < 32 {
		all = nil
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
	title := " " + kindSign(p.ID.Type) + " " + clean.Line(p.Name)
	rest := ""
	for _, c := range cols {
		rest += "  " + s.cell(&c, c.text(s, p))
	}
	if current {
		return s.theme.Chosen.Render(columns.Fit(columns.Fit(title, 3+name, s.method)+rest, width, s.method))
	}
	out := lipgloss.NewStyle().Foreground(s.colour(p.ID.Type)).Render(columns.Fit(title, 3+name, s.method)) + s.theme.Muted.Render(rest)
	return columns.Fit(out, width, s.method)
}

// colour returns the colour of names of a kind.
func (c *common) colour(t annotate.Type) color.Color {
	of := c.theme.Color
	switch t {
	case annotate.Person:
		return of.Person
	case annotate.Organization:
		return of.Organization
	case annotate.Place:
		return of.Place
	case annotate.Other:
		return of.Other
	}
	return of.Own
}

// kindSign tells kinds apart without colour.
func kindSign(t annotate.Type) string {
	switch t {
	case annotate.Person:
		return "p"
	case annotate.Organization:
		return "o"
	}
	return "·"
}

// kindName names a kind, of one or of several.
func kindName(t annotate.Type, n int) string {
	names := map[annotate.Type][2]string{
		annotate.Person: {"person", "people"}, annotate.Organization: {"organization", "organizations"}, annotate.Place: {"place", "places"}, annotate.Other: {"other name", "other"},
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
