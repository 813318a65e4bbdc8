// Package builder builds an article while an importer reads its source: the text, and the blocks
// and inlines on it, kept consistent. It does once what every importer of marked-up sources needs:
// the words of a block are cleaned when they are complete, since entities and dropped markup can
// join what was harmless apart; white space at their ends is removed; blocks are separated by an
// empty line, items of a list and rows of a table by a line end; a block of many kilobytes becomes
// several.
package builder

import (
	"cmp"
	"slices"
	"strings"

	"byline/articles"
	"byline/articles/clean"
)

// A Builder is an article under construction. Done sets the Text, Blocks and Inline of the article
// it started from.
type Builder struct {
	article *articles.Article
	text    strings.Builder
	waiting []articles.Picture // without words, of the block or the table under way
	beside  map[string]string  // paths of pictures, by their addresses
}

// New returns a builder of a, with space for about size bytes of text.
func New(a *articles.Article, size int) *Builder {
	b := &Builder{article: a}
	b.text.Grow(size)
	return b
}

// Len returns the length of the text so far, in bytes.
func (b *Builder) Len() int { return b.text.Len() }

// Done returns the article as written so far.
func (b *Builder) Done() *articles.Article {
	b.place()
	b.article.Text = b.text.String()
	return b.article
}

// Add appends w as the block bl, whose span and cells it sets, and reports whether there was
// anything but white space to append.
func (b *Builder) Add(w *Words, bl articles.Block) bool {
	b.place()
	b.waiting = w.pictures
	s, ins := w.finish()
	if s == "" {
		return false
	}
	sep := "\n\n"
	if bl.Kind == articles.Item && b.last() == articles.Item {
		sep = "\n"
	}
	b.write(s, ins, articles.Block{Kind: bl.Kind, Level: bl.Level, Quote: bl.Quote, Marker: bl.Marker, Variant: bl.Variant}, sep)
	return true
}

// Code appends s, whose white space is kept, as a block of code.
func (b *Builder) Code(s string, bl articles.Block) {
	b.place()
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
	bl.Kind = articles.Code
	b.write(s, nil, bl, "\n\n")
}

// Rule appends a thematic break.
func (b *Builder) Rule(quote int) {
	b.place()
	b.part("\n\n")
	at := articles.Span{Start: b.Len(), End: b.Len()}
	b.article.Blocks = append(b.article.Blocks, articles.Block{Span: at, Kind: articles.Rule, Quote: quote})
}

// Row appends a row of a table, with two blanks between cells; first says that it is the first row
// of its table. It reports whether the row contained anything but white space.
func (b *Builder) Row(cells []*Words, bl articles.Block, first bool) bool {
	var line strings.Builder
	var ins []articles.Inline
	bl.Kind, bl.Cells = articles.Row, nil
	if first {
		b.place()
	}
	for _, c := range cells {
		b.waiting = append(b.waiting, c.pictures...)
		s, in := c.finish()
		if line.Len() > 0 {
			line.WriteString("  ")
		}
		at := line.Len()
		line.WriteString(strings.ReplaceAll(s, "\n", " "))
		bl.Cells = append(bl.Cells, articles.Span{Start: at, End: line.Len()})
		for _, i := range in {
			i.Span = i.Span.Shift(at)
			ins = append(ins, i)
		}
	}
	if strings.TrimSpace(line.String()) == "" {
		return false
	}
	b.part("\n")
	if first {
		b.part("\n")
	}
	at := b.Len()
	for i := range bl.Cells {
		bl.Cells[i] = bl.Cells[i].Shift(at)
	}
	for i := range ins {
		ins[i].Span = ins[i].Shift(at)
	}
	b.text.WriteString(line.String())
	bl.Span = articles.Span{Start: at, End: b.Len()}
	b.article.Blocks = append(b.article.Blocks, bl)
	b.addInlines(ins, bl.Span)
	return true
}

// mostPictures is how many pictures of an article are kept.
const mostPictures = 2000

// place puts the pictures that wait behind the text so far: no block is cut by one, and no table.
func (b *Builder) place() {
	for _, p := range b.waiting {
		p.Span = articles.Span{Start: b.Len(), End: b.Len()}
		b.addPicture(p)
	}
	b.waiting = nil
}

// Beside notes the path relative to the source at which a copy of the picture at an address may be.
func (b *Builder) Beside(address, path string) {
	if b.beside == nil {
		b.beside = map[string]string{}
	}
	b.beside[clean.Address(address)] = clean.Address(path)
}

func (b *Builder) addPicture(p articles.Picture) {
	p.Beside = b.beside[p.Address]
	if len(b.article.Pictures) < mostPictures {
		b.article.Pictures = append(b.article.Pictures, p)
	}
}

// last returns the kind of the last block.
func (b *Builder) last() articles.BlockKind {
	if n := len(b.article.Blocks); n > 0 {
		return b.article.Blocks[n-1].Kind
	}
	return articles.Paragraph
}

// part writes the separator between the text so far and what follows.
func (b *Builder) part(sep string) {
	if b.Len() > 0 {
		b.text.WriteString(sep)
	}
}

// write appends s as the block bl, or as several blocks.
func (b *Builder) write(s string, ins []articles.Inline, bl articles.Block, sep string) {
	b.part(sep)
	at := b.Len()
	b.text.WriteString(s)
	for _, piece := range Pieces(s, articles.Span{End: len(s)}) {
		bl.Span = piece.Shift(at)
		b.article.Blocks = append(b.article.Blocks, bl)
		var inside []articles.Inline
		for _, in := range ins {
			if in.Span = in.Span.Shift(at); in.Overlaps(bl.Span) {
				inside = append(inside, in)
			}
		}
		b.addInlines(inside, bl.Span)
		bl.Marker = ""
	}
}

// addInlines appends the inlines of one block to the article, cut to the block.
func (b *Builder) addInlines(ins []articles.Inline, block articles.Span) {
	first := len(b.article.Inline)
	for _, in := range ins {
		in.Start, in.End = max(in.Start, block.Start), min(in.End, block.End)
		if !in.Empty() {
			b.article.Inline = append(b.article.Inline, in)
		}
	}
	slices.SortStableFunc(b.article.Inline[first:], func(x, y articles.Inline) int {
		return cmp.Or(x.Compare(y.Span), cmp.Compare(x.Kind, y.Kind))
	})
	for i := range b.article.Inline[first:] {
		if in := &b.article.Inline[first+i]; in.Kind == articles.Image {
			b.addPicture(articles.Picture{Span: in.Span, Address: clean.Address(in.Target)})
			in.Target = clean.Target(in.Target)
		}
	}
}
