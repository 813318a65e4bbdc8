package cli

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library/db"
	"byline/articles"
	"byline/articles/clean"
	"byline/articles/load"
	"byline/ui"
	"byline/ui/app"
	"byline/ui/changes"
	"byline/ui/library"
	"byline/ui/reader"
)

// open answers for an article of the library. One of which there is a summary only shows that
// while its page is fetched; where it cannot be had, the summary stays and says why.
func (d *desktop) open(msg library.OpenMsg) app.Answer {
	r := d.reader()
	req := reader.Request{ID: msg.ID, Offset: msg.Offset, Query: msg.Query}
	if url, err := d.Pending(context.Background(), msg.ID); err != nil || url == "" {
		return app.Answer{Screen: r, Cmd: r.Open(req)}
	}
	failed := make(chan error, 1)
	req.Preview = func() (*articles.Article, error) { return d.Article(context.Background(), msg.ID) }
	req.Fetch = func(ctx context.Context) (*articles.Article, error) {
		failed <- d.complete(ctx, msg.ID)
		return d.Article(ctx, msg.ID)
	}
	tell := func() tea.Msg {
		if err := <-failed; err != nil {
			return ui.ErrMsg{Err: err, Hint: "this is what its feed says"}
		}
		return ui.ChangedMsg{ID: msg.ID}
	}
	return app.Answer{Screen: r, Cmd: tea.Batch(r.Open(req), tell)}
}

// addAddress adds the article at an address, or follows the feed that is there, and returns
// how many articles came.
func (d *desktop) addAddress(ctx context.Context, url string) (int, error) {
	_, err := d.fetched(ctx, url)
	if err == nil {
		return 1, nil
	}
	if !errors.Is(err, errFeed) {
		return 0, err
	}
	_, n, err := d.follow(ctx, url)
	return len(n.articles), err
}

// syncFeeds fetches what is new in the feeds, and says how much that is.
func (d *desktop) syncFeeds() tea.Cmd {
	return func() tea.Msg {
		ctx := context.Background()
		feeds, err := d.FollowedFeeds(ctx)
		if err != nil {
			return ui.ErrMsg{Err: err}
		}
		if len(feeds) == 0 {
			return ui.ToastMsg{Text: "no feed is followed; {library.add} with the address of one follows it"}
		}
		came, failed := make(chan int, len(feeds)), make(chan error, len(feeds))
		err = d.syncAll(ctx, nil, func(_ db.Feed, n news, err error) {
			came <- len(n.articles)
			if err != nil {
				failed <- err
			}
		})
		close(came)
		close(failed)
		if err != nil {
			return ui.ErrMsg{Err: err}
		}
		total := 0
		for n := range came {
			total += n
		}
		say := ui.Tell(countArticles(total) + " new in the feeds")
		if n := len(failed); n > 0 {
			say = ui.Fail(<-failed, fmt.Sprintf("%s new; %d of %d feeds could not be had", countArticles(total), n, len(feeds)))
		}
		return tea.BatchMsg{say, ui.Send(ui.ChangedMsg{}), d.annotateRest()}
	}
}

// addText adds a text that somebody pasted.
func (d *desktop) addText(text string) tea.Cmd {
	return func() tea.Msg {
		ctx := context.Background()
		a, err := load.Bytes(ctx, "-", []byte(text))
		if err == nil {
			_, err = d.desk.Add(ctx, a)
		}
		if err != nil {
			return ui.ErrMsg{Err: err, Hint: "what was pasted is not added"}
		}
		return tea.BatchMsg{ui.Tell("added: " + clean.Line(a.Title)), ui.Send(ui.ChangedMsg{})}
	}
}

// versions shows what changed in an article since the version before.
func (d *desktop) versions(a *articles.Article, back func(off int) tea.Cmd) tea.Cmd {
	return func() tea.Msg {
		v, err := d.compare(context.Background(), a.ID, 0, 0)
		if errors.Is(err, errOneVersion) {
			return ui.ToastMsg{Text: err.Error()}
		}
		if err != nil {
			return ui.ErrMsg{Err: err}
		}
		called := func(e db.Edition) string { return fmt.Sprintf("version %d of %s", e.Number, lastHad(e.Added)) }
		return ui.PushMsg{Screen: changes.New(changes.Subject{
			Title: v.now.Title, From: called(v.from), To: called(v.to), Was: v.was.Text, Now: v.now.Text, Difference: v.Difference, Go: back,
		})}
	}
}
