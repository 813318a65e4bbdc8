package textview

import (
	"sort"

	"byline/articles"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

const (
	columnPad = 3 // blanks around the text of a column and the line next to it
	columnMin = 7 // with narrower columns there is no table
)

// tableCells returns the cells of a row's table cell on one line.
func (s *drawing) tableCells(span articles.Span) []cell {
	span.Start, span.End = max(span.Start, s.Start), min(span.End, s.End)
	if span.Empty() {
		return nil
	}
	cells := trim(glyphs(nil, span.In(s.doc.Text), span.Start, s.method))
	for len(cells) > 0 && cells[0].blank() {
		cells = cells[1:]
	}
	return cells
}

// table adds the rows of the group as a table, no wider than it needs to be.
func (s *drawing) table(in ast.Node) {
	var widths []int
	t := extast.NewTable()
	s.blocks(func(b articles.Block) {
		for i, span := range cellsOf(b) {
			if i == len(widths) {
				widths = append(widths, 1)
				t.Alignments = append(t.Alignments, alignment(b.Variant, i))
			}
			widths[i] = max(widths[i], width(s.tableCells(span)))
		}
	})
	natural := len(widths)*columnPad - 1
	for _, w := range widths {
		natural += w
	}
	if natural > s.column && (s.column+1)/max(1, len(widths))-columnPad < columnMin {
		in.AppendChild(in, s.stackRows())
		return
	}
	s.wrap = min(natural, s.column)
	s.blocks(func(b articles.Block) { t.AppendChild(t, s.tableRow(b, t)) })
	in.AppendChild(in, t)
}

// cellsOf returns the cells of a row; a row without cells is one.
func cellsOf(b articles.Block) []articles.Span {
	if len(b.Cells) == 0 {
		return []articles.Span{b.Span}
	}
	return b.Cells
}

func (s *drawing) tableRow(b articles.Block, t *extast.Table) ast.Node {
	row := extast.NewTableRow(t.Alignments)
	var n ast.Node = row
	var as kinds
	if b.Head && t.FirstChild() == nil {
		n = extast.NewTableHeader(row)
	}
	if b.Head {
		as = strong
	}
	spans := cellsOf(b)
	for i := range t.Alignments {
		c := extast.NewTableCell()
		if i < len(spans) {
			s.cells(c, s.tableCells(spans[i]), as)
		}
		n.AppendChild(n, c)
	}
	return n
}

// alignment reads a row's Variant: one of l, c, r for each column.
func alignment(variant string, i int) extast.Alignment {
	if i >= len(variant) {
		return extast.AlignNone
	}
	switch variant[i] {
	case 'l':
		return extast.AlignLeft
	case 'c':
		return extast.AlignCenter
	case 'r':
		return extast.AlignRight
	}
	return extast.AlignNone
}

// stackedTree returns the tree of a table that is too wide for columns.
func (s *drawing) stackedTree() ast.Node {
	root := ast.NewDocument()
	s.depth, s.column = 0, s.measure
	root.AppendChild(root, s.stackRows())
	return root
}

// stackRows returns the rows of the group as paragraphs: the first cell strong, each
// other on a line of its own below it.
func (s *drawing) stackRows() ast.Node {
	s.wrap = 0
	all := ast.NewTextBlock()
	s.blocks(func(b articles.Block) {
		l := rowFormat{as: strong, hang: "  "}
		if all.HasChildren() {
			l.first = "\n\n"
		}
		if b.Head && s.headLine(all, b, l) {
			return
		}
		for _, span := range cellsOf(b) {
			cells := s.tableCells(span)
			if len(cells) == 0 {
				continue
			}
			from, to := cells[0].off, cells[len(cells)-1]
			s.lines(all, s.breakRows(articles.Span{Start: from, End: to.off + int(to.n)}, s.column-len(l.hang)), l)
			l = rowFormat{first: "\n  ", hang: "  "}
		}
	})
	p := ast.NewParagraph()
	for n := all.FirstChild(); n != nil; n = all.FirstChild() {
		p.AppendChild(p, n)
	}
	return p
}

// headLine adds the head of a stacked table as one line, if it fits.
func (s *drawing) headLine(in ast.Node, b articles.Block, l rowFormat) bool {
	var heads [][]cell
	all := -columnPad
	for _, span := range cellsOf(b) {
		if cells := s.tableCells(span); len(cells) > 0 {
			heads = append(heads, cells)
			all += width(cells) + columnPad
		}
	}
	if all > s.column || all < 0 {
		return false
	}
	for _, cells := range heads {
		if l.first != "" {
			s.fill(in, l.first)
		}
		s.cells(in, cells, l.as)
		l.first = " · "
	}
	return true
}

// spaceRecords returns the rows of a table with a row of lines only between its records, if one
// of them has more than a row.
func (s *drawing) spaceRecords(rows []row) []row {
	out := make([]row, 0, 2*len(rows))
	last, tall := -1, false
	for _, r := range rows {
		record := s.record(r)
		if record >= 0 && record == last {
			tall = true
		}
		if record > last && last >= 0 && s.record(out[len(out)-1]) >= 0 {
			out = append(out, ruleRow(out[len(out)-1], r.Start))
		}
		if record >= 0 {
			last = record
		}
		out = append(out, r)
	}
	if !tall {
		return rows
	}
	return out
}

// record returns the index of the block that a row shows, −1 for none.
func (s *drawing) record(r row) int {
	if r.Empty() {
		return -1
	}
	blocks := s.doc.Blocks[s.first:s.last]
	return sort.Search(len(blocks), func(i int) bool { return blocks[i].Start > r.Start }) - 1
}

// ruleRow returns a row with only the lines of r between columns.
func ruleRow(r row, at int) row {
	var cells []cell
	for _, c := range r.cells {
		if c.off < 0 && !c.blank() {
			cells = append(cells, c)
			continue
		}
		for range c.width {
			cells = append(cells, cell{off: -1, glyph: " ", width: 1})
		}
	}
	return newRow(trim(cells), at)
}

// longWord is the length in bytes from which a word may be broken in a table.
const longWord = 18

// tearsWord reports whether a column is so narrow that a row starts inside a word.
func (s *drawing) tearsWord(r *rendering) bool {
	for _, w := range r.rows {
		for i := range w.cells {
			off := w.cells[i].off
			if off > s.Start && (i == 0 || w.cells[i-1].off != off-1) && s.insideWord(off) {
				return true
			}
		}
	}
	return false
}

// insideWord reports whether byte off is inside a word that is not long.
func (s *drawing) insideWord(off int) bool {
	letter := func(i int) bool {
		c := s.doc.Text[i] | 0x20
		return 'a' <= c && c <= 'z'
	}
	from, to := off, off
	for from > s.Start && letter(from-1) {
		from--
	}
	for to < s.End && letter(to) {
		to++
	}
	return from < off && off < to && to-from < longWord
}
