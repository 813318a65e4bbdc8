// Package clean makes text from outside safe: its results contain printable text and line ends
// only, so that nothing in an article, a file name or a title can move a cursor, change a colour,
// or hide or reorder letters.
//
// It works rune for rune, so that the code-point offsets of a plain-text file stay valid: a
// rejected rune becomes U+FFFD, a tab becomes a blank. The exceptions are CR LF, which becomes one
// rune, and a byte order mark at the very start, which is dropped. Letters are not normalised. What is made from
// markup has no such offsets, so importers of markup ask for [Drawn] first.
//
// Rejected are: the C0 and C1 controls and DEL; bidirectional embeddings, overrides, isolates and
// marks; zero-width blanks, soft hyphens and word joiners; line and paragraph separators; tag
// characters and interlinear annotation; private fillers that draw nothing; noncharacters; bytes
// that are not UTF-8.
//
// Runes that draw nothing by themselves but are needed in writing are accepted where they are
// needed, and in small numbers, so that no screen cell grows without bounds and no letters hide
// between others. A base keeps eight combining marks. A zero-width joiner or non-joiner is kept
// after an emoji or a letter of a script that joins, but not after a Latin one, where it would
// only hide a name from a search. A base keeps one variation selector, those of the supplement on
// Han characters only. Up to eight emoji may be joined, and up to eight Korean letters of one sort
// may follow each other.
//
// Package cleantest makes hostile files, for the tests of whatever reads some.
package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMarks is how many combining marks one base letter keeps.
const maxMarks = 8

// Text returns b as text whose only control character is \n. It leaves its own results unchanged,
// and never returns more code points than b has.
func Text(b []byte) string {
	b = trimMark(b)
	n := plainPrefix(b)
	if n == len(b) {
		return string(b)
	}
	var out strings.Builder
	out.Grow(len(b) + len(b)/16)
	out.Write(b[:n])
	var c cluster
	c.base(last(b[:n]))
	for i := n; i < len(b); {
		if k := safePrefix(b[i:]); k > 0 {
			out.Write(b[i : i+k])
			i += k
			c.base(last(b[:i]))
			continue
		}
		r, size := utf8.DecodeRune(b[i:])
		i += size
		if r == '\r' && i < len(b) && b[i] == '\n' {
			i++
		}
		out.WriteRune(c.next(r))
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

// Line returns s as one line, for a title, a name or a path. Line ends become blanks.
func Line(s string) string {
	if plainString(s) && strings.IndexByte(s, '\n') < 0 {
		return s
	}
	return strings.ReplaceAll(String(s), "\n", " ")
}

// Words returns s as one line with single blanks between words.
func Words(s string) string { return strings.TrimSpace(Line(strings.Join(strings.Fields(s), " "))) }

// commons are the half-open ranges of the letters and marks of most text; none of them is
// forbidden or combines.
var commons = [...][2]rune{
	{0xa0, 0xad}, {0xae, 0x300}, // Latin
	{0x370, 0x483}, {0x48a, 0x530}, {0x5d0, 0x5f0}, // Greek, Cyrillic, Hebrew
	{0x620, 0x64b}, {0x671, 0x6d4}, // Arabic
	{0x2010, 0x2028}, {0x2030, 0x205f}, // dashes, quotation marks
	{0x3000, 0x302a}, {0x3041, 0x3097}, {0x30a1, 0x3100}, // Japanese
	{0x3400, 0xa000}, {0xac00, 0xd7a4}, {0xff01, 0xff61}, // Han, Korean, wide marks
}

// isCommon reports whether r is in [commons], which answers most questions quickly.
func isCommon(r rune) bool {
	for _, c := range &commons {
		if r < c[1] {
			return r >= c[0]
		}
	}
	return false
}

func trimMark(b []byte) []byte {
	if len(b) >= 3 && b[0] == 0xef && b[1] == 0xbb && b[2] == 0xbf {
		return b[3:]
	}
	return b
}

// safePrefix returns the number of bytes at the start of b that are printable ASCII, line ends and
// common letters.
func safePrefix(b []byte) int {
	for i := 0; i < len(b); {
		if c := b[i]; c >= ' ' && c < 0x7f || c == '\n' {
			i++
			continue
		} else if c < 0xc2 {
			return i
		}
		r, size := utf8.DecodeRune(b[i:])
		if !isCommon(r) {
			return i
		}
		i += size
	}
	return len(b)
}

// last returns the last rune of b, '\n' if there is none.
func last(b []byte) rune {
	if len(b) == 0 {
		return '\n'
	}
	r, _ := utf8.DecodeLastRune(b)
	return r
}

// plainPrefix returns the number of bytes at the start of b that are printable ASCII or line ends.
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

// Printable reports whether r may be drawn, in some text: it is neither a control character, a line end among them, nor one
// that is always invisible or moves others. [Text] says more, as it sees what is around r.
func Printable(r rune) bool { return r != '\n' && !isForbidden(r) }

// isForbidden reports whether r must never be drawn.
func isForbidden(r rune) bool {
	switch {
	case r < 0x20:
		return r != '\n'
	case r < 0x7f:
		return false
	case r < 0xa0:
		return true
	case r == joiner, r == nonJoiner, supplement(r):
		return false
	case r == 0x115f, r == 0x1160, r == 0x3164, r == 0xffa0: // fillers of Hangul
		return true
	case r == 0x2028, r == 0x2029, r == 0x180e, r == 0x2065:
		return true
	case r >= 0xfff0 && r <= 0xfffb: // annotation, and characters to be ignored
		return true
	case r >= 0xe0000 && r <= 0xe0fff: // tags and their neighbours
		return true
	case r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef: // noncharacters
		return true
	}
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Cs, r)
}
