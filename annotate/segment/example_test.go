package segment_test

import (
	"fmt"

	"byline/annotate/segment"
)

// A full stop after a title does not end a sentence; one after "Inc." does if a sentence clearly
// starts.
func ExampleSplit() {
	d := segment.Split("Mr. Quill left Halden Inc. The mill's owner stayed.", nil)
	for _, s := range d.Sentences {
		fmt.Print(s.In(d.Text), ":")
		for t := s.Tokens.First; t < s.Tokens.End; t++ {
			fmt.Print(" [", d.Word(t), "]")
		}
		fmt.Println()
	}
	// Output:
	// Mr. Quill left Halden Inc.: [Mr.] [Quill] [left] [Halden] [Inc.]
	// The mill's owner stayed.: [The] [mill] ['s] [owner] [stayed] [.]
}
