package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"byline/articles"
	"byline/articles/clean"
	"byline/articles/feed"
	"byline/articles/fetch"
	"byline/articles/load"
	"byline/articles/store"
)

func (p *program) feedCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "feed",
		Short: "Follow the feeds of publications: RSS, Atom, JSON Feed",
		Long: `Follow the feeds of publications: RSS, Atom, JSON Feed. New items come into the library
with "byline feed sync", or with ctrl+r there; one of which the feed has a summary only
is fetched whole when it is opened.`,
		Example: `  byline feed add https://…
  byline feed import subscriptions.opml
  byline feed sync && byline list --where 'added:1d'`,
		Args: nothingMore,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(p.feedAdd(), p.feedExport(), p.feedImport(), p.feedList(), p.feedRemove(), p.feedSync())
	return c
}

func (p *program) feedAdd() *cobra.Command {
	return &cobra.Command{
		Use:   "add URL...",
		Short: "Follow feeds, by their address or that of a page that names them",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return wrongUsage("byline feed add: give the address of a feed, or of a page that names one")
			}
			return p.withLibrary(c.Context(), func(ctx context.Context, s *shelf) error {
				for _, url := range args {
					f, news, err := s.follow(ctx, url)
					if err != nil {
						p.fail(err)
						continue
					}
					if _, err := fmt.Fprintf(p.out, "%s\t%s\t%s\n", map[bool]string{true: "followed", false: "known"}[news.followed], f.URL, clean.Line(f.Title)); err != nil {
						return err
					}
				}
				return p.annotateRest(ctx, s)
			})
		},
	}
}

func (p *program) feedList() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the feeds that are followed",
		Long: `List the feeds that are followed, one a line, in columns parted by tabs: when it was
last had, how many items were seen, address, title, and where it fails since when and why.`,
		Args: nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.withLibrary(c.Context(), func(ctx context.Context, s *shelf) error {
				feeds, err := s.Feeds(ctx)
				if err != nil {
					return err
				}
				for _, f := range feeds {
					if _, err := fmt.Fprintf(p.out, "%s\t%d\t%s\t%s\t%s\n", lastHad(f.Synced), f.Items, clean.Line(f.URL), clean.Line(f.Title), failingSince(f)); err != nil {
						return err
					}
				}
				if len(feeds) == 0 && isTerminal(p.out) {
					fmt.Fprintln(p.out, `No feed is followed. "byline feed add URL" follows one.`)
				}
				return nil
			})
		},
	}
}

func lastHad(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.Local().Format("2006-01-02 15:04")
}

// failingSince says since when a feed fails, and why; empty for one that does not.
func failingSince(f store.Feed) string {
	if f.Error == "" {
		return ""
	}
	return "fails since " + lastHad(f.Failing) + ": " + clean.Line(f.Error)
}

func (p *program) feedRemove() *cobra.Command {
	return &cobra.Command{
		Use:   "remove URL...",
		Short: "Follow feeds no more; their articles stay",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return wrongUsage("byline feed remove: give the address of a feed; \"byline feed list\" shows them")
			}
			return p.withLibrary(c.Context(), func(ctx context.Context, s *shelf) error {
				for _, url := range args {
					if err := s.RemoveFeed(ctx, url); err != nil {
						p.fail(err)
					}
				}
				return nil
			})
		},
	}
}

func (p *program) feedImport() *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE|-",
		Short: "Follow the feeds of a list, OPML",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return wrongUsage("byline feed import: give one file in OPML, or -")
			}
			r, err := p.openFile(args[0])
			if err != nil {
				return fmt.Errorf("read %s: %w", args[0], bare(err))
			}
			defer r.Close()
			data, err := io.ReadAll(io.LimitReader(r, 16<<20))
			if err != nil {
				return fmt.Errorf("read %s: %w", args[0], bare(err))
			}
			list, err := feed.ReadOPML(data)
			if err != nil {
				return fmt.Errorf("read %s: %w", args[0], err)
			}
			return p.withLibrary(c.Context(), func(ctx context.Context, s *shelf) error {
				added := 0
				for _, x := range list {
					ok, err := s.AddFeed(ctx, store.Feed{URL: x.URL, Title: cmp.Or(x.Title, x.URL), Site: x.Site})
					if err != nil {
						return err
					}
					if ok {
						added++
					}
				}
				_, err := fmt.Fprintf(p.out, "%d feeds followed, %d known\n", added, len(list)-added)
				return err
			})
		},
	}
}

func (p *program) feedExport() *cobra.Command {
	output, force := "", false
	c := &cobra.Command{
		Use:   "export",
		Short: "Write the list of the feeds, OPML",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.withLibrary(c.Context(), func(ctx context.Context, s *shelf) error {
				feeds, err := s.Feeds(ctx)
				if err != nil {
					return err
				}
				list := make([]feed.Subscription, len(feeds))
				for i, f := range feeds {
					list[i] = feed.Subscription{Title: f.Title, URL: f.URL, Site: f.Site}
				}
				write := func(w io.Writer) error { return feed.WriteOPML(w, "Feeds of byline", list) }
				if output == "" || output == "-" {
					return write(p.out)
				}
				return writeTo(output, force, write)
			})
		},
	}
	c.Flags().StringVarP(&output, "output", "o", "", "the `FILE` to write")
	c.Flags().BoolVar(&force, "force", false, "replace a file that is there")
	return c
}

func (p *program) feedSync() *cobra.Command {
	whole := false
	c := &cobra.Command{
		Use:   "sync [URL]...",
		Short: "Fetch what is new in the feeds",
		Long: `Fetch what is new in the feeds, or in those that are named, some at a time and each host
one thing at a time. One line is printed for each article that is new or has changed. A
feed that cannot be had says why; the others go on, and the exit status is 1.`,
		RunE: func(c *cobra.Command, args []string) error {
			return p.withLibrary(c.Context(), func(ctx context.Context, s *shelf) error {
				if err := p.sync(ctx, s, args); err != nil {
					return err
				}
				if whole {
					if err := p.completeAll(ctx, s); err != nil {
						return err
					}
				}
				return p.annotateRest(ctx, s)
			})
		},
	}
	c.Flags().BoolVar(&whole, "whole", false, "also fetch the pages of which the feeds have a summary only")
	return c
}

// withLibrary opens the library for do, and closes it.
func (p *program) withLibrary(ctx context.Context, do func(context.Context, *shelf) error) error {
	s, err := p.openLibrary(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	return do(ctx, s)
}

// annotateRest annotates what came.
func (p *program) annotateRest(ctx context.Context, s *shelf) error {
	progress := p.progress("articles annotated")
	defer progress.clear()
	return s.desk.AnnotateAll(ctx, func(int, int) { progress.step(0) })
}

// sync fetches feeds and says what came.
func (p *program) sync(ctx context.Context, s *shelf, urls []string) error {
	progress := p.progress("feeds")
	defer progress.clear()
	var mu sync.Mutex
	return s.syncAll(ctx, urls, func(f store.Feed, n news, err error) {
		mu.Lock()
		defer mu.Unlock()
		progress.step(0)
		if err != nil {
			progress.clear()
			p.fail(err)
		}
		for _, a := range n.articles {
			progress.clear()
			fmt.Fprintf(p.out, "%s\t%s\t%s\t%s\n", a.Outcome, a.ID, clean.Line(a.title), clean.Line(f.Title))
		}
	})
}

// completeAll fetches the pages of all articles of which there is a summary only.
func (p *program) completeAll(ctx context.Context, s *shelf) error {
	ids, err := s.AllPending(ctx)
	if err != nil {
		return err
	}
	progress := p.progress("pages")
	defer progress.clear()
	var g errgroup.Group
	g.SetLimit(feedsAtOnce)
	var mu sync.Mutex
	for _, id := range ids {
		g.Go(func() error {
			err := s.complete(ctx, id)
			mu.Lock()
			defer mu.Unlock()
			progress.step(0)
			if err != nil && ctx.Err() == nil {
				progress.clear()
				p.fail(err)
			}
			return nil
		})
	}
	_ = g.Wait()
	return ctx.Err()
}

// feedsAtOnce is how many feeds, or pages, are fetched at a time; of one host it is one.
const feedsAtOnce = 8

// An arrived article is one that a feed brought.
type arrived struct {
	store.Added
	title string
}

// news is what a feed brought.
type news struct {
	followed bool // it was not before
	articles []arrived
}

// syncAll fetches the feeds with these addresses, or all, and tells each what came of it.
func (s *shelf) syncAll(ctx context.Context, urls []string, each func(store.Feed, news, error)) error {
	feeds, err := s.Feeds(ctx)
	if err != nil {
		return err
	}
	for _, u := range urls {
		if !slices.ContainsFunc(feeds, func(f store.Feed) bool { return f.URL == u }) {
			each(store.Feed{URL: u}, news{}, withHint(fmt.Errorf("%s: %w", u, store.ErrNoFeed), "\"byline feed add\" follows it"))
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
func (s *shelf) syncOne(ctx context.Context, f store.Feed) (news, error) {
	page, err := web.Get(ctx, fetch.Request{URL: f.URL, Trusted: f.Typed, ETag: f.ETag, Modified: f.Modified})
	if errors.Is(err, fetch.ErrNotModified) {
		return news{}, s.Synced(ctx, f)
	}
	var n news
	if err == nil {
		var in *feed.Feed
		if in, err = feed.Parse(page.Body, page.URL); err == nil {
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
		return n, errors.Join(err, s.Synced(ctx, f))
	}
	f.ETag, f.Modified = page.ETag, page.Modified
	return n, s.Synced(ctx, f)
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
		if added.Outcome != store.Same {
			n.articles = append(n.articles, arrived{added, item.Article.Title})
		}
	}
	return n, nil
}

// follow has the library follow the feed at an address, or the first that the page there
// names, and takes in what it has.
func (s *shelf) follow(ctx context.Context, address string) (store.Feed, news, error) {
	page, err := web.Get(ctx, fetch.Request{URL: address, Trusted: true})
	if err != nil {
		return store.Feed{}, news{}, err
	}
	typed := true
	in, err := feed.Parse(page.Body, page.URL)
	if errors.Is(err, feed.ErrNoFeed) {
		named := feed.Find(page.Body, page.URL)
		if len(named) == 0 {
			return store.Feed{}, news{}, fmt.Errorf("%s: %w, and names none", address, err)
		}
		typed = sameHost(address, named[0])
		address = named[0]
		if page, err = web.Get(ctx, fetch.Request{URL: address, Trusted: typed}); err != nil {
			return store.Feed{}, news{}, err
		}
		in, err = feed.Parse(page.Body, page.URL)
	}
	if err != nil {
		return store.Feed{}, news{}, fmt.Errorf("%s: %w", address, err)
	}
	f := store.Feed{Typed: typed, URL: address, Title: cmp.Or(in.Title, address), Site: in.Site}
	followed, err := s.AddFeed(ctx, f)
	if err != nil {
		return f, news{}, err
	}
	n, err := s.receive(ctx, address, in)
	n.followed = followed
	if err == nil {
		f.ETag, f.Modified = page.ETag, page.Modified
		err = s.Synced(ctx, f)
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
	a, err := load.Fetched(address, page.Body, page.Charset)
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
func pageOf(address string, p *fetch.Page) store.Page {
	return store.Page{URL: address, Final: p.URL, Fetched: p.At, Type: p.Type, Charset: p.Charset, ETag: p.ETag, Modified: p.Modified, Body: p.Body}
}
