package textview

import (
	"slices"
	"strings"
	"unicode/utf8"

	"byline/articles"

	"github.com/charmbracelet/x/ansi"
	"github.com/rivo/uniseg"
)

// minColumn is the narrowest column that text is broken to; a view that is
// narrower shows the left part of it.
const minColumn = 4

// A breaker breaks text into rows.
type breaker struct {
	text   string
	width  int
	method ansi.Method
	lines  bool   // break long lines anywhere and keep their blanks, for code
	edges  []edge // in the order of the text

	rows  []row
	cells []cell // of the current row
	x     int
	at    int // where the part under way begins
}

// spans breaks the text of s, one or more rows for each of its lines.
func (b *breaker) spans(s articles.Span) []row {
	b.rows = nil
	for at := s.Start; ; {
		end := s.End
		if i := strings.IndexByte(b.text[at:s.End], '\n'); i >= 0 {
			end = at + i
		}
		b.line(articles.Span{Start: at, End: end})
		if end == s.End {
			return b.rows
		}
		at = end + 1
	}
}

// line breaks one line.
func (b *breaker) line(s articles.Span) {
	at, rest, state := s.Start, s.In(b.text), -1
	for len(rest) > 0 {
		part := rest
		if b.lines {
			rest = ""
		} else {
			part, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
		}
		for rest != "" && joins(part, rest) { // a combining mark may follow a blank
			var more string
			more, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
			part = b.text[at : at+len(part)+len(more)]
		}
		b.part(part, at)
		at += len(part)
	}
	b.flush(s.Start)
}

// joins reports whether the last rune before rest is in one cluster with what comes
// after it.
func joins(before, rest string) bool {
	return rest[0] >= utf8.RuneSelf && continuesCluster(before, rest)
}

// part appends a part of a line that is broken only if it must be.
func (b *breaker) part(s string, at int) {
	first := len(b.cells)
	b.cells, b.at = glyphs(b.cells, s, at, b.method), at
	b.addEdges(first, at+len(s))
	added := b.cells[first:]
	body := 0
	for i, x := 0, 0; i < len(added); i++ {
		if x += int(added[i].width); !added[i].blank() {
			body = x
		}
	}
	if b.x+body <= b.width {
		for i := range added {
			b.x += int(added[i].width)
		}
		if b.x > b.width && !b.lines { // blanks hang over the edge
			b.cells, b.x = trim(b.cells), b.width
		}
		return
	}
	carry := append([]cell(nil), added...)
	b.cells = b.cells[:first]
	if b.x > 0 && !b.lines {
		b.flush(at)
	}
	for i := range carry {
		b.appendCell(carry[i])
	}
}

// addEdges puts the edges up to byte end among the cells from first on.
func (b *breaker) addEdges(first, end int) {
	for len(b.edges) > 0 {
		e := b.edges[0]
		if e.at > end || e.at == end && !e.end {
			return
		}
		i := first
		for i < len(b.cells) && b.cells[i].off < e.at {
			i++
		}
		b.cells = slices.Insert(b.cells, i, decoration(e.sign)...)
		b.edges = b.edges[1:]
	}
}

// appendCell appends a cell, on another row if it does not fit.
func (b *breaker) appendCell(c cell) {
	if b.x+int(c.width) > b.width {
		if c.blank() && !b.lines {
			return
		}
		b.flush(max(c.off, b.at))
	}
	b.cells = append(b.cells, c)
	b.x += int(c.width)
}

// flush ends the current row.
func (b *breaker) flush(at int) {
	cells := trim(b.cells)
	b.rows = append(b.rows, newRow(append(make([]cell, 0, len(cells)), cells...), at))
	b.cells, b.x = b.cells[:0], 0
}
