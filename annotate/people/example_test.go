package people_test

import (
	"fmt"
	"strings"

	"byline/annotate"
	"byline/annotate/people"
	"byline/articles"
)

// The mentions of a text come from a tagger of names; these are made by hand.
func ExampleGroup() {
	const text = "Marta Quill met Tom Ferris. Ms. Quill left; Ferris stayed."
	var ms []annotate.Mention
	at := 0
	for _, name := range []string{"Marta Quill", "Tom Ferris", "Quill", "Ferris"} {
		at += strings.Index(text[at:], name)
		ms = append(ms, annotate.Mention{
			Span: articles.Span{Start: at, End: at + len(name)}, Form: annotate.Name, Type: annotate.Person,
			Origin: annotate.Origin{Score: 0.9},
		})
		at += len(name)
	}
	for _, e := range people.Group(text, ms) {
		fmt.Printf("%s: %d mentions, by %s\n", e.Name, len(e.Mentions), e.Origin.Rule)
	}
	// Output:
	// Marta Quill: 2 mentions, by surname
	// Tom Ferris: 2 mentions, by surname
}
