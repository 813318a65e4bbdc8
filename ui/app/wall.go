package app

import (
	"strings"
	"unicode/utf8"

	"byline/articles/clean"
)

// onlyOurs returns a screen without what no screen of byline writes: of control sequences only colours and links with an
// address in printable ASCII are kept, of characters those that are printable. It is a last wall, behind the screens, which
// clean what they draw.
func onlyOurs(screen string) string {
	var out strings.Builder // what is kept of screen[:kept]
	kept := 0
	for i := 0; i < len(screen); {
		n := own(screen[i:])
		if n > 0 {
			i += n
			continue
		}
		_, size := utf8.DecodeRuneInString(screen[i:])
		out.WriteString(screen[kept:i])
		out.WriteRune(utf8.RuneError)
		i += size
		kept = i
	}
	if kept == 0 {
		return screen
	}
	out.WriteString(screen[kept:])
	return out.String()
}

// own returns how many bytes of s, from its start, are printable or a sequence that byline writes; 0 if the first is neither.
func own(s string) int {
	n := 0
	for n < len(s) && (s[n] >= ' ' && s[n] < 0x7f || s[n] == '\n') {
		n++
	}
	switch {
	case n > 0:
		return n
	case s[0] == '\x1b':
		return max(colour(s), link(s))
	}
	if r, size := utf8.DecodeRuneInString(s); clean.Printable(r) && (r != utf8.RuneError || size > 1) {
		return size
	}
	return 0
}

// colour returns the length of the sequence for a colour or a style that s starts with, 0 if it does not.
func colour(s string) int {
	rest, ok := strings.CutPrefix(s, "\x1b[")
	if !ok {
		return 0
	}
	if i := strings.IndexFunc(rest, func(r rune) bool { return (r < '0' || r > '9') && r != ';' && r != ':' }); i >= 0 && rest[i] == 'm' {
		return len("\x1b[") + i + 1
	}
	return 0
}

// link returns the length of the sequence for the start or the end of a link that s starts with, 0 if it does not.
func link(s string) int {
	const open = "\x1b]8;"
	rest, ok := strings.CutPrefix(s, open)
	if !ok {
		return 0
	}
	i := strings.IndexFunc(rest, func(r rune) bool { return r <= ' ' || r >= 0x7f })
	switch {
	case i < 0:
		return 0
	case rest[i] == '\a':
		return len(open) + i + 1
	case strings.HasPrefix(rest[i:], "\x1b\\"):
		return len(open) + i + 2
	}
	return 0
}
