package screens

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/workspace/pages"
	"byline/articles"
	"byline/articles/load"
	"byline/ui"
	"byline/ui/app"
	"byline/ui/hints"
	"byline/ui/reader"
)

// followedMsg says that the page behind a link is in the library.
type followedMsg struct {
	id     string
	failed error // why it is the copy that the library had
}

// Follow implements [reader.Outside]: it shows the wait.
func (s machine) Follow(from *articles.Article, url string) tea.Cmd {
	return func() tea.Msg {
		ctx, stop := context.WithCancel(s.ctx)
		return ui.WaitMsg{Title: "Fetching", Text: url, Stop: stop, Work: func() tea.Msg {
			defer stop()
			return s.fetchLinked(ctx, from, url)
		}}
	}
}

func (s machine) fetchLinked(ctx context.Context, from *articles.Article, url string) tea.Msg {
	a, err := s.Fetcher.Linked(ctx, from.ID, url)
	switch {
	case a != nil:
		return followedMsg{a.ID, err}
	case errors.Is(err, pages.ErrFeed):
		return ui.ErrMsg{Err: err, Hint: "a in the library follows it"}
	case errors.Is(err, load.ErrBinary):
		return ui.ErrMsg{Err: err, Hint: "{reader.browse} opens it in the browser"}
	case hints.For(err) != "":
		return ui.ErrMsg{Err: err, Hint: hints.For(err)}
	}
	return ui.ErrMsg{Err: err, Hint: "{reader.browse} opens it in the browser"}
}

// followed opens the page that a link led to, above the article with the link.
func (s *Screens) followed(msg followedMsg) app.Answer {
	r := s.reader()
	say := ui.Tell("{reader.jump-back} goes back")
	if msg.failed != nil {
		say = ui.Tell("This is the copy in the library: " + msg.failed.Error())
	}
	return app.Answer{Screen: r, Cmd: tea.Batch(r.Open(reader.Request{ID: msg.id, Offset: -1, Back: true}), ui.Send(ui.ChangedMsg{}), say)}
}
