package format

import (
	"errors"
	"fmt"
	"io"
)

// WriteOne writes a file that holds only d. f must have a NewWriter.
func (f *Format) WriteOne(to io.Writer, o Options, d *Document) error {
	o.Single = true
	w := f.Begin(to, o)
	if err := w.Write(d); err != nil {
		return fmt.Errorf("as %s: %w", f.Name, err)
	}
	return w.Close()
}

// A Preview is what a format would make of a document.
type Preview struct {
	Loss *Loss  // what the format cannot hold
	Head []byte // the start of the file, at most 4 KiB
	Cut  bool   // the file is longer than was tried, so Loss may be incomplete
}

// Preview keeps previewHead bytes of a file and stops writing it after previewMost.
const (
	previewHead = 4 << 10
	previewMost = 8 << 20
)

// Preview returns what f would make of d. f must have a NewWriter.
func (f *Format) Preview(d *Document) (*Preview, error) {
	p := &Preview{Loss: &Loss{}}
	w := &headWriter{preview: p, left: previewMost}
	err := f.WriteOne(w, Options{Loss: p.Loss}, d)
	if errors.Is(err, errEnough) {
		p.Cut, err = true, nil
	}
	return p, err
}

// errEnough stops the writing of a long file.
var errEnough = errors.New("the preview is complete")

// A headWriter keeps the first bytes written to it, and fails with errEnough once more
// than left bytes have been written.
type headWriter struct {
	preview *Preview
	left    int
}

func (w *headWriter) Write(p []byte) (int, error) {
	head := &w.preview.Head
	*head = append(*head, p[:min(len(p), previewHead-len(*head))]...)
	if w.left -= len(p); w.left < 0 {
		return 0, errEnough
	}
	return len(p), nil
}
