package linear

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// usualWidth is the width of a terminal that does not say how wide it is.
const usualWidth = 80

// wrapped breaks the lines of an answer between words, so that none is wider than width cells. A
// word that is wider stays whole.
func wrapped(answer string, width int) string {
	if width < 1 {
		width = usualWidth
	}
	lines := strings.Split(answer, "\n")
	for i, line := range lines {
		lines[i] = wrapLine(line, width)
	}
	return strings.Join(lines, "\n")
}

// wrapLine breaks a line at blanks only: a hyphen is part of a word that is read aloud.
func wrapLine(line string, width int) string {
	if ansi.StringWidth(line) <= width {
		return line
	}
	var b strings.Builder
	used := 0
	for i, word := range strings.Split(line, " ") {
		w := ansi.StringWidth(word)
		switch {
		case i == 0:
		case used+1+w > width:
			b.WriteByte('\n')
			used = 0
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += w
	}
	return b.String()
}
