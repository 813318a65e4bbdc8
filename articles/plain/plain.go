// Package plain imports plain text. The text stays what it is, rune for rune: the
// offsets of other tools, counted in code points, fit. Nothing in it is markup.
//
// A paragraph is what stands between blank lines. Where a text has none, every line
// is one. A line end inside a paragraph stays, and is drawn as one: a mail keeps its
// lines, a poem its verses.
package plain

import (
	"strings"
	"unicode/utf8"

	"byline/articles"
	"byline/articles/clean"
)

// longest is the most bytes of a block; what is longer is cut at a blank, so that a
// text without line ends is drawn piece by piece.
const longest = 16 << 10

// Import returns the article that b, UTF-8, holds. Its title is the first line, where
// that looks like one.
func Import(b []byte) *articles.Article {
	a := &articles.Article{Format: articles.Plain, Text: clean.Text(b)}
	byLine := !strings.Contains(strings.TrimSpace(a.Text), "\n\n")
	for off := 0; off < len(a.Text); {
		end := off + paragraph(a.Text[off:], byLine)
		if s := trim(a.Text, articles.Span{Start: off, End: end}); !s.Empty() {
			a.Blocks = cut(a.Blocks, a.Text, s)
		}
		off = end
	}
	a.Title = title(a)
	return a
}

// Head imports the beginning of b, about limit bytes up to the end of a paragraph:
// its text and blocks are those that the whole begins with.
func Head(b []byte, limit int) *articles.Article {
	if len(b) <= limit {
		return Import(b)
	}
	end := strings.LastIndex(string(b[:limit]), "\n\n")
	if end < 0 {
		end = strings.LastIndexByte(string(b[:limit]), '\n')
	}
	if end < 0 {
		for end = limit; end > 0 && !utf8.RuneStart(b[end]); end-- {
		}
	}
	return Import(b[:end])
}

// paragraph returns the length of the paragraph that text begins with, and of the
// line ends behind it.
func paragraph(text string, byLine bool) int {
	sep := "\n\n"
	if byLine {
		sep = "\n"
	}
	for from := 0; ; {
		i := strings.Index(text[from:], "\n")
		if i < 0 {
			return len(text)
		}
		at := from + i
		if rest := strings.TrimLeft(text[at+1:min(len(text), at+1+longest)], " "); sep == "\n" || strings.HasPrefix(rest, "\n") {
			end := at
			for end < len(text) && (text[end] == '\n' || text[end] == ' ') {
				end++
			}
			return end
		}
		from = at + 1
	}
}

// trim leaves the blanks at both ends of s out.
func trim(text string, s articles.Span) articles.Span {
	words := s.In(text)
	s.Start += len(words) - len(strings.TrimLeft(words, " \n"))
	s.End = s.Start + len(strings.Trim(words, " \n"))
	return s
}

// cut appends s to blocks, in pieces where it is long.
func cut(blocks []articles.Block, text string, s articles.Span) []articles.Block {
	for s.Len() > longest {
		end := s.Start + longest
		if i := strings.LastIndexAny(text[s.Start:end], " \n"); i > longest/2 {
			end = s.Start + i
		}
		for !utf8.RuneStart(text[end]) {
			end--
		}
		if piece := trim(text, articles.Span{Start: s.Start, End: end}); !piece.Empty() {
			blocks = append(blocks, articles.Block{Span: piece})
		}
		s.Start = end
		s = trim(text, s)
	}
	if s.Empty() {
		return blocks
	}
	return append(blocks, articles.Block{Span: s})
}

// title returns the first paragraph where it is short and no sentence, else the
// beginning of it.
func title(a *articles.Article) string {
	const long, short = 120, 60
	if len(a.Blocks) == 0 {
		return ""
	}
	first := a.Blocks[0].In(a.Text)
	if line, _, found := strings.Cut(first, "\n"); found {
		first = line
	}
	if utf8.RuneCountInString(first) <= long && !strings.HasSuffix(first, ".") {
		return first
	}
	end := 0
	for i := range first {
		if i > short && first[i] == ' ' {
			break
		}
		end = i
	}
	return strings.TrimRight(first[:end], " ,;:") + "…"
}
