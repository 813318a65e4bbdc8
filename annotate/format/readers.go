package format

import (
	"fmt"
	"iter"
)

// Several is like [One] for files that may hold several documents but are read as a whole.
func Several(what string, read func(Input) ([]*Document, error)) func(Input) iter.Seq2[*Document, error] {
	return func(in Input) iter.Seq2[*Document, error] {
		return func(yield func(*Document, error) bool) {
			ds, err := read(in)
			for _, d := range ds {
				if !yield(d, nil) {
					return
				}
			}
			if err != nil {
				yield(nil, fmt.Errorf("read %s %s: %w", what, in.Name, err))
			}
		}
	}
}

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
