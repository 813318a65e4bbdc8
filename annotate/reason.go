package annotate

import "byline/articles"

// A Reason says why a claim is there, for people to weigh it.
type Reason struct {
	Of     string // what it is a reason for: "the name", "the quote", "the speaker"
	Origin Origin
	Says   string          // what the rule means, a sentence; empty for a person's decision
	Words  []articles.Span // words of the text that it rests on, in order
	Notes  []string        // what else it rests on: "first name in the list: Marta"
	Beside bool            // it is no reason, but what one of several programs suggests there
}
