package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"byline/annotate/library/db"
	"byline/articles/clean"
	"byline/articles/feed"
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
				feeds, err := s.FollowedFeeds(ctx)
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
func failingSince(f db.Feed) string {
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
					ok, err := s.AddFeed(ctx, db.Feed{URL: x.URL, Title: cmp.Or(x.Title, x.URL), Site: x.Site})
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
				feeds, err := s.FollowedFeeds(ctx)
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
	return s.syncAll(ctx, urls, func(f db.Feed, n news, err error) {
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
