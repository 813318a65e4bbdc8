// Package markdown imports Markdown: CommonMark with tables, task lists, strike-through
// and bare links as GitHub has them, definition lists and footnotes.
//
// The text that comes out is what a reader sees: no markup, entities resolved, soft
// line ends become blanks. Blocks are parted by an empty line, items of a list and
// rows of a table by a line end. Tags of raw HTML go, their text stays. Links keep
// http, https and mailto targets only. A footnote stays where it is, its number in
// brackets here and there.
//
// A source is parsed in pieces of up to 128 KB, cut where a paragraph at the left edge
// begins: a syntax tree of ten megabytes would take ten times that. What the whole
// source says of link references is given to every piece. Where no such place comes,
// the cut is made all the same, and what is open there is opened again after it. The
// pieces begin small, so that a first screen is there soon, and where they end depends
// on what comes before: so [Head] gives the very beginning of [Import].
package markdown

import (
	"bytes"
	"context"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"byline/articles"
	"byline/articles/builder"
	"byline/articles/clean"
)

// Import returns the article that src, UTF-8, holds. Title, author, date, publication
// and address are those of its front matter; without a title there, it is the first
// heading near the beginning, else the first words.
//
// The only error is that of ctx.
func Import(ctx context.Context, src []byte) (*articles.Article, error) {
	src = cleanSource(src)
	a := &articles.Article{Format: articles.Markdown}
	b := &blockReader{out: builder.New(a, len(src)), refs: references(src)}
	if _, err := b.pieces(ctx, readFrontMatter(src, a)); err != nil {
		return nil, err
	}
	return b.finish(), nil
}

// Head imports the beginning of src: at least limit bytes of text up to the next place
// where it can be cut, or all. Its text and blocks are those that the whole begins
// with. Open says that it asks for a link reference that src does not define: if src is
// itself only the beginning of a source, the whole may read otherwise.
func Head(ctx context.Context, src []byte, limit int) (a *articles.Article, open bool, err error) {
	refs := references(src)
	for window := 4*limit + 4*most; ; window *= 4 {
		part := cleanSource(src[:min(window, len(src))])
		a = &articles.Article{Format: articles.Markdown}
		b := &blockReader{out: builder.New(a, 2*limit), refs: refs, limit: limit, cutOff: window < len(src)}
		enough, err := b.pieces(ctx, readFrontMatter(part, a))
		if err != nil {
			return nil, false, err
		}
		if enough {
			return b.finish(), b.missed, nil
		}
	}
}

// The first piece of a source is of about first bytes, the next ones of twice as many
// each, up to most.
const (
	first = 16 << 10
	most  = 128 << 10
)

// pieces parses src piece by piece until it ends or the limit is reached, and reports
// whether it was; where src is cut off, what its end decides is left.
func (b *blockReader) pieces(ctx context.Context, src []byte) (bool, error) {
	carry := ""
	for size := first; len(src) > 0; size = min(2*size, most) {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		if b.cutOff && len(src) <= patience*size+utf8.UTFMax {
			return false, nil
		}
		n, next := cut(src, size, carry)
		b.add(carry, src[:n])
		src, carry = src[n:], next
		if b.limit > 0 && b.out.Len() >= b.limit {
			break
		}
	}
	return true, nil
}

// cleanSource returns raw as text whose tabs at the beginning of a line, which are indents
// here, are blanks up to the next of the columns that are multiples of four.
func cleanSource(raw []byte) []byte {
	if bytes.IndexByte(raw, '\t') >= 0 {
		raw = expand(raw)
	}
	return []byte(clean.Text(raw))
}

func expand(raw []byte) []byte {
	out := make([]byte, 0, len(raw)+len(raw)/16)
	column := 0 // −1 after the indent
	for _, c := range raw {
		switch {
		case c == '\n' || c == '\r':
			column = 0
		case c == '\t' && column >= 0:
			n := 4 - column%4
			out = append(out, "    "[:n]...)
			column += n
			continue
		case c == ' ' && column >= 0:
			column++
		default:
			column = -1
		}
		out = append(out, c)
	}
	return out
}

// markup reads Markdown; it keeps nothing between two readings.
var markup = goldmark.New(
	goldmark.WithExtensions(extension.GFM, extension.DefinitionList),
	goldmark.WithParserOptions(
		parser.WithBlockParsers(util.Prioritized(notes{extension.NewFootnoteBlockParser()}, 999)),
		parser.WithInlineParsers(util.Prioritized(noteMarks{}, 101)),
	),
).Parser()

// add parses a piece of the source after carry and appends its text and blocks.
func (b *blockReader) add(carry string, src []byte) {
	if pathological(src) {
		b.addPlain(string(src), frame{})
		return
	}
	if carry != "" {
		src = append([]byte(carry), src...)
	}
	b.src = src
	root := markup.Parse(text.NewReader(src), parser.WithContext(b.lookup()))
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		b.block(n, frame{})
	}
}

// pathological reports whether src nests or repeats markup as no writer does, which
// takes a parser quadratic time: more than 64 signs of containers before a line,
// thousands of openers of emphasis or links in a paragraph, an item or a row, or tables
// whose short rows are to be filled up to more cells than the source has bytes.
func pathological(src []byte) bool {
	const deep, many = 64, 4000
	openers, columns, cells := 0, 0, 0
	for line := range bytes.Lines(src) {
		if breaksParagraph(line) {
			openers = 0
		}
		if columns = columnsAfter(line, columns); columns > 0 {
			cells += columns
		}
		if cells > len(src) {
			return true
		}
		if openers += openersOf(line); openers > many || countContainers(line) > deep {
			return true
		}
	}
	return false
}

// columnsAfter returns how many columns a table has that continues after line, as line
// or those before it have it: the marks below its head number them, an empty line ends
// it.
func columnsAfter(line []byte, before int) int {
	t := bytes.Trim(line, " >\n")
	switch {
	case len(t) == 0:
		return 0
	case len(bytes.Trim(t, "|:- ")) > 0:
		return before
	}
	return max(before, bytes.Count(t, []byte("|"))+1)
}

// breaksParagraph reports whether line is blank, or begins an item, a row or a heading: what
// comes before and after it is no part of one paragraph.
func breaksParagraph(line []byte) bool {
	t := bytes.TrimLeft(line, " 0123456789")
	return len(t) < 2 || strings.IndexByte("|#\n", t[0]) >= 0 || t[1] == ' ' && strings.IndexByte("-+*.)", t[0]) >= 0
}

// openersOf counts what may begin a style, a link, a tag or an entity. Targets of links
// without an end, each of which is looked for to the end of the paragraph, count more.
func openersOf(line []byte) int {
	n, targets := 0, 0
	for i, c := range line {
		switch {
		case c == '(' && i > 0 && line[i-1] == ']':
			targets++
		case c == ')':
			targets = max(0, targets-1)
		case c < 0x80 && opener[c]:
			n++
		}
	}
	return n + 20*targets
}

var opener = [128]bool{'*': true, '_': true, '[': true, '`': true, '<': true, '~': true, '!': true, '&': true}

// countContainers counts the containers that the beginning of line opens: signs of quotes and
// items, and every 32 bytes of indent. A rule of many signs opens none.
func countContainers(line []byte) int {
	n := 0
	for i, c := range line {
		switch {
		case c == '>', strings.IndexByte("-+*.)", c) >= 0 && i+1 < len(line) && line[i+1] == ' ':
			n++
		case strings.IndexByte(" .)\n0123456789", c) < 0:
			return n + i/32
		}
	}
	if isRule(bytes.TrimLeft(line, " >")) {
		return bytes.Count(line, []byte(">"))
	}
	return n
}

// isRule reports whether line holds nothing but one sign of rules, over and over.
func isRule(line []byte) bool {
	return len(line) > 0 && (line[0] == '-' || line[0] == '*') && len(bytes.Trim(line, string(line[0])+" \n")) == 0
}

// finish returns the article with its title.
func (b *blockReader) finish() *articles.Article {
	a := b.out.Done()
	if a.Title == "" {
		a.Title = title(a)
	}
	return a
}

// title returns the first heading among the first blocks, else the beginning of the
// text.
func title(a *articles.Article) string {
	const near, long = 12, 80
	for _, bl := range a.Blocks[:min(near, len(a.Blocks))] {
		if bl.Kind == articles.Heading {
			return clean.Line(bl.In(a.Text))
		}
	}
	line, _, _ := strings.Cut(a.Text, "\n")
	for i := range line {
		if i > long {
			return strings.TrimRight(line[:strings.LastIndexAny(line[:i], " ")+1], " ,;:") + "…"
		}
	}
	return line
}
