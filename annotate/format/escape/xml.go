package escape

import (
	"fmt"
	"strings"
)

// Content escapes s as the content of an XML element.
func Content(s string) string { return asContent.Replace(Attribute(s)) }

var asContent = strings.NewReplacer("&#10;", "\n", "&#9;", "\t", "&quot;", `"`)

// Attribute escapes s as the value of an XML attribute in double quotes. Line ends and
// tabs become character references, because parsers normalize them otherwise. A character
// that XML 1.0 cannot hold becomes a space, so that offsets stay the same.
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
