package screens

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/workspace"
	"byline/articles"
	"byline/articles/load"
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
	case reader.GuidelinesMsg:
		return app.Answer{Cmd: s.guidelines(msg)}, true
	case reader.TakeBackMsg:
		return app.Answer{Cmd: s.takeBack(msg)}, true
	case backMsg:
		return s.back(msg), true
	case library.FindMsg:
		return app.Answer{Cmd: s.lib.Find(msg.Query)}, true
	case library.TeamMsg:
		return app.Answer{Cmd: s.showTeam()}, true
	}
	return app.Answer{}, false
}

// nextMsg brings the articles that are assigned and not done; all is how many are assigned.
type nextMsg struct {
	from *reader.Screen
	done string // the article that is done
	list []string
	all  int
	left string // how much is left as suggested in the one that is done
	stay bool   // it stays done
}

// finished looks for the next article that is assigned to whoever reads.
func (s *Screens) finished(msg reader.FinishedMsg) tea.Cmd {
	return func() tea.Msg {
		of := workspace.TeamOf(s.Workspace)
		ids, err := of.ToDo(s.ctx)
		if err != nil {
			return ui.ErrMsg{Err: err}
		}
		all, err := of.Mine(s.ctx)
		if err != nil {
			return ui.ErrMsg{Err: err}
		}
		d, err := of.Duty(s.ctx, msg.ID)
		if err != nil {
			return ui.ErrMsg{Err: err}
		}
		return nextMsg{msg.From, msg.ID, inOrder(ids, msg.List, msg.ID), len(all), msg.Left, d.Stays}
	}
}

// inOrder returns ids without one, in the order of a list in which it is: what comes after it there, then what is before it, and
// at the end what is not in the list.
func inOrder(ids, list []string, one string) []string {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == one })
	from := slices.Index(list, one)
	if from < 0 {
		return ids
	}
	at := map[string]int{}
	for i, id := range list {
		at[id] = (i - from + len(list)) % len(list)
	}
	place := func(id string) int {
		if i, ok := at[id]; ok {
			return i
		}
		return len(list)
	}
	slices.SortStableFunc(ids, func(a, b string) int { return cmp.Compare(place(a), place(b)) })
	return ids
}

// next opens the next article that is assigned in place of the one that is done.
func (s *Screens) next(msg nextMsg) app.Answer {
	left, back := msg.left, "{reader.undo} takes it back"
	if msg.stay {
		back = "it stays done, as all are who had it"
	}
	if len(msg.list) == 0 {
		return app.Answer{Cmd: ui.Tell(fmt.Sprintf("Done%s, and so is all that is assigned to you: %s; %s", left, ui.Articles(msg.all), back))}
	}
	s.lib.Select(msg.list[0])
	a := s.open(library.OpenMsg{ID: msg.list[0], Offset: -1, List: msg.list})
	if r, ok := a.Screen.(*reader.Screen); ok {
		reader.Follows(r, msg.done)
	}
	a.Instead = msg.from
	a.Cmd = tea.Batch(a.Cmd, ui.Tell(fmt.Sprintf("Done%s; the next of %s assigned to you; %s", left, ui.Articles(len(msg.list)), back)))
	return a
}

// backMsg brings an article of which it was taken back that it is done.
type backMsg reader.TakeBackMsg

// takeBack takes back that an article is done.
func (s *Screens) takeBack(msg reader.TakeBackMsg) tea.Cmd {
	return func() tea.Msg {
		if err := workspace.TeamOf(s.Workspace).TakeBack(s.ctx, msg.ID); err != nil {
			return ui.ErrMsg{Err: err, Hint: "nothing is undone"}
		}
		return backMsg(msg)
	}
}

// back opens an article again in place of the one to which finishing it led.
func (s *Screens) back(msg backMsg) app.Answer {
	list := append([]string{msg.ID}, slices.DeleteFunc(slices.Clone(msg.List), func(id string) bool { return id == msg.ID })...)
	s.lib.Select(msg.ID)
	a := s.open(library.OpenMsg{ID: msg.ID, Offset: -1, List: list})
	a.Instead = msg.From
	a.Cmd = tea.Batch(a.Cmd, ui.Tell("Not done any more"), ui.Send(ui.ChangedMsg{ID: msg.ID}))
	return a
}

// sayAssigned says how many articles are assigned to whoever begins; nothing where none are, or where there is something else to say.
func (s *Screens) sayAssigned() tea.Msg {
	ids, err := workspace.TeamOf(s.Workspace).ToDo(s.ctx)
	if err != nil || len(ids) == 0 || s.firstNotice() != "" {
		return nil // what is wrong, the list says
	}
	return ui.ToastMsg{Text: ui.Articles(len(ids)) + " assigned to you and not done; {library.assigned} lists them"}
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
		n := ui.Articles(len(set.Articles))
		out = append(out, ui.Choice{Label: set.Name, Detail: n + kind, Briefs: []string{n + kind, n + kind, n}, Do: ui.Send(library.FindMsg{Query: `set:"` + set.Name + `"`})})
		for _, m := range set.Members {
			in := ""
			if len(state.Sets) > 1 { // a filter may leave the row without that of its set
				in = set.Name + " · "
			}
			row := ui.Choice{Label: "  " + m.Name, Detail: in + m.Role + ", nothing assigned", Briefs: []string{in + m.Role + ", nothing assigned", in + "nothing assigned", in + "none"}}
			row.Do = ui.Send(library.FindMsg{Query: fmt.Sprintf(`set:"%s" assigned:"%s"`, set.Name, m.Name)})
			for _, p := range progress {
				if p.Set == set.Name && p.Who == m.Name {
					done := fmt.Sprintf("%d of %d done", p.Done, p.Assigned)
					reviewed := fmt.Sprintf("%d of %d reviewed", p.Reviewed, p.Claims)
					row.Detail = fmt.Sprintf("%s%s · %s · %d begun · %s", in, m.Role, done, p.Begun, reviewed)
					row.Briefs = []string{in + m.Role + " · " + done + " · " + reviewed, in + done + " · " + reviewed, in + done}
				}
			}
			out = append(out, row)
		}
	}
	return out, nil
}

// guidelines shows guidelines, which are written in Markdown, without its marks.
func (s *Screens) guidelines(msg reader.GuidelinesMsg) tea.Cmd {
	return func() tea.Msg {
		text := msg.Text
		if a, err := load.Bytes(s.ctx, "guidelines.md", []byte(text)); err == nil {
			text = laidOut(a)
		}
		return ui.PagerMsg{Title: "Guidelines", Note: msg.Note, Text: text}
	}
}

// laidOut returns the text of an article with headings underlined, and items and quotations set off by signs.
func laidOut(a *articles.Article) string {
	var b strings.Builder
	at := 0
	for _, x := range a.Blocks {
		b.WriteString(a.Text[at:x.Start])
		at = x.End
		words := x.In(a.Text)
		if x.Quote > 0 {
			words = "│ " + strings.ReplaceAll(words, "\n", "\n│ ")
		}
		switch {
		case x.Marker != "":
			indent := strings.Repeat("  ", max(0, x.Level-1))
			words = indent + x.Marker + " " + strings.ReplaceAll(words, "\n", "\n"+indent+"  ")
		case x.Kind == articles.Heading:
			words += "\n" + strings.Repeat(map[bool]string{true: "═", false: "─"}[x.Level == 1], len([]rune(words)))
		}
		b.WriteString(words)
	}
	return b.String() + a.Text[at:]
}
