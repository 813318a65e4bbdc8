package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"byline/annotate/library/db"
	"byline/articles"
	"byline/articles/feed"
	"byline/articles/fetch"
	"byline/articles/load"
)

// web fetches for the whole program, so that no host is asked two things at once.
var web = &fetch.Client{Agent: "byline/" + release + " (a reader; one page at a time)"}

// A download is a page with the article it holds.
type download struct {
	*articles.Article
	db.Page
	known string // the ID of the article, where the page has not changed since it was fetched
}

// errFeed says that an address is of no article.
var errFeed = errors.New("it is a feed, not an article")

// fetchArticle gets the article at an address that a person named.
func fetchArticle(ctx context.Context, r fetch.Request) (download, error) {
	r.Trusted = true
	p, err := web.Get(ctx, r)
	if err != nil {
		return download{}, err
	}
	if _, err := feed.Parse(ctx, p.Body, p.URL); err == nil {
		return download{}, withHint(fmt.Errorf("%s: %w", r.URL, errFeed), "\"byline feed add\" follows it")
	}
	a, err := load.Fetched(ctx, r.URL, p.Body, p.Charset)
	if err != nil {
		return download{}, err
	}
	return download{Article: a, Page: pageOf(r.URL, p)}, nil
}

// download gets the article at an address, unless the library has it and the server says
// that it has not changed.
func (s *shelf) download(ctx context.Context, url string) (download, error) {
	r := fetch.Request{URL: url}
	id, last, err := s.LastPage(ctx, url)
	if err == nil {
		r.ETag, r.Modified = last.ETag, last.Modified
	} else if !errors.Is(err, db.ErrNotFound) {
		return download{}, err
	}
	d, err := fetchArticle(ctx, r)
	if errors.Is(err, fetch.ErrNotModified) && id != "" {
		return download{known: id}, nil
	}
	return d, err
}

// addDownload puts what was fetched into the library, with the page it was made of.
func (s *shelf) addDownload(ctx context.Context, d download) (db.Added, error) {
	if d.known != "" {
		e, err := s.Entry(ctx, d.known)
		return db.Added{ID: d.known, Outcome: db.Same, Version: e.Version}, err
	}
	added, err := s.Add(ctx, d.Article)
	if err != nil {
		return added, err
	}
	return added, s.SavePage(ctx, added.ID, added.Version, d.Page)
}

// fewWords is less than any article has that is worth reading.
const fewWords = 80

// partial says why a page may not be the whole article; "" if nothing speaks for that.
func (d *download) partial() string {
	head := d.Body
	locked := bytes.Contains(head, []byte(`"isAccessibleForFree":false`)) || bytes.Contains(head, []byte(`"isAccessibleForFree": false`)) ||
		bytes.Contains(head, []byte(`"isAccessibleForFree":"False"`)) || bytes.Contains(head, []byte(`"isAccessibleForFree": "False"`))
	switch n := d.Words(); {
	case locked:
		return fmt.Sprintf("the page says that it is not free to read; %d words of it were got", n)
	case n < fewWords:
		return fmt.Sprintf("only %d words were got; the rest may be made by a script, or be for subscribers", n)
	}
	return ""
}

// warnPartial says on standard error what a page may lack.
func warnPartial(errs io.Writer, d *download) {
	if d.Article == nil || d.Body == nil {
		return
	}
	if why := d.partial(); why != "" {
		fmt.Fprintf(errs, "byline: %s: %s\n", d.URL, why)
	}
}
