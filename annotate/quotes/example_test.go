package quotes_test

import (
	"fmt"

	"byline/annotate"
	"byline/annotate/quotes"
	"byline/annotate/segment"
	"byline/articles"
)

func ExampleFind() {
	const text = "“We sold the press,” Marta Quill said. She called it “a burden.”"
	quill := annotate.Entity{ID: "e1", Type: annotate.Person, Name: "Marta Quill", Mentions: []annotate.Mention{
		{Span: articles.Span{Start: 25, End: 36}, Form: annotate.Name, Type: annotate.Person},
	}}
	for _, q := range quotes.Find(segment.Split(text, nil), []annotate.Entity{quill}) {
		fmt.Println(q.Type, q.Speaker, q.Cue.In(text), q.In(text))
	}
	// Output:
	// direct e1 said “We sold the press,”
	// mixed e1 called “a burden.”
}
