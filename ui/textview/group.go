package textview

import (
	"strings"
	"unicode/utf8"

	"byline/articles"
)

// A Doc is what a View draws. The View keeps its slices; they must not change. A
// line end within a block is a line break.
type Doc struct {
	Text   string
	Blocks []articles.Block
	Inline []articles.Inline
	Rich   bool // draw blocks and inlines through Glamour; else Text alone, line for line

	Pictures []Picture
}

// Sizes of groups: large enough that few are on a screen, small enough that the first is drawn
// immediately.
const (
	plainBytes = 2 << 10 // of a group of plain lines, before its last line
	longBytes  = 8 << 10 // of a paragraph; longer ones are cut at a blank
	joinBytes  = 4 << 10 // of blocks that are drawn together
	listItems  = 40
	listMost   = 120 // items, if no item of the first level comes before
	tableCells = 240 // cells of a table
)

// deepest is how many levels of lists or quotes are drawn. Glamour copies the text once for each
// list.
const deepest = 8

// A shape is how a group is laid out.
type shape uint8

const (
	plain shape = iota // lines as they are
	prose              // one heading, paragraph or caption, or several paragraphs of a block quote
	items
	grid
	code
	rule
	plate // a picture, or the line that stands for it; first is its index
)

// A group is a part of the document that is rendered at once.
type group struct {
	articles.Span
	first int32 // blocks [first, last); a block may reach out of the span
	last  int32
	shape shape
	quote uint8 // depth of block quotes
	gap   bool  // a blank row comes before it
	bars  uint8 // a row with so many bars comes before it, as a block quote follows another
}

// cut cuts a document into groups, in order, that cover all its letters.
func cut(d *Doc) []group {
	if !d.Rich {
		return cutPlain(nil, d.Text, articles.Span{End: len(strings.TrimRight(d.Text, "\n"))})
	}
	c := cutter{doc: d}
	for i := range d.Blocks {
		c.block(i)
	}
	c.addLoose(len(d.Text))
	c.addPlates(articles.Span{Start: len(d.Text), End: len(d.Text) + 1}, c.at)
	return c.groups
}

// cutPlain appends groups of whole lines of s.
func cutPlain(gs []group, text string, s articles.Span) []group {
	for at := s.Start; at < s.End; {
		end := min(at+plainBytes, s.End)
		if i := strings.IndexByte(text[end:min(at+longBytes, s.End)], '\n'); i >= 0 {
			end += i
		} else if s.End-at > longBytes {
			end = at + blankBefore(text[at:at+longBytes])
		} else {
			end = s.End
		}
		gs = append(gs, group{Span: articles.Span{Start: at, End: end}})
		at = end
		if at < s.End && text[at] == '\n' {
			at++
			if at == s.End { // an empty last line
				gs = append(gs, group{Span: articles.Span{Start: at, End: at}})
			}
		}
	}
	return gs
}

// blankBefore returns where to cut a text that continues: after its last line end or blank, else
// before its last rune.
func blankBefore(s string) int {
	if i := strings.LastIndexAny(s, "\n "); i > 0 {
		return i + 1
	}
	n := len(s)
	for n > 1 && !utf8.RuneStart(s[n-1]) {
		n--
	}
	return max(1, n-1)
}

// A cutter gathers blocks into groups.
type cutter struct {
	doc    *Doc
	groups []group
	at     int // the text before it is in groups
	shown  int // pictures that have been added or need no group
	count  int // blocks of the list or table under way
}

// block adds block i, and before it any text that no block covers.
func (c *cutter) block(i int) {
	b := &c.doc.Blocks[i]
	if b.Start < c.at || b.End < b.Start || b.End > len(c.doc.Text) {
		return // out of order: its text is drawn like what no block covers
	}
	before, groups := c.at, len(c.groups)
	if c.addLoose(b.Start); len(c.groups) > groups {
		before = b.Start
	}
	plates := c.addPlates(b.Span, before)
	c.at = b.End
	g := group{Span: b.Span, shape: shapeOf(b), first: int32(i), last: int32(i + 1), quote: uint8(max(0, min(b.Quote, deepest))), gap: len(c.groups) > 0}
	if c.join(g, b) {
		return
	}
	if plates {
		g.gap = false // the words of the picture, below it
	}
	if n := len(c.groups); n > 0 {
		if g.bars = min(g.quote, c.groups[n-1].quote); g.bars > 0 {
			g.gap = false
		}
	}
	if b.Kind == articles.Item && b.Marker == "" && i > 0 && c.doc.Blocks[i-1].Kind == articles.Paragraph {
		g.gap = false // what a word means, below the word
	}
	c.count = 1
	c.add(g)
}

// shapeOf returns the shape that a block asks for.
func shapeOf(b *articles.Block) shape {
	switch b.Kind {
	case articles.Item:
		return items
	case articles.Row:
		return grid
	case articles.Code:
		return code
	case articles.Rule:
		return rule
	}
	return prose
}

// join adds g to the group before it, or starts a group without a gap, if the two belong together.
func (c *cutter) join(g group, b *articles.Block) bool {
	if len(c.groups) == 0 {
		return false
	}
	p := &c.groups[len(c.groups)-1]
	if p.shape != g.shape || p.quote != g.quote || p.last != g.first || !c.onePiece(p, g, b) {
		return false
	}
	if c.isFull(p.Len()+g.Len(), g, b) {
		g.gap = false
		c.count = 1
		c.add(g)
		return true
	}
	p.End, p.last = max(p.End, g.End), g.last
	c.count += max(1, len(b.Cells))
	return true
}

// onePiece reports whether block b, which is g, continues group p, which has its shape.
func (c *cutter) onePiece(p *group, g group, b *articles.Block) bool {
	switch g.shape {
	case items:
		return true
	case grid:
		return !b.Head || c.doc.Blocks[p.last-1].Head // else another table
	case prose:
		return g.quote > 0 && p.Len()+g.Len() <= joinBytes &&
			b.Kind == articles.Paragraph && c.doc.Blocks[p.first].Kind == articles.Paragraph
	}
	return false
}

// isFull reports whether a group of size bytes with g at its end is too much to be
// rendered at once.
func (c *cutter) isFull(size int, g group, b *articles.Block) bool {
	switch g.shape {
	case items:
		first := b.Level <= 1 && b.Marker != "" // a good place to cut
		return (size > joinBytes || c.count >= listItems) && first || size > longBytes || c.count >= listMost
	case grid:
		return size > joinBytes || c.count >= tableCells
	}
	return false
}

// addLoose adds the text up to end that no block covers as plain lines.
func (c *cutter) addLoose(end int) {
	rest := c.doc.Text[c.at:end]
	if s := strings.TrimSpace(rest); s != "" {
		start := c.at + strings.Index(rest, s)
		n := len(c.groups)
		c.groups = cutPlain(c.groups, c.doc.Text, articles.Span{Start: start, End: start + len(s)})
		c.groups[n].gap = n > 0
	}
	c.at = end
}

// add adds a group, split if it is too long.
func (c *cutter) add(g group) {
	for g.Len() > longBytes {
		head := g
		head.End = g.Start + blankBefore(c.doc.Text[g.Start:g.Start+longBytes])
		c.groups = append(c.groups, head)
		g.Start, g.gap, g.bars = head.End, false, 0
	}
	c.groups = append(c.groups, g)
}

// addPlates adds a group for each picture that stands before block or in it and has no words, or is drawn; at is
// the end of the text before. It reports whether the last of them is drawn and has its words in the block.
func (c *cutter) addPlates(block articles.Span, at int) (captioned bool) {
	for ; c.shown < len(c.doc.Pictures); c.shown++ {
		p := &c.doc.Pictures[c.shown]
		if p.Start >= block.End || p.Empty() && p.Start > block.Start {
			break
		}
		drawn := p.Plate != nil
		if !p.Empty() && !drawn {
			continue
		}
		i := int32(c.shown)
		c.groups = append(c.groups, group{Span: articles.Span{Start: at, End: at}, shape: plate, first: i, last: i, gap: len(c.groups) > 0})
		captioned = !p.Empty()
	}
	return captioned
}
