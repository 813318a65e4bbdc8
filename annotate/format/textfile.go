package format

import (
	"io"
)

// TextFile is the text that standoff formats speak of, in a file of its own.
var TextFile = Companion{Extension: ".txt", Write: writeText}

// writeText writes the text that standoff formats speak of.
func writeText(w io.Writer, d *Document) error {
	_, err := io.WriteString(w, d.Text)
	return err
}
