package format

import (
	"io"
)

// TextFile is the companion of formats that refer to a text without holding it: the text
// of the document.
var TextFile = Companion{Extension: ".txt", NewWriter: func(w io.Writer, _ []byte) Writer { return textWriter{w} }}

type textWriter struct{ to io.Writer }

func (w textWriter) Write(d *Document) error {
	_, err := io.WriteString(w.to, d.Text)
	return err
}

func (w textWriter) Close() error { return nil }
