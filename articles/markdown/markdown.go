// Package markdown imports Markdown: CommonMark with tables, task lists, strike-through and bare
// links as on GitHub, definition lists and footnotes.
//
// The resulting text is what a reader sees: no markup, entities resolved, soft line ends turned
// into blanks. Blocks are separated by an empty line, items of a list and rows of a table by a
// line end. Tags of raw HTML are dropped, their text is kept. Only http, https and mailto links
// keep their target, and images, of which the description is read. A footnote stays in place, with
// its number in brackets at both ends.
//
// A source is parsed in pieces of up to 128 KB, cut where a paragraph at the left edge starts: the
// syntax tree of ten megabytes would take ten times that. Every piece gets the link references of
// the whole source. If there is no such place, the source is cut anyway, and what was open there
// is opened again in the next piece. The first pieces are small, so that a first screen is ready
// soon, and where they end depends only on what precedes: so [Head] returns exactly the beginning
// of [Import].
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

// Import returns the article in src, UTF-8. Title, author, date, publication and address come from
// its front matter; without a title there, the title is the first heading near the start, else the
// first words.
//
// The only error is that of ctx.
func Import(ctx context.Context, src []byte) (*articles.Article, error) {
	return usual.whole(ctx, src)
}

func (size sizes) whole(ctx context.Context, src []byte) (*articles.Article, error) {
	src = cleanSource(src)
	a := &articles.Article{Format: articles.Markdown}
	b := &blockReader{size: size, out: builder.New(a, len(src)), refs: references(src)}
	if _, err := b.pieces(ctx, readFrontMatter(src, a)); err != nil {
		return nil, err
	}
	return b.finish(), nil
}

// Head imports the beginning of src: at least limit bytes of text up to the next place to cut, or
// all of it. The article of the whole starts with the same text and blocks. Open says that it uses
// a link reference that src does not define: if src is itself only the beginning of a source, the
// whole may read differently.
func Head(ctx context.Context, src []byte, limit int) (a *articles.Article, open bool, err error) {
	return usual.head(ctx, src, limit)
}

func (size sizes) head(ctx context.Context, src []byte, limit int) (a *articles.Article, open bool, err error) {
	refs := references(src)
	for window := 4*limit + 4*size.most; ; window *= 4 {
		part := cleanSource(src[:min(window, len(src))])
		a = &articles.Article{Format: articles.Markdown}
		b := &blockReader{size: size, out: builder.New(a, 2*limit), refs: refs, limit: limit, cutOff: window < len(src)}
		enough, err := b.pieces(ctx, readFrontMatter(part, a))
		if err != nil {
			return nil, false, err
		}
		if enough {
			return b.finish(), b.missed, nil
		}
	}
}

// Sizes are those of pieces: the first of a source has about first bytes, each further one twice as many, up to most.
type sizes struct{ first, most int }

var usual = sizes{16 << 10, 128 << 10}

// pieces parses src piece by piece until its end or the limit, and reports whether it reached the
// end; if src is cut off, it leaves what the rest would decide.
func (b *blockReader) pieces(ctx context.Context, src []byte) (bool, error) {
	carry := ""
	for size := b.size.first; len(src) > 0; size = min(2*size, b.size.most) {
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

// cleanSource returns raw as text, with the tabs in the indent of a line expanded to columns of
// four.
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

// markup parses Markdown; it keeps no state between calls.
var markup = goldmark.New(
	goldmark.WithExtensions(extension.GFM, extension.DefinitionList),
	goldmark.WithParserOptions(
		parser.WithBlockParsers(util.Prioritized(notes{extension.NewFootnoteBlockParser()}, 999)),
		parser.WithInlineParsers(util.Prioritized(noteMarks{}, 101)),
	),
).Parser()

// add parses a piece of the source, after carry, and appends its text and blocks.
func (b *blockReader) add(carry string, src []byte) {
	if pathological(src) {
		b.addPlain(string(src), blockContext{})
		return
	}
	if carry != "" {
		src = append([]byte(carry), src...)
	}
	b.src = src
	root := markup.Parse(text.NewReader(src), parser.WithContext(b.lookup()))
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		b.block(n, blockContext{})
	}
}

// pathological reports whether src nests or repeats markup as no writer does and as takes a parser
// quadratic time: more than 64 container signs before a line, thousands of openers of emphasis or
// links in a paragraph, an item or a row, or tables whose short rows would be padded to more cells
// than the source has bytes.
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

// columnsAfter returns the number of columns of a table that continues after line, given those
// before: the line below its head sets them, an empty line ends it.
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

// breaksParagraph reports whether line is blank, or starts an item, a row or a heading, so that
// the lines before and after it are not one paragraph.
func breaksParagraph(line []byte) bool {
	t := bytes.TrimLeft(line, " 0123456789")
	return len(t) < 2 || strings.IndexByte("|#\n", t[0]) >= 0 || t[1] == ' ' && strings.IndexByte("-+*.)", t[0]) >= 0
}

// openersOf counts the signs that may open a style, a link, a tag or an entity. Unclosed link
// targets, each of which is searched to the end of the paragraph, count more.
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

// countContainers counts the containers opened at the start of line: signs of quotes and items,
// and every 32 bytes of indent. A rule of many signs opens none.
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

// isRule reports whether line consists of one rule sign, repeated.
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

// title returns the first heading among the first blocks, else the start of the text.
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
