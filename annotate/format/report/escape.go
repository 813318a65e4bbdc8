package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MarkdownLine returns s escaped, on one line, as a cell of a table or an item takes it.
func MarkdownLine(s string) string {
	e := newEscaper(strings.Join(strings.Fields(s), " "))
	e.upTo(len(e.text))
	return e.String()
}

// An escaper writes a text so that Markdown and its common extensions take it for
// nothing but text. It goes over the text once, and remembers of the line under way
// only what signs have a meaning by.
type escaper struct {
	strings.Builder
	text string
	at   int
	line lineStart
}

// A lineStart says what a line began with, blanks aside.
type lineStart struct {
	sign   byte // the only one so far; 0 for none
	mixed  bool // there were others
	number bool // digits alone
}

func newEscaper(text string) *escaper {
	e := &escaper{text: text}
	e.Grow(len(text) + len(text)/16)
	return e
}

// upTo writes the text up to byte off.
func (e *escaper) upTo(off int) {
	for ; e.at < off; e.at++ {
		if e.active() {
			e.WriteByte('\\')
		}
		c := e.text[e.at]
		e.WriteByte(c)
		e.line.add(c)
	}
}

func (l *lineStart) add(c byte) {
	switch {
	case c == '\n':
		*l = lineStart{}
	case c == ' ' || c == '\t':
		l.mixed = l.mixed || l.number
	case l.mixed:
	case l.sign == 0 || l.number:
		l.mixed = l.number && !digit(c)
		l.sign, l.number = c, digit(c)
	default:
		l.mixed = c != l.sign
	}
}

// opens reports whether nothing but blanks and c stood on the line so far.
func (l *lineStart) opens(c byte) bool { return !l.mixed && (l.sign == 0 || l.sign == c) }

// isNumber reports whether the line so far is a number: "1" of the item "1.".
func (l *lineStart) isNumber() bool { return l.number && !l.mixed }

// active reports whether the byte that comes next could mean something to Markdown.
func (e *escaper) active() bool {
	i := e.at
	prev, next := byteAt(e.text, i-1), byteAt(e.text, i+1)
	switch c := e.text[i]; c {
	case '\\', '`', '*', '_', '[', ']', '<', '>', '&', '|', '~', '$', '^', '#', '{', '}', '@':
		return true
	case '=':
		return prev == c || next == c || e.line.opens(c)
	case '%':
		return prev == c || next == c
	case '-', '+':
		return e.line.opens(c)
	case ':':
		return e.line.opens(c) || next == '/' || beginsWord(prev, next)
	case '.':
		return e.line.isNumber() || strings.HasSuffix(strings.ToLower(e.text[max(0, i-3):i]), "www")
	case ')':
		return e.line.isNumber()
	}
	return false
}

func byteAt(text string, i int) byte {
	if i < 0 || i >= len(text) {
		return '\n'
	}
	return text[i]
}

// beginsWord reports whether what follows a colon is taken for the name of an emoji or the
// rest of an address, and not for that of a time: "10:30".
func beginsWord(prev, next byte) bool { return letter(next) || digit(next) && !digit(prev) }

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func digit(c byte) bool { return c >= '0' && c <= '9' }

// flanks reports whether words can be set off by asterisks with anything around.
func flanks(words string) bool {
	first, _ := utf8.DecodeRuneInString(words)
	last, _ := utf8.DecodeLastRuneInString(words)
	return !edge(first) && !edge(last)
}

// canOpen reports whether asterisks between the runes before and after begin
// something, and canClose, whether they end it: CommonMark's left- and right-flanking
// delimiter runs.
func canOpen(before, after rune) bool {
	return !unicode.IsSpace(after) && (!punctuation(after) || edge(before))
}

func canClose(before, after rune) bool {
	return !unicode.IsSpace(before) && (!punctuation(before) || edge(after))
}

func punctuation(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

func edge(r rune) bool { return r == utf8.RuneError || unicode.IsSpace(r) || punctuation(r) }
