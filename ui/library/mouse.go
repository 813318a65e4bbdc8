package library

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library"
	"byline/ui/columns"
	"byline/ui/library/catalog"
)

// mouse handles the wheel and clicks: a first click on an article moves the cursor there, a second
// opens it; a click on a column's name sorts by it, and one on a status filters by it.
func (s *Screen) mouse(msg tea.MouseMsg) tea.Cmd {
	m := msg.Mouse()
	switch msg.(type) {
	case tea.MouseWheelMsg:
		if m.Button == tea.MouseWheelUp {
			s.list.list().Scroll(-2)
		} else {
			s.list.list().Scroll(2)
		}
	case tea.MouseClickMsg:
		if m.Button == tea.MouseLeft {
			return s.click(m.X, m.Y)
		}
	}
	return nil
}

func (s *Screen) click(x, y int) tea.Cmd {
	p := s.page()
	switch inHead := y < p.head; {
	case inHead && (s.typing != nil || s.list.search.on):
	case y == 0:
		if st, ok := p.statusAt(x); ok {
			s.list.showOnly(st)
		}
	case inHead:
		if by, ok := p.sortingAt(x); ok {
			return s.list.sortBy(by)
		}
	case x < p.listWidth:
		return s.list.click(y-p.head, s.dates.Now())
	}
	return nil
}

// click moves the cursor to line y of the list, or opens the article if the cursor is there
// already.
func (l *listing) click(y int, now time.Time) tea.Cmd {
	rows := l.list()
	i, ok := rows.At(y)
	if !ok {
		return nil
	}
	if i == rows.Cursor {
		return l.open(now)
	}
	rows.To(i)
	return nil
}

// statusAt returns the status whose name is at column x of the header.
func (p *page) statusAt(x int) (library.Status, bool) {
	tabs := p.tabs()
	at := p.width - columns.Width(p.orderText(), p.look.method)
	for i := len(tabs) - 1; i >= 0; i-- {
		end := at
		at -= len(tabs[i].name) + 2
		if x >= at && x < end {
			return tabs[i].status, true
		}
	}
	return "", false
}

// sortingAt returns what a click on column x of the names of columns sorts by.
func (p *page) sortingAt(x int) (catalog.Sorting, bool) {
	at := 3 + p.titleWidth
	if x < at {
		return catalog.ByTitle, true
	}
	for _, c := range p.columns {
		if at += gap + c.width; x < at && x < p.listWidth {
			return c.sort, c.sort != catalog.ByTitle
		}
	}
	return 0, false
}
