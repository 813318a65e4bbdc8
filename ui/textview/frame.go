package textview

import (
	"strings"

	"byline/articles"

	"github.com/charmbracelet/x/ansi"
)

// Lines returns the frame: exactly as many lines as the view is high, each exactly
// as many cells wide as the view is. Besides printable text they hold SGR sequences
// and hyperlinks (OSC 8) to http, https and mailto addresses.
func (v *View) Lines() []string {
	lines := make([]string, v.height)
	f := frame{looks: v.looks, width: v.width}
	if v.width >= gutterFrom {
		f.signs = v.signs()
	}
	f.paint(v.Visible(), v.layers)
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

// A frame is the screen being written.
type frame struct {
	looks *lookTable
	width int
	b     strings.Builder
	start int    // where the current line starts in b
	x     int    // the column that the line has come to
	look  uint32 // that is set in b
	link  string // that is open in b
	marks []uint32
	span  articles.Span // the span that marks is for, one look per byte
	signs [][gutterWidth]sign
	last  [3]uint32 // the last sum: two looks and the result
}

// paint computes the look that the marks give each byte of s.
func (f *frame) paint(s articles.Span, layers []Marks) {
	f.span, f.marks = s, make([]uint32, s.Len())
	for i := range layers {
		l := &layers[i]
		l.reach.EachNear(s, func(k int) {
			m := l.sorted.at(k)
			look := f.looks.mark(m.Look)
			if look == 0 {
				return
			}
			from, to := max(m.Start, s.Start)-s.Start, min(m.End, s.End)-s.Start
			for b := from; b < to; b++ {
				f.marks[b] = f.sum(f.marks[b], look)
			}
		})
	}
}

// sum returns the sum from the table, unless it is the same as the last one.
func (f *frame) sum(a, b uint32) uint32 {
	if f.last[0] == a && f.last[1] == b && b != 0 {
		return f.last[2]
	}
	n := f.looks.sum(a, b)
	f.last = [3]uint32{a, b, n}
	return n
}

// row writes the cells of a row.
func (f *frame) row(r *rendering, w *row) {
	base := f.looks.numbers(r)
	for i := range w.cells {
		c := &w.cells[i]
		look := base[c.attr]
		if c.off >= 0 {
			if over := f.marks[c.off-f.span.Start]; over != 0 {
				look = f.sum(look, over)
			}
		}
		f.writeGlyph(c.glyph, int(c.width), look, r.attrs[c.attr].link)
	}
}

// writeGlyph writes a glyph, if the line has space for it.
func (f *frame) writeGlyph(glyph string, width int, look uint32, link string) {
	if f.x+width > f.width {
		return
	}
	f.set(look, link)
	f.b.WriteString(glyph)
	f.x += width
}

// set changes the look and the link.
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
	f.b.WriteString(f.looks.sequence(look))
	f.look = look
}

// end pads the line and returns it.
func (f *frame) end() string {
	f.set(f.looks.text, "")
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
			s = sign{" ", f.looks.gutter}
		}
		f.writeGlyph(s.glyph, 1, s.look, "")
	}
}
