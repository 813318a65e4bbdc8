package theme

import (
	"fmt"
	"image/color"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Paint gives every cell of content that has no colour of its own the text colour and
// background of the theme. Content is lines of text and SGR sequences; each line is
// reset at its end. A theme without a background returns content unchanged.
func (t *Theme) Paint(content string) string {
	if t.Color.Background == nil {
		return content
	}
	foreground, background := sgr(foregrounds, t.Color.Foreground), sgr(backgrounds, t.Color.Background)
	open := "\x1b[" + foreground + ";" + background + "m"
	var b strings.Builder
	b.Grow(len(content) * 3 / 2)
	for line := range strings.SplitSeq(content, "\n") {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(open)
		paintLine(&b, keepLastBlank(line), foreground, background)
		b.WriteString("\x1b[m")
	}
	return b.String()
}

// keepLastBlank makes the last blank of a line a no-break space, so that it is written: a renderer
// erases blanks at the end of a row, and not every terminal erases in the current colour.
func keepLastBlank(line string) string {
	body, closed := strings.CutSuffix(line, "\x1b[m")
	body, ok := strings.CutSuffix(body, " ")
	if !ok {
		return line
	}
	if body += "\u00a0"; closed {
		body += "\x1b[m"
	}
	return body
}

// The first parameter of a basic colour.
const (
	foregrounds = 30
	backgrounds = 40
)

// sgr returns the parameters that set c, as a colour of the terminal if it is one.
func sgr(of int, c color.Color) string {
	switch i, own := c.(ansi.IndexedColor); {
	case own && i < 8:
		return strconv.Itoa(of + int(i))
	case own && i < 16:
		return strconv.Itoa(of + 60 - 8 + int(i))
	case own:
		return fmt.Sprintf("%d;5;%d", of+8, i)
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("%d;2;%d;%d;%d", of+8, r>>8, g>>8, b>>8)
}

// paintLine copies line to b with every reset to a default colour replaced.
func paintLine(b *strings.Builder, line, foreground, background string) {
	for {
		before, rest, found := strings.Cut(line, "\x1b[")
		b.WriteString(before)
		if !found {
			return
		}
		end := strings.IndexFunc(rest, func(r rune) bool { return r >= '@' && r <= '~' })
		if end < 0 {
			return
		}
		b.WriteString("\x1b[")
		if rest[end] == 'm' {
			b.WriteString(rewriteSGR(rest[:end], foreground, background))
		} else {
			b.WriteString(rest[:end])
		}
		b.WriteByte(rest[end])
		line = rest[end+1:]
	}
}

// rewriteSGR rewrites SGR parameters so that 0, 39 and 49 set foreground and background.
func rewriteSGR(params, foreground, background string) string {
	in := strings.Split(params, ";")
	out := make([]string, 0, len(in)+2)
	for i := 0; i < len(in); i++ {
		switch in[i] {
		case "", "0":
			out = append(out, "0", foreground, background)
		case "39":
			out = append(out, foreground)
		case "49":
			out = append(out, background)
		case "38", "48", "58":
			n := i + colourArgs(in[i+1:])
			out = append(out, in[i:n+1]...)
			i = n
		default:
			out = append(out, in[i])
		}
	}
	return strings.Join(out, ";")
}

// colourArgs counts the parameters that belong to a 38, 48 or 58 before them.
func colourArgs(after []string) int {
	switch {
	case len(after) >= 4 && after[0] == "2":
		return 4
	case len(after) >= 2 && after[0] == "5":
		return 2
	}
	return 0
}
