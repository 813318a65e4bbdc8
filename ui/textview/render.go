package textview

import (
	"image/color"
	"slices"

	"byline/articles"

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
	if g.shape == plate {
		return j.renderPlate(g)
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

// A Plate is a picture as cells, in whose place the terminal draws it. The glyphs of a row are one cell wide each.
type Plate struct {
	Rows [][]string
	Fg   color.Color
}

// A Picture is a picture of a document. Without a Plate, and without words in the text, it has a line that says so.
type Picture struct {
	articles.Picture
	*Plate
}

// SetPlates changes which pictures of the document are drawn. The words on the first line stay there.
func (v *View) SetPlates(plates map[int]*Plate) {
	v.doc.Pictures = slices.Clone(v.doc.Pictures) // others may be rendering
	for i := range v.doc.Pictures {
		v.doc.Pictures[i].Plate = plates[i]
	}
	v.groups = cut(&v.doc)
	v.reflow()
}

// Pictures returns the indices of the pictures whose groups are on the screen or at most margin rows away.
func (v *View) Pictures(margin int) []int {
	if v.empty() || len(v.doc.Pictures) == 0 {
		return nil
	}
	first, _ := v.moveRows(v.top, -margin)
	last, _ := v.moveRows(v.top, v.height-1+margin)
	from, to := v.groups[first.group].Span, v.groups[last.group].Span
	var out []int
	for i, p := range v.doc.Pictures {
		if p.Start >= from.Start && p.Start <= to.End {
			out = append(out, i)
		}
	}
	return out
}

// renderPlate returns a picture, or the line that stands for it.
func (j job) renderPlate(g group) *rendering {
	i := int(g.first)
	p, drawn := &j.doc.Pictures[i], Plate{}
	if p.Plate != nil {
		drawn = *p.Plate
	}
	r := &rendering{attrs: []attr{{}, {look: Look{Fg: drawn.Fg}}, {look: j.palette.faint().Over(Look{Italic: true}), link: target(p.Address)}}}
	for _, glyphs := range drawn.Rows {
		var cells []cell
		for _, s := range glyphs {
			cells = append(cells, cell{off: -1, glyph: s, width: 1, attr: 1})
		}
		r.rows = append(r.rows, newRow(cells, g.Start))
	}
	words := lineFor(p.Picture)
	if len(drawn.Rows) > 0 {
		words = p.Alt
	}
	if p.Empty() && words != "" {
		b := breaker{text: words, width: j.measure, method: j.method}
		for _, line := range b.spans(articles.Span{End: len(words)}) {
			for k := range line.cells {
				line.cells[k].off, line.cells[k].attr = -1, 2
			}
			r.rows = append(r.rows, newRow(line.cells, g.Start))
		}
	}
	if len(r.rows) == 0 {
		r.rows = []row{newRow(nil, g.Start)}
	}
	return r.withSize()
}

// lineFor returns the line that stands for a picture.
func lineFor(p articles.Picture) string {
	if name := p.Name(); name != "" {
		return "[image: " + name + "]"
	}
	return "[image]"
}
