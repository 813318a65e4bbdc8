package textview

import (
	"strings"

	"byline/articles"

	"github.com/charmbracelet/x/ansi"
)

// Lines returns the frame: exactly as many lines as the view is high, each exactly
// as many cells wide as the view is. Beside printable text they hold SGR sequences
// and hyperlinks (OSC 8) to http, https and mailto addresses.
func (v *View) Lines() []string {
	lines := make([]string, v.height)
	f := frame{View: v, pad: v.ink.text}
	if v.width >= bare {
		f.signs = v.signs()
	}
	f.paint(v.Visible())
	f.b.Grow(v.height * (v.width + 64))
	y := 0
	v.screen(func(line int, r *rendering, w *row) {
		f.gutter(line)
		if w != nil {
			f.row(r, w)
		}
		lines[y] = f.end()
		y++
	})
	for ; y < len(lines); y++ {
		f.gutter(y)
		lines[y] = f.end()
	}
	return lines
}

// A frame is being drawn.
type frame struct {
	*View
	b     strings.Builder
	start int // where the line under way starts in b
	x     int
	pad   uint32 // look of blank cells
	look  uint32 // of the pen
	link  string // of the pen
	over  []uint32
	span  articles.Span // what over is for
	signs [][GutterWidth]sign
	last  [3]uint32 // the last sum: two looks and what they make
}

// paint works out the look that the marks give each byte of s.
func (f *frame) paint(s articles.Span) {
	f.span, f.over = s, make([]uint32, s.Len())
	for i := range f.layers {
		l := &f.layers[i]
		l.reach.overlapping(s, func(k int) {
			m := &l.sorted[k]
			look := f.ink.mark(m.Look)
			if look == 0 {
				return
			}
			from, to := max(m.Start, s.Start)-s.Start, min(m.End, s.End)-s.Start
			for b := from; b < to; b++ {
				f.over[b] = f.sum(f.over[b], look)
			}
		})
	}
}

// sum is the ink's sum, which it asks only where it is not the same as last time.
func (f *frame) sum(a, b uint32) uint32 {
	if f.last[0] == a && f.last[1] == b && b != 0 {
		return f.last[2]
	}
	n := f.ink.sum(a, b)
	f.last = [3]uint32{a, b, n}
	return n
}

// row writes the cells of a row.
func (f *frame) row(r *rendering, w *row) {
	for i := range w.cells {
		c := &w.cells[i]
		look := r.inks[c.pen]
		if c.off >= 0 {
			if over := f.over[c.off-f.span.Start]; over != 0 {
				look = f.sum(look, over)
			}
		}
		f.put(c.glyph, int(c.width), look, r.pens[c.pen].link)
	}
}

// put writes a glyph, if the line has room for it.
func (f *frame) put(glyph string, width int, look uint32, link string) {
	if f.x+width > f.width {
		return
	}
	f.set(look, link)
	f.b.WriteString(glyph)
	f.x += width
}

// set changes the pen.
func (f *frame) set(look uint32, link string) {
	if link != f.link {
		if link == "" {
			f.b.WriteString(ansi.ResetHyperlink())
		} else {
			f.b.WriteString(ansi.SetHyperlink(link))
		}
		f.link = link
	}
	if look == f.look {
		return
	}
	if f.look != 0 {
		f.b.WriteString(ansi.ResetStyle)
	}
	f.b.WriteString(f.ink.sequence(look))
	f.look = look
}

// end fills the line up and returns it.
func (f *frame) end() string {
	f.set(f.pad, "")
	for ; f.x < f.width; f.x++ {
		f.b.WriteByte(' ')
	}
	f.set(0, "")
	line := f.b.String()[f.start:]
	f.start, f.x = f.b.Len(), 0
	return line
}

// gutter writes the gutter of line y.
func (f *frame) gutter(y int) {
	if f.signs == nil {
		return
	}
	for _, s := range f.signs[y] {
		if s.glyph == "" {
			s = sign{" ", f.ink.gutter}
		}
		f.put(s.glyph, 1, s.look, "")
	}
}

// A sign is a cell of the gutter.
type sign struct {
	glyph string
	look  uint32
}

// signs works out the gutter of each line of the screen.
func (v *View) signs() [][GutterWidth]sign {
	out := make([][GutterWidth]sign, v.height)
	var near []*GutterMark
	s := v.Visible()
	for l := range v.gutter {
		v.gutter[l].reach.overlapping(s, func(i int) {
			if m := &v.gutter[l].sorted[i]; m.End > s.Start && m.Bar != nil && m.Column >= 0 && m.Column < GutterWidth {
				near = append(near, m)
			}
		})
	}
	if len(near) == 0 {
		return out
	}
	v.screen(func(y int, r *rendering, w *row) {
		var s articles.Span
		if w != nil {
			s = w.Span
		} else { // the blank row before a group is inside what reaches into the group
			s = articles.Span{Start: r.rows[0].Start, End: r.rows[0].Start}
		}
		for _, m := range near {
			if !s.Overlaps(m.Span) {
				continue
			}
			if g := glyphs(nil, m.sign(s), 0, v.method); len(g) == 1 && g[0].width == 1 {
				out[y][m.Column] = sign{g[0].glyph, v.ink.sum(v.ink.gutter, v.ink.sign(m.Look))}
			}
		}
	})
	return out
}

// sign returns the sign of m for a row that shows w.
func (m *GutterMark) sign(w articles.Span) string {
	first, last := w.Has(m.Start), w.Has(m.End-1)
	switch {
	case first && last && m.Alone != "":
		return m.Alone
	case first && m.First != "":
		return m.First
	case last && !first && m.Last != "":
		return m.Last
	}
	return m.Sign
}
