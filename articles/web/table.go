package web

import (
	"strings"

	"golang.org/x/net/html"

	"byline/articles"
	"byline/articles/builder"
	"byline/articles/web/dom"
)

// mostCell is the most text, in bytes, of a cell of data.
const mostCell = 1000

// table reads a table of data. A table used for layout, with blocks in its cells, is not one; then
// it returns false.
func (b *blockReader) table(n *html.Node, f blockContext) bool {
	var rows, captions []*html.Node
	cells := 0
	for c := range n.Descendants() {
		if c.Type != html.ElementNode {
			continue
		}
		switch c.Data {
		case "tr":
			rows = append(rows, c)
		case "caption":
			captions = append(captions, c)
		case "td", "th":
			if cells++; len(dom.Text(c)) > mostCell {
				return false
			}
		case "table", "h1", "h2", "h3", "ul", "ol", "blockquote", "pre":
			return false
		}
	}
	if cells <= len(rows) || len(rows) == 1 { // one column or row
		return false
	}
	for _, c := range captions {
		b.element(c, f)
	}
	first := true
	for _, r := range rows {
		if b.row(r, f, first) {
			first = false
		}
	}
	return true
}

func (b *blockReader) row(r *html.Node, f blockContext, first bool) bool {
	bl := articles.Block{Quote: f.quote, Head: true}
	inHead := r.Parent != nil && r.Parent.Data == "thead"
	var cells []*builder.Words
	var align strings.Builder
	for c := r.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || c.Data != "td" && c.Data != "th" || dom.IsHidden(c) {
			continue
		}
		bl.Head = bl.Head && (inHead || c.Data == "th")
		align.WriteByte(alignment(c))
		cells = append(cells, b.cell(c, f))
	}
	bl.Variant = align.String()
	return b.out.Row(cells, bl, first)
}

// cell returns the words of one cell, with blanks between blocks.
func (b *blockReader) cell(c *html.Node, f blockContext) *builder.Words {
	b.run = &blockText{}
	b.parts(c, f)
	w := &b.run.Words
	b.run = &blockText{}
	return w
}

// parts reads the contents of a cell as if they were inline.
func (b *blockReader) parts(n *html.Node, f blockContext) {
	if f.depth++; f.depth > maxDepth {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		isBlock := c.Type == html.ElementNode && !dom.IsInline(c.Data) && !dom.IsSilent(c.Data) && !dom.IsHidden(c)
		switch {
		case isBlock:
			b.run.blank = true
			b.parts(c, f)
			b.run.blank = true
		default:
			b.node(c, f)
		}
	}
}

// alignment returns the alignment of a cell: l, c or r.
func alignment(c *html.Node) byte {
	set := dom.Attr(c, "align") + " " + strings.ReplaceAll(dom.Attr(c, "style"), " ", "")
	switch set = strings.ToLower(set); {
	case strings.HasPrefix(set, "right"), strings.Contains(set, "text-align:right"), strings.Contains(set, "text-align:end"):
		return 'r'
	case strings.HasPrefix(set, "center"), strings.Contains(set, "text-align:center"):
		return 'c'
	}
	return 'l'
}
