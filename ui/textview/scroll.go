package textview

import "byline/articles"

// A place is a row of a group.
type place struct{ group, row int }

// A Place says where on the screen [View.ScrollTo] brings an offset.
type Place uint8

// The places.
const (
	Nearest Place = iota // scroll as little as brings it on the screen, a few rows from its edge
	Top
	Middle
	Bottom
	End // the last row of the document on the last line, whatever the offset
)

// margin is how many rows Nearest keeps between an offset and the edge.
const margin = 3

// farthest is how many rows one scroll moves at most; [View.ScrollTo] goes further.
const farthest = 2000

// rows returns how many rows group g has, the blank one before it among them.
func (v *View) rows(g int) int {
	n := len(v.rendered(g).rows)
	if v.groups[g].gap {
		n++
	}
	return n
}

// at returns the rendering and the row at p; the row is nil for a blank row
// before a group.
func (v *View) at(p place) (*rendering, *row) {
	r := v.rendered(p.group)
	i := p.row
	if v.groups[p.group].gap {
		i--
	}
	if i < 0 || i >= len(r.rows) {
		return r, nil
	}
	return r, &r.rows[i]
}

// next returns the row after p, and whether there is one.
func (v *View) next(p place) (place, bool) {
	switch {
	case p.row+1 < v.rows(p.group):
		return place{p.group, p.row + 1}, true
	case p.group+1 < len(v.groups):
		return place{p.group + 1, 0}, true
	}
	return p, false
}

// prev returns the row before p, and whether there is one.
func (v *View) prev(p place) (place, bool) {
	switch {
	case p.row > 0:
		return place{p.group, p.row - 1}, true
	case p.group > 0:
		return place{p.group - 1, v.rows(p.group-1) - 1}, true
	}
	return p, false
}

// last returns the last row of the document.
func (v *View) last() place {
	g := len(v.groups) - 1
	return place{g, v.rows(g) - 1}
}

// move returns the row n rows below p, above it for a negative n, and how many
// rows that is: fewer where the document ends.
func (v *View) move(p place, n int) (place, int) {
	moved := 0
	for ; moved < n; moved++ {
		q, ok := v.next(p)
		if !ok {
			return p, moved
		}
		p = q
	}
	for ; moved > n; moved-- {
		q, ok := v.prev(p)
		if !ok {
			return p, moved
		}
		p = q
	}
	return p, moved
}

// settle keeps the top row inside the document and the screen full, if the
// document fills it.
func (v *View) settle() {
	if v.height == 0 || len(v.groups) == 0 {
		return
	}
	v.top.group = min(v.top.group, len(v.groups)-1)
	v.top.row = min(v.top.row, v.rows(v.top.group)-1)
	if _, n := v.move(v.top, v.height-1); n < v.height-1 {
		v.top, _ = v.move(v.last(), 1-v.height)
	}
}

// pin ties the place to the offset that is on top now.
func (v *View) pin() {
	v.anchor = -1
	if v.top != (place{}) {
		v.anchor = v.Top()
	}
}

// ScrollBy moves the text up by rows, down for a negative number, at most 2000,
// and returns how many rows it moved. The last row stays on the last line.
func (v *View) ScrollBy(rows int) (moved int) {
	if v.height == 0 || len(v.groups) == 0 {
		return 0
	}
	rows = max(-farthest, min(rows, farthest))
	if rows > 0 {
		_, n := v.move(v.top, v.height-1+rows)
		rows = max(0, min(rows, n-(v.height-1)))
	}
	v.top, moved = v.move(v.top, rows)
	if moved != 0 {
		v.pin()
	}
	return moved
}

// ScrollTo brings the row that shows byte off to a place of the screen, as near
// to it as the ends of the document allow.
func (v *View) ScrollTo(off int, at Place) {
	if v.height == 0 || len(v.groups) == 0 {
		v.anchor = max(-1, off)
		return
	}
	p := v.last()
	if at != End {
		p = v.find(off)
	}
	switch at {
	case Top:
		v.top = p
	case Middle:
		v.top, _ = v.move(p, -(v.height-1)/2)
	case Bottom, End:
		v.top, _ = v.move(p, 1-v.height)
	case Nearest:
		v.near(p)
	}
	v.settle()
	v.pin()
}

// near scrolls as little as brings p on the screen.
func (v *View) near(p place) {
	m := min(margin, (v.height-1)/2)
	y, ok := v.line(p)
	if ok && y >= m && y < v.height-m {
		return
	}
	below := y >= m
	if !ok {
		below = v.top.group < p.group || v.top.group == p.group && v.top.row < p.row
	}
	if below {
		m = v.height - 1 - m
	}
	v.top, _ = v.move(p, -m)
}

// line returns the line of the screen that shows p, and whether one does.
func (v *View) line(p place) (int, bool) {
	q := v.top
	for y := 0; y < v.height; y++ {
		if q == p {
			return y, true
		}
		n, ok := v.next(q)
		if !ok {
			break
		}
		q = n
	}
	return 0, false
}

// Top returns the byte offset of the first rune on the screen.
func (v *View) Top() int { return v.Visible().Start }

// Visible returns the bytes from the first rune on the screen to the last.
func (v *View) Visible() articles.Span {
	s, any := articles.Span{Start: len(v.doc.Text)}, false
	v.screen(func(_ int, _ *rendering, r *row) {
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
func (v *View) screen(f func(y int, r *rendering, w *row)) {
	if len(v.groups) == 0 {
		return
	}
	p := v.top
	for y := 0; y < v.height; y++ {
		r, w := v.at(p)
		f(y, r, w)
		q, ok := v.next(p)
		if !ok {
			return
		}
		p = q
	}
}

// AtEnd reports whether the last row is on the screen.
func (v *View) AtEnd() bool {
	if v.height == 0 || len(v.groups) == 0 {
		return true
	}
	_, n := v.move(v.top, v.height)
	return n < v.height
}

// Progress returns the share of the text up to the end of the screen, from 0 to
// 1; 1 exactly where the last row is shown.
func (v *View) Progress() float64 {
	if v.AtEnd() || len(v.doc.Text) == 0 {
		return 1
	}
	return min(0.999, float64(v.Visible().End)/float64(len(v.doc.Text)))
}
