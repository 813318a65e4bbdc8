package escape

import (
	"fmt"
	"strings"
)

// text escapes s for the content of an element.
func Content(s string) string { return asContent.Replace(Attribute(s)) }

var asContent = strings.NewReplacer("&#10;", "\n", "&#9;", "\t", "&quot;", `"`)

// Attribute escapes s as the value of an attribute in double quotes. Line ends and tabs
// are written by their numbers, which alone survive; what XML 1.0 cannot hold becomes a
// blank, so that offsets stay.
func Attribute(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case r == '\n' || r == '\r' || r == '\t':
			fmt.Fprintf(&b, "&#%d;", r)
		case r < ' ' || r == 0xFFFE || r == 0xFFFF:
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
