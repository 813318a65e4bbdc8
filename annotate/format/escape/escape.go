// Package escape makes text safe inside files of other kinds: as an attribute or the
// content of an element of XML, and as a field on one line.
package escape

import (
	"strings"
)

// Line returns s without what any reader takes for a line end.
func Line(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\n', '\r', '\t', '\v', '\f', '\u0085', '\u2028', '\u2029', '\x1c', '\x1d', '\x1e':
			return ' '
		}
		return r
	}, s)
}
