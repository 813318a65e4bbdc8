package adjudicate

import (
	"slices"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
)

// A Change is something that an annotator answered and that was settled otherwise.
type Change struct {
	Asks    string // the question: "Who says “We sail at noon”?"
	Kind    annotate.Kind
	Span    articles.Span // the words it is about, or the first of them
	Was     string        // what the annotator had
	Now     string        // what was settled
	By      []string      // who settled it, sorted
	Because []string      // what they noted on it, in the order of the log
	Unshown bool          // the annotator has nothing because it was not suggested to them
}

// mostSaid is how many characters of an answer a report has.
const mostSaid = 100

// Changes returns what was settled otherwise than an annotator has it, in reading order; nil for somebody who is none. What
// is still open is left out, and so is all that the curators did not touch. They may differ from an annotator in what all
// annotators agreed on.
func (s *Sitting) Changes(who string) []Change {
	i := s.find(who)
	if i < 0 {
		return nil
	}
	var out []Change
	for _, x := range s.beside(i, s.Reading()) {
		q := x.Question
		if s.isOpen(q) {
			continue
		}
		ch := Change{Asks: x.of.Asks(q), Kind: q.Kind, Span: q.Span, Unshown: q.Answers[0].Unshown}
		says := Apart([]string{q.Answers[0].Says, q.Answers[1].Says}, mostSaid, utf8.RuneCountInString)
		ch.Was, ch.Now = says[0], says[1]
		for d := range s.Shown.Steps.Standing() {
			ch.note(q, d)
		}
		if q.quiet && len(ch.By) == 0 {
			continue
		}
		slices.Sort(ch.By)
		ch.By = slices.Compact(ch.By)
		out = append(out, ch)
	}
	return out
}

// isOpen reports whether a question is about words of one that is not answered yet.
func (s *Sitting) isOpen(q *Question) bool {
	for _, i := range s.Open() {
		o := &s.Questions[i]
		if o.Kind == q.Kind && slices.ContainsFunc(o.Spans, func(x articles.Span) bool { return slices.ContainsFunc(q.Spans, x.Overlaps) }) {
			return true
		}
	}
	return false
}

// note takes in a decision of a curator, if it is about the words of a question.
func (ch *Change) note(q *Question, d *annotate.Decision) {
	on := func(s articles.Span) bool { return !s.Empty() && slices.ContainsFunc(q.Spans, s.Overlaps) }
	if !on(d.Target.Span) && !on(d.To.Span) {
		return
	}
	switch {
	case d.Verb == annotate.Note:
		ch.Because = append(ch.Because, d.Value)
	case d.Kind == q.Kind:
		ch.By = append(ch.By, d.Who)
	}
}
