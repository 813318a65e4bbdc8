package screens

import (
	"context"
	"errors"
	"fmt"
	"io"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library/db"
	"byline/annotate/workspace"
	"byline/annotate/workspace/sources"
	"byline/articles"
	"byline/articles/load"
	"byline/ui"
	"byline/ui/app"
	"byline/ui/changes"
	"byline/ui/library"
	"byline/ui/pace"
	"byline/ui/reader"
)

// first returns the screens at start, and their first command: the library, and on top of it the
// one article that was named.
func (s *Screens) first() ([]ui.Screen, func() tea.Cmd, error) {
	if s.Options.Tour != "" {
		t := s.tourOf(s.Workspace, s.Options.Tour, nil)
		return []ui.Screen{t.screen}, func() tea.Cmd { return t.open }, nil
	}
	if s.Options.Adjudicate != nil {
		a := adjudicateScreen(s, *s.Options.Adjudicate)
		return []ui.Screen{s.lib, a}, a.Start, nil
	}
	if s.Review != nil {
		r := s.review(s.Review)
		return []ui.Screen{s.lib, r}, r.Start, nil
	}
	req, err := s.reach.request(s.Names)
	if err != nil {
		return nil, nil, err
	}
	if req == nil {
		return []ui.Screen{s.lib}, func() tea.Cmd { return tea.Batch(s.reach.begin(s.Names), s.sayAssigned) }, nil
	}
	r := s.reader()
	return []ui.Screen{s.lib, r}, func() tea.Cmd { return tea.Batch(r.Open(*req), s.lib.Load()) }, nil
}

// request implements [intake].
func (s machine) request(names []string) (*reader.Request, error) {
	if len(names) != 1 || sources.IsDir(names[0]) || load.HoldsSeveral(names[0]) {
		return nil, nil
	}
	req, err := s.requestOne(names[0])
	return &req, err
}

// requestOne returns the request for the one article of name.
func (s machine) requestOne(name string) (reader.Request, error) {
	req := reader.Request{Offset: -1, List: s.lib.Listed}
	var in io.Reader
	if name == "-" {
		var addresses []string
		if in, addresses = sources.Addresses(s.Stdin); len(addresses) == 1 {
			name = addresses[0]
		}
	}
	switch name = sources.Name(name); {
	case name == "-":
		a, err := load.Reader(s.ctx, in, "-")
		if err != nil {
			return req, err
		}
		req.Preview = func() (*articles.Article, error) { return a, nil }
		req.Fetch = func(ctx context.Context) (*articles.Article, error) { return s.store(ctx, a) }
	case sources.IsURL(name):
		req.Fetch = func(ctx context.Context) (*articles.Article, error) { return s.Fetcher.Article(ctx, name) }
	default:
		req.Preview = func() (*articles.Article, error) { a, _, err := load.Head(s.ctx, name); return a, err }
		req.Fetch = func(ctx context.Context) (*articles.Article, error) {
			a, err := load.File(ctx, name)
			if err != nil {
				return nil, err
			}
			return s.store(ctx, a)
		}
	}
	return req, nil
}

// store adds an article to the library and returns the stored one.
func (s machine) store(ctx context.Context, a *articles.Article) (*articles.Article, error) {
	pace.ReleaseMemory(len(a.Text)) // the bytes of the file
	added, err := s.Library.Add(ctx, a)
	if err != nil {
		return nil, err
	}
	e, err := s.Library.Entry(ctx, added.ID)
	if err != nil {
		return nil, err
	}
	return s.Library.ReadSharing(ctx, e, a)
}

// open opens an article of the library. If the library has only a summary, that is shown while the
// page is fetched; if fetching fails, the summary stays and the error is shown.
func (s *Screens) open(msg library.OpenMsg) app.Answer {
	r := s.reader()
	req := reader.Request{ID: msg.ID, Offset: msg.Offset, Query: msg.Query}
	if msg.List != nil {
		req.List = func() []string { return msg.List }
	}
	if url, err := s.Library.PendingArticle(s.ctx, msg.ID); err != nil || url == "" || s.reach.complete == nil {
		return app.Answer{Screen: r, Cmd: r.Open(req)}
	}
	failed := make(chan error, 1)
	req.Preview = func() (*articles.Article, error) { return s.Library.Article(s.ctx, msg.ID) }
	req.Fetch = func(ctx context.Context) (*articles.Article, error) {
		failed <- s.reach.complete(ctx, msg.ID)
		return s.Library.Article(ctx, msg.ID)
	}
	tell := func() tea.Msg {
		select {
		case err := <-failed:
			if err != nil && !errors.Is(err, context.Canceled) { // nobody waits for one who left
				return ui.ErrMsg{Err: err, Hint: "showing the summary from its feed"}
			}
		case <-s.ctx.Done():
		}
		return ui.ChangedMsg{ID: msg.ID}
	}
	return app.Answer{Screen: r, Cmd: tea.Batch(r.Open(req), tell)}
}

// versions shows what changed in an article since its previous version.
func (s *Screens) versions(ctx context.Context, a *articles.Article, back func(off int) tea.Cmd) tea.Cmd {
	return func() tea.Msg {
		v, err := s.Compare(ctx, a.ID, 0, 0)
		if errors.Is(err, workspace.ErrOneVersion) {
			return ui.ToastMsg{Text: "This article has only one version"}
		}
		if err != nil {
			return ui.ErrMsg{Err: err}
		}
		called := func(e db.Edition) string {
			return fmt.Sprintf("version %d of %s", e.Number, ui.Minute(e.Added, s.Zone()))
		}
		return ui.PushMsg{Screen: changes.New(changes.Subject{
			Title: v.Now.Title, From: called(v.From), To: called(v.To), Was: v.Was.Text, Now: v.Now.Text, Difference: v.Difference, Go: back,
		})}
	}
}
