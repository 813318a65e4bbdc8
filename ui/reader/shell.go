package reader

import (
	tea "charm.land/bubbletea/v2"

	"byline/ui"
)

// shell gives the article, or words of it, to other programs.
type shell struct{ *Screen }

// pipe gives the selected words, or else the whole text, to a command.
func (s shell) pipe() tea.Cmd {
	switch {
	case s.svc.Outside == nil:
		return ui.Tell("Nothing can be piped here")
	case s.Sel.On:
		return s.svc.Outside.Pipe("the selection", s.Sel.Span.In(s.Words()))
	}
	return s.svc.Outside.Pipe("the article", s.Words())
}

// edit opens the source in an editor.
func (s shell) edit() tea.Cmd {
	switch {
	case s.svc.Outside == nil:
		return ui.Tell("The source cannot be edited here")
	case !s.session.Settled():
		return ui.Tell("Still reading the article")
	}
	return s.svc.Outside.Edit(s.session.Article(), s.anew())
}

// anew returns what shows the article with an ID in place of the one that is open.
func (s shell) anew() func(id string) tea.Cmd {
	t := s.ticket()
	return func(id string) tea.Cmd { return ui.Send(reopenMsg{t, id}) }
}

// suggest asks another program about the article.
func (s shell) suggest() tea.Cmd {
	switch {
	case s.svc.Outside == nil:
		return ui.Tell("No other program can be asked here")
	case !s.session.Settled():
		return ui.Tell("Still reading the article")
	}
	return s.svc.Outside.Suggest(s.session.Article(), s.anew())
}

// reopen shows the article as the library has it now, at the place where its reader is. Its decisions
// find their words again, or are listed.
func (s shell) reopen(id string) tea.Cmd {
	if s.Sel.On {
		s.Sel.Drop(s.Text)
	}
	req := s.req
	req.ID, req.Fetch, req.Preview, req.Query = id, nil, nil, ""
	return tea.Sequence(s.save(), s.Open(req))
}
