package reader

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/ui"
)

// shell gives the article, or words of it, to other programs.
type shell struct{ *Screen }

// pipe asks for a command and gives it the selected words, or else the whole text.
func (s shell) pipe() tea.Cmd {
	run := s.svc.Shell
	if run == nil {
		return ui.Tell("Shell commands are turned off: shell = false in the settings")
	}
	what, text := "the article", s.Words()
	if s.Sel.On {
		what, text = "the selection", s.Sel.Span.In(text)
	}
	if s.svc.Commands == nil {
		s.svc.Commands = &Searches{}
	}
	commands := s.svc.Commands
	return ui.Send(ui.AskMsg{Prompt: "Pipe " + what + " to:", Earlier: commands.words, Done: func(command string) tea.Cmd {
		if command = strings.TrimSpace(command); command == "" {
			return nil
		}
		commands.add(command)
		return run(command, text)
	}})
}

// edit opens the source in an editor.
func (s shell) edit() tea.Cmd {
	switch {
	case s.svc.Edit == nil:
		return ui.Tell("The source cannot be edited here")
	case !s.session.Settled():
		return ui.Tell("Still reading the article")
	}
	t := s.ticket()
	return s.svc.Edit(s.session.Article(), func(id string) tea.Cmd { return ui.Send(reopenMsg{t, id}) })
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
