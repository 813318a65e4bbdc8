package library

import "strings"

// page returns the page for the size that was last drawn.
func (s *Screen) page() *page {
	e := s.list.selected()
	listed := func(width int) []column {
		return widths(width, s.list.catalog.Extent(), s.list.catalog.Arrangement().Sort, s.dates)
	}
	return &page{
		layout: newLayout(s.size, s.preview.widthIn(s.size.width), listed),
		look:   &s.look, dates: &s.dates, catalog: &s.list.catalog, list: s.list.list(), search: &s.list.search, typing: s.typing,
		current: e, about: s.preview.lookup(e.ID), state: s.loading.state, trash: s.trash.shown, key: s.key,
	}
}

// View implements [ui.Screen].
func (s *Screen) View(width, height int) string {
	s.size, s.preview.drawn = size{width, height}, true
	return s.page().draw()
}

func (p *page) draw() string {
	lines := []string{p.header()}
	if p.head > 1 {
		lines = append(lines, p.columnNames())
	}
	p.list.Tall = 1
	if p.search.on || p.narrow() {
		p.list.Tall = 2
	}
	rows := p.list.Draw(p.listWidth, p.listHeight(), p.row)
	if p.state != waiting && p.list.Len == 0 {
		rows = p.emptyText(p.listWidth, p.listHeight())
	}
	lines = append(lines, rows...)
	if p.foot > 0 {
		lines = append(lines, p.footer())
	}
	if p.previewWidth > 0 {
		p.addPreview(lines)
	}
	return strings.Join(lines[:min(len(lines), p.height)], "\n")
}
