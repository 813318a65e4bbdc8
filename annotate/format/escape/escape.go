// Package escape makes text safe to put into files: attributes and content of XML
// elements, and fields that end with the line.
package escape

import (
	"strings"
)

// Line returns s with a space for every tab and every character that some reader takes
// for a line end.
func Line(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\n', '\r', '\t', '\v', '\f', '\u0085', '\u2028', '\u2029', '\x1c', '\x1d', '\x1e':
			return ' '
		}
		return r
	}, s)
}
