package session_test

import (
	"context"
	"fmt"

	"byline/articles"
	"byline/ui/session"
)

// A reader opens an article, goes to the first name, confirms it and asks who says the
// next quote.
func Example() {
	ctx := context.Background()
	s := session.New(newLedger(), session.Options{})
	a := article()
	if err := s.Open(ctx, a); err != nil {
		fmt.Println(err)
		return
	}
	s.See(session.View{Span: articles.Span{End: len(a.Text)}}) // a screen says what is on it

	s.Do(ctx, session.Action{Name: "next"})
	e, err := s.Do(ctx, session.Action{Name: "confirm"})
	fmt.Println(e.Said, err)

	s.Do(ctx, session.Action{Name: "next-quote"})
	e, _ = s.Do(ctx, session.Action{Name: "speaker"})
	for _, c := range e.Asks.Choices {
		if c.Entity >= 0 {
			fmt.Println(s.Claims().Layer.Entities[c.Entity].Name)
		}
	}
	e, err = s.Do(ctx, e.Asks.Choices[1].Do)
	fmt.Println(e.Said, err)
	// Output:
	// Confirmed “Marta Quill” <nil>
	// Marta Quill
	// Tom Ferris
	// Halden Media
	// Orrin Bay Courier
	// Attributed to Tom Ferris: quote “We sold the press,” <nil>
}
