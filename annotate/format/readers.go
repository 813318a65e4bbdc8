package format

import (
	"fmt"
	"iter"
)

// One makes a reader of a function that reads a file of one document. An error says
// what was read, "brat's standoff", and of which file.
func One(what string, read func(Input) (*Document, error)) func(Input) iter.Seq2[*Document, error] {
	return func(in Input) iter.Seq2[*Document, error] {
		return func(yield func(*Document, error) bool) {
			d, err := read(in)
			if err != nil {
				err = fmt.Errorf("read %s %s: %w", what, in.Name, err)
			}
			yield(d, err)
		}
	}
}
