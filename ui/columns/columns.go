// Package columns fits text into columns of terminal cells. Every function takes the method by
// which the terminal measures text: an emoji or a Devanagari syllable has another width in a
// terminal that knows grapheme clusters (mode 2027) than in one that counts code points, and a row
// that is one cell off breaks the border next to it.
package columns

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Width returns the width of s in cells, SGR sequences left out.
func Width(s string, m ansi.Method) int { return m.StringWidth(s) }

// Cut shortens s to at most width cells, and ends it with … if it was longer.
func Cut(s string, width int, m ansi.Method) string {
	if width <= 0 {
		return ""
	}
	// Truncate compares grapheme widths first, whatever the method: a text that is too wide only
	// by code points comes back whole until a smaller width is asked for.
	for w := width; w > 0; w-- {
		if cut := m.Truncate(s, w, "…"); Width(cut, m) <= width {
			return cut
		}
	}
	return ""
}

// Fit cuts or pads s to exactly width cells.
func Fit(s string, width int, m ansi.Method) string {
	s = Cut(s, width, m)
	return s + Blank(width-Width(s, m))
}

// Right cuts or pads s at its left to exactly width cells.
func Right(s string, width int, m ansi.Method) string {
	s = Cut(s, width, m)
	return Blank(width-Width(s, m)) + s
}

// Between puts left and right at the two ends of a line of exactly width cells; if both do not
// fit, left is cut.
func Between(left, right string, width int, m ansi.Method) string {
	w := Width(right, m)
	if w >= width {
		return Fit(right, width, m)
	}
	return Fit(left, width-w, m) + right
}

// Blank returns n blanks, none for a negative n.
func Blank(n int) string { return strings.Repeat(" ", max(0, n)) }
