// Package feeds follows the feeds of publications for a workspace: new items are added to the
// library, complete if the feed has the full text, else as a summary whose page package pages
// fetches later.
package feeds

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
	"byline/annotate/workspace/pages"
	"byline/articles/clean"
	"byline/articles/feed"
	"byline/articles/fetch"
	"byline/articles/stream"
)

// An Item is an article from a feed.
type Item struct {
	db.Added
	Title string
}

// News is the result of fetching a feed.
type News struct {
	Followed bool   // the feed was not followed before
	Articles []Item // new or changed ones
	More     int    // how many items the feed has beyond those that were read
	Lost     int    // how many of those could not be read
}

// A Follower adds the items of feeds to the library of a workspace.
type Follower struct{ *pages.Fetcher }

// Sync fetches the feeds with these addresses, or all, and calls each with every result, from
// several goroutines at once. A feed that fails does not stop the others; for one that is not
// followed, the error is db.ErrNoFeed.
func (f Follower) Sync(ctx context.Context, urls []string, each func(db.Feed, News, error)) error {
	all, err := f.Workspace.Library.FollowedFeeds(ctx)
	if err != nil {
		return err
	}
	for _, u := range urls {
		if !slices.ContainsFunc(all, func(x db.Feed) bool { return x.URL == u }) {
			each(db.Feed{URL: u}, News{}, fmt.Errorf("%s: %w", u, db.ErrNoFeed))
		}
	}
	var g errgroup.Group
	g.SetLimit(pages.AtOnce)
	for _, x := range all {
		if len(urls) > 0 && !slices.Contains(urls, x.URL) {
			continue
		}
		g.Go(func() error {
			if ctx.Err() != nil {
				return nil
			}
			return stream.Catch(func() {
				n, err := f.syncOne(ctx, x)
				if ctx.Err() == nil || err == nil {
					each(x, n, err)
				}
			})
		})
	}
	if panicked := g.Wait(); panicked != nil { // no task returns another error
		panic(panicked)
	}
	return ctx.Err()
}

// syncOne fetches a feed, and records the result in the library.
func (f Follower) syncOne(ctx context.Context, x db.Feed) (News, error) {
	lib := f.Workspace.Library
	page, err := f.Client.Get(ctx, fetch.Request{URL: x.URL, Trusted: x.Typed, ETag: x.ETag, Modified: x.Modified})
	if errors.Is(err, fetch.ErrNotModified) {
		return News{}, lib.RecordSync(ctx, x)
	}
	var n News
	if err == nil {
		var in *feed.Feed
		if in, err = feed.Parse(ctx, page.Body, page.URL, page.Charset); err == nil {
			n, err = f.receive(ctx, x.URL, in)
			x.Title, x.Site = cmp.Or(in.Title, x.Title), cmp.Or(in.Site, x.Site)
		} else {
			err = fmt.Errorf("%s: %w", fetch.WithoutSecrets(x.URL), err)
		}
	}
	if ctx.Err() != nil {
		return n, ctx.Err()
	}
	x.Error = ""
	if err != nil {
		x.Error = strings.TrimPrefix(strings.TrimPrefix(err.Error(), "fetch "), fetch.WithoutSecrets(x.URL)+": ")
		return n, errors.Join(err, lib.RecordSync(ctx, x))
	}
	x.ETag, x.Modified = page.ETag, page.Modified
	return n, lib.RecordSync(ctx, x)
}

// receive adds the items of a feed to the library, the oldest first.
func (f Follower) receive(ctx context.Context, url string, in *feed.Feed) (News, error) {
	n := News{More: in.More, Lost: in.Lost}
	for _, item := range slices.Backward(in.Items) {
		if strings.TrimSpace(item.Article.Text) == "" {
			continue
		}
		pending := item.Link
		if item.Whole {
			pending = ""
		}
		if item.Article.Source == "" {
			item.Article.Source = fetch.WithoutSecrets(url) + "#" + clean.Line(item.GUID)
		}
		added, err := f.Workspace.Library.Receive(ctx, url, item.GUID, pending, item.Article)
		if err != nil {
			return n, err
		}
		if added.Outcome != db.Same {
			n.Articles = append(n.Articles, Item{added, item.Article.Title})
		}
	}
	return n, nil
}

// Follow follows the feed at an address, or the first feed that the page there links to, and adds
// its items.
func (f Follower) Follow(ctx context.Context, address string) (db.Feed, News, error) {
	if typed, ok := fetch.Address(address); ok {
		address = typed
	} else if typed, ok := fetch.Address(address + "/"); ok { // a host alone
		address = typed
	}
	if u, err := url.Parse(address); err == nil && u.User != nil {
		return db.Feed{}, News{}, fmt.Errorf("%s: a feed that needs a password cannot be followed: none is kept", fetch.WithoutSecrets(address))
	}
	page, err := f.Client.Get(ctx, fetch.Request{URL: address, Trusted: true})
	if err != nil {
		return db.Feed{}, News{}, err
	}
	typed := true
	in, err := feed.Parse(ctx, page.Body, page.URL, page.Charset)
	if errors.Is(err, feed.ErrNoFeed) {
		named := feed.Find(page.Body, page.URL)
		if len(named) == 0 {
			return db.Feed{}, News{}, fmt.Errorf("%s: %w, and names none", fetch.WithoutSecrets(address), err)
		}
		typed = sameHost(address, named[0])
		address = named[0]
		if page, err = f.Client.Get(ctx, fetch.Request{URL: address, Trusted: typed}); err != nil {
			return db.Feed{}, News{}, err
		}
		in, err = feed.Parse(ctx, page.Body, page.URL, page.Charset)
	}
	if err != nil {
		return db.Feed{}, News{}, fmt.Errorf("%s: %w", fetch.WithoutSecrets(address), err)
	}
	x := db.Feed{Typed: typed, URL: address, Title: cmp.Or(in.Title, address), Site: in.Site}
	followed, err := f.Workspace.Library.AddFeed(ctx, x)
	if err != nil {
		return x, News{}, err
	}
	n, err := f.receive(ctx, address, in)
	n.Followed = followed
	if err == nil {
		x.ETag, x.Modified = page.ETag, page.Modified
		err = f.Workspace.Library.RecordSync(ctx, x)
	}
	return x, n, err
}

// sameHost reports whether two addresses have the same host, for people who typed one and meant
// the other.
func sameHost(a, b string) bool {
	x, err := url.Parse(a)
	y, err2 := url.Parse(b)
	return err == nil && err2 == nil && x.Host == y.Host
}
