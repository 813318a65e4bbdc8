package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"byline/annotate/library/db"
	"byline/articles"
	"byline/articles/clean"
	"byline/articles/feed"
	"byline/articles/fetch"
	"byline/articles/load"
)

// feedsAtOnce is how many feeds, or pages, are fetched at a time; of one host it is one.
const feedsAtOnce = 8

// An arrived article is one that a feed brought.
type arrived struct {
	db.Added
	title string
}

// news is what a feed brought.
type news struct {
	followed bool // it was not before
	articles []arrived
}

// syncAll fetches the feeds with these addresses, or all, and tells each what came of it.
func (s *shelf) syncAll(ctx context.Context, urls []string, each func(db.Feed, news, error)) error {
	feeds, err := s.FollowedFeeds(ctx)
	if err != nil {
		return err
	}
	for _, u := range urls {
		if !slices.ContainsFunc(feeds, func(f db.Feed) bool { return f.URL == u }) {
			each(db.Feed{URL: u}, news{}, withHint(fmt.Errorf("%s: %w", u, db.ErrNoFeed), "\"byline feed add\" follows it"))
		}
	}
	var g errgroup.Group
	g.SetLimit(feedsAtOnce)
	for _, f := range feeds {
		if len(urls) > 0 && !slices.Contains(urls, f.URL) {
			continue
		}
		g.Go(func() error {
			if ctx.Err() != nil {
				return nil
			}
			n, err := s.syncOne(ctx, f)
			if ctx.Err() == nil || err == nil {
				each(f, n, err)
			}
			return nil
		})
	}
	_ = g.Wait()
	return ctx.Err()
}

// syncOne fetches a feed, and notes in the library what came of it.
func (s *shelf) syncOne(ctx context.Context, f db.Feed) (news, error) {
	page, err := web.Get(ctx, fetch.Request{URL: f.URL, Trusted: f.Typed, ETag: f.ETag, Modified: f.Modified})
	if errors.Is(err, fetch.ErrNotModified) {
		return news{}, s.RecordSync(ctx, f)
	}
	var n news
	if err == nil {
		var in *feed.Feed
		if in, err = feed.Parse(ctx, page.Body, page.URL); err == nil {
			n, err = s.receive(ctx, f.URL, in)
			f.Title, f.Site = cmp.Or(in.Title, f.Title), cmp.Or(in.Site, f.Site)
		} else {
			err = fmt.Errorf("%s: %w", f.URL, err)
		}
	}
	if ctx.Err() != nil {
		return n, ctx.Err()
	}
	f.Error = ""
	if err != nil {
		f.Error = strings.TrimPrefix(strings.TrimPrefix(err.Error(), "fetch "), f.URL+": ")
		return n, errors.Join(err, s.RecordSync(ctx, f))
	}
	f.ETag, f.Modified = page.ETag, page.Modified
	return n, s.RecordSync(ctx, f)
}

// receive takes the items of a feed into the library, the oldest first.
func (s *shelf) receive(ctx context.Context, url string, in *feed.Feed) (news, error) {
	var n news
	for _, item := range slices.Backward(in.Items) {
		if strings.TrimSpace(item.Article.Text) == "" {
			continue
		}
		pending := item.Link
		if item.Whole {
			pending = ""
		}
		if item.Article.Source == "" {
			item.Article.Source = url + "#" + clean.Line(item.GUID)
		}
		added, err := s.Receive(ctx, url, item.GUID, pending, item.Article)
		if err != nil {
			return n, err
		}
		if added.Outcome != db.Same {
			n.articles = append(n.articles, arrived{added, item.Article.Title})
		}
	}
	return n, nil
}

// follow has the library follow the feed at an address, or the first that the page there
// names, and takes in what it has.
func (s *shelf) follow(ctx context.Context, address string) (db.Feed, news, error) {
	page, err := web.Get(ctx, fetch.Request{URL: address, Trusted: true})
	if err != nil {
		return db.Feed{}, news{}, err
	}
	typed := true
	in, err := feed.Parse(ctx, page.Body, page.URL)
	if errors.Is(err, feed.ErrNoFeed) {
		named := feed.Find(page.Body, page.URL)
		if len(named) == 0 {
			return db.Feed{}, news{}, fmt.Errorf("%s: %w, and names none", address, err)
		}
		typed = sameHost(address, named[0])
		address = named[0]
		if page, err = web.Get(ctx, fetch.Request{URL: address, Trusted: typed}); err != nil {
			return db.Feed{}, news{}, err
		}
		in, err = feed.Parse(ctx, page.Body, page.URL)
	}
	if err != nil {
		return db.Feed{}, news{}, fmt.Errorf("%s: %w", address, err)
	}
	f := db.Feed{Typed: typed, URL: address, Title: cmp.Or(in.Title, address), Site: in.Site}
	followed, err := s.AddFeed(ctx, f)
	if err != nil {
		return f, news{}, err
	}
	n, err := s.receive(ctx, address, in)
	n.followed = followed
	if err == nil {
		f.ETag, f.Modified = page.ETag, page.Modified
		err = s.RecordSync(ctx, f)
	}
	return f, n, err
}

// sameHost reports whether two addresses are of one host: who typed the one means the other.
func sameHost(a, b string) bool {
	x, err := url.Parse(a)
	y, err2 := url.Parse(b)
	return err == nil && err2 == nil && x.Host == y.Host
}

// complete fetches the whole of an article of which there is a summary only. Its address came
// from a feed: it must not lead into the network that the program runs in.
func (s *shelf) complete(ctx context.Context, id string) error {
	address, err := s.Pending(ctx, id)
	if err != nil || address == "" {
		return err
	}
	page, err := web.Get(ctx, fetch.Request{URL: address})
	if err != nil {
		return err
	}
	a, err := load.Fetched(ctx, address, page.Body, page.Charset)
	if err != nil {
		return err
	}
	if a, err = s.named(ctx, id, a); err != nil {
		return err
	}
	added, err := s.Complete(ctx, id, a)
	if err != nil {
		return err
	}
	return s.SavePage(ctx, added.ID, added.Version, pageOf(address, page))
}

// named gives the whole of an article what only its feed said of it.
func (s *shelf) named(ctx context.Context, id string, a *articles.Article) (*articles.Article, error) {
	e, err := s.Entry(ctx, id)
	if err != nil {
		return nil, err
	}
	a.Author, a.Site = cmp.Or(a.Author, e.Author), cmp.Or(a.Site, e.Site)
	if a.Date.IsZero() {
		a.Date = e.Date
	}
	return a, nil
}

// pageOf returns an answer as the library keeps it.
func pageOf(address string, p *fetch.Page) db.Page {
	return db.Page{URL: address, Final: p.URL, Fetched: p.At, Type: p.Type, Charset: p.Charset, ETag: p.ETag, Modified: p.Modified, Body: p.Body}
}
