package cli

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/atotto/clipboard"
	"github.com/spf13/cobra"

	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/articles"
	"byline/articles/clean"
	"byline/articles/load"
	"byline/articles/stream"
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
			return leaveSoon(c.Context(), func() error { return p.add(c.Context(), args, o, watch) })
		},
	}
	c.Flags().StringVar(&o.format, "from", "", "what the input is, `FORMAT`: jsonl, csv or tsv, one article a record (else articles, told apart by what they hold)")
	completeWith(c, "from", load.RecordFormats()...)
	o.flags(c)
	c.Flags().BoolVar(&watch, "watch", false, "go on adding what comes into the folders, or changes there, until Ctrl+C")
	c.Flags().BoolVar(&pasted, "clipboard", false, "add the text in the clipboard")
	return c
}

// farewell is how long work that was interrupted may take to end.
const farewell = 300 * time.Millisecond

// leaveSoon returns what f returns, or the error of ctx if f does not end soon after ctx has.
// SQLite indexes a text in one go, and 30 MB take it more than a second. The program ends
// then as if it were killed, which a library bears: what was not committed is not in it.
func leaveSoon(ctx context.Context, f func() error) error {
	late, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(farewell, cancel) })()
	_, err := stream.Do(late, func() (struct{}, error) { return struct{}{}, f() })
	return err
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
	if err := p.addAll(ctx, library, p.inputs(ctx, names, o)); err != nil {
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
	f := &inflow{program: p, library: library, progress: p.progress("articles")}
	defer f.progress.clear()
	f.batch = library.NewBatch(func(a *articles.Article, added db.Added) { f.say(a.Title, added) })
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go f.tick(ctx)
	read := func(in input) arrival {
		if isURL(in.name) {
			d, err := library.download(ctx, in.name)
			return arrival{d, in.name, err}
		}
		a, err := in.load()
		return arrival{download{Article: a}, in.name, err}
	}
	if err := ordered(ctx, runtime.GOMAXPROCS(0), inputs, read, func(x arrival) error { return f.take(ctx, &x) }); err != nil {
		return err
	}
	return f.flush(ctx)
}

// An inflow takes articles into the library as they come, several at a time.
type inflow struct {
	*program
	library  *shelf
	progress *progress

	mu     sync.Mutex
	batch  *db.Batch
	broken error // of the output, or of a batch that nobody waited for
}

// longestWait is how long an article waits for others to be added with.
const longestWait = 100 * time.Millisecond

// tick adds what waits where no more comes: a pipe may stay open for long.
func (f *inflow) tick(ctx context.Context) {
	for tick := time.Tick(longestWait); ; {
		select {
		case <-ctx.Done():
			return
		case <-tick:
			_ = f.flush(ctx) // the next article, or the end, has the error
		}
	}
}

// flush adds what waits, and returns the first error so far.
func (f *inflow) flush(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.keep(f.batch.Flush(ctx))
	return f.broken
}

func (f *inflow) keep(err error) {
	if f.broken == nil {
		f.broken = err
	}
}

// say prints what became of an article.
func (f *inflow) say(title string, added db.Added) {
	f.progress.step(0)
	_, err := fmt.Fprintf(f.out, "%s\t%s\t%s\n", added.Outcome, added.ID, clean.Line(title))
	f.keep(err)
}

// take takes one arrival. What is wrong with it is said, and is no error.
func (f *inflow) take(ctx context.Context, x *arrival) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := x.err
	if err == nil && !isURL(x.name) {
		err = identify(x.Article, x.name)
	}
	switch {
	case err != nil:
	case !isURL(x.name):
		f.keep(f.batch.Add(ctx, x.Article))
		return f.broken
	default:
		f.keep(f.batch.Flush(ctx)) // in their order
		var added db.Added
		if added, err = f.library.putPage(ctx, x); err == nil {
			f.say(x.Title, added)
			warnPartial(f.errs, &x.download)
			return f.broken
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	f.progress.clear()
	f.fail(err)
	return f.broken
}

// identify refuses an article without text, and gives a record that has an id, but no address,
// a source under which it is known again: that of its file with the id. Name is the file, of a
// record with its line.
func identify(a *articles.Article, name string) error {
	if strings.TrimSpace(a.Text) == "" {
		return fmt.Errorf("read %s: %w", name, load.ErrEmpty)
	}
	if a.Format != articles.Record || a.Source != "" || a.ID == articles.TextID(a.Text) {
		return nil
	}
	file, err := filepath.Abs(name[:strings.LastIndexByte(name, ':')])
	a.Source = clean.Line(file) + "#" + a.ID
	return err
}

// putPage puts a page that was fetched into the library. Where that has it already, the arrival
// has its title then.
func (s *shelf) putPage(ctx context.Context, x *arrival) (db.Added, error) {
	added, err := s.addDownload(ctx, x.download)
	if err == nil && x.Article == nil {
		var e library.Entry
		e, err = s.Entry(ctx, added.ID)
		x.Article = &articles.Article{Title: e.Title}
	}
	return added, err
}
