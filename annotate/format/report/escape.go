package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MarkdownLine returns s escaped and on one line, for a cell of a table or an item of a
// list.
func MarkdownLine(s string) string {
	e := newEscaper(strings.Join(strings.Fields(s), " "))
	e.upTo(len(e.text))
	return e.String()
}

// An escaper writes text such that Markdown and its common extensions read it as text. It
// passes over the text once and remembers only what it needs of the current line.
type escaper struct {
	strings.Builder
	text string
	at   int
	line lineStart
}

// A lineStart is what a line started with, apart from white space.
type lineStart struct {
	sign   byte // the only character so far, 0 for none
	mixed  bool // there were others too
	number bool // only digits so far
}

func newEscaper(text string) *escaper {
	e := &escaper{text: text}
	e.Grow(len(text) + len(text)/16)
	return e
}

// upTo writes the text up to byte off.
func (e *escaper) upTo(off int) {
	for ; e.at < off; e.at++ {
		if e.canEscape() {
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
		l.mixed = l.number && !isDigit(c)
		l.sign, l.number = c, isDigit(c)
	default:
		l.mixed = c != l.sign
	}
}

// opens reports whether the line so far has nothing but white space and c.
func (l *lineStart) opens(c byte) bool { return !l.mixed && (l.sign == 0 || l.sign == c) }

// isNumber reports whether the line so far is a number, as in an item "1.".
func (l *lineStart) isNumber() bool { return l.number && !l.mixed }

// canEscape reports whether the next byte could mean something to Markdown.
func (e *escaper) canEscape() bool {
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
		return e.line.opens(c) || next == '/' || startsWord(prev, next)
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

// startsWord reports whether what follows a colon could be the name of an emoji or the
// rest of an address. It is false for the minutes of a time such as "10:30".
func startsWord(prev, next byte) bool { return letter(next) || isDigit(next) && !isDigit(prev) }

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// canEmphasize reports whether asterisks around words emphasize them whatever is next to them.
func canEmphasize(words string) bool {
	first, _ := utf8.DecodeRuneInString(words)
	last, _ := utf8.DecodeLastRuneInString(words)
	return !edge(first) && !edge(last)
}

// canOpen reports whether asterisks between two runes can start emphasis, and canClose
// whether they can end it: the left- and right-flanking delimiter runs of CommonMark.
func canOpen(before, after rune) bool {
	return !unicode.IsSpace(after) && (!punctuation(after) || edge(before))
}

func canClose(before, after rune) bool {
	return !unicode.IsSpace(before) && (!punctuation(before) || edge(after))
}

func punctuation(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

func edge(r rune) bool { return r == utf8.RuneError || unicode.IsSpace(r) || punctuation(r) }
