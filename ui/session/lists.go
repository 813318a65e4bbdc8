package session

import (
	"context"

	"byline/annotate"
	"byline/annotate/review"
)

// listHistory lists who decided what and when, the latest first.
func listHistory(s *Session) Effect {
	number, w, a := s.number, s.space, s.article
	return Effect{Later: func(ctx context.Context) Answer {
		events, err := w.History(ctx, a)
		switch {
		case err != nil:
			return Answer{number: number, err: err}
		case len(events) == 0:
			return Answer{number: number, none: nothingDecided}
		}
		q := &Question{Topic: History}
		for _, e := range events {
			q.Choices = append(q.Choices, Choice{Entity: -1, Event: &e, Do: Action{Name: GoTo, Span: e.Span}})
		}
		return Answer{number: number, asks: q}
	}}
}

// listLost lists the decisions whose words the article no longer has. They are kept: a
// text that has the words again has the decisions again.
func listLost(s *Session) Effect {
	number, w, a := s.number, s.space, s.article
	return Effect{Later: func(ctx context.Context) Answer {
		lost, err := w.Orphans(ctx, a)
		switch {
		case err != nil && len(lost) == 0:
			return Answer{number: number, err: err}
		case len(lost) == 0:
			return Answer{number: number, none: NothingLost}
		}
		q := &Question{Topic: Lost}
		for _, d := range lost {
			q.Choices = append(q.Choices, Choice{Entity: -1, Lost: &d, Do: Action{Name: place, Lost: &d}})
		}
		return Answer{number: number, asks: q}
	}}
}

// placeAgain offers to place a decision again, on the words in a or what is under the
// cursor, or to drop it from the list. Without either, the first choice does nothing.
func placeAgain(s *Session, a Action) Effect {
	d := a.Lost
	q := &Question{Topic: LostOne}
	first := Choice{Entity: -1, Lost: d}
	if c, ok := s.Current(); !a.Span.Empty() {
		first.Span = a.Span
	} else if ok && c.Kind() == d.Kind {
		first.Span = c.Span
	}
	if !first.Span.Empty() {
		first.Do = Action{Name: Decide, Edit: review.Edit{
			Verb: d.Verb, Value: d.Value, Here: true, Instead: d.ID, Targets: []review.Target{{Kind: d.Kind, Span: first.Span}},
		}}
	}
	drop := Action{Name: Decide, Edit: review.Edit{Verb: annotate.Drop, Value: d.ID}}
	q.Choices = []Choice{first, {Entity: -1, Lost: d, Do: drop}}
	return Effect{Asks: q}
}
