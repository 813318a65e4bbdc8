package textview

import (
	"slices"
	"strings"
	"sync"

	"byline/articles"

	"github.com/yuin/goldmark/ast"
)

const (
	columnLine  = " │ " // between the columns of a table
	longWord    = 18    // cells from which a word may be broken to fit a column
	columnMin   = 8     // narrower columns are no place for sentences
	sentence    = 32    // cells from which what a column holds is sentences
	measured    = 4000  // cells of a table whose sizes count
	labelMin    = 8     // a column of labels is at most so wide, or the share below
	labelMost   = 2. / 5
	labelIndent = 2
	recordMin   = 24 // in fewer cells a value stands below its label
)

// A columnSize is how many cells a column of a table wants, and how many its longest word has.
type columnSize struct{ natural, least int }

// tableSizes keeps the sizes of the columns of tables, by the first block of a table: all groups
// of one have the same.
type tableSizes struct {
	sync.Mutex
	at map[int][]columnSize
}

// sizes returns the sizes of the columns of the table that starts at a block.
func (j *job) sizes(start int) []columnSize {
	j.tables.Lock()
	defer j.tables.Unlock()
	if s, ok := j.tables.at[start]; ok {
		return s
	}
	var sizes []columnSize
	n := 0
	for i := start; i < len(j.doc.Blocks) && n < measured && (i == start || j.continues(i)); i++ {
		for k, span := range cellsOf(j.doc.Blocks[i]) {
			if k == len(sizes) {
				sizes = append(sizes, columnSize{1, 1})
			}
			sizes[k].add(j.cellRows(span, 1<<30))
			n++
		}
	}
	j.tables.at[start] = sizes
	return sizes
}

// add makes room for the lines of a cell.
func (z *columnSize) add(lines []row) {
	for _, r := range lines {
		z.natural = max(z.natural, width(r.cells))
		word := 0
		for i := range r.cells {
			c := &r.cells[i]
			switch {
			case c.blank(), c.width == 2: // wide characters break anywhere
				word = 0
			default:
				word += int(c.width)
			}
			z.least = max(z.least, min(word, longWord), int(c.width))
			if c.glyph == "-" {
				word = 0
			}
		}
	}
}

// continues reports whether row i belongs to the table of the block before it.
func (j *job) continues(i int) bool {
	b, before := &j.doc.Blocks[i], &j.doc.Blocks[i-1]
	return b.Kind == articles.Row && before.Kind == articles.Row && b.Quote == before.Quote && (!b.Head || before.Head)
}

// tableStart returns the first block of the table that block i is part of.
func (j *job) tableStart(i int) int {
	for i > 0 && j.continues(i) {
		i--
	}
	return i
}

// cellRows returns a cell of a table in rows of at most so many cells.
func (j *job) cellRows(span articles.Span, width int) []row {
	if span.Start < 0 || span.End < span.Start || span.End > len(j.doc.Text) {
		return nil
	}
	text := span.In(j.doc.Text)
	cut := strings.TrimLeft(text, " \n\t")
	span.Start += len(text) - len(cut)
	span.End -= len(cut) - len(strings.TrimRight(cut, " \n\t"))
	if span.Empty() {
		return nil
	}
	b := breaker{text: j.doc.Text, width: max(minColumn, width), method: j.method, edges: j.edges(span)}
	return b.spans(span)
}

// cellsOf returns the cells of a row; a row without cells is one.
func cellsOf(b articles.Block) []articles.Span {
	if len(b.Cells) == 0 {
		return []articles.Span{b.Span}
	}
	return b.Cells
}

// cut returns a span cut to the group.
func (s *drawing) cut(span articles.Span) articles.Span {
	span.Start = max(span.Start, s.Start)
	span.End = max(span.Start, min(span.End, s.End))
	return span
}

// table adds the rows of the group as a table, no wider than it needs to be, or as records if
// its columns do not fit.
func (s *drawing) table(in ast.Node) {
	start := s.tableStart(int(s.first))
	sizes := s.sizes(start)
	widths := fitColumns(sizes, s.column()-(len(sizes)-1)*width(decoration(columnLine)))
	if widths == nil {
		s.records(in)
		return
	}
	wrapped := false
	for i, z := range sizes {
		wrapped = wrapped || z.natural > widths[i]
	}
	p := ast.NewParagraph()
	for i := int(s.first); i < int(s.last); i++ {
		b := &s.doc.Blocks[i]
		switch {
		case i == start:
		case !b.Head && s.doc.Blocks[i-1].Head:
			s.between(p, widths, "─", "─┼─")
		case wrapped:
			s.between(p, widths, " ", columnLine)
		}
		s.tableRow(p, b, widths)
	}
	in.AppendChild(in, p)
}

// fitColumns returns widths of columns that together have room cells: what they want, or less for
// the widest, but never less than a word. It returns nil if that is too much.
func fitColumns(sizes []columnSize, room int) []int {
	widest := 0
	for _, z := range sizes {
		widest = max(widest, z.natural)
	}
	at := func(most int) (widths []int, all int) {
		for _, z := range sizes {
			w := max(z.least, min(z.natural, most))
			widths, all = append(widths, w), all+w
		}
		return widths, all
	}
	most := widest
	if _, all := at(most); all > room { // the largest that fits
		low, high := 0, widest
		for low < high {
			mid := (low + high + 1) / 2
			if _, all := at(mid); all <= room {
				low = mid
			} else {
				high = mid - 1
			}
		}
		most = low
	}
	widths, all := at(most)
	if all > room {
		return nil
	}
	for i, z := range sizes {
		if widths[i] < z.natural && all < room {
			widths[i]++
			all++
		}
		if widths[i] < columnMin && z.natural > sentence {
			return nil
		}
	}
	return widths
}

// A column is a cell of a table in rows, or a label.
type column struct {
	articles.Span
	rows  []row
	width int
	align byte // l, c or r
	as    kinds
}

// tableRow adds a row of the table.
func (s *drawing) tableRow(in ast.Node, b *articles.Block, widths []int) {
	cols := make([]column, len(widths))
	spans := cellsOf(*b)
	for i := range cols {
		cols[i].width = widths[i]
		for _, v := range []string{s.doc.Blocks[s.tableStart(int(s.first))].Variant, b.Variant} {
			if i < len(v) {
				cols[i].align = v[i]
			}
		}
		if b.Head {
			cols[i].as = strong
		}
		if i < len(spans) {
			cols[i].Span = s.cut(spans[i])
			cols[i].rows = s.cellRows(cols[i].Span, widths[i])
		}
	}
	s.columns(in, cols, columnLine)
}

// between adds a line between two rows.
func (s *drawing) between(in ast.Node, widths []int, fill, cross string) {
	parts := make([]string, len(widths))
	for i, w := range widths {
		parts[i] = strings.Repeat(fill, w)
	}
	s.newRow(in)
	s.fill(in, strings.Join(parts, cross))
}

// newRow starts another row of a paragraph.
func (s *drawing) newRow(in ast.Node) {
	if in.HasChildren() {
		s.fill(in, "\n")
	}
}

// columns adds columns side by side.
func (s *drawing) columns(in ast.Node, cols []column, line string) {
	height := 1
	for i := range cols {
		height = max(height, len(cols[i].rows))
	}
	for y := range height {
		s.newRow(in)
		for i := range cols {
			if i > 0 {
				s.fill(in, line)
			}
			s.columnRow(in, &cols[i], y)
		}
	}
}

// columnRow adds row y of a column.
func (s *drawing) columnRow(in ast.Node, c *column, y int) {
	var cells []cell
	if y < len(c.rows) {
		cells = c.rows[y].cells
	}
	left, right := 0, max(0, c.width-width(cells))
	switch c.align {
	case 'r':
		left, right = right, 0
	case 'c':
		left = right / 2
		right -= left
	}
	s.fill(in, strings.Repeat(" ", left))
	s.styles = newStyler(s.doc.Inline, c.Span) // rows of columns are not in the order of the text
	s.cells(in, cells, c.as)
	s.fill(in, strings.Repeat(" ", right))
}

// decoration returns cells that show no text.
func decoration(text string) []cell {
	cells := glyphs(nil, text, 0, 0)
	for i := range cells {
		cells[i].off, cells[i].n = -1, 0
	}
	return cells
}

// recordTree returns the tree of a table as records.
func (s *drawing) recordTree() ast.Node {
	root := ast.NewDocument()
	s.depth = 0
	s.records(root)
	return root
}

// records adds each row as a record: a line for each cell, after the name of its column. The head
// itself names the columns of the first record; so all of the text is there once.
func (s *drawing) records(in ast.Node) {
	p := ast.NewParagraph()
	heads := s.heads()
	names := []articles.Span(nil)
	if len(heads) > 0 {
		names = cellsOf(s.doc.Blocks[heads[len(heads)-1]])
	}
	labels := s.labelWidth(names)
	own := false // the head of the record to come is in this group
	for i := int(s.first); i < int(s.last); i++ {
		b := &s.doc.Blocks[i]
		if at := slices.Index(heads, i); at >= 0 {
			if own = at == len(heads)-1 && i+1 < int(s.last); !own {
				s.record(p, b, nil, 0, false)
			}
			continue
		}
		if p.HasChildren() {
			s.fill(p, "\n")
		}
		s.record(p, b, names, labels, own)
		own = false
	}
	in.AppendChild(in, p)
}

// heads returns the blocks of the head of the table.
func (s *drawing) heads() []int {
	var heads []int
	for i := s.tableStart(int(s.first)); i < len(s.doc.Blocks) && s.doc.Blocks[i].Head; i++ {
		heads = append(heads, i)
	}
	return heads
}

// labelWidth returns how wide a column of names is, with a colon; 0 if they have lines of their own.
func (s *drawing) labelWidth(names []articles.Span) int {
	if s.column() < recordMin {
		return 0
	}
	widest := 0
	for _, n := range names {
		for _, r := range s.cellRows(n, 1<<30) {
			widest = max(widest, width(r.cells)+1)
		}
	}
	return min(widest, max(labelMin, int(float64(s.column())*labelMost)))
}

// record adds the cells of a row, one below the other, after their names; own says that these
// are the text itself and not a repetition.
func (s *drawing) record(in ast.Node, b *articles.Block, names []articles.Span, labels int, own bool) {
	spans := cellsOf(*b)
	for i := range max(len(spans), len(names)) {
		var name, value column
		if i < len(names) {
			name = s.label(names[i], labels, own)
		}
		if i < len(spans) {
			value.Span = s.cut(spans[i])
		}
		if value.Empty() && (!own || len(name.rows) == 0) {
			continue
		}
		if value.as = 0; i == 0 || b.Head {
			value.as = strong
		}
		switch {
		case labels > 0:
			value.rows = s.cellRows(value.Span, s.column()-labels-labelIndent)
			s.columns(in, []column{name, value}, strings.Repeat(" ", labelIndent))
		case len(name.rows) > 0:
			s.columns(in, []column{name}, "")
			value.rows = s.cellRows(value.Span, s.column()-labelIndent)
			s.columns(in, []column{{width: labelIndent}, value}, "")
		default:
			value.rows = s.cellRows(value.Span, s.column())
			s.columns(in, []column{value}, "")
		}
	}
}

// label returns the name of a column with a colon.
func (s *drawing) label(span articles.Span, labels int, own bool) column {
	w := labels
	if w == 0 {
		w = s.column()
	}
	c := column{Span: span, width: labels}
	if own {
		c.Span, c.as = s.cut(span), strong
	}
	c.rows = s.cellRows(c.Span, w-1)
	for i := range c.rows {
		r := &c.rows[i]
		for k := range r.cells {
			if !own {
				r.cells[k].off, r.cells[k].n = -1, 0
			}
		}
	}
	if n := len(c.rows); n > 0 {
		c.rows[n-1].cells = append(c.rows[n-1].cells, decoration(":")...)
	}
	return c
}
