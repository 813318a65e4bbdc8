package mail

import (
	"strings"

	"byline/articles"
	"byline/articles/builder"
)

// plain makes paragraphs of lines. Lines that start with ">" are quoted as deep as they have of
// them; text after a line of two dashes and a blank is the sender's signature and left out.
func (b *body) plain() *articles.Article {
	a := &articles.Article{Format: articles.Email}
	p := plainText{out: builder.New(a, len(b.text)), body: b}
	for line := range strings.Lines(strings.ReplaceAll(string(b.text), "\r\n", "\n")) {
		line = strings.TrimSuffix(line, "\n")
		depth, text := cutQuoteMarks(line)
		if text == "-- " && depth == 0 && p.out.Len() > 0 {
			break
		}
		p.line(depth, text)
	}
	p.end()
	return p.out.Done()
}

// cutQuoteMarks returns how deep a line is quoted, and the rest of it.
func cutQuoteMarks(line string) (depth int, text string) {
	for {
		rest, ok := strings.CutPrefix(strings.TrimPrefix(line, " "), ">")
		if !ok || depth >= 9 {
			break
		}
		depth++
		line = rest
	}
	if depth > 0 {
		line = strings.TrimPrefix(line, " ") // the space that stuffs the line
	}
	return depth, line
}

// plainText builds paragraphs.
type plainText struct {
	*body
	out   *builder.Builder
	words builder.Words
	depth int
	goes  bool // the last line continues in the next
}

func (p *plainText) line(depth int, text string) {
	if p.flowed {
		text = strings.TrimPrefix(text, " ") // space-stuffed, if not quoted
	}
	blank := strings.TrimSpace(text) == ""
	if depth != p.depth || blank {
		p.end()
		p.depth = depth
	}
	if blank {
		return
	}
	if p.words.Len() > 0 && !p.goes {
		p.words.WriteString(map[bool]string{true: "\n", false: " "}[p.flowed || keepsLine(text)])
	}
	p.goes = p.flowed && strings.HasSuffix(text, " ")
	if p.goes && p.delsp {
		text = text[:len(text)-1]
	}
	p.words.WriteString(text)
}

// keepsLine reports whether a line must not be joined with others: it is part of a list, an
// address, or the header of another message.
func keepsLine(text string) bool {
	if strings.HasPrefix(text, "- ") || strings.HasPrefix(text, "* ") || strings.HasPrefix(text, "  ") {
		return true
	}
	kind, _ := label(text)
	return kind != 0
}

// end ends a paragraph.
func (p *plainText) end() {
	p.out.Add(&p.words, articles.Block{Quote: p.depth})
	p.words = builder.Words{}
	p.goes = false
}
