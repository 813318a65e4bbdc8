package textview

import "byline/articles"

// A Place is where on the screen [View.ScrollTo] puts an offset.
type Place uint8

// The places.
const (
	Nearest Place = iota // scroll as little as needed to show it, a few rows from the edge
	Top
	Middle
	End // the last row of the document on the last line, whatever the offset
)

// farthest is how many rows one scroll moves at most; [View.ScrollTo] goes further.
const farthest = 2000

// ScrollBy moves the text up by rows, down for a negative number, at most 2000,
// and returns how many rows it moved. The last row stays on the last line.
func (v *View) ScrollBy(rows int) (moved int) {
	if v.empty() {
		return 0
	}
	rows = max(-farthest, min(rows, farthest))
	if rows > 0 {
		_, n := v.moveRows(v.top, v.height-1+rows)
		rows = max(0, min(rows, n-(v.height-1)))
	}
	v.top, moved = v.moveRows(v.top, rows)
	if moved != 0 {
		v.anchorTop()
	}
	return moved
}

// ScrollTo puts the row that shows byte off at a place of the screen, or as near as the
// ends of the document allow.
func (v *View) ScrollTo(off int, at Place) {
	if v.empty() {
		v.anchor, v.above = max(-1, off), false
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
		v.top, _ = v.moveRows(p, -(v.height-1)/2)
	case End:
		v.top, _ = v.moveRows(p, 1-v.height)
	case Nearest:
		v.scrollNear(p)
	}
	v.clamp()
	v.anchorTop()
}

// Top returns the byte offset of the first rune on the screen.
func (v *View) Top() int { return v.Visible().Start }

// Visible returns the bytes from the first rune on the screen to the last.
func (v *View) Visible() articles.Span { return v.visible() }

// AtEnd reports whether the last row is on the screen.
func (v *View) AtEnd() bool {
	if v.empty() {
		return true
	}
	_, n := v.moveRows(v.top, v.height)
	return n < v.height
}

// Progress returns the share of the text up to the end of the screen, from 0 to
// 1; exactly 1 if the last row is shown.
func (v *View) Progress() float64 {
	if v.AtEnd() || len(v.doc.Text) == 0 {
		return 1
	}
	return min(0.999, float64(v.Visible().End)/float64(len(v.doc.Text)))
}
