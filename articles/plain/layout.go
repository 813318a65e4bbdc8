package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/articles"
)

// sample is how many bytes of a run of lines are examined to find its layout.
const sample = 16 << 10

// A layout says how lines without a blank one between them form paragraphs.
type layout struct {
	eachLine bool // each line is one
	full     int  // of wrapped lines: a shorter line, in letters, that ends a sentence ends a paragraph; 0 if none does
}

// Widths in letters: of a paragraph on one line, and of the lines that a mail program wraps.
const (
	unwrapped = 160
	filled    = 50
)

// layoutOf returns the layout of the lines at the start of text.
func layoutOf(text string) layout {
	widest, n, ended := 0, 0, 0
	for line := range strings.Lines(text) {
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		widest = max(widest, utf8.RuneCountInString(line))
		n++
		if endsSentence(line) {
			ended++
		}
	}
	switch {
	case widest > unwrapped, n > 2 && ended*5 >= n*4:
		return layout{eachLine: true}
	case widest >= filled:
		return layout{full: widest * 4 / 5}
	}
	return layout{}
}

// paragraph returns the first paragraph of s, some lines of text.
func (by layout) paragraph(text string, s articles.Span) articles.Span {
	if !by.eachLine && by.full == 0 {
		return s
	}
	for at := s.Start; ; {
		i := strings.IndexByte(text[at:s.End], '\n')
		if i < 0 {
			return s
		}
		line := strings.TrimRightFunc(text[at:at+i], unicode.IsSpace)
		if by.eachLine || utf8.RuneCountInString(line) < by.full && endsSentence(line) {
			return articles.Span{Start: s.Start, End: at + i}
		}
		at += i + 1
	}
}

// endsSentence reports whether line ends like a sentence, apart from marks and brackets.
func endsSentence(line string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(line, `"'”’»)]`))
	return r == '.' || r == '!' || r == '?' || r == '…'
}

// title returns the first line if it is short and not a sentence, without heading signs; else the
// start of the text.
func title(a *articles.Article) string {
	const long, short = 120, 60
	if len(a.Blocks) == 0 {
		return ""
	}
	first, _, _ := strings.Cut(a.Blocks[0].In(a.Text), "\n")
	if bare := strings.TrimLeft(first, "#"); strings.HasPrefix(bare, " ") {
		first = bare
	}
	first = strings.TrimSpace(first)
	if utf8.RuneCountInString(first) <= long && !strings.HasSuffix(first, ".") {
		return first
	}
	end, n := 0, 0
	for i, r := range first {
		if n > short && r == ' ' {
			break
		}
		if n++; n > long {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	if end == len(first) {
		return first
	}
	return strings.TrimRight(first[:end], " ,;:") + "…"
}
