package screens

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/workspace"
	"byline/articles"
	"byline/articles/clean"
	"byline/ui"
)

// Suggest implements [reader.Outside]: it asks which program of the settings, if there are several, and shows the wait.
func (s machine) Suggest(a *articles.Article, reopen func(string) tea.Cmd) tea.Cmd {
	programs := s.Config.Annotators
	switch {
	case s.Options.Suggest == nil || len(programs) == 0:
		return ui.Tell("No program is set up: “byline help suggest” says how to name one")
	case len(programs) == 1:
		return s.ask(programs[0].Name, a, reopen)
	}
	ask := ui.ChooseMsg{Title: "Ask for names and quotes", Enter: "ask", Aligned: true}
	for _, p := range programs {
		ask.Choices = append(ask.Choices, ui.Choice{Label: clean.Line(p.Name), Detail: clean.Line(strings.Join(p.Command, " ")), Do: s.ask(p.Name, a, reopen)})
	}
	return ui.Send(ask)
}

// ask has a program suggest names and quotes in an article.
func (s machine) ask(name string, a *articles.Article, reopen func(string) tea.Cmd) tea.Cmd {
	return func() tea.Msg {
		ctx, stop := context.WithCancel(s.ctx)
		return ui.WaitMsg{Title: "Asking " + clean.Line(name), Text: a.Title, Stop: stop, Work: func() tea.Msg {
			defer stop()
			msg := s.suggested(ctx, name, a)
			if say, ok := msg.(ui.ToastMsg); ok && ctx.Err() == nil {
				return tea.BatchMsg{reopen(a.ID), ui.Send(ui.ChangedMsg{ID: a.ID}), ui.Tell(say.Text)}
			}
			return msg
		}}
	}
}

// suggested asks, stores what is suggested, and says what came of it.
func (s machine) suggested(ctx context.Context, name string, a *articles.Article) tea.Msg {
	l, left, err := s.Options.Suggest(ctx, name, a)
	if ctx.Err() != nil {
		return ui.ToastMsg{Text: "Stopped; nothing changed"}
	}
	if err != nil {
		// Whole, as what a program printed is longer than a line.
		return ui.PagerMsg{Title: "Asking " + clean.Line(name), Note: "no answer; nothing changed", Failed: true, Text: clean.Line(err.Error())}
	}
	in, err := workspace.Suggest(ctx, s.Workspace, a.ID, name, a, l)
	if err != nil {
		return ui.ErrMsg{Err: err}
	}
	say := fmt.Sprintf("%s suggests %d names and quotes", clean.Line(name), in.Suggested)
	switch in.Suggested {
	case 0:
		say = clean.Line(name) + " suggests nothing here"
	case 1:
		say = clean.Line(name) + " suggests 1 name or quote"
	}
	if len(left) > 0 {
		say += "; left out: " + strings.Join(left, ", ")
	}
	return ui.ToastMsg{Text: say}
}
