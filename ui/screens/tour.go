package screens

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/workspace"
	"byline/ui"
	"byline/ui/app"
	"byline/ui/hints"
	"byline/ui/reader"
	"byline/ui/tour"
)

// A tourMsg puts a tour in front.
type tourMsg struct {
	screen ui.Screen
	open   tea.Cmd // of its story
}

// tour opens the tour on a library of its own, which is removed when it is left.
func (s machine) tour() tea.Msg {
	dir, err := os.MkdirTemp("", "byline-tour-")
	if err != nil {
		return ui.ErrMsg{Err: err, Hint: hints.For(err)}
	}
	w, id, err := workspace.Tour(s.ctx, s.Workspace, filepath.Join(dir, "library.db"))
	if err != nil {
		return ui.ErrMsg{Err: errors.Join(err, os.RemoveAll(dir)), Hint: hints.For(err)}
	}
	return s.tourOf(w, id, func() tea.Msg {
		// The reader has written what it had to write when this runs.
		if err := errors.Join(w.Close(context.WithoutCancel(s.ctx)), os.RemoveAll(dir)); err != nil {
			return ui.ErrMsg{Err: err, Hint: "a temporary folder of the tour is left"}
		}
		return nil
	})
}

// tourOf returns a tour of the story with that ID in w.
func (s *Screens) tourOf(w *workspace.Workspace, id string, end tea.Cmd) tourMsg {
	r := s.readerOf(w)
	return tourMsg{tour.New(r, ui.Scope{Name: "app", Bindings: app.Bindings()}, end), r.Open(reader.Request{ID: id, Offset: -1})}
}
