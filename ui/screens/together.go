package screens

import (
	"context"
	"fmt"
	"io"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/workspace"
	"byline/annotate/workspace/sync"
	"byline/ui"
	"byline/ui/config"
)

// together implements [intake]: it shows the wait.
func (s machine) together() tea.Cmd {
	if s.Config.Sync == "" {
		return ui.Tell("Set sync in the settings first; “byline sync --help” says how")
	}
	place, err := sync.ParseSetting(s.Config.Sync, config.ExpandHome)
	if err != nil {
		return ui.Fail(err, "correct the setting sync")
	}
	return func() tea.Msg {
		ctx, stop := context.WithCancel(s.ctx)
		return ui.WaitMsg{Title: "Syncing", Text: place.String(), Stop: stop, Work: func() tea.Msg {
			defer stop()
			return s.bringTogether(ctx, place)
		}}
	}
}

func (s machine) bringTogether(ctx context.Context, place sync.Place) tea.Msg {
	var told []error
	l := sync.Of(s.Workspace, func(err error) { told = append(told, err) })
	l.Alone = true
	r, err := l.With(ctx, place, io.Discard)
	changed := ui.Send(ui.ChangedMsg{Elsewhere: true})
	switch {
	case err != nil && ctx.Err() != nil:
		return tea.BatchMsg{ui.Tell("Stopped; syncing again goes on with it"), changed}
	case err != nil:
		return tea.BatchMsg{ui.Fail(err, "“byline sync” in a terminal can ask you"), changed}
	case len(told) > 0:
		return tea.BatchMsg{ui.Fail(told[0], fmt.Sprintf("%d such lines; “byline sync” prints all", len(told))), changed}
	}
	say := r.String()
	if what := r.Misnamed(workspace.Signer(s.Workspace)); what != "" {
		say += "; " + place.String() + " " + what
	}
	switch n := len(r.Clashes); {
	case n == 1:
		say += "; 1 conflict, in “" + r.Clashes[0].Title + "”"
	case n > 1:
		say += fmt.Sprintf("; %d conflicts, the first in “%s”", n, r.Clashes[0].Title)
	}
	for _, line := range r.Notes() {
		say += "; " + line
	}
	return tea.BatchMsg{ui.Tell(say), changed, s.annotateRest()}
}
