package format

import (
	"io"
)

// TextFile is the companion of formats that refer to a text without holding it: the text
// of the document.
var TextFile = Companion{Extension: ".txt", Write: writeText}

// writeText writes the text of d.
func writeText(w io.Writer, d *Document) error {
	_, err := io.WriteString(w, d.Text)
	return err
}
