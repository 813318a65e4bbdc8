// Package plain imports plain text. The text stays what it is, rune for rune: the
// offsets of other tools, counted in code points, fit. Nothing in it is markup.
//
// A paragraph is what is between blank lines. Between two blank lines, though,
// writers do one of two things, and the lines tell which: where they are as long as
// paragraphs, or where one ends as sentences do and short of the others, each line is
// a paragraph; where they are of one width and continue in the next, they were wrapped by
// a mail program and are one paragraph. The line ends stay either way.
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

// Import returns the article that b, UTF-8, holds. Its title is the first line, where
// that looks like one, else the first words.
func Import(b []byte) *articles.Article {
	a := &articles.Article{Format: articles.Plain, Text: clean.Text(b)}
	a.Blocks = blocks(a.Text, len(a.Text))
	a.Title = title(a)
	return a
}

// Read is Import that ends with the error of ctx: a text of hundreds of megabytes takes
// seconds.
func Read(ctx context.Context, b []byte) (*articles.Article, error) {
	return stream.Do(ctx, func() (*articles.Article, error) { return Import(b), nil })
}

// Head imports the beginning of b: the paragraphs, or pieces of 16 KB of them, that
// begin before limit, in bytes. Its text and blocks are those that the whole begins
// with, also where b itself ends anywhere after twice limit and 128 KB.
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

// blanks returns the offset of the first rune from off on that is no blank.
func blanks(text string, off int) int {
	return len(text) - len(strings.TrimLeftFunc(text[off:], unicode.IsSpace))
}

// paragraphs returns the lines from off to the next blank line, and where the next ones
// begin. One that has no end within reach is cut at a line end.
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
