package textview

import (
	"github.com/charmbracelet/x/ansi"
)

// A rendering is a group in rows.
type rendering struct {
	rows  []row
	attrs []attr // the attr of a cell is an index into it
	size  int    // in cells

	looks *lookTable // that numbers is from
	num   []uint32   // the number of the look of each attr
}

// withSize sets the size.
func (r *rendering) withSize() *rendering {
	r.size = 8
	for i := range r.rows {
		r.size += 2 + len(r.rows[i].cells)
	}
	return r
}

// numbers returns the number of the look of each attr of a rendering, over that of
// the text. They are kept in the rendering until another table asks.
func (k *lookTable) numbers(r *rendering) []uint32 {
	if r.looks != k {
		r.looks, r.num = k, make([]uint32, len(r.attrs))
		for i, a := range r.attrs {
			r.num[i] = k.sum(k.text, k.intern(a.look))
		}
	}
	return r.num
}

// A job is all that a rendering depends on, apart from the group.
type job struct {
	doc     Doc
	measure int // cells of a line
	method  ansi.Method
	palette Palette
	tables  *tableSizes
}

// render returns a group in rows.
func (j job) render(g group) *rendering {
	if !j.doc.Rich || g.shape == plain {
		return j.renderPlain(g)
	}
	s := newDrawing(j, g)
	r := s.render(s.body())
	if g.shape == grid && r == nil {
		s = newDrawing(j, g)
		r = s.render(s.recordTree())
	}
	if r == nil {
		r = j.renderPlain(g)
	}
	if n := min(int(g.bars), s.depth); n > 0 {
		r.joinQuotes(n, g.Start, j.palette.faint())
	}
	return r.withSize()
}

// joinQuotes adds a row of n bars before the rows, if a block quote follows another.
func (r *rendering) joinQuotes(n, at int, faint Look) {
	r.attrs = append(r.attrs, attr{look: faint})
	cells := trim(bars(n, uint16(len(r.attrs)-1)))
	r.rows = append([]row{newRow(cells, at)}, r.rows...)
}

// renderPlain returns the lines of a group as they are.
func (j job) renderPlain(g group) *rendering {
	b := breaker{text: j.doc.Text, width: j.measure, method: j.method, lines: g.shape == code}
	r := &rendering{rows: b.spans(g.Span), attrs: []attr{{}}}
	return r.withSize()
}
