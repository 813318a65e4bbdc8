// Package pages fetches articles by their addresses into a workspace and stores the pages they
// were made of, so that a newer byline can parse them again without the network.
package pages

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"

	"golang.org/x/sync/errgroup"

	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/workspace"
	"byline/articles"
	"byline/articles/feed"
	"byline/articles/fetch"
	"byline/articles/load"
	"byline/articles/stream"
)

// ErrFeed says that an address is that of a feed.
var ErrFeed = errors.New("it is a feed, not an article")

// A Download is a page with its article.
type Download struct {
	*articles.Article
	db.Page
	known string // the ID of the article, if the page has not changed since it was fetched
}

// Fetch fetches the article at an address that a person named. The error is [ErrFeed] if a feed is
// there.
func Fetch(ctx context.Context, c *fetch.Client, r fetch.Request) (Download, error) {
	r.Trusted = true
	return get(ctx, c, r)
}

// get fetches the article that r asks for.
func get(ctx context.Context, c *fetch.Client, r fetch.Request) (Download, error) {
	p, err := c.Get(ctx, r)
	if err != nil {
		return Download{}, err
	}
	r.URL = fetch.WithoutSecrets(r.URL) // which is kept nowhere
	if _, err := feed.Parse(ctx, p.Body, p.URL, p.Charset); err == nil {
		return Download{}, fmt.Errorf("%s: %w", r.URL, ErrFeed)
	}
	a, err := load.ParsePage(ctx, r.URL, p.Body, p.Charset)
	if err != nil {
		return Download{}, err
	}
	a.URL = fetch.WithoutSecrets(a.URL)
	return Download{Article: a, Page: pageOf(r.URL, p)}, nil
}

// pageOf returns a response in the form in which the library stores it.
func pageOf(address string, p *fetch.Page) db.Page {
	return db.Page{URL: address, Final: p.URL, Fetched: p.At, Type: p.Type, Charset: p.Charset, ETag: p.ETag, Modified: p.Modified, Body: p.Body}
}

// fewWords is fewer than any article worth reading has.
const fewWords = 80

// Partial says why a page may not be the whole article, beyond what the article's own warnings say; "" if there is no
// sign of that, or no page.
func (d *Download) Partial() string {
	if d.Article == nil || d.Body == nil || len(d.Warnings) > 0 {
		return ""
	}
	if n := d.Words(); n < fewWords {
		return fmt.Sprintf("only %s got; the rest may be made by a script, or be for subscribers", words(n))
	}
	return ""
}

func words(n int) string {
	if n == 1 {
		return "one word was"
	}
	return fmt.Sprintf("%d words were", n)
}

// A Fetcher fetches pages for a workspace. All share one client, so that no host gets two requests
// at once.
type Fetcher struct {
	Workspace *workspace.Workspace
	Client    *fetch.Client
}

// Picture fetches a picture of an article from its address, which must not be in a private network.
func (f *Fetcher) Picture(ctx context.Context, url string) ([]byte, error) {
	p, err := f.Client.Get(ctx, fetch.Request{URL: url})
	if err != nil {
		return nil, err
	}
	return p.Body, nil
}

// Download fetches the article at an address, unless the library has it and the server says that
// it has not changed.
func (f *Fetcher) Download(ctx context.Context, url string) (Download, error) {
	return f.download(ctx, fetch.Request{URL: url, Trusted: true})
}

func (f *Fetcher) download(ctx context.Context, r fetch.Request) (Download, error) {
	id, last, err := f.Workspace.Library.LastPage(ctx, fetch.WithoutSecrets(r.URL))
	if err == nil {
		r.ETag, r.Modified = last.ETag, last.Modified
	} else if !errors.Is(err, db.ErrNotFound) {
		return Download{}, err
	}
	d, err := get(ctx, f.Client, r)
	if errors.Is(err, fetch.ErrNotModified) && id != "" {
		return Download{known: id}, nil
	}
	return d, err
}

// Add adds a download to the library, with its page. A download that the library already has comes
// back without article but with its title.
func (f *Fetcher) Add(ctx context.Context, d *Download) (db.Added, error) {
	if d.known != "" {
		e, err := f.Workspace.Library.Entry(ctx, d.known)
		d.Article = &articles.Article{Title: e.Title}
		return db.Added{ID: d.known, Outcome: db.Same, Version: e.Version}, err
	}
	added, err := f.Workspace.Library.Add(ctx, d.Article)
	if err != nil {
		return added, err
	}
	return added, f.Workspace.Library.SavePage(ctx, added.ID, added.Version, d.Page)
}

// Article fetches the article at an address, and adds it to the library.
func (f *Fetcher) Article(ctx context.Context, url string) (*articles.Article, error) {
	d, err := f.Download(ctx, url)
	if err != nil {
		return nil, err
	}
	added, err := f.Add(ctx, &d)
	if err != nil {
		return nil, err
	}
	return f.Workspace.Library.Article(ctx, added.ID)
}

// Linked fetches the article that a link of the library's article from leads to, and adds it to the
// library. The address came from a page, so it must not point into the network that the program runs
// in, unless from was fetched from the same host. If the page cannot be fetched but the library has it,
// that is returned with the error.
func (f *Fetcher) Linked(ctx context.Context, from, address string) (*articles.Article, error) {
	d, err := f.download(ctx, fetch.Request{URL: address, Trusted: f.sameHost(ctx, from, address)})
	if err != nil {
		if ctx.Err() != nil {
			return nil, err
		}
		id, _, missing := f.Workspace.Library.LastPage(ctx, fetch.WithoutSecrets(address))
		if missing != nil || id == "" {
			return nil, err
		}
		a, missing := f.Workspace.Library.Article(ctx, id)
		if missing != nil {
			return nil, err
		}
		return a, err
	}
	added, err := f.Add(ctx, &d)
	if err != nil {
		return nil, err
	}
	return f.Workspace.Library.Article(ctx, added.ID)
}

// sameHost reports whether the article with the ID from was fetched from the host of an address.
func (f *Fetcher) sameHost(ctx context.Context, from, address string) bool {
	e, err := f.Workspace.Library.Entry(ctx, from)
	if err != nil {
		return false
	}
	page, err := f.Workspace.Library.Page(ctx, e.ID, e.Version)
	if err != nil {
		return false
	}
	to, err := url.Parse(address)
	if err != nil {
		return false
	}
	at, err := url.Parse(page.URL)
	return err == nil && to.Host != "" && to.Host == at.Host
}

// Complete fetches the full article of a summary. Its address came from a feed, so it must not
// point into the network that the program runs in.
func (f *Fetcher) Complete(ctx context.Context, id string) error {
	lib := f.Workspace.Library
	address, err := lib.PendingArticle(ctx, id)
	if err != nil || address == "" {
		return err
	}
	page, err := f.Client.Get(ctx, fetch.Request{URL: address})
	if err != nil {
		return err
	}
	a, err := load.ParsePage(ctx, address, page.Body, page.Charset)
	if err != nil {
		return err
	}
	if err := f.fillIn(ctx, id, a); err != nil {
		return err
	}
	added, err := lib.Complete(ctx, id, a)
	if err != nil {
		return err
	}
	return lib.SavePage(ctx, added.ID, added.Version, pageOf(address, page))
}

// fillIn adds to the full article what only its feed says about it.
func (f *Fetcher) fillIn(ctx context.Context, id string, a *articles.Article) error {
	e, err := f.Workspace.Library.Entry(ctx, id)
	if err != nil {
		return err
	}
	a.Author, a.Site = cmp.Or(a.Author, e.Author), cmp.Or(a.Site, e.Site)
	if a.Date.IsZero() {
		a.Date = e.Date
	}
	return nil
}

// AtOnce is how many feeds, or pages, are fetched at a time; one per host.
const AtOnce = 8

// CompleteAll fetches the pages of all articles that the library has only a summary of, and calls
// each with every result, from several goroutines at once.
func (f *Fetcher) CompleteAll(ctx context.Context, each func(id string, err error)) error {
	ids, err := f.Workspace.Library.AllPending(ctx)
	if err != nil {
		return err
	}
	var g errgroup.Group
	g.SetLimit(AtOnce)
	for _, id := range ids {
		g.Go(func() error {
			return stream.Catch(func() {
				err := f.Complete(ctx, id)
				if ctx.Err() != nil {
					err = nil
				}
				each(id, err)
			})
		})
	}
	if panicked := g.Wait(); panicked != nil { // no task returns another error
		panic(panicked)
	}
	return ctx.Err()
}

// A PageError says that a stored page could not be parsed again.
type PageError struct{ error }

func (e *PageError) Unwrap() error { return e.error }

// longestAgain is the most bytes of the text of an article whose file is read again for its warnings.
const longestAgain = 1 << 20

// Warnings returns what a reader should know of how the article a was made, whose entry is e. It reads its page, or its file, again;
// nil if neither is there, the article comes out otherwise by now, or its file is too long to be read while somebody waits.
func Warnings(ctx context.Context, lib *db.DB, a *articles.Article, e *library.Entry) []string {
	var again *articles.Article
	if page, err := lib.Page(ctx, e.ID, e.Version); err == nil {
		again, err = load.ParsePage(ctx, e.Source, page.Body, page.Charset)
		if err != nil {
			return []string{err.Error()}
		}
	} else if filepath.IsAbs(e.Source) && len(a.Text) <= longestAgain {
		if again, err = load.File(ctx, e.Source); err != nil {
			return nil
		}
	}
	if again == nil || again.Text != a.Text {
		return nil
	}
	return again.Warnings
}

// Reread parses an article again from its stored page, and returns the outcome and its title. An
// article that was not fetched, or comes out the same, stays as it is and is db.Same. The error is
// a [PageError] if the page is at fault and others may be readable.
func Reread(ctx context.Context, lib *db.DB, e *library.Entry) (added db.Added, title string, err error) {
	same := db.Added{ID: e.ID, Outcome: db.Same, Version: e.Version}
	page, err := lib.Page(ctx, e.ID, e.Version)
	if errors.Is(err, db.ErrNotFound) {
		return same, e.Title, nil
	}
	if err != nil {
		return same, e.Title, err
	}
	a, err := load.ParsePage(ctx, e.Source, page.Body, page.Charset)
	if err != nil {
		return same, e.Title, &PageError{err}
	}
	added, err = lib.Add(ctx, a)
	if err != nil || added.Outcome == db.Same {
		return added, a.Title, err
	}
	return added, a.Title, lib.SavePage(ctx, added.ID, added.Version, page)
}
