package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"byline/annotate/library/db"
	"byline/annotate/workspace"
	"byline/annotate/workspace/export"
	"byline/annotate/workspace/feeds"
	"byline/annotate/workspace/sources"
	"byline/articles/clean"
	"byline/articles/feed"
	"byline/articles/fetch"
	"byline/articles/load"
	"byline/ui"
	"byline/ui/cli/terminal"
	"byline/ui/hints"
)

func feedCommand(p *program) *cobra.Command {
	c := &cobra.Command{
		Use:   "feed",
		Short: "Follow RSS, Atom and JSON feeds",
		Long: `Follow RSS, Atom and JSON feeds. New items are added to the library by "byline feed sync",
or by ctrl+r in the library. If a feed has only a summary of an item, the whole article is
fetched when it is opened.`,
		Example: `  byline feed add https://…
  byline feed import subscriptions.opml
  byline feed sync && byline list --where 'added:1d'`,
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(feedAdd(p), feedExport(p), feedImport(p), feedList(p), feedRemove(p), feedSync(p))
	return c
}

func feedAdd(p *program) *cobra.Command {
	o := following{p}
	return &cobra.Command{
		Use:   "add URL...",
		Short: "Follow feeds, by the address of the feed or of a page that links to it",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return wrongUsage("byline feed add: name the address of a feed, or of a page that links to one")
			}
			return p.withLibrary(c.Context(), func(ctx context.Context, w *workspace.Workspace) error {
				for _, url := range args {
					f, news, err := o.follower(w).Follow(ctx, url)
					if err != nil {
						p.reportError(err)
						continue
					}
					o.tellLost(&f, news)
					if _, err := fmt.Fprintf(p.out, "%s\t%s\t%s\n", map[bool]string{true: "followed", false: "known"}[news.Followed], f.URL, clean.Line(f.Title)); err != nil {
						return err
					}
				}
				return p.annotateRest(ctx, w)
			})
		},
	}
}

func feedList(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the feeds",
		Long: `List the feeds, one per line, in columns separated by tabs: when it was
last fetched, how many items it had, address, title, and if it fails, since when and why.`,
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.withLibrary(c.Context(), func(ctx context.Context, w *workspace.Workspace) error {
				all, err := w.Library.FollowedFeeds(ctx)
				if err != nil {
					return err
				}
				for _, f := range all {
					if _, err := fmt.Fprintf(p.out, "%s\t%d\t%s\t%s\t%s\n", ui.Minute(f.Synced, time.Local), f.Items, clean.Line(f.URL), clean.Line(f.Title), failingSince(f)); err != nil {
						return err
					}
				}
				if len(all) == 0 && terminal.Is(p.out) {
					fmt.Fprintln(p.out, `No feed is followed. "byline feed add URL" follows one.`)
				}
				return nil
			})
		},
	}
}

// failingSince returns since when a feed has been failing, and why; empty if it works.
func failingSince(f db.Feed) string {
	if f.Error == "" {
		return ""
	}
	return "fails since " + ui.Minute(f.Failing, time.Local) + ": " + clean.Line(f.Error)
}

func feedRemove(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "remove URL...",
		Short: "Stop following feeds; their articles stay",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return wrongUsage("byline feed remove: name the address of a feed; \"byline feed list\" lists them")
			}
			return p.withLibrary(c.Context(), func(ctx context.Context, w *workspace.Workspace) error {
				for _, url := range args {
					if err := w.Library.RemoveFeed(ctx, url); err != nil {
						p.reportError(err)
					}
				}
				return nil
			})
		},
	}
}

func feedImport(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE|-",
		Short: "Import a list of feeds (OPML)",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return wrongUsage("byline feed import: name one OPML file, or -")
			}
			r, err := sources.OpenFile(args[0], p.in)
			if err != nil {
				return fmt.Errorf("read %s: %w", args[0], load.WithoutPath(err))
			}
			defer r.Close()
			data, err := io.ReadAll(io.LimitReader(r, 16<<20))
			if err != nil {
				return fmt.Errorf("read %s: %w", args[0], load.WithoutPath(err))
			}
			list, err := feed.ReadOPML(data)
			if err != nil {
				return fmt.Errorf("read %s: %w", args[0], err)
			}
			return p.withLibrary(c.Context(), func(ctx context.Context, w *workspace.Workspace) error {
				added := 0
				for _, x := range list {
					ok, err := w.Library.AddFeed(ctx, db.Feed{URL: x.URL, Title: cmp.Or(x.Title, x.URL), Site: x.Site})
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

func feedExport(p *program) *cobra.Command {
	output, force := "", false
	c := &cobra.Command{
		Use:   "export",
		Short: "Export the list of feeds (OPML)",
		Args:  noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.withLibrary(c.Context(), func(ctx context.Context, w *workspace.Workspace) error {
				all, err := w.Library.FollowedFeeds(ctx)
				if err != nil {
					return err
				}
				list := make([]feed.Subscription, len(all))
				for i, f := range all {
					list[i] = feed.Subscription{Title: f.Title, URL: f.URL, Site: f.Site}
				}
				write := func(w io.Writer) error { return feed.WriteOPML(w, "Feeds of byline", list) }
				if output == "" || output == "-" {
					return write(p.out)
				}
				return export.WriteTo(output, force, write)
			})
		},
	}
	c.Flags().StringVarP(&output, "output", "o", "", "the `FILE` to write")
	c.Flags().BoolVar(&force, "force", false, "overwrite an existing file")
	return c
}

func feedSync(p *program) *cobra.Command {
	o := following{p}
	whole := false
	c := &cobra.Command{
		Use:   "sync [URL]...",
		Short: "Fetch new articles from the feeds",
		Long: `Fetch new articles from all feeds, or from those named, several at a time, one request per
host at a time. Prints one line for each article that is new or has changed. If a feed
fails, the reason is reported, the others are still fetched, and the exit status is 1.`,
		RunE: func(c *cobra.Command, args []string) error {
			return p.withLibrary(c.Context(), func(ctx context.Context, w *workspace.Workspace) error {
				if err := o.sync(ctx, w, args); err != nil {
					return err
				}
				if whole {
					if err := o.completeAll(ctx, w); err != nil {
						return err
					}
				}
				return p.annotateRest(ctx, w)
			})
		},
	}
	c.Flags().BoolVar(&whole, "whole", false, "also fetch the pages of items of which the feed has only a summary")
	return c
}

// following is a command that fetches feeds.
type following struct{ *program }

// follower returns a follower that adds feeds to the library of w.
func (o *following) follower(w *workspace.Workspace) feeds.Follower {
	return feeds.Follower{Fetcher: fetcher(w, o.client)}
}

// sync fetches feeds and prints what is new.
func (o *following) sync(ctx context.Context, w *workspace.Workspace, urls []string) error {
	progress := o.progress("feeds")
	defer progress.Clear()
	var mu sync.Mutex
	return o.follower(w).Sync(ctx, urls, func(f db.Feed, n feeds.News, err error) {
		mu.Lock()
		defer mu.Unlock()
		progress.Step(0)
		if errors.Is(err, db.ErrNoFeed) {
			err = hints.With(err, "\"byline feed add\" follows it")
		}
		if err != nil {
			progress.Clear()
			o.reportError(err)
		}
		if n.More+n.Lost > 0 {
			progress.Clear()
			o.tellLost(&f, n)
		}
		for _, a := range n.Articles {
			progress.Clear()
			fmt.Fprintf(o.out, "%s\t%s\t%s\t%s\n", a.Outcome, a.ID, clean.Line(a.Title), clean.Line(f.Title))
		}
	})
}

// tellLost says that a feed has more items than were read.
func (o *following) tellLost(f *db.Feed, n feeds.News) {
	if n.Lost > 0 {
		warnAbout(o.errs)(fetch.WithoutSecrets(f.URL), fmt.Sprintf("%d of its items could not be read: the feed is damaged there", n.Lost))
	}
	if n.More > 0 {
		warnAbout(o.errs)(fetch.WithoutSecrets(f.URL), fmt.Sprintf("%d of its items were not read: no more than the first 5,000 of a feed are", n.More))
	}
}

// completeAll fetches the pages of all articles that the library has only a summary of.
func (o *following) completeAll(ctx context.Context, w *workspace.Workspace) error {
	progress := o.progress("pages")
	defer progress.Clear()
	var mu sync.Mutex
	return fetcher(w, o.client).CompleteAll(ctx, func(_ string, err error) {
		mu.Lock()
		defer mu.Unlock()
		progress.Step(0)
		if err != nil {
			progress.Clear()
			o.reportError(err)
		}
	})
}
