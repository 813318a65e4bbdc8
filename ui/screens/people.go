package screens

import (
	tea "charm.land/bubbletea/v2"

	"byline/annotate/workspace"
	"byline/ui"
	"byline/ui/app"
	"byline/ui/library"
	"byline/ui/people"
	"byline/ui/reader"
)

// showPeople answers the request for everybody in the library, or for one of them: who is under the
// reader's cursor. What is not annotated yet comes in while it is shown.
func showPeople(s *Screens, msg reader.PeopleMsg) app.Answer {
	all := workspace.PersonsOf(s.Workspace)
	svc := people.Services{
		Library: all, Quotes: all.Quotes, Dates: ui.Dates{Layout: s.Config.Date, Now: now(s.Workspace)},
		Open: func(id string, off int) tea.Cmd { return ui.Send(library.OpenMsg{ID: id, Offset: off}) },
	}
	if msg.Entity != nil {
		if id, ok := all.ID(msg.Entity); ok {
			return app.Answer{Screen: people.NewPage(s.ctx, svc, id), Cmd: s.annotateRest()}
		}
	}
	return app.Answer{Screen: people.New(s.ctx, svc), Cmd: s.annotateRest()}
}
