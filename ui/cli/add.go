package cli

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/atotto/clipboard"
	"github.com/spf13/cobra"

	"byline/articles"
	"byline/articles/clean"
	"byline/articles/load"
	"byline/articles/store"
)

func (p *program) addCommand() *cobra.Command {
	var o records
	watch, pasted := false, false
	c := &cobra.Command{
		Use:   "add [FILE|DIR|URL|-]...",
		Short: "Add articles to the library",
		Long: `Add articles to the library and annotate them: files, all in a directory, or - for standard input,
which is read where nothing is named. The same text added twice is one article; a
file that changed since becomes a new version of its article, and what you decided on
it is carried over. An address is fetched, and the page kept beside its article; one
that was fetched before is fetched only if it has changed.

One line is printed for each article: what became of it (added, known or changed),
its id and its title, parted by tabs.

--from jsonl reads one article a line, {"title": …, "text": …, "source": …}, --from csv
and tsv one a row below a row of names. --text, --title and so on name the fields; of
JSON, meta.title leads into an object. With an --id, a record whose text has changed is
a new version.`,
		Example: `  byline add story.html notes/*.md
  byline add ~/articles --watch
  byline add https://…
  byline add --from jsonl archive.jsonl
  byline add --from csv --text body --title headline --id nr archive.csv`,
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case pasted && len(args) == 0:
				text, err := p.clipboard()
				if err != nil {
					return err
				}
				p.in, args = strings.NewReader(text), []string{"-"}
			case len(args) == 0 && isTerminal(p.in):
				return wrongUsage("byline add: name a file or a directory, or pipe a text in")
			case len(args) == 0:
				args = []string{"-"}
			}
			if err := o.check(); err != nil {
				return err
			}
			return p.add(c.Context(), args, o, watch)
		},
	}
	c.Flags().StringVar(&o.format, "from", "", "what the input is, `FORMAT`: jsonl, csv or tsv, one article a record (else articles, told apart by what they hold)")
	completeWith(c, "from", recordFormats...)
	o.flags(c)
	c.Flags().BoolVar(&watch, "watch", false, "go on adding what comes into the folders, or changes there, until Ctrl+C")
	c.Flags().BoolVar(&pasted, "clipboard", false, "add the text in the clipboard")
	return c
}

// An arrival is an article that was read and is yet to be added.
type arrival struct {
	download
	name string
	err  error
}

func (p *program) add(ctx context.Context, names []string, o records, watch bool) error {
	library, err := p.openLibrary(ctx)
	if err != nil {
		return err
	}
	defer library.Close()
	if err := p.addAll(ctx, library, p.inputs(names, o)); err != nil {
		return err
	}
	progress := p.progress("articles annotated")
	defer progress.clear()
	err = library.desk.AnnotateAll(ctx, func(int, int) { progress.step(0) })
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for _, err := range parts(err) {
		progress.clear()
		p.fail(err)
	}
	if watch {
		return p.watch(ctx, library, names)
	}
	return nil
}

// clipboard returns the text in the clipboard of the desktop.
func (p *program) clipboard() (string, error) {
	if clipboard.Unsupported {
		return "", withHint(errors.New("read the clipboard: there is none here"), "install xclip, xsel or wl-clipboard, or pipe the text in")
	}
	text, err := clipboard.ReadAll()
	if err != nil {
		return "", withHint(fmt.Errorf("read the clipboard: %w", err), "pipe the text in")
	}
	return text, nil
}

// parts returns the errors that were joined to one.
func parts(err error) []error {
	if err == nil {
		return nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	return []error{err}
}

// addAll reads the inputs over the cores, adds them in order and says what came of each.
func (p *program) addAll(ctx context.Context, library *shelf, inputs iter.Seq[input]) error {
	progress := p.progress("articles")
	defer progress.clear()
	read := func(in input) arrival {
		if isURL(in.name) {
			d, err := library.download(ctx, in.name)
			return arrival{d, in.name, err}
		}
		a, err := in.load()
		return arrival{download{Article: a}, in.name, err}
	}
	take := func(x arrival) error {
		if x.err != nil {
			progress.clear()
			p.fail(x.err)
			return nil
		}
		added, err := library.put(ctx, &x)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			progress.clear()
			p.fail(err)
			return nil
		}
		progress.step(len(x.Text))
		warnPartial(p.errs, &x.download)
		_, err = fmt.Fprintf(p.out, "%s\t%s\t%s\n", added.Outcome, added.ID, clean.Line(x.Title))
		return err
	}
	return ordered(ctx, runtime.GOMAXPROCS(0), inputs, read, take)
}

// put puts an arrival into the library. Where that has it already, the arrival has its
// title then.
func (s *shelf) put(ctx context.Context, x *arrival) (store.Added, error) {
	if !isURL(x.name) {
		if strings.TrimSpace(x.Text) == "" {
			return store.Added{}, fmt.Errorf("read %s: %w", x.name, load.ErrEmpty)
		}
		if a := x.Article; a.Format == articles.Record && a.Source == "" && a.ID != articles.TextID(a.Text) {
			file, err := filepath.Abs(x.name[:strings.LastIndexByte(x.name, ':')])
			if err != nil {
				return store.Added{}, err
			}
			a.Source = clean.Line(file) + "#" + a.ID // under which it is known again
		}
		return s.Add(ctx, x.Article)
	}
	added, err := s.addDownload(ctx, x.download)
	if x.Article == nil {
		e, err := s.Entry(ctx, added.ID)
		x.Article = &articles.Article{Title: e.Title}
		return added, err
	}
	return added, err
}
