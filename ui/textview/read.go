package textview

import (
	"strconv"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/yuin/goldmark/ast"
)

// render draws a tree and reads the output as rows of cells. It returns nil if a letter
// of the text is missing or a row is too wide.
func (s *drawing) render(root ast.Node) *rendering {
	out, err := s.draw(root)
	if err != nil {
		return nil
	}
	c := reader{drawing: s, numbers: map[attr]uint16{{}: 0}, attrs: []attr{{}}}
	at, ok := 0, false // the byte that the rows have reached
	for _, l := range uv.NewStyledString(out).Lines(ansi.GraphemeWidth) {
		if at, ok = c.line(l, at); !ok {
			return nil
		}
	}
	if !s.isComplete() {
		return nil
	}
	c.finish()
	for _, r := range c.rows {
		if width(r.cells) > s.measure {
			return nil
		}
	}
	return &rendering{rows: c.rows, attrs: c.attrs}
}

// isComplete reports whether everything but blanks has been found in the output.
func (s *drawing) isComplete() bool {
	for _, r := range s.runs {
		for i := r.next; i < r.end; i++ {
			if !s.units[i].blank() {
				return false
			}
		}
	}
	return true
}

// A reader turns the output of Glamour into rows.
type reader struct {
	*drawing
	numbers map[attr]uint16
	attrs   []attr
	rows    []row
}

// line adds a row after byte at, and returns the byte that it reaches; it reports false if a cell is not the next
// of its run.
func (c *reader) line(l uv.Line, at int) (int, bool) {
	cells := make([]cell, 0, len(l))
	for i := range l {
		got := &l[i]
		u, k, ok := c.take(got)
		if !ok {
			return at, false
		}
		if u == nil {
			u = &cell{off: -1, glyph: got.Content, width: uint8(got.Width)}
			if strings.IndexFunc(u.glyph, isUnsafe) >= 0 {
				continue
			}
		}
		made := *u
		made.attr = c.attr(got, u, k)
		cells = append(cells, made)
	}
	w := newRow(trim(cells), at)
	c.rows = append(c.rows, w)
	return max(at, w.End), true
}

// take returns the unit that a cell of the output replaces, with its style; nil for
// decoration.
func (c *reader) take(got *uv.Cell) (*cell, style, bool) {
	n, err := strconv.Atoi(got.Link.URL)
	if err != nil || n < 0 || n >= len(c.runs) {
		return nil, style{}, true
	}
	r := &c.runs[n]
	for ; r.next < r.end; r.next++ {
		u := &c.units[r.next]
		if placeholder(u) == got.Content {
			r.next++
			return u, c.kinds[r.next-1], true
		}
		if !u.blank() {
			break
		}
	}
	return nil, style{}, got.Content == " "
}

// attr returns the number of a cell's attr.
func (c *reader) attr(got *uv.Cell, u *cell, k style) uint16 {
	p := attr{look: lookOf(got.Style)}
	colours := c.palette.withDefaults()
	if u.off < 0 { // bullets, bars and borders always look the same
		p.look = Look{Bg: p.look.Bg}
		if !u.blank() {
			p.look = p.look.Over(colours.faint())
		}
	}
	if k.kinds&caption != 0 {
		p.look = p.look.Over(colours.faint())
	}
	if k.kinds&mono != 0 { // not every element of Glamour passes styles on
		p.look = p.look.Over(Look{Fg: colours.Code, Bg: colours.CodeGround})
	}
	if k.kinds&(linked|noted) != 0 { // a line would make it a name
		p.look = p.look.Over(Look{Fg: colours.Link})
	}
	if k.kinds&(linked|picture) != 0 {
		p.link = target(c.doc.Inline[k.link].Target)
	}
	p.look = p.look.Over(colours.look(k.part))
	p.look = p.look.Over(Look{Bold: k.kinds&strong != 0, Italic: k.kinds&(emphasis|picture) != 0, Strike: k.kinds&struck != 0})
	if n, ok := c.numbers[p]; ok {
		return n
	}
	if len(c.attrs) == 1<<16 {
		return 0
	}
	n := uint16(len(c.attrs))
	c.numbers[p] = n
	c.attrs = append(c.attrs, p)
	return n
}

// finish drops empty rows at both ends, and in a list everywhere, and adds the bars of
// quotes and the background of code.
func (c *reader) finish() {
	kept := c.rows[:0]
	for _, r := range c.rows {
		if c.shape != items || !c.empty(r) {
			kept = append(kept, r)
		}
	}
	for len(kept) > 0 && c.empty(kept[0]) {
		kept = kept[1:]
	}
	for len(kept) > 0 && c.empty(kept[len(kept)-1]) {
		kept = kept[:len(kept)-1]
	}
	if len(kept) == 0 {
		kept = []row{newRow(nil, c.Start)}
	}
	c.rows = kept
	if n := c.depth - c.glamourBars(); n > 0 {
		c.addBars(n, attr{look: c.palette.faint()})
	}
	if ground := c.palette.withDefaults().CodeGround; c.shape == code && ground != nil {
		c.addGround(attr{look: Look{Bg: ground}})
	}
}

// addBars adds the bars of n block quotes before the rows.
func (c *reader) addBars(n int, p attr) {
	number := uint16(len(c.attrs))
	c.attrs = append(c.attrs, p)
	for i := range c.rows {
		r := &c.rows[i]
		r.cells = append(bars(n, number), r.cells...)
	}
}

// empty reports whether a row shows neither text nor a sign of an item or a rule.
func (c *reader) empty(r row) bool {
	for i := range r.cells {
		if r.cells[i].off >= 0 {
			return false
		}
		if !r.cells[i].blank() && (r.cells[i].glyph != "│" || c.shape == grid) {
			return false
		}
	}
	return true
}

// addGround fills the rows of a block of code to the right edge.
func (c *reader) addGround(p attr) {
	n := uint16(len(c.attrs))
	c.attrs = append(c.attrs, p)
	for i := range c.rows {
		r := &c.rows[i]
		for k := range r.cells {
			if r.cells[k].off < 0 && r.cells[k].blank() {
				r.cells[k].attr = n
			}
		}
		for w := width(r.cells); w < c.measure; w++ {
			r.cells = append(r.cells, cell{off: -1, glyph: " ", width: 1, attr: n})
		}
	}
}
