package en_test

import (
	"fmt"

	"byline/annotate/lexicon/en"
)

// A word has one entry; its flags say what each stage takes it for.
func ExampleOf() {
	for _, w := range []string{"she", "mrs", "mx", "quill"} {
		word := en.Of(w)
		fmt.Println(w, word.Gender == en.Female, word.Is(en.Title), word.Is(en.Honorific))
	}
	// Output:
	// she true false false
	// mrs true true true
	// mx false true false
	// quill false false false
}
