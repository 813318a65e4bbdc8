package library

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"byline/articles"
	"byline/articles/clean"
	"byline/ui/cells"
)

// A column of the list, right of the title.
type column struct {
	name  string
	width int
	right bool
	rank  int // columns of a high rank give way first when the window is narrow
	text  func(s *Screen, e *articles.Entry) string
}

var columns = []column{
	{"publication", 16, false, 7, func(_ *Screen, e *articles.Entry) string { return e.Site }},
	{"date", 11, true, 5, func(s *Screen, e *articles.Entry) string { return s.day(e.Date) }},
	{"min", 3, true, 0, func(_ *Screen, e *articles.Entry) string { return minutes(e.Minutes()) }},
	{"read", 4, true, 1, func(_ *Screen, e *articles.Entry) string { return percent(e.Progress) }},
	{"people", 6, true, 2, func(_ *Screen, e *articles.Entry) string { return count(e, e.Counts.People) }},
	{"orgs", 4, true, 3, func(_ *Screen, e *articles.Entry) string { return count(e, e.Counts.Organizations) }},
	{"quotes", 6, true, 4, func(_ *Screen, e *articles.Entry) string { return count(e, e.Counts.Quotes) }},
	{"reviewed", 8, true, 6, func(_ *Screen, e *articles.Entry) string { return percent(reviewed(e)) }},
}

// fitting returns the columns that leave the title two cells in five of the window,
// and 24 at least.
func fitting(width int) []column {
	for most := len(columns); ; most-- {
		var out []column
		room := width - 4
		for _, c := range columns {
			if c.rank < most {
				out = append(out, c)
				room -= c.width + 2
			}
		}
		if most == 0 || room >= max(24, width*2/5) {
			return out
		}
	}
}

// minutes shows a length of three cells at most, in hours where it is long.
func minutes(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return strconv.Itoa(min(n/60, 99)) + "h"
}

// count shows n once the article is annotated.
func count(e *articles.Entry, n int) string {
	if !e.Annotated {
		return "…"
	}
	return strconv.Itoa(n)
}

func percent(share float64) string {
	if share == 0 {
		return "–"
	}
	return fmt.Sprintf("%d%%", int(share*100+.5))
}

func (s *Screen) day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(s.date)
}

// View implements [ui.Screen].
func (s *Screen) View(width, height int) string {
	lines := []string{s.header(width)}
	if s.search.on {
		lines = append(lines, s.theme.Muted.Render(strings.Repeat("─", width)))
	} else {
		lines = append(lines, s.heads(width))
	}
	room := height - len(lines) - 1
	switch {
	case !s.loaded || s.list.Len > 0:
		lines = append(lines, s.list.Draw(width, room, func(i int) []string { return s.row(i, width) })...)
	default:
		lines = append(lines, s.nothing(width, room)...)
	}
	lines = append(lines, s.foot(width))
	return strings.Join(lines[:min(len(lines), height)], "\n")
}

// headLines is how many lines stand above the list.
const headLines = 2

func (s *Screen) header(width int) string {
	unread := 0
	for i := range s.entries {
		if s.entries[i].Status == articles.Unread {
			unread++
		}
	}
	left := " byline"
	words := fmt.Sprintf("   %s · %d unread", plural(len(s.entries), "article"), unread)
	if s.search.on {
		words = fmt.Sprintf("   %s for “%s”", plural(len(s.search.hits), "article"), clean.Line(s.search.query))
	} else if s.show.filter != "" {
		words += fmt.Sprintf(" · %d like “%s”", len(s.shown), clean.Line(s.show.filter))
	}
	right := ""
	if !s.search.on {
		right = s.choice()
	}
	room := width - len(left) - cells.Width(right, s.method)
	if room < 10 {
		room, right = width-len(left), ""
	}
	return s.theme.Title.Render(left) + s.theme.Muted.Render(cells.Fit(words, room, s.method)+right)
}

// choice says what is shown of the library, and in what order.
func (s *Screen) choice() string {
	out := ""
	if s.show.status != "" {
		out += string(s.show.status) + " · "
	}
	if s.show.tag != "" {
		out += "#" + clean.Line(s.show.tag) + " · "
	}
	arrow := "↓"
	if s.show.reverse {
		arrow = "↑"
	}
	return out + "by " + s.show.sort.String() + " " + arrow + " "
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// heads draws the names of the columns.
func (s *Screen) heads(width int) string {
	right := ""
	for _, c := range fitting(width) {
		right += "  " + c.fit(c.name, s)
	}
	return s.theme.Muted.Underline(true).Render(cells.Between("   title", right+" ", width, s.method))
}

func (c *column) fit(text string, s *Screen) string {
	if c.right {
		return cells.Right(text, c.width, s.method)
	}
	return cells.Fit(text, c.width, s.method)
}

// row draws one entry, or one hit on two lines.
func (s *Screen) row(i, width int) []string {
	if s.search.on {
		return s.hit(i, width)
	}
	it := s.shown[i]
	e := &s.entries[it.entry]
	right := ""
	for _, c := range fitting(width) {
		right += "  " + c.fit(clean.Line(c.text(s, e)), s)
	}
	right += " "
	room := max(0, width-3-cells.Width(right, s.method))
	if i == s.list.Cursor {
		return []string{s.theme.Chosen.Render(" " + statusSign(e.Status) + " " + cells.Fit(clean.Line(e.Title), room, s.method) + right)}
	}
	title := cells.Fit(s.lit(e, it.match), room, s.method)
	if e.Status == articles.Unread {
		title = s.theme.Strong.Render(title)
	}
	return []string{" " + s.sign(e.Status) + " " + title + s.theme.Muted.Render(right)}
}

// lit returns the title with the letters that the filter matched in bold and colour.
func (s *Screen) lit(e *articles.Entry, match []int) string {
	title := clean.Line(e.Title)
	if len(match) == 0 || title != e.Title {
		return title
	}
	mark := s.theme.Key.Underline(true)
	var b strings.Builder
	for i, r := range title {
		if slices.Contains(match, i) {
			b.WriteString(mark.Render(string(r)))
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func statusSign(st articles.Status) string {
	switch st {
	case articles.Done:
		return "✓"
	case articles.Reading:
		return "◐"
	}
	return "●"
}

func (s *Screen) sign(st articles.Status) string {
	style := s.theme.Accent
	if st == articles.Done {
		style = s.theme.Good
	}
	return style.Render(statusSign(st))
}

// hit draws a hit: title, and the words around the first match.
func (s *Screen) hit(i, width int) []string {
	h := &s.search.hits[i]
	title := " " + statusSign(h.Entry.Status) + " " + clean.Line(h.Entry.Title)
	right := clean.Line(h.Entry.Site) + "  " + s.day(h.Entry.Date) + " "
	if width < 70 {
		right = ""
	}
	top := cells.Between(title, right, width, s.method)
	snippet := cells.Fit("   "+s.snippet(h), width, s.method)
	if i == s.list.Cursor {
		return []string{s.theme.Chosen.Render(top), snippet}
	}
	return []string{s.theme.Strong.Render(top), snippet}
}

// snippet returns the words of a hit with the matches marked.
func (s *Screen) snippet(h *articles.Hit) string {
	match := lipgloss.NewStyle().Background(s.theme.Color.Match).Foreground(s.theme.Color.OnMatch)
	var b strings.Builder
	last := 0
	for _, m := range h.Matches {
		if m.Start < last || m.End > len(h.Snippet) || !utf8.ValidString(m.In(h.Snippet)) {
			continue
		}
		b.WriteString(s.theme.Muted.Render(clean.Line(h.Snippet[last:m.Start])))
		b.WriteString(match.Render(clean.Line(m.In(h.Snippet))))
		last = m.End
	}
	return b.String() + s.theme.Muted.Render(clean.Line(h.Snippet[last:]))
}

// nothing says why the list is empty and what to do.
func (s *Screen) nothing(width, height int) []string {
	why, what := "The library is empty.", "a adds a file or a folder; byline FILE adds and opens one"
	switch {
	case s.search.on && strings.TrimSpace(s.search.query) == "":
		why, what = "Type words that the articles should hold.", `"words in quotes" are a phrase, -word must not occur`
	case s.search.on:
		why, what = "No article holds all these words.", "fewer words find more; esc goes back"
	case len(s.entries) > 0:
		why, what = "No article is like that.", "esc shows all again"
	}
	lines := make([]string, 0, height)
	for range max(0, height/3) {
		lines = append(lines, cells.Blank(width))
	}
	for _, l := range []string{s.theme.Strong.Render(why), s.theme.Muted.Render(what)} {
		pad := max(0, (width-cells.Width(l, s.method))/2)
		lines = append(lines, cells.Fit(cells.Blank(pad)+l, width, s.method))
	}
	for len(lines) < height {
		lines = append(lines, cells.Blank(width))
	}
	return lines[:max(0, height)]
}

// foot draws the rule below the list, with more about the entry under the cursor.
func (s *Screen) foot(width int) string {
	e := s.current()
	var parts []string
	for _, p := range []string{e.Author, e.Site, e.Source} {
		if p = strings.TrimSpace(clean.Line(p)); p != "" {
			parts = append(parts, p)
		}
	}
	if len(e.Tags) > 0 {
		parts = append(parts, clean.Line("#"+strings.Join(e.Tags, " #")))
	}
	words := ""
	if len(parts) > 0 {
		words = "─ " + cells.Cut(strings.Join(parts, " · "), max(0, width-6), s.method) + " "
	}
	return s.theme.Muted.Render(words + strings.Repeat("─", max(0, width-cells.Width(words, s.method))))
}

// mouse answers the wheel and clicks: the first chooses an article, a second opens it.
func (s *Screen) mouse(msg tea.MouseMsg) tea.Cmd {
	m := msg.Mouse()
	switch msg.(type) {
	case tea.MouseWheelMsg:
		if m.Button == tea.MouseWheelUp {
			s.list.Scroll(-2)
		} else {
			s.list.Scroll(2)
		}
	case tea.MouseClickMsg:
		i, ok := s.list.At(m.Y - headLines)
		if !ok || m.Button != tea.MouseLeft {
			return nil
		}
		if i == s.list.Cursor {
			return s.open()
		}
		s.list.To(i)
	}
	return nil
}
