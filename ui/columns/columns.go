// Package columns fits text into columns of terminal cells. Every function takes the method by
// which the terminal measures text: an emoji or a Devanagari syllable has another width in a
// terminal that knows grapheme clusters (mode 2027) than in one that counts code points, and a row
// that is one cell off breaks the border next to it.
package columns

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// blanks has for each line end and tab a blank.
var blanks = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ")

// line returns s as one line: a name or a quote may go over a line end of the article.
func line(s string) string {
	if strings.ContainsAny(s, "\n\r\t") {
		return blanks.Replace(s)
	}
	return s
}

// Width returns the width of s in cells as the other functions draw it, SGR sequences left out and a line end as a blank.
func Width(s string, m ansi.Method) int { return m.StringWidth(line(s)) }

// Cut shortens s to at most width cells, and ends it with … if it was longer. What it returns is one line.
func Cut(s string, width int, m ansi.Method) string {
	if width <= 0 {
		return ""
	}
	s = line(s)
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
	right = line(right)
	w := Width(right, m)
	if w >= width {
		return Fit(right, width, m)
	}
	return Fit(left, width-w, m) + right
}

// Blank returns n blanks, none for a negative n.
func Blank(n int) string { return strings.Repeat(" ", max(0, n)) }
