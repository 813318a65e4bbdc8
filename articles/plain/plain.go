// Package plain imports plain text. The text is kept as it is, rune for rune, so that the offsets
// of other tools, counted in code points, fit. Nothing in it is markup.
//
// A paragraph is the text between blank lines. Between two blank lines, however, writers do one of
// two things, and the lines show which: if they are as long as paragraphs, or if one ends a
// sentence and is shorter than the others, each line is a paragraph; if they have one width and
// continue in the next, a mail program wrapped them and they are one paragraph. The line ends are
// kept either way.
package plain

import (
	"context"
	"strings"
	"unicode"

	"byline/articles"
	"byline/articles/builder"
	"byline/articles/clean"
	"byline/articles/stream"
)

// Import returns the article in b, UTF-8. Its title is the first line, if that looks like one,
// else the first words.
func Import(b []byte) *articles.Article {
	a := &articles.Article{Format: articles.Plain, Text: clean.Text(b)}
	a.Blocks = blocks(a.Text, len(a.Text))
	a.Title = title(a)
	return a
}

// Read is like Import, but stops with the error of ctx: a text of hundreds of megabytes takes
// seconds.
func Read(ctx context.Context, b []byte) (*articles.Article, error) {
	return stream.Do(ctx, func() (*articles.Article, error) { return Import(b), nil })
}

// Head imports the beginning of b: the paragraphs, or pieces of 16 KB of them, that start before
// limit, in bytes. The article of the whole starts with the same text and blocks, even if b itself
// is cut anywhere after twice limit and 128 KB.
func Head(b []byte, limit int) *articles.Article {
	window := min(len(b), 2*limit+8*sample)
	a := &articles.Article{Format: articles.Plain, Text: clean.Text(b[:window])}
	a.Blocks = blocks(a.Text, limit)
	end := 0
	if n := len(a.Blocks); n > 0 {
		end = a.Blocks[n-1].End
	}
	a.Text = a.Text[:end]
	a.Title = title(a)
	return a
}

// blocks returns the paragraphs of text that begin before limit.
func blocks(text string, limit int) []articles.Block {
	var out []articles.Block
	for off := blanks(text, 0); off < len(text) && off < limit; {
		s, next := paragraphs(text, off)
		by := layoutOf(text[s.Start:min(s.End, s.Start+sample)])
		for s.Start < s.End && s.Start < limit {
			p := by.paragraph(text, s)
			out = add(out, builder.Pieces(text, p), limit)
			s.Start = blanks(text, p.End)
		}
		off = next
	}
	return out
}

// add appends the pieces of a paragraph that begin before limit.
func add(blocks []articles.Block, pieces []articles.Span, limit int) []articles.Block {
	for _, p := range pieces {
		if p.Start < limit {
			blocks = append(blocks, articles.Block{Span: p})
		}
	}
	return blocks
}

// blanks returns the offset of the first non-blank rune from off on.
func blanks(text string, off int) int {
	return len(text) - len(strings.TrimLeftFunc(text[off:], unicode.IsSpace))
}

// paragraphs returns the lines from off to the next blank line, and where the next lines start. If
// there is no blank line within reach, it cuts at a line end.
func paragraphs(text string, off int) (s articles.Span, next int) {
	for at := off; ; {
		i := strings.IndexByte(text[at:], '\n')
		if i < 0 {
			return articles.Span{Start: off, End: len(text)}, len(text)
		}
		end := at + i
		at = end + 1
		line, _, _ := strings.Cut(text[at:], "\n")
		if strings.TrimSpace(line) == "" {
			return articles.Span{Start: off, End: end}, blanks(text, at)
		}
	}
}
