package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/workspace"
	"byline/annotate/workspace/pages"
	"byline/articles/clean"
	"byline/ui"
	"byline/ui/cli/output"
	"byline/ui/cli/terminal"
	"byline/ui/shell"
)

func listCommand(p *program) *cobra.Command {
	o, where := listing{}, ""
	c := &cobra.Command{
		Use:   "list",
		Short: "List the articles of the library",
		Long: `List the articles of the library, newest first: a table on a terminal, and in a pipe one
article per line, in columns separated by tabs: ID, status, percent read, date, words,
people, organizations, quotes, claims, reviewed claims, title, publication, source,
annotation. What was reviewed counts as read. Dates are like 2026-03-09, or empty if
unknown; the counts are empty until the article is annotated. JSON has who has an article in a team, too.
With --view, counts and status are those of that reading.

The annotation is "annotated" or "not annotated"; or "being annotated", when a process is at
it now; or "annotation broken off", when that was killed, as by a computer out of memory:
"byline annotate --again" tries it once more. Of what another computer began on a shared disk
it is not known.

The table has a line with the names of its columns, the same as on the screen. In a pipe
there is none, so that each line is an article; --header prints it.`,
		Example: `  byline list
  byline list --where 'status:unread added:7d'
  byline list | awk -F'\t' '$2 == "unread" { print $1 }'
  byline list --format json | jq -r '.[].title'`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return wrongUsage("byline list %s: takes no arguments; \"byline search %s\" searches", args[0], shell.Join(args...))
			}
			return nil
		},
		RunE: func(c *cobra.Command, _ []string) error {
			write, err := o.writer(p)
			if err != nil {
				return err
			}
			w, err := p.open(c.Context())
			if err != nil {
				return err
			}
			defer w.Close(context.WithoutCancel(c.Context()))
			defer sayPartly(p, w)
			return cmp.Or(o.list(c.Context(), p, w, where, write), sayCountedAlone(c.Context(), p, w))
		},
	}
	o.flags(c)
	p.whereFlag(c, &where)
	return c
}

// list prints the articles that a query finds; all for an empty one, in tsv one by one.
func (o *listing) list(ctx context.Context, p *program, w *workspace.Workspace, where string, write func(io.Writer, []library.Entry) error) error {
	if where == "" && o.on(p.out) == "tsv" {
		if err := w.Finder().Counted(ctx); err != nil && !db.Damaged(err) {
			return err
		}
		each := func(each func(*library.Entry)) error { return w.Finder().EachEntry(ctx, each) }
		return output.EachEntryTSV(p.out, each, o.header)
	}
	entries, err := p.entriesWhere(ctx, w, where)
	if err != nil {
		return err
	}
	if o.on(p.out) == "json" {
		if o.hands, err = w.Library.Hands(ctx); err != nil {
			return err
		}
	}
	return errors.Join(write(p.out, entries), sayWaiting(ctx, p, w))
}

// sayCountedAlone says of how many articles another reading than that of the view is counted.
func sayCountedAlone(ctx context.Context, p *program, w *workspace.Workspace) error {
	v := w.Finder().View()
	if v == library.Everyone || v == library.Mine {
		return nil
	}
	n, err := w.Library.Sealed(ctx)
	are, them := "articles are", "them"
	if n == 1 {
		are, them = "article is", "it"
	}
	if err != nil || n == 0 {
		return err
	}
	fmt.Fprintf(p.errs, "byline: %d %s sealed until all who annotate %s are done: counted is the reading of %s alone\n", n, are, them, clean.Line(workspace.Signer(w)))
	return nil
}

// sayShared says, where --view asks for a reading, that what is printed is of everybody's decisions all the same, or of one's own on what is sealed.
func sayShared(p *program, what string) {
	if p.view != "" && viewNamed(p.view) != library.Everyone {
		fmt.Fprintf(p.errs, "byline: --view %s: %s are everybody's, and yours alone of what is sealed; the view changes that for articles alone\n", clean.Line(p.view), what)
	}
}

// listing holds the flags that say how a list is printed.
type listing struct {
	format string
	header bool
	hands  map[string][]library.Hand // who has which articles, for JSON
}

// flags adds the flags to a command.
func (o *listing) flags(c *cobra.Command) {
	c.Flags().StringVar(&o.format, "format", "", "`FORMAT` of the list: table, tsv or json (a table on a terminal, else tsv)")
	c.Flags().BoolVar(&o.header, "header", false, "begin tsv with the names of the columns")
	completeWith(c, "format", "table", "tsv", "json")
}

// on returns the name of the format that is printed on out.
func (o *listing) on(out io.Writer) string {
	if o.format == "" && terminal.Is(out) {
		return "table"
	}
	return cmp.Or(o.format, "tsv")
}

// writer returns a function that writes entries in the format.
func (o *listing) writer(p *program) (func(io.Writer, []library.Entry) error, error) {
	switch format := o.on(p.out); format {
	case "table":
		c, _, err := p.settings()
		return func(w io.Writer, entries []library.Entry) error {
			return output.EntriesTable(w, entries, terminal.Columns(p.out), ui.Dates{Layout: c.Date, Now: func() time.Time { return time.Now().In(zoneOf(p)) }})
		}, err
	case "tsv":
		return func(w io.Writer, entries []library.Entry) error { return output.EntriesTSV(w, entries, o.header) }, nil
	case "json":
		return func(w io.Writer, entries []library.Entry) error { return output.EntriesJSON(w, entries, o.hands) }, nil
	default:
		return nil, wrongUsage("--format %s: unknown format; use table, tsv or json", format)
	}
}

func rereadCommand(p *program) *cobra.Command {
	where := ""
	c := &cobra.Command{
		Use:   "reread [ARTICLE]...",
		Short: "Rebuild articles from the stored web pages, offline",
		Long: `Rebuild articles from the stored copies of their web pages, since a newer byline may read a
page better: those that are named, those that match --where, or all. Your decisions are
carried over. Prints one line for each article that changed.`,
		RunE: func(c *cobra.Command, args []string) error {
			return p.withLibrary(c.Context(), func(ctx context.Context, w *workspace.Workspace) error {
				entries, err := p.entriesWhere(ctx, w, where)
				if err != nil {
					return err
				}
				if len(args) > 0 {
					if entries, err = p.pick(entries, args); err != nil {
						return err
					}
				}
				for i := range entries {
					if err := p.reread(ctx, w, &entries[i]); err != nil {
						return err
					}
				}
				return p.annotateRest(ctx, w)
			})
		},
		ValidArgsFunction: p.completeArticles,
	}
	p.whereFlag(c, &where)
	return c
}

// pick returns the entries that names refer to; a name that matches none is reported and skipped.
func (p *program) pick(entries []library.Entry, names []string) ([]library.Entry, error) {
	byID := map[string]library.Entry{}
	for _, e := range entries {
		byID[e.ID] = e
	}
	var out []library.Entry
	for _, name := range names {
		id, err := workspace.Pick(entries, name)
		if err != nil {
			p.reportError(err)
			continue
		}
		out = append(out, byID[id])
	}
	return out, nil
}

// reread parses an article again from its stored page; an article that was not fetched stays as it
// is.
func (p *program) reread(ctx context.Context, w *workspace.Workspace, e *library.Entry) error {
	added, title, err := pages.Reread(ctx, w.Library, e)
	if broken, ok := errors.AsType[*pages.PageError](err); ok {
		p.reportError(broken.Unwrap())
		return nil
	}
	if err != nil || added.Outcome == db.Same {
		return err
	}
	_, err = fmt.Fprintf(p.out, "%s\t%s\t%s\n", added.Outcome, added.ID, clean.Line(title))
	return err
}
