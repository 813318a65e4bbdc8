package standoff

import (
	"strings"

	"byline/articles"
)

// TitleOf returns a title for a file that has none: its name without folder and
// extension. Standard input, -, gives none.
func TitleOf(name string) string {
	if name == "-" {
		return ""
	}
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		name = name[:i]
	}
	return name
}

// Article returns an article with the text of a file from elsewhere as it is, and its
// paragraphs as blocks. Callers clean it before they show or store it.
func Article(title, text string) *articles.Article {
	return &articles.Article{ID: articles.TextID(text), Title: title, Format: articles.Plain, Text: text, Blocks: Paragraphs(text)}
}

// Paragraphs returns a block for each run of lines that are not blank.
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
