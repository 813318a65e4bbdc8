package corpus

import (
	"fmt"

	"byline/annotate/eval"
)

// A Part chooses documents of a file by their place: of every Of documents, those from First to
// Last, counted from 1. The zero Part is all of them.
type Part struct{ First, Last, Of int }

// ParsePart reads "10/10", each tenth document, or "1-9/10", all others.
func ParsePart(s string) (Part, error) {
	var p Part
	if n, err := fmt.Sscanf(s, "%d-%d/%d", &p.First, &p.Last, &p.Of); n != 3 || err != nil {
		if n, err := fmt.Sscanf(s, "%d/%d", &p.First, &p.Of); n != 2 || err != nil {
			return Part{}, fmt.Errorf("%q is no part; write 10/10 for each tenth document, 1-9/10 for all others", s)
		}
		p.Last = p.First
	}
	if p.First < 1 || p.Last < p.First || p.Of < p.Last {
		return Part{}, fmt.Errorf("there is no part %q: of every N documents, take those from 1 to N", s)
	}
	return p, nil
}

// Choose yields the documents of a part. One that could not be read has a place, too.
func (p Part) Choose(docs Docs) Docs {
	if p.Of == 0 {
		return docs
	}
	return func(yield func(*eval.Doc, error) bool) {
		i := 0
		for d, err := range docs {
			at := i%p.Of + 1
			i++
			if p.First <= at && at <= p.Last && !yield(d, err) {
				return
			}
		}
	}
}
