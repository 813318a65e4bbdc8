package textview

import "byline/articles"

// margin is how many rows Nearest keeps between an offset and the edge.
const margin = 3

// A window is the part of a layout that is on the screen: height rows from top on.
type window struct {
	layout
	height int
	top    place
	anchor int  // byte offset that the last scroll put on top; −1: the very top
	above  bool // the blank row before its group is on top
}

// empty reports whether there is nothing to show, or no line to show it on.
func (w *window) empty() bool { return w.height == 0 || len(w.groups) == 0 }

// reflow drops all rows and finds the top again.
func (w *window) reflow() {
	w.cache.clear()
	w.top = place{}
	if w.empty() {
		return
	}
	if w.anchor >= 0 {
		if w.top = w.find(w.anchor); w.above && w.groups[w.top.group].gap && w.top.row == 1 {
			w.top.row = 0
		}
	}
	w.clamp()
}

// clamp keeps the top row inside the document and the screen full, if the
// document fills it.
func (w *window) clamp() {
	if w.empty() {
		return
	}
	w.top.group = min(w.top.group, len(w.groups)-1)
	w.top.row = min(w.top.row, w.rows(w.top.group)-1)
	if _, n := w.moveRows(w.top, w.height-1); n < w.height-1 {
		w.top, _ = w.moveRows(w.last(), 1-w.height)
	}
}

// anchorTop ties the scroll position to the offset at the top.
func (w *window) anchorTop() {
	w.anchor, w.above = -1, false
	if w.top != (place{}) {
		w.anchor = w.visible().Start
		w.above = w.top.row == 0 && w.groups[w.top.group].gap
	}
}

// scrollNear scrolls as little as needed to show p.
func (w *window) scrollNear(p place) {
	m := min(margin, (w.height-1)/2)
	y, ok := w.line(p)
	if ok && y >= m && y < w.height-m {
		return
	}
	below := y >= m
	if !ok {
		below = w.top.group < p.group || w.top.group == p.group && w.top.row < p.row
	}
	if below {
		m = w.height - 1 - m
	}
	w.top, _ = w.moveRows(p, -m)
}

// line returns the line of the screen that shows p, and whether one does.
func (w *window) line(p place) (int, bool) {
	q := w.top
	for y := 0; y < w.height; y++ {
		if q == p {
			return y, true
		}
		n, ok := w.next(q)
		if !ok {
			break
		}
		q = n
	}
	return 0, false
}

// visible returns the bytes from the first rune on the screen to the last.
func (w *window) visible() articles.Span {
	if len(w.groups) == 0 {
		return articles.Span{}
	}
	s, any := articles.Span{Start: len(w.doc.Text)}, false
	w.screen(func(_ int, _ *rendering, r *row) {
		if r != nil && (len(r.cells) > 0 || !any) {
			s.Start, s.End, any = min(s.Start, r.Start), max(s.End, r.End), true
		}
	})
	if !any {
		return articles.Span{}
	}
	return s
}

// screen calls f with each line of the screen that shows a row, from the top; the
// row is nil where the line is blank.
func (w *window) screen(f func(y int, r *rendering, shown *row)) {
	if len(w.groups) == 0 {
		return
	}
	p := w.top
	for y := 0; y < w.height; y++ {
		r, shown := w.at(p)
		f(y, r, shown)
		q, ok := w.next(p)
		if !ok {
			return
		}
		p = q
	}
}
