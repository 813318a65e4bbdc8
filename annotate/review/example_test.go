package review_test

import (
	"fmt"
	"time"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

const news = "Halden paid. Marta Quill of Halden said so."

// found is what an engine might return for the text of news: it takes Halden for a person.
var found = &annotate.Layer{Engine: "example-1", Entities: []annotate.Entity{
	{ID: "e1", Type: annotate.Person, Name: "Halden", Mentions: []annotate.Mention{mention(0, 6), mention(28, 34)}},
	{ID: "e2", Type: annotate.Person, Name: "Marta Quill", Mentions: []annotate.Mention{mention(13, 24)}},
}}

func mention(start, end int) annotate.Mention {
	return annotate.Mention{Span: articles.Span{Start: start, End: end}, Form: annotate.Name, Type: annotate.Person,
		Origin: annotate.Origin{Stage: "names", Score: 0.7}}
}

// A Writer turns a keypress into decisions, and Apply lays the log over what the
// machine found. The machine's layer stays as it is.
func ExampleApply() {
	var log []annotate.Decision
	shown := review.Apply(news, found, log)

	w := review.Writer{Signature: signature(), Text: news, Shown: &shown}
	log = append(log, w.Write(review.Edit{
		Verb: annotate.Relabel, Value: string(annotate.Organization),
		Targets: []review.Target{{Kind: annotate.OfMention, Span: articles.Span{Start: 0, End: 6}}},
	})...)
	shown = review.Apply(news, found, log)

	fmt.Println(len(log), "decisions:", shown.Say(log))
	for _, e := range shown.Layer.Entities {
		fmt.Printf("%s: %s\n", e.Name, e.Type)
	}
	fmt.Println("The machine still says:", found.Entities[0].Type)
	// Output:
	// 2 decisions: Tagged “Halden” as organization, 2 mentions
	// Halden: organization
	// Marta Quill: person
	// The machine still says: person
}

// Undo appends to the log like any other decision.
func ExampleSteps_Undo() {
	shown := review.Apply(news, found, nil)
	w := review.Writer{Signature: signature(), Text: news, Shown: &shown}
	log := w.Write(review.Edit{Verb: annotate.Reject,
		Targets: []review.Target{{Kind: annotate.OfMention, Span: articles.Span{Start: 13, End: 24}}}})
	shown = review.Apply(news, found, log)
	fmt.Println("undo would take back:", shown.Steps.Undo("ann").Decisions[0].Verb)

	log = append(log, w.Write(review.Edit{Verb: annotate.Undo})...)
	shown = review.Apply(news, found, log)
	fmt.Println("the log has", len(log), "decisions; undone:", shown.History()[0].Undone)
	// Output:
	// undo would take back: reject
	// the log has 2 decisions; undone: true
}

// Who has finished an article is in its log.
func ExampleFinishedIn() {
	shown := review.Apply(news, found, nil)
	w := review.Writer{Signature: signature(), Text: news, Shown: &shown}
	log := w.Write(review.Edit{Verb: annotate.Done, Value: "the news of May"})
	for _, f := range review.FinishedIn(log) {
		fmt.Printf("%s has finished it in %q\n", f.Who, f.Set)
	}
	// Output:
	// ann has finished it in "the news of May"
}

// signature signs for ann, with IDs that are the same in every run.
func signature() review.Signature {
	n := 0
	return review.Signature{Who: "ann", Now: time.Date(2026, 3, 9, 10, 0, 0, 0, time.UTC), NewID: func() string {
		n++
		return fmt.Sprintf("%026d", n)
	}}
}
