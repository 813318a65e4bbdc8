package screens

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/workspace"
	"byline/ui"
	"byline/ui/app"
	"byline/ui/library"
	"byline/ui/reader"
)

var _ reader.Team = workspace.Keeper{}

// wireTeam answers the requests about a team.
func (s *Screens) wireTeam(msg tea.Msg) (app.Answer, bool) {
	switch msg := msg.(type) {
	case reader.FinishedMsg:
		return app.Answer{Cmd: s.finished(msg)}, true
	case nextMsg:
		return s.next(msg), true
	case library.FindMsg:
		return app.Answer{Cmd: s.lib.Find(msg.Query)}, true
	case library.TeamMsg:
		return app.Answer{Cmd: s.showTeam()}, true
	}
	return app.Answer{}, false
}

// nextMsg brings the next article that is assigned, of how many; none if nothing is left.
type nextMsg struct {
	from *reader.Screen
	list []string
}

// finished looks for the next article that is assigned to whoever reads.
func (s *Screens) finished(msg reader.FinishedMsg) tea.Cmd {
	return func() tea.Msg {
		ids, err := workspace.TeamOf(s.Workspace).ToDo(s.ctx)
		if err != nil {
			return ui.ErrMsg{Err: err}
		}
		return nextMsg{msg.From, slices.DeleteFunc(ids, func(id string) bool { return id == msg.ID })}
	}
}

// next opens the next article that is assigned in place of the one that is done.
func (s *Screens) next(msg nextMsg) app.Answer {
	if len(msg.list) == 0 {
		return app.Answer{Cmd: ui.Tell("Done; nothing else is assigned to you")}
	}
	s.lib.Select(msg.list[0])
	a := s.open(library.OpenMsg{ID: msg.list[0], Offset: -1, List: msg.list})
	a.Instead = msg.from
	a.Cmd = tea.Batch(a.Cmd, ui.Tell(fmt.Sprintf("Done; the next of %s assigned to you", ui.Articles(len(msg.list)))))
	return a
}

// showTeam lists the sets of the team, who annotates them, and how far they have come. A choice lists their articles.
func (s *Screens) showTeam() tea.Cmd {
	return func() tea.Msg {
		rows, err := s.teamRows(s.ctx)
		if err != nil {
			return ui.ErrMsg{Err: err}
		}
		if len(rows) == 0 {
			return ui.ToastMsg{Text: "There is no team; “byline team add SET --all --members NAMES” begins one"}
		}
		return ui.ChooseMsg{Title: "Team", Choices: rows, Aligned: true, Enter: "list their articles"}
	}
}

// teamRows returns a row for each set and person.
func (s *Screens) teamRows(ctx context.Context) ([]ui.Choice, error) {
	of := workspace.TeamOf(s.Workspace)
	state, err := of.State(ctx)
	if err != nil {
		return nil, err
	}
	progress, err := of.Progress(ctx)
	if err != nil {
		return nil, err
	}
	var out []ui.Choice
	for _, set := range state.Sets {
		kind := ""
		switch {
		case set.Retired:
			kind = ", closed"
		case set.Terms.Blind:
			kind = ", blind"
		}
		out = append(out, ui.Choice{Label: set.Name, Detail: ui.Articles(len(set.Articles)) + kind, Do: ui.Send(library.FindMsg{Query: `set:"` + set.Name + `"`})})
		for _, m := range set.Members {
			detail := m.Role + ", nothing assigned"
			for _, p := range progress {
				if p.Set == set.Name && p.Who == m.Name {
					detail = fmt.Sprintf("%s · %d of %d done · %d begun · %d of %d reviewed", m.Role, p.Done, p.Assigned, p.Begun, p.Reviewed, p.Claims)
				}
			}
			out = append(out, ui.Choice{Label: "  " + m.Name, Detail: detail, Do: ui.Send(library.FindMsg{Query: fmt.Sprintf(`set:"%s" assigned:"%s"`, set.Name, m.Name)})})
		}
	}
	return out, nil
}
