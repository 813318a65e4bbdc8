package library

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library"
	"byline/articles/clean"
	"byline/ui/columns"
)

// header draws the first line: what the list is, and what of it is shown.
func (s *Screen) header(f *frame) string {
	th, m := s.look.theme, s.look.method
	name := th.Title.Render(" byline") + "   "
	if f.narrow() {
		name = " "
	}
	left, right := name+s.state(), s.right(f)
	if s.typing != nil {
		label := th.Key.Render(s.typing.label) + " "
		s.typing.field.SetWidth(max(1, f.width-columns.Width(name+label+right, m)-2))
		left = name + label + s.typing.field.View()
	}
	if columns.Width(right, m) > f.width-24 {
		right = ""
	}
	return columns.Between(left, right, f.width, m)
}

// state says how many articles there are, or were found.
func (s *Screen) state() string {
	th := s.look.theme
	switch {
	case !s.loads.done:
		return ""
	case s.search.on:
		return th.Key.Render("search") + " " + clean.Line(s.search.query) + "  " + th.Muted.Render(s.foundWords())
	case s.filter.text != "":
		return th.Key.Render("filter") + " " + clean.Line(s.filter.text) + "  " + th.Muted.Render(s.foundWords())
	}
	return th.Muted.Render(fmt.Sprintf("%s · %d unread", plural(len(s.stock.entries), "article"), s.stock.unread))
}

// foundWords says how many articles filter or search found.
func (s *Screen) foundWords() string {
	switch {
	case s.search.on && s.search.answered == "":
		return ""
	case s.search.on && s.search.wrong != "":
		return s.search.wrong
	case s.search.on && len(s.search.hits) > 0 && s.search.hits[0].Quote:
		return plural(len(s.search.hits), "quote")
	case s.search.on && s.search.latest && len(s.search.hits) >= 10*mostHits:
		return fmt.Sprintf("the latest %d articles", len(s.search.hits))
	case s.search.on && !s.search.latest && len(s.search.hits) == mostHits:
		return fmt.Sprintf("the best %d articles", mostHits)
	case s.search.on:
		return plural(len(s.search.hits), "article")
	}
	return fmt.Sprintf("%d of %s", len(s.filter.shown), plural(len(s.stock.entries), "article"))
}

// right draws the right end of the header: what was found while one types, else the
// statuses to choose from and the order.
func (s *Screen) right(f *frame) string {
	th := s.look.theme
	if s.typing != nil {
		return th.Muted.Render(s.foundWords() + " ")
	}
	if s.search.on || !s.loads.done {
		return ""
	}
	out := ""
	if s.show.tag != "" {
		out += th.Strong.Render("#"+columns.Cut(clean.Line(s.show.tag), 16, s.look.method)) + "   "
	}
	for _, t := range s.tabs(f) {
		if t.status == s.show.status {
			out += th.Strong.Underline(true).Render(t.name) + "  "
			continue
		}
		out += th.Muted.Render(t.name) + "  "
	}
	return out + s.orderWords()
}

// orderWords says how the list is sorted.
func (s *Screen) orderWords() string {
	arrow := "↓"
	if s.show.reverse {
		arrow = "↑"
	}
	return s.look.theme.Muted.Render(" by " + s.show.sort.String() + " " + arrow + " ")
}

// A tab is a status that a click chooses.
type tab struct {
	name   string
	status library.Status
}

// tabs lists the statuses in the header, or in a narrow window the one that is shown.
func (s *Screen) tabs(f *frame) []tab {
	all := make([]tab, len(statuses))
	for i, st := range statuses {
		all[i] = tab{string(st), st}
	}
	all[0].name = "all"
	if f.width >= 80 && s.filter.text == "" || f.width >= 110 {
		return all
	}
	for _, t := range all[1:] {
		if t.status == s.show.status {
			return []tab{t}
		}
	}
	return nil
}

// foot draws the rule below the list, with more about the entry under the cursor and
// where it stands.
func (s *Screen) foot(f *frame) string {
	e := s.current()
	parts := s.offered()
	if f.pane == 0 && parts == nil {
		for _, p := range []string{e.Author, e.Site, e.Source} {
			if p = strings.TrimSpace(clean.Line(p)); p != "" {
				parts = append(parts, p)
			}
		}
		if len(e.Tags) > 0 {
			parts = append(parts, clean.Line("#"+strings.Join(e.Tags, " #")))
		}
	}
	right := "─"
	if s.list.Len > 0 {
		right = fmt.Sprintf(" %d/%d ─", s.list.Cursor+1, s.list.Len)
	}
	left, room := "", max(0, f.width-columns.Width(right, s.look.method))
	if len(parts) > 0 && room > 8 {
		left = "─ " + columns.Cut(strings.Join(parts, " · "), room-4, s.look.method) + " "
	}
	rule := strings.Repeat("─", max(0, room-columns.Width(left, s.look.method)))
	return s.look.theme.Muted.Render(columns.Fit(left+rule+right, f.width, s.look.method))
}

// mouse answers the wheel and clicks: the first on an article chooses it, a second
// opens it; one on a column's name sorts by it, one on a status shows those.
func (s *Screen) mouse(msg tea.MouseMsg) tea.Cmd {
	m, f := msg.Mouse(), &s.pane.drawn
	switch msg.(type) {
	case tea.MouseWheelMsg:
		if m.Button == tea.MouseWheelUp {
			s.list.Scroll(-2)
		} else {
			s.list.Scroll(2)
		}
	case tea.MouseClickMsg:
		switch {
		case m.Button != tea.MouseLeft || s.typing != nil && m.Y < f.head:
		case m.Y == 0:
			s.clickTab(f, m.X)
		case m.Y < f.head:
			return s.clickHead(f, m.X)
		case m.X < f.list:
			return s.clickRow(m.Y - f.head)
		}
	}
	return nil
}

func (s *Screen) clickRow(y int) tea.Cmd {
	i, ok := s.list.At(y)
	if !ok {
		return nil
	}
	if i == s.list.Cursor {
		return s.open()
	}
	s.list.To(i)
	return nil
}

func (s *Screen) clickTab(f *frame, x int) {
	if s.search.on {
		return
	}
	tabs := s.tabs(f)
	at := f.width - columns.Width(s.orderWords(), s.look.method)
	for i := len(tabs) - 1; i >= 0; i-- {
		end := at
		at -= len(tabs[i].name) + 2
		if x >= at && x < end {
			s.showOnly(tabs[i].status)
			return
		}
	}
}

func (s *Screen) clickHead(f *frame, x int) tea.Cmd {
	if s.search.on || x >= f.list {
		return nil
	}
	at := 3 + f.title
	if x < at {
		return s.sortBy(byTitle)
	}
	for _, c := range f.cols {
		at += gap + s.wide(&c)
		if x < at && c.sort != byTitle {
			return s.sortBy(c.sort)
		}
		if x < at {
			return nil
		}
	}
	return nil
}
