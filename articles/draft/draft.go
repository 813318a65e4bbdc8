// Package draft holds an article while an importer writes it: its text, and the
// blocks and inlines on it, kept in step. What every importer of marked-up sources
// has to see to is done here once: the words of a block are cleaned when they are
// complete, since entities and dropped markup can bring together what was harmless
// apart; blanks at their ends go; blocks are parted by an empty line, items of a list
// and rows of a table by a line end; a block of many kilobytes becomes several.
package draft

import (
	"cmp"
	"slices"
	"strings"

	"byline/articles"
)

// A Draft is an article that is being written. Text, Blocks and Inline of what it
// began as are set by Done.
type Draft struct {
	article *articles.Article
	text    strings.Builder
}

// New returns a draft of a, for which about size bytes of text are expected.
func New(a *articles.Article, size int) *Draft {
	d := &Draft{article: a}
	d.text.Grow(size)
	return d
}

// Len returns the length of the text so far, in bytes.
func (d *Draft) Len() int { return d.text.Len() }

// Done returns the article as it is written so far.
func (d *Draft) Done() *articles.Article {
	d.article.Text = d.text.String()
	return d.article
}

// Add appends w as the block that b says, whose span and cells are yet to be set, and
// reports whether there was anything but blanks to append.
func (d *Draft) Add(w *Words, b articles.Block) bool {
	s, ins := w.finished()
	if s == "" {
		return false
	}
	sep := "\n\n"
	if b.Kind == articles.Item && d.last() == articles.Item {
		sep = "\n"
	}
	d.write(s, ins, articles.Block{Kind: b.Kind, Level: b.Level, Quote: b.Quote, Marker: b.Marker, Variant: b.Variant}, sep)
	return true
}

// Code appends s, whose blanks count, as a block of code.
func (d *Draft) Code(s string, b articles.Block) {
	w := &Words{}
	w.WriteString(s)
	s, _ = w.clean()
	s = strings.TrimRight(s, " \n")
	for line, rest, ok := strings.Cut(s, "\n"); ok && strings.TrimSpace(line) == ""; line, rest, ok = strings.Cut(s, "\n") {
		s = rest
	}
	if strings.TrimSpace(s) == "" {
		return
	}
	b.Kind = articles.Code
	d.write(s, nil, b, "\n\n")
}

// Rule appends a thematic break.
func (d *Draft) Rule(quote int) {
	d.part("\n\n")
	at := articles.Span{Start: d.Len(), End: d.Len()}
	d.article.Blocks = append(d.article.Blocks, articles.Block{Span: at, Kind: articles.Rule, Quote: quote})
}

// Row appends a row of a table, its cells parted by two blanks; first says that it is
// the first row of its table. It reports whether the row held anything but blanks.
func (d *Draft) Row(cells []*Words, b articles.Block, first bool) bool {
	var line strings.Builder
	var ins []articles.Inline
	b.Kind, b.Cells = articles.Row, nil
	for _, c := range cells {
		s, in := c.finished()
		if line.Len() > 0 {
			line.WriteString("  ")
		}
		at := line.Len()
		line.WriteString(strings.ReplaceAll(s, "\n", " "))
		b.Cells = append(b.Cells, articles.Span{Start: at, End: line.Len()})
		for _, i := range in {
			i.Span = i.Span.Shift(at)
			ins = append(ins, i)
		}
	}
	if strings.TrimSpace(line.String()) == "" {
		return false
	}
	d.part("\n")
	if first {
		d.part("\n")
	}
	at := d.Len()
	for i := range b.Cells {
		b.Cells[i] = b.Cells[i].Shift(at)
	}
	for i := range ins {
		ins[i].Span = ins[i].Shift(at)
	}
	d.text.WriteString(line.String())
	b.Span = articles.Span{Start: at, End: d.Len()}
	d.article.Blocks = append(d.article.Blocks, b)
	d.keep(ins, b.Span)
	return true
}

// last returns the kind of the last block.
func (d *Draft) last() articles.BlockKind {
	if n := len(d.article.Blocks); n > 0 {
		return d.article.Blocks[n-1].Kind
	}
	return articles.Paragraph
}

// part parts what comes from the text before it.
func (d *Draft) part(sep string) {
	if d.Len() > 0 {
		d.text.WriteString(sep)
	}
}

// write appends s as the block b, or as several.
func (d *Draft) write(s string, ins []articles.Inline, b articles.Block, sep string) {
	d.part(sep)
	at := d.Len()
	d.text.WriteString(s)
	for _, piece := range Pieces(s, articles.Span{End: len(s)}) {
		b.Span = piece.Shift(at)
		d.article.Blocks = append(d.article.Blocks, b)
		var inside []articles.Inline
		for _, in := range ins {
			if in.Span = in.Span.Shift(at); in.Overlaps(b.Span) {
				inside = append(inside, in)
			}
		}
		d.keep(inside, b.Span)
		b.Marker = ""
	}
}

// keep appends the inlines of one block to the article, cut to the block.
func (d *Draft) keep(ins []articles.Inline, block articles.Span) {
	first := len(d.article.Inline)
	for _, in := range ins {
		in.Start, in.End = max(in.Start, block.Start), min(in.End, block.End)
		if !in.Empty() {
			d.article.Inline = append(d.article.Inline, in)
		}
	}
	slices.SortStableFunc(d.article.Inline[first:], func(x, y articles.Inline) int {
		return cmp.Or(x.Compare(y.Span), cmp.Compare(x.Kind, y.Kind))
	})
}
