package format

import (
	"fmt"
	"iter"
)

// One returns the Read function of a [Format] whose files hold one document, made of a
// function that reads it. what names the kind of file in errors: "brat's standoff".
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
