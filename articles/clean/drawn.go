package clean

import (
	"strings"
	"unicode/utf8"
)

// Drawn returns s without the runes that draw nothing: soft hyphens, zero-width blanks, word joiners, byte order marks,
// marks of direction, and joiners between letters that do not join. Line and paragraph separators and NEL become
// line ends; the other control characters from U+0080 are what they stand for in Windows-1252. It is for text that is made from markup, in which no other program counts; what it returns is not
// clean yet.
func Drawn(s string) string {
	i := firstUndrawn(s)
	if i < 0 {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	out.WriteString(s[:i])
	last, _ := utf8.DecodeLastRuneInString(s[:i])
	if i == 0 {
		last = '\n'
	}
	for _, r := range s[i:] {
		if r = drawn(r, last); r < 0 {
			continue
		}
		out.WriteRune(r)
		last = r
	}
	return out.String()
}

// firstUndrawn returns where the first rune is that [Drawn] may change, -1 if there is none. All of them begin
// with one of four bytes.
func firstUndrawn(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] < 0xc2 || s[i] != 0xc2 && s[i] != 0xd8 && s[i] != 0xe1 && s[i] != 0xe2 && s[i] != 0xef {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(s[i:]); r == joiner || r == nonJoiner || drawn(r, 'a') != r {
			return i
		}
	}
	return -1
}

// windows1252 are the letters that a program meant which wrote a byte of Windows-1252 as the control character of that
// number: quotation marks, dashes. -1 is none.
var windows1252 = [32]rune{
	'€', -1, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', -1, 'Ž', -1,
	-1, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', -1, 'ž', 'Ÿ',
}

// drawn returns what is drawn for r after the rune last, -1 for nothing.
func drawn(r, last rune) rune {
	switch {
	case r == 0x85, r == 0x2028, r == 0x2029:
		return '\n'
	case r >= 0x80 && r < 0xa0:
		return windows1252[r-0x80]
	case r == 0xad, r == 0x61c, r == 0x180e, r == 0xfeff, r == 0x200b, r == 0x200e, r == 0x200f:
		return -1
	case r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f:
		return -1
	case (r == joiner || r == nonJoiner) && !joins(last):
		return -1
	}
	return r
}

// joins reports whether a joiner after r is needed in writing.
func joins(r rune) bool {
	return r >= 0x300 && (r < 0x2000 || r >= 0x2100)
}
