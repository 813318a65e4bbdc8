// Package clean makes text from outside safe: what it lets through is printable
// text and line ends, so that nothing in an article, a file name or a title can
// move a cursor, change a colour, hide or reorder letters.
//
// Everything is done rune for rune, so that the code-point offsets of a plain-text
// file stay what they are: a rune that is not let through becomes U+FFFD, a tab
// becomes a blank. Only CR LF becomes one rune, and a byte order mark at the very
// beginning goes. Zero-width joiners and variation selectors stay, since emoji are
// made with them, and so does the non-joiner that Persian writes with. No letter is
// normalised.
//
// Not let through are: the C0 and C1 controls and DEL; bidirectional embeddings,
// overrides, isolates and marks; zero-width blanks, soft hyphens and word joiners;
// line and paragraph separators; tag characters and interlinear annotation; private
// fillers that draw nothing; noncharacters; bytes that are not UTF-8; and combining
// marks after the eighth on one base, which would spill over their neighbours.
package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxMarks is how many combining marks one base letter keeps.
const MaxMarks = 8

// Text returns b as text whose only control is \n. It is the identity on its own
// results, and never longer in code points than b.
func Text(b []byte) string {
	b = trimMark(b)
	n := plainPrefix(b)
	if n == len(b) {
		return string(b)
	}
	var out strings.Builder
	out.Grow(len(b) + len(b)/16)
	out.Write(b[:n])
	marks := 0
	for i := n; i < len(b); {
		if k := plainPrefix(b[i:]); k > 0 {
			out.Write(b[i : i+k])
			marks = 0
			i += k
			continue
		}
		r, size := utf8.DecodeRune(b[i:])
		i += size
		switch {
		case common(r):
		case r == '\r':
			if i < len(b) && b[i] == '\n' {
				i++
			}
			r = '\n'
		case r == '\t':
			r = ' '
		case r == utf8.RuneError || forbidden(r):
			r = utf8.RuneError
		case unicode.In(r, unicode.Mn, unicode.Me) && !selector(r):
			if marks++; marks > MaxMarks {
				r = utf8.RuneError
			}
			out.WriteRune(r)
			continue
		}
		if r != joiner {
			marks = 0
		}
		out.WriteRune(r)
	}
	return out.String()
}

// String is Text of a string.
func String(s string) string {
	if plainString(s) {
		return s
	}
	return Text([]byte(s))
}

// Line returns s on one line: a title, a name, a path. Line ends become blanks.
func Line(s string) string {
	if plainString(s) && strings.IndexByte(s, '\n') < 0 {
		return s
	}
	return strings.ReplaceAll(String(s), "\n", " ")
}

const joiner = 0x200d

// common reports whether r is one of the letters and marks of most Western text,
// none of which is forbidden or combines.
func common(r rune) bool {
	return r >= 0xa0 && r < 0x300 && r != 0xad || r >= 0x2010 && r <= 0x2027 || r >= 0x2030 && r < 0x205f
}

func trimMark(b []byte) []byte {
	if len(b) >= 3 && b[0] == 0xef && b[1] == 0xbb && b[2] == 0xbf {
		return b[3:]
	}
	return b
}

// plainPrefix returns how many bytes at the beginning of b are printable ASCII or
// line ends.
func plainPrefix(b []byte) int {
	for i, c := range b {
		if c < ' ' && c != '\n' || c >= 0x7f {
			return i
		}
	}
	return len(b)
}

func plainString(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' && c != '\n' || c >= 0x7f {
			return false
		}
	}
	return true
}

func selector(r rune) bool { return r >= 0xfe00 && r <= 0xfe0f }

// forbidden reports whether r, which is no combining mark, must not be drawn.
func forbidden(r rune) bool {
	switch {
	case r < 0x20:
		return r != '\n'
	case r < 0x7f:
		return false
	case r < 0xa0:
		return true
	case r == joiner, r == 0x200c:
		return false
	case r == 0x115f, r == 0x1160, r == 0x3164, r == 0xffa0: // fillers of Hangul
		return true
	case r == 0x2028, r == 0x2029, r == 0x180e:
		return true
	case r >= 0xe0000 && r <= 0xe0fff: // tags and what stands beside them
		return true
	case r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef: // noncharacters
		return true
	}
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Cs, r)
}
