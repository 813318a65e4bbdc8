package screens

import (
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"byline/ui"
	"byline/ui/app"
	"byline/ui/library"
	"byline/ui/reader"
)

// review returns the review of the articles with these IDs. One that the program was started for ends
// it.
func (s *Screens) review(ids []string) *reader.Queue {
	svc := reader.QueueServices{Open: s.Article, Unreviewed: s.Finder().Unreviewed, Reader: s.reader, Now: time.Now, Save: s.reach.saveCount}
	if s.Review != nil {
		svc.Leave, svc.Out, svc.Text = ui.Send(ui.QuitMsg{}), "quit", s.InOrder
	}
	return reader.NewQueue(s.ctx, svc, ids)
}

// turn opens another article of the list in place of the one shown, where its reader left off, and
// takes the library's cursor along.
func (s *Screens) turn(msg reader.TurnMsg) app.Answer {
	at, say := slices.Index(msg.List, msg.ID), ""
	to := at + msg.By
	switch {
	case msg.List == nil:
		say = "This article was not opened from a list; {app.back} goes back"
	case at < 0:
		say = "This article is not in the list; {app.back} goes back to the list"
	case to < 0:
		say = "This is the first article of the list"
	case to >= len(msg.List):
		say = "This is the last article of the list; {app.back} goes back to it"
	}
	if say != "" {
		return app.Answer{Cmd: ui.Tell(say)}
	}
	s.lib.Select(msg.List[to])
	a := s.open(library.OpenMsg{ID: msg.List[to], Offset: -1, List: msg.List})
	a.Instead = msg.From
	a.Cmd = tea.Batch(a.Cmd, ui.Tell(fmt.Sprintf("Article %d of %d", to+1, len(msg.List))))
	return a
}
