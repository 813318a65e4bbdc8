package cli

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/atotto/clipboard"
	"github.com/spf13/cobra"

	"byline/annotate/library/db"
	"byline/annotate/workspace"
	"byline/annotate/workspace/sources"
	"byline/annotate/workspace/watch"
	"byline/articles/clean"
	"byline/articles/load"
	"byline/articles/stream"
	"byline/ui/cli/terminal"
	"byline/ui/hints"
	"byline/ui/pace"
)

// adding holds the flags of add.
type adding struct {
	*program
	records
	follow bool // follow the folders once everything is added
}

func addCommand(p *program) *cobra.Command {
	o := adding{program: p}
	pasted := false
	c := &cobra.Command{
		Use:   "add [FILE|DIR|URL|-]...",
		Short: "Add articles to the library",
		Long: `Add articles to the library and annotate them: files, all files of a folder, or - for
standard input, which is also read if no name is given. The same text added twice is one
article. A file that has changed becomes a new version of its article, and your decisions
are carried over. A web page is fetched and kept beside its article; it is fetched again
only if it has changed.

Prints one line per article: the outcome (added, known or changed), its ID and its title,
separated by tabs.

--from jsonl reads one article per line, {"title": …, "text": …, "source": …}; --from csv
and tsv read one per row, below a header row. --text, --title and so on name the fields;
in JSON, meta.title reaches into an object. With --id, a record whose text has changed
becomes a new version.`,
		Example: `  byline add story.html notes/*.md
  byline add ~/articles --watch
  byline add https://…
  byline add --from jsonl archive.jsonl
  byline add --from csv --text body --title headline --id nr archive.csv`,
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case pasted && len(args) == 0:
				text, err := readClipboard()
				if err != nil {
					return err
				}
				p.in, args = strings.NewReader(text), []string{"-"}
			case len(args) == 0 && terminal.Is(p.in):
				return wrongUsage("byline add: name a file or a folder, or pipe text in")
			case len(args) == 0:
				args = []string{"-"}
			}
			if err := o.check(); err != nil {
				return err
			}
			if err := checkGiven(args, o.follow); err != nil {
				return err
			}
			return leaveSoon(c.Context(), func() error { return o.run(c.Context(), args) })
		},
	}
	c.Flags().StringVar(&o.Format, "from", "", "input `FORMAT`: jsonl, csv or tsv, one article per record (default: as the name of the file ends, else an article)")
	completeWith(c, "from", load.RecordFormats()...)
	o.flags(c)
	c.Flags().BoolVar(&o.follow, "watch", false, "keep adding files that appear or change in the folders, until Ctrl+C")
	c.Flags().BoolVar(&pasted, "clipboard", false, "add the text on the clipboard")
	return c
}

// checkGiven reports what cannot be added, before anything is: a name that is empty, or a file to watch.
func checkGiven(names []string, follow bool) error {
	if slices.Contains(names, "") {
		return wrongUsage("byline add: a name is empty; write that of a file, a folder or a page")
	}
	if !follow {
		return nil
	}
	if err := watch.Check(names); err != nil {
		return wrongUsage("--watch: %w", err)
	}
	return nil
}

// farewell is how long interrupted work may take to end.
const farewell = 300 * time.Millisecond

// leaveSoon returns what f returns, or the error of ctx if f does not end soon after ctx does.
// SQLite cannot be interrupted while it indexes one text, and 30 MB take it more than a second.
// The program then exits as if it were killed, which is safe: what was not committed is not in the
// library.
func leaveSoon(ctx context.Context, f func() error) error {
	late, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(farewell, cancel) })()
	_, err := stream.Do(late, func() (struct{}, error) { return struct{}{}, f() })
	return err
}

func (o *adding) run(ctx context.Context, names []string) error {
	return o.withLibrary(ctx, func(ctx context.Context, w *workspace.Workspace) error {
		defer pace.AllocateBallast()()
		if err := o.addAll(ctx, w, o.reader(o.Records).Inputs(ctx, names)); err != nil {
			return err
		}
		err := o.annotateRest(ctx, w)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		for _, err := range errorsOf(err) {
			o.reportError(err)
		}
		if o.follow {
			return o.watch(ctx, w, names)
		}
		return nil
	})
}

// addAll adds the inputs and prints the outcome of each.
func (o *adding) addAll(ctx context.Context, w *workspace.Workspace, inputs iter.Seq[sources.Input]) error {
	progress := o.progress("articles")
	defer progress.Clear()
	a := sources.Adder{
		Pages:   fetcher(w, o.client),
		Fetched: o.warnFetched,
		Added: func(title string, added db.Added) error {
			progress.Step(0)
			_, err := fmt.Fprintf(o.out, "%s\t%s\t%s\n", added.Outcome, added.ID, clean.Line(title))
			return err
		},
		Failed: func(err error) {
			progress.Clear()
			o.reportError(err)
		},
	}
	return a.Add(ctx, inputs)
}

// watch adds files that appear or change in the named folders, until ctx ends.
func (o *adding) watch(ctx context.Context, w *workspace.Workspace, names []string) error {
	err := watch.Folders(ctx, names, func(paths []string) error {
		if err := o.addAll(ctx, w, sources.Files(ctx, names, paths)); err != nil {
			return err
		}
		return o.annotateRest(ctx, w)
	})
	return err
}

// annotateRest annotates what was added.
func (p *program) annotateRest(ctx context.Context, w *workspace.Workspace) error {
	progress := p.progress("articles annotated")
	defer progress.Clear()
	if err := w.AnnotateAll(ctx, func(int, int) { progress.Step(0) }); err != nil {
		return err
	}
	c, _, err := p.settings()
	if err != nil {
		return err
	}
	if err := keepCopies(ctx, w.Library, c, 0); err != nil && ctx.Err() == nil {
		p.complain(err) // what was asked for is done
	}
	return nil
}

// readClipboard returns the text on the desktop's clipboard.
func readClipboard() (string, error) {
	if clipboard.Unsupported {
		return "", hints.With(errors.New("read the clipboard: none found"), "install xclip, xsel or wl-clipboard, or pipe the text in")
	}
	text, err := clipboard.ReadAll()
	if err != nil {
		return "", hints.With(errors.New("read the clipboard: there is none, or no text on it"), "pipe the text in")
	}
	return text, nil
}

// errorsOf returns the errors that err joins.
func errorsOf(err error) []error {
	if err == nil {
		return nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	return []error{err}
}
