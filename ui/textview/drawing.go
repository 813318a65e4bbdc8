package textview

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"byline/articles"
	"byline/ui/textview/syntax"

	"charm.land/glamour/v2/ansi"
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A cellRun is cells of a row in one style: units [next, end) of a drawing. Those before
// next have been found in the output of Glamour.
type cellRun struct{ next, end int }

// A drawing is a group drawn by Glamour: the syntax tree goes in, and the cells are found again in
// the output.
type drawing struct {
	job
	group
	depth  int // of block quotes, as far as the width allows
	styles styler
	source []byte  // what the nodes of the tree point into
	units  []cell  // all cells of text
	kinds  []style // of each unit
	runs   []cellRun
}

func newDrawing(j job, g group) *drawing {
	s := &drawing{job: j, group: g}
	s.depth = max(0, min(int(g.quote), (j.measure-minColumn-8)/barWidth))
	s.styles = newStyler(j.doc.Inline, g.Span)
	return s
}

// column returns how many cells are between the bars of the quotes and the right edge.
func (s *drawing) column() int { return s.measure - s.depth*barWidth }

// blocks calls f with the blocks of the group, cut to its span.
func (s *drawing) blocks(f func(b articles.Block)) {
	for _, b := range s.doc.Blocks[s.first:s.last] {
		b.Start, b.End = max(b.Start, s.Start), min(b.End, s.End)
		if b.Start <= b.End {
			f(b)
		}
	}
}

// body returns the syntax tree of the group.
func (s *drawing) body() ast.Node {
	root := ast.NewDocument()
	var in ast.Node = root
	if s.glamourBars() > 0 {
		in = ast.NewBlockquote()
		root.AppendChild(root, in)
	}
	switch s.shape {
	case items:
		(&lister{drawing: s, root: in}).build()
	case grid:
		s.table(in)
	case code:
		s.code(in)
	case rule:
		in.AppendChild(in, ast.NewThematicBreak())
	default:
		s.blocks(func(b articles.Block) { s.prose(in, b) })
	}
	return root
}

// glamourBars returns how many of the bars of quotes Glamour draws; the others are added later, as
// are those of tables, which Glamour leaves out of the width.
func (s *drawing) glamourBars() int {
	if s.shape == grid {
		return 0
	}
	return min(1, s.depth)
}

// prose adds a heading or paragraph.
func (s *drawing) prose(in ast.Node, b articles.Block) {
	var n ast.Node = ast.NewParagraph()
	var as kinds
	switch b.Kind {
	case articles.Heading:
		n, as = headingOf(b.Level)
	case articles.Caption:
		as = emphasis | caption
	}
	rows := s.breakRows(b.Span, s.column())
	s.lines(n, rows, rowFormat{as: as})
	if line := headingLine(b); line != "" && b.End <= s.End {
		widest := 0
		for _, r := range rows {
			widest = max(widest, width(r.cells))
		}
		s.fill(n, "\n"+strings.Repeat(line, widest))
	}
	in.AppendChild(in, n)
}

// headingOf returns the node of a heading and its style, so that levels differ without colours:
// with a heavy line, with a fine one, bold, bold and slanted, slanted.
func headingOf(level int) (ast.Node, kinds) {
	switch {
	case level <= 3:
		return ast.NewHeading(max(1, level)), strong
	case level == 4:
		return ast.NewHeading(level), strong | emphasis
	case level == 5:
		return ast.NewParagraph(), emphasis
	}
	return ast.NewParagraph(), emphasis | caption
}

// headingLine returns what the line below a heading is made of; nothing for other blocks.
func headingLine(b articles.Block) string {
	switch {
	case b.Kind != articles.Heading:
		return ""
	case b.Level <= 1:
		return "━"
	case b.Level == 2:
		return "─"
	}
	return ""
}

// breakRows returns the rows of a span.
func (s *drawing) breakRows(span articles.Span, width int) []row {
	b := breaker{text: s.doc.Text, width: max(minColumn, width), method: s.method, edges: s.edges(span)}
	return b.spans(span)
}

// A rowFormat says how to add rows to a node.
type rowFormat struct {
	as    kinds  // style of all, besides that of the inline spans
	first string // before the first row
	hang  string // before every other row
}

// lines adds rows to a node.
func (s *drawing) lines(n ast.Node, rows []row, l rowFormat) {
	if l.first != "" {
		s.fill(n, l.first)
	}
	for i, r := range rows {
		if i > 0 {
			s.fill(n, "\n"+l.hang)
		}
		s.cells(n, r.cells, l.as)
	}
}

// fill adds text that is not part of the article.
func (s *drawing) fill(n ast.Node, t string) {
	at := len(s.source)
	s.source = append(s.source, t...)
	n.AppendChild(n, ast.NewTextSegment(text.NewSegment(at, len(s.source))))
}

// cells adds cells of the text, run by run.
func (s *drawing) cells(n ast.Node, cells []cell, as kinds) {
	for i := 0; i < len(cells); {
		k := s.styleOf(&cells[i])
		e := i + 1
		for e < len(cells) && s.styleOf(&cells[e]) == k {
			e++
		}
		k.kinds |= as
		s.run(n, cells[i:e], k)
		i = e
	}
}

// styleOf returns the style of a cell; decoration has none.
func (s *drawing) styleOf(c *cell) style {
	if c.off < 0 {
		return style{}
	}
	return s.styles.at(c.off)
}

// run adds cells of one style.
func (s *drawing) run(in ast.Node, cells []cell, k style) {
	wrap := func(n ast.Node) {
		in.AppendChild(in, n)
		in = n
	}
	if k.kinds&linked != 0 {
		l := ast.NewLink()
		l.Destination = []byte("#") // keeps Glamour from printing an address or making a link
		wrap(l)
	}
	if k.kinds&strong != 0 {
		wrap(ast.NewEmphasis(2))
	}
	if k.kinds&emphasis != 0 {
		wrap(ast.NewEmphasis(1))
	}
	switch {
	case k.kinds&mono != 0:
		wrap(ast.NewCodeSpan())
	case k.kinds&struck != 0:
		wrap(extast.NewStrikethrough())
	}
	in.AppendChild(in, ast.NewTextSegment(s.tag(cells, k)))
}

// tag writes cells as a hyperlink to the number of their run, and returns where.
func (s *drawing) tag(cells []cell, k style) text.Segment {
	at := len(s.source)
	s.source = append(s.source, "\x1b]8;;"...)
	s.source = strconv.AppendInt(s.source, int64(len(s.runs)), 10)
	s.source = append(s.source, 7)
	for i := range cells {
		s.source = append(s.source, placeholder(&cells[i])...)
		s.kinds = append(s.kinds, k)
	}
	s.source = append(s.source, "\x1b]8;;\x07"...)
	s.runs = append(s.runs, cellRun{len(s.units), len(s.units) + len(cells)})
	s.units = append(s.units, cells...)
	return text.NewSegment(at, len(s.source))
}

// placeholder returns what replaces a cell inside Glamour, with the same width: ASCII stays as it
// is, except characters that Glamour could read as an entity or an escape.
func placeholder(c *cell) string {
	switch {
	case c.width == 2:
		return "口"
	case len(c.glyph) > 1, c.glyph == "&", c.glyph == "\\":
		return "x"
	}
	return c.glyph
}

// code adds a block of code.
func (s *drawing) code(in ast.Node) {
	b := breaker{text: s.doc.Text, width: max(minColumn, s.column()-2*codeIndent), method: s.method, lines: true}
	n := ast.NewCodeBlock()
	parts := partReader{pieces: syntax.Pieces(s.In(s.doc.Text), s.doc.Blocks[s.first].Variant, patience), start: s.Start}
	for _, r := range b.spans(s.Span) {
		at := len(s.source)
		for i := 0; i < len(r.cells); {
			part := parts.at(r.cells[i].off)
			e := i + 1
			for e < len(r.cells) && parts.at(r.cells[e].off) == part {
				e++
			}
			s.tag(r.cells[i:e], style{part: part})
			i = e
		}
		s.source = append(s.source, '\n')
		n.Lines().Append(text.NewSegment(at, len(s.source)))
	}
	in.AppendChild(in, n)
}

// patience is how long a screen may wait for the parts of a block of code; without them it is
// plain.
const patience = 200 * time.Millisecond

// A partReader returns the part of bytes that are asked for in order.
type partReader struct {
	pieces []syntax.Piece
	start  int
}

func (r *partReader) at(off int) syntax.Part {
	for len(r.pieces) > 0 && r.start+r.pieces[0].End <= off {
		r.pieces = r.pieces[1:]
	}
	if len(r.pieces) == 0 {
		return syntax.Plain
	}
	return r.pieces[0].Part
}

// draw renders a tree with Glamour.
func (s *drawing) draw(root ast.Node) (string, error) {
	o := ansi.Options{
		Styles:           s.palette.withDefaults().config(s.column()),
		InlineTableLinks: true, PreserveNewLines: true,
	}
	r := renderer.NewRenderer(renderer.WithNodeRenderers(util.Prioritized(ansi.NewRenderer(o), 1000)))
	var b bytes.Buffer
	err := r.Render(&b, s.source, root)
	return b.String(), err
}
