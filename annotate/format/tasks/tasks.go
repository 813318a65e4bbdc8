// Package tasks writes and reads the JSON of tools in which people annotate one task
// after another: Prodigy and spaCy, doccano, Label Studio.
package tasks

import (
	"fmt"
	"iter"

	"byline/annotate/format"
	"byline/annotate/format/records"
)

// Doccano is the JSONL of doccano.
var Doccano = format.Format{Name: "doccano", Extension: ".doccano.jsonl", About: "doccano: JSONL with relations",
	Rejected:  true,
	NewWriter: newDoccano, Read: readDoccano, Sniff: isDoccano}

// read reads a file of one JSON object for each document. An error names the object:
// what, followed by its number.
func read(in format.Input, what string, document func(raw []byte, loss *format.Loss) (*format.Document, error)) iter.Seq2[*format.Document, error] {
	return func(yield func(*format.Document, error) bool) {
		n := 0
		for raw, err := range records.Objects(in) {
			n++
			var d *format.Document
			if err == nil {
				d, err = document(raw, in.Loss)
			}
			if err != nil {
				err = fmt.Errorf("read %s %d: %w", what, n, records.Plain(err))
			}
			if !yield(d, err) {
				return
			}
		}
	}
}

// LabelStudio is the JSON of Label Studio.
var LabelStudio = format.Format{Name: "labelstudio", Extension: ".labelstudio.json", About: "Label Studio: suggestions as predictions, with its configuration",
	Rejected:  true,
	NewWriter: newStudio, Read: readStudio, Sniff: isStudio, Beside: []format.Companion{{Name: "labelstudio.xml", NewWriter: newStudioConfig}}}

// Prodigy is the JSONL of Prodigy, which also reads what spaCy writes.
var Prodigy = format.Format{Name: "prodigy", Extension: ".prodigy.jsonl", About: "Prodigy and spaCy: JSONL, separate tasks for reviewed, suggested, rejected",
	Rejected:  true,
	NewWriter: format.Each(writeProdigy), Read: readProdigy, Sniff: isProdigy}
