package adjudicate

import (
	"errors"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/adjudicate"
	"byline/annotate/review"
	"byline/ui"
	"byline/ui/reader"
)

// none stays where it was, as there is no decision to take back, or no question before.
func none(s *Screen, msg foundMsg) tea.Cmd {
	s.state.undo, s.state.ended = false, s.reader == nil
	if s.state.ended {
		s.round.keys-- // it did nothing
	}
	if msg.back {
		return ui.Tell("This is the first question of all")
	}
	return ui.Tell("Nothing to undo")
}

// goBack looks for the article before that has questions, from the one with index from, and goes to its last one.
func goBack(s *Screen, from int) tea.Cmd {
	s.state.looking, s.state.ended = true, false
	desk, ctx, r := s.svc.Desk, s.life.Context(), s.round
	return func() tea.Msg {
		at, sitting := r.earlier(from, func(id string) (*adjudicate.Sitting, error) { return desk.Open(ctx, id) })
		return foundMsg{s, at, sitting, nil, true, sitting != nil}
	}
}

// lost stays where it was, as the article of the last decision cannot be opened. What was decided there is not undone.
func lost(s *Screen, msg foundMsg) tea.Cmd {
	s.state.undo, s.state.ended = false, s.reader == nil
	if s.state.ended {
		s.round.keys-- // it did nothing
	}
	if errors.Is(msg.err, adjudicate.ErrGone) {
		s.round.forget()
	}
	return ui.Fail(fmt.Errorf("“%s”: %w", s.round.articles[msg.at].Title, msg.err), "nothing is undone")
}

// undo takes back the last decision, be it on the article before.
func (s *Screen) undo() tea.Cmd {
	id := s.round.last()
	if s.reader != nil && id == s.round.sitting.Article.ID {
		return reader.Decide(s.reader, review.Edit{Verb: annotate.Undo})
	}
	if id == "" && s.reader != nil && bar(s) != nil {
		return bar(s)
	}
	s.state.looking, s.state.undo, s.state.ended = true, true, false
	desk, ctx, r := s.svc.Desk, s.life.Context(), s.round
	return func() tea.Msg {
		id, err := r.undoes(ctx, desk)
		if id == "" || err != nil {
			return foundMsg{to: s, err: err}
		}
		sitting, err := desk.Open(ctx, id)
		return foundMsg{s, slices.IndexFunc(r.articles, func(a Article) bool { return a.ID == id }), sitting, err, false, true}
	}
}
