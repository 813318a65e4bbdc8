package standoff

import (
	"strings"

	"byline/articles"
)

// TitleOf makes a title of the name of a file.
func TitleOf(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		name = name[:i]
	}
	return name
}

// Article returns the article that a foreign file holds: text as it stands, whose
// blocks are its paragraphs. Whoever shows or stores it cleans it first.
func Article(title, text string) *articles.Article {
	return &articles.Article{ID: articles.TextID(text), Title: title, Format: articles.Plain, Text: text, Blocks: Paragraphs(text)}
}

// Paragraphs returns a block for each run of lines that have something on them.
func Paragraphs(text string) []articles.Block {
	var bs []articles.Block
	open := false
	off := 0
	for line := range strings.Lines(text) {
		end := off + len(strings.TrimRight(line, "\n"))
		switch blank := strings.TrimSpace(line) == ""; {
		case blank:
			open = false
		case open:
			bs[len(bs)-1].End = end
		default:
			bs = append(bs, articles.Block{Span: articles.Span{Start: off, End: end}})
			open = true
		}
		off += len(line)
	}
	return bs
}
