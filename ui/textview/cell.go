package textview

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/articles"

	"github.com/charmbracelet/x/ansi"
)

// maxCluster is the length in bytes up to which a cluster is shown whole.
const maxCluster = 64

// replacement is drawn for what must not be drawn.
const replacement = "\uFFFD"

// A cell is a glyph of one or two columns.
type cell struct {
	off   int    // byte of the text that it shows; −1: decoration
	glyph string // printable
	attr  uint16 // index into the attrs of its rendering; 0: none
	n     uint16 // bytes of the text that it shows
	width uint8
}

func (c *cell) blank() bool { return c.glyph == " " || c.glyph == "  " }

// A row is a line of cells without the blanks at its end. Its span reaches from
// the first byte that it shows to the last; that of an empty row is empty.
type row struct {
	articles.Span
	cells []cell
}

// newRow returns a row of cells; at is its offset if they show no text.
func newRow(cells []cell, at int) row {
	s := articles.Span{Start: -1}
	for i := range cells {
		c := &cells[i]
		if c.off < 0 {
			continue
		}
		if s.Start < 0 || c.off < s.Start {
			s.Start = c.off
		}
		s.End = max(s.End, c.off+int(c.n))
	}
	if s.Start < 0 {
		s = articles.Span{Start: at, End: at}
	}
	return row{s, cells}
}

// shows reports whether the row shows a byte of s; one without text shows what is around it. The
// rows of a table have parts of several cells, and not all that is between.
func (w *row) shows(s articles.Span) bool {
	if !w.Overlaps(s) || w.Empty() {
		return w.Overlaps(s)
	}
	for i := range w.cells {
		if c := &w.cells[i]; c.off >= 0 && c.off < s.End && c.off+int(c.n) > s.Start {
			return true
		}
	}
	return false
}

// width returns how many columns cells take.
func width(cells []cell) int {
	n := 0
	for i := range cells {
		n += int(cells[i].width)
	}
	return n
}

// trim returns cells without trailing blanks.
func trim(cells []cell) []cell {
	for len(cells) > 0 && cells[len(cells)-1].blank() {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// glyphs appends the cells that show s, which starts at byte at of the text. Characters without
// width are not shown; those that could control a terminal are shown as U+FFFD, and so is a
// combining mark with nothing before it, which would combine with whatever is drawn there.
func glyphs(dst []cell, s string, at int, m ansi.Method) []cell {
	loose := true // there is no base of this text before it
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf && (i+1 == len(s) || s[i+1] < utf8.RuneSelf) {
			g := s[i : i+1]
			switch {
			case c == '\t' || c == '\n':
				g = " "
			case c < ' ' || c == 0x7f:
				g = replacement
			}
			dst = append(dst, cell{off: at + i, glyph: g, n: 1, width: 1})
			loose = len(g) > 1
			i++
			continue
		}
		g, w := ansi.FirstGraphemeCluster(s[i:], m)
		n := len(dst)
		dst = cluster(dst, g, cell{off: at + i, width: uint8(min(w, 255))}, m)
		if loose && len(dst) > n && continuesCluster(" ", g) {
			dst[n].glyph, dst[n].width = replacement, 1
		}
		loose = len(dst) == n || dst[len(dst)-1].glyph == replacement
		i += len(g)
	}
	return dst
}

// cluster appends the cells of one grapheme cluster. If a terminal that counts by wcwidth gives it
// more than two columns, each of its runes with a width becomes a cell.
func cluster(dst []cell, g string, c cell, m ansi.Method) []cell {
	c.n = uint16(min(len(g), 1<<16-1))
	switch {
	case strings.IndexFunc(g, isUnsafe) >= 0 || !utf8.ValidString(g):
		c.glyph, c.width = replacement, 1
		return append(dst, c)
	case c.width == 0:
		return dst
	case c.width <= 2 && len(g) <= maxCluster:
		c.glyph = g
		if isBlank(g) {
			c.glyph = strings.Repeat(" ", int(c.width))
		}
		return append(dst, c)
	case len(g) > maxCluster && m == ansi.GraphemeWidth:
		c.glyph, c.width = replacement, 1
		return append(dst, c)
	}
	return pieces(dst, g, c.off)
}

// pieces appends a cell for each rune of g with a width of its own, together with the zero-width
// runes after it.
func pieces(dst []cell, g string, at int) []cell {
	for i := 0; i < len(g); {
		_, n := utf8.DecodeRuneInString(g[i:])
		w := ansi.StringWidthWc(g[i : i+n])
		end := i + n
		for end < len(g) {
			_, n := utf8.DecodeRuneInString(g[end:])
			if ansi.StringWidthWc(g[end:end+n]) > 0 {
				break
			}
			end += n
		}
		c := cell{off: at + i, glyph: g[i:end], n: uint16(min(end-i, 1<<16-1)), width: uint8(w)}
		if len(c.glyph) > maxCluster {
			c.glyph = c.glyph[:n]
		}
		if w > 0 {
			dst = append(dst, c)
		}
		i = end
	}
	return dst
}

// isBlank reports whether g is a space of some kind.
func isBlank(g string) bool {
	r, n := utf8.DecodeRuneInString(g)
	return n == len(g) && unicode.Is(unicode.Zs, r)
}

// isUnsafe reports whether r could act on a terminal, or reorder or hide text.
func isUnsafe(r rune) bool {
	switch {
	case r == '\u200c' || r == '\u200d': // joiners
		return false
	case r < ' ', r >= 0x7f && r < 0xa0, r == '\u2028', r == '\u2029':
		return true
	}
	return unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// continuesCluster reports whether s continues the cluster of the last rune before it.
func continuesCluster(before, s string) bool {
	_, n := utf8.DecodeLastRuneInString(before)
	r, m := utf8.DecodeRuneInString(s)
	if r < 0x300 {
		return false
	}
	g, _ := ansi.FirstGraphemeCluster(before[len(before)-n:]+s[:m], ansi.GraphemeWidth)
	return len(g) > n
}

// bars returns the bars of n block quotes.
func bars(n int, attr uint16) []cell {
	var cells []cell
	for range n {
		cells = append(cells, cell{off: -1, glyph: "│", width: 1, attr: attr}, cell{off: -1, glyph: " ", width: 1})
	}
	return cells
}
