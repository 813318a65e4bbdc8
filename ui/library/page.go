package library

import (
	"strings"

	"byline/annotate/library"
	"byline/ui"
	"byline/ui/library/catalog"
	"byline/ui/list"
)

// A page is everything needed to draw the screen: a layout and its contents.
type page struct {
	layout
	look    *look
	dates   *ui.Dates
	catalog *catalog.Catalog
	list    *list.List // of catalog or search
	search  *search
	people  []string // to whom its hits are assigned in a team, sorted
	typing  *typing
	current library.Entry   // under the cursor
	about   *articlePreview // preview of current
	state   state
	trash   bool // the removed articles are listed
	keeper  Keeper
	key     func(ui.Action) string
}

// A layout says where the parts of the screen go, a function of the window and of what is listed.
type layout struct {
	size
	listWidth    int
	previewWidth int // 0 for none
	titleWidth   int
	columns      []column
	head         int // lines above the list
	foot         int // lines below it
	welcome      int // of these, lines for who is here for the first time
}

// narrowest is the fewest cells for a list with columns; narrower lists have rows of two lines.
const narrowest = 70

// newLayout returns the layout for a window, with a preview of the given width. Columns returns the
// columns for a list of that width.
func newLayout(window size, preview int, columns func(width int) []column) layout {
	f := layout{size: window, listWidth: window.width, head: 2, foot: 1}
	if f.narrow() {
		f.head = 1
		if f.height < 16 {
			f.foot = 0
		}
		return f
	}
	if preview > 0 && f.height > 3 {
		f.previewWidth, f.listWidth = preview, f.width-preview
	}
	least := max(24, f.listWidth*2/5)
	if f.previewWidth > 0 {
		least = f.listWidth / 2 // the preview shows the rest
	}
	f.columns, f.titleWidth = fitColumns(columns(f.listWidth), f.listWidth, least)
	return f
}

func (f *layout) narrow() bool { return f.width < narrowest }

// listHeight returns how many lines the list has.
func (f *layout) listHeight() int { return max(0, f.height-f.head-f.foot) }

// fitColumns returns the columns that fit into a list of that width and leave at least least cells
// for the title, and the width of the title.
func fitColumns(all []column, width, least int) (fit []column, title int) {
	for most := len(tableColumns); ; most-- {
		fit, title = nil, width-4
		for _, c := range all {
			if c.rank < most {
				fit = append(fit, c)
				title -= c.width + gap
			}
		}
		if most == 0 || title >= least {
			return fit, max(0, title)
		}
	}
}

// page returns the page for the size that was last drawn.
func (s *Screen) page() *page {
	e := s.list.selected()
	listed := func(width int) []column {
		return widths(width, s.list.catalog.Extent(), s.list.catalog.Arrangement().Sort, s.dates)
	}
	return &page{
		layout: s.withWelcome(newLayout(s.size, s.preview.widthIn(s.size.width), listed)),
		look:   &s.look, dates: &s.dates, catalog: &s.list.catalog, list: s.list.list(), search: &s.list.search, typing: s.typing,
		people: peopleOf(s.list.search.hits.All), current: e, about: s.preview.lookup(e.ID), state: s.loading.state, trash: s.trash.shown(), keeper: s.history.keeper, key: s.key,
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
	if p.welcome > 0 {
		lines = append(lines, p.welcomeLine())
	}
	if p.foot > p.welcome {
		lines = append(lines, p.footer())
	}
	if p.previewWidth > 0 {
		p.addPreview(lines)
	}
	return strings.Join(lines[:min(len(lines), p.height)], "\n")
}
