package textview

import "byline/articles"

// goal is the column that vertical moves started from, kept across shorter lines.
type goal struct {
	off    int // where the last move ended
	column int // from 1; 0 for none
}

// nearestByte returns the byte shown nearest to column x of a row, and whether the row
// shows any.
func nearestByte(w *row, x int) (int, bool) {
	off, best, at := w.Start, -1, 0
	for k := range w.cells {
		c := &w.cells[k]
		d := max(at-x, x-(at+int(c.width)-1), 0)
		if c.off >= 0 && (best < 0 || d < best) {
			off, best = c.off, d
		}
		at += int(c.width)
	}
	return off, best >= 0
}

// OffsetAt returns the byte offset of the rune drawn at column x of line y of the
// widget, gutter included, or the one nearest to it on that line. On a line without
// text, ok is false and off is the text that comes next.
func (v *View) OffsetAt(x, y int) (off int, ok bool) {
	if len(v.groups) == 0 {
		return 0, false
	}
	off = len(v.doc.Text)
	done := false
	v.screen(func(line int, _ *rendering, w *row) {
		if line < y || done || w == nil {
			return
		}
		if line == y {
			off, ok = nearestByte(w, x-v.indent())
			done = true
			return
		}
		off, done = w.Start, true
	})
	return off, ok
}

// Locate returns the column and line of the widget where byte off is drawn, or the
// nearest text before it. If that is not on the screen, visible is false.
func (v *View) Locate(off int) (x, y int, visible bool) {
	if v.empty() {
		return 0, 0, false
	}
	if g := v.groupAt(off); g < v.top.group || g > v.top.group+v.height { // not worth a rendering
		return 0, 0, false
	}
	p, column := v.positionOf(off)
	y, visible = v.line(p)
	if !visible {
		return 0, 0, false
	}
	return column + v.indent(), y, true
}

// RowSpan returns the bytes that line y of the screen shows; empty for a line
// without text.
func (v *View) RowSpan(y int) articles.Span {
	var s articles.Span
	v.screen(func(line int, _ *rendering, w *row) {
		if line == y && w != nil {
			s = w.Span
		}
	})
	return s
}

// Above returns the offset drawn one row of text above off, on the screen or not, nearest to the
// column that the moves started from; off itself in the first row.
func (v *View) Above(off int) int { return v.step(off, -1) }

// Below is the same for the row below.
func (v *View) Below(off int) int { return v.step(off, +1) }

func (v *View) step(off, dir int) int {
	if v.empty() {
		return off
	}
	p, column := v.positionOf(off)
	if v.goal.column > 0 && v.goal.off == off {
		column = v.goal.column - 1
	}
	for {
		q, n := v.moveRows(p, dir)
		if n == 0 {
			return off
		}
		p = q
		_, w := v.at(p)
		if w == nil {
			continue
		}
		if to, ok := nearestByte(w, column); ok {
			v.goal = goal{to, column + 1}
			return to
		}
	}
}
