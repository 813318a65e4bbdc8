package library

import (
	"byline/annotate/library"
	"byline/ui"
	"byline/ui/library/catalog"
	"byline/ui/list"
)

// A page is the screen as it is drawn: a frame and what goes into it.
type page struct {
	frame
	look    *look
	dates   *dates
	catalog *catalog.Catalog
	list    *list.List // of catalog or search
	search  *search
	typing  *typing
	current library.Entry // under the cursor
	about   *about        // current
	state   state
	key     func(ui.Action) string
}

// A frame is the layout of the screen, a function of the window and of the width of a
// date.
type frame struct {
	size
	listWidth    int
	previewWidth int // 0 for none
	titleWidth   int
	columns      []column
	head         int // lines above the list
	foot         int // lines below it
}

// narrowest is how many cells a list of columns needs; below it a row has two lines.
const narrowest = 70

// newFrame returns the frame of a window in which a preview may have so many cells.
func newFrame(window size, preview, date int) frame {
	f := frame{size: window, listWidth: window.width, head: 2, foot: 1}
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
		least = f.listWidth / 2 // the preview says the rest
	}
	f.columns, f.titleWidth = fitting(f.listWidth, least, date)
	return f
}

func (f *frame) narrow() bool { return f.width < narrowest }

// room returns how many lines the list has.
func (f *frame) room() int { return max(0, f.height-f.head-f.foot) }

// fitting returns the columns that fit into a list of that width and leave the title at
// least so many cells, and what they leave it. Date is the width of a date.
func fitting(width, least, date int) (fit []column, title int) {
	for most := len(tableColumns); ; most-- {
		fit, title = nil, width-4
		for _, c := range tableColumns {
			if c.width == 0 {
				c.width = date
			}
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
