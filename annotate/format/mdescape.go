package format

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// oneLine returns s escaped, on one line, as a cell of a table or an item takes it.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	var b strings.Builder
	escape(&b, s, 0, len(s))
	return b.String()
}

// escape writes text[from:to] so that Markdown and its common extensions take it for
// nothing but text. What stands around it in text counts.
func escape(b *strings.Builder, text string, from, to int) {
	for i := from; i < to; i++ {
		if active(text, i) {
			b.WriteByte('\\')
		}
		b.WriteByte(text[i])
	}
}

// active reports whether the byte at i could mean something to Markdown.
func active(text string, i int) bool {
	prev, next := byteAt(text, i-1), byteAt(text, i+1)
	switch c := text[i]; c {
	case '\\', '`', '*', '_', '[', ']', '<', '>', '&', '|', '~', '$', '^', '#', '{', '}', '@':
		return true
	case '=', '%':
		return prev == c || next == c || c == '=' && atStart(text, i)
	case '-', '+':
		return atStart(text, i)
	case ':':
		return atStart(text, i) || next == '/' || letter(next) || digit(next) && !digit(prev)
	case '.':
		return numbers(text, i) || strings.HasSuffix(strings.ToLower(text[max(0, i-3):i]), "www")
	case ')':
		return numbers(text, i)
	}
	return false
}

func byteAt(text string, i int) byte {
	if i < 0 || i >= len(text) {
		return '\n'
	}
	return text[i]
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func digit(c byte) bool  { return c >= '0' && c <= '9' }

// atStart reports whether nothing but blanks stands before byte i on its line, or
// nothing but the same sign, as in a line of them.
func atStart(text string, i int) bool {
	before := text[strings.LastIndexByte(text[:i], '\n')+1 : i]
	return strings.Trim(before, " \t"+text[i:i+1]) == ""
}

// numbers reports whether the byte at i follows a number at the start of a line, as
// the marker of a list's item does.
func numbers(text string, i int) bool {
	before := strings.TrimLeft(text[strings.LastIndexByte(text[:i], '\n')+1:i], " \t")
	return before != "" && strings.Trim(before, "0123456789") == ""
}

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
