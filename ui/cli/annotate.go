package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"byline/annotate"
	"byline/annotate/annotator"
	"byline/annotate/engine"
	"byline/annotate/format"
	"byline/annotate/format/conll"
	"byline/annotate/library"
	"byline/annotate/workspace"
	"byline/annotate/workspace/sources"
	"byline/articles"
	"byline/articles/clean"
	"byline/articles/corpus"
	"byline/articles/load"
	"byline/ui/cli/command"
	"byline/ui/cli/output"
	"byline/ui/cli/suggest"
	"byline/ui/cli/terminal"
	"byline/ui/config"
	"byline/ui/pace"
)

// annotating holds the flags of annotate.
type annotating struct {
	again bool // articles of the library whose annotation was broken off
	*program
	records
	to      string
	workers int
	stats   bool
	with    string // the program that is asked
	kinds   format.Kinds
	parts   partFlags
}

func annotateCommand(p *program) *cobra.Command {
	o := annotating{program: p}
	c := &cobra.Command{
		Use:   "annotate [FILE|DIR|-]...",
		Short: "Print the people, organizations and quotes of articles",
		Long: `Print what the engine finds in articles: people and organizations with all their
mentions, and quotes with their speakers. Nothing is added to the library, and your
corrections there are not used; for those, see "byline export".

Takes files, folders and -; without any, reads standard input. One file gives one JSON
object, several files or a folder give a list; --format jsonl gives one line per article.
Offsets count Unicode code points. Everything found is printed, places and other names too;
--kinds person,organization,quote leaves them out.

--from jsonl reads one article per line, {"id": …, "title": …, "text": …}, and prints one
per line, in the same order, as it goes; --from csv and tsv read one per row. --from iob2
reads tokens, one per line in the first column, with blank lines between sentences, and
prints token and tag: PER, ORG, LOC or MISC in IOB2.

--output DIR writes records into a part file of the folder, and --shard 3/10 only the third of
ten parts, so that ten processes or machines share a corpus. A part appears when it is whole;
its last line, {"byline": …}, counts its articles and the records that were damaged, or longer
than ` + strconv.Itoa(corpus.LongestRecord>>20) + ` MB, which do not stop it. --resume keeps parts that are whole.

--with NAME asks a program of your settings for the names, and for quotes if it gives any, see
"byline help suggest"; --jobs is how many copies of it run. An article for which it fails is
reported and left out.

--again is about the library: it annotates the articles named by ID, title or source, or
all, whose annotation was broken off, as by a computer out of memory, and that wait so as
not to hold up others. "byline list" says which.`,
		Example: `  byline annotate story.html
  byline annotate --format markdown story.md
  byline annotate --format jsonl articles/ > found.jsonl
  zcat news.jsonl.gz | byline annotate --from jsonl | jq -c '[.id, (.quotes | length)]'
  byline annotate --from iob2 --to iob2 gold.txt
  byline annotate --from jsonl --shard 3/10 --resume --output found/ news.jsonl`,
		RunE: func(c *cobra.Command, args []string) error { return o.command(c.Context(), args) },
	}
	f := c.Flags()
	f.StringVar(&o.Format, "from", "", "input `FORMAT`: jsonl, csv, tsv or iob2 (default: as the name of the file ends, else an article)")
	f.StringVarP(&o.to, "format", "f", "", "output `FORMAT`: json, jsonl, markdown or iob2")
	f.StringVar(&o.to, "to", "", "the same as --format")
	f.IntVarP(&o.workers, "jobs", "j", runtime.GOMAXPROCS(0), "annotate `N` articles at once")
	kindsFlag(c, &o.kinds)
	o.parts.flags(c)
	f.BoolVar(&o.again, "again", false, "annotate articles of the library whose annotation was broken off")
	f.StringVar(&o.with, "with", "", "ask the program `NAME` of the settings")
	f.BoolVar(&o.stats, "stats", false, "print the time of each stage to standard error")
	completeWith(c, "from", append(load.RecordFormats(), "iob2")...)
	o.flags(c)
	completeWith(c, "format", "json", "jsonl", "markdown", "csv", "brat", "iob2")
	completeWith(c, "to", "json", "jsonl", "markdown", "iob2")
	return c
}

// command annotates what is named, or standard input.
func (o *annotating) command(ctx context.Context, names []string) error {
	switch {
	case o.again:
		return annotateAgain(ctx, o.program, names)
	case len(names) > 0:
	case terminal.Is(o.in):
		return wrongUsage("byline annotate: name a file or a folder, or pipe text in")
	default:
		names = []string{"-"}
	}
	return o.run(ctx, names)
}

// run annotates names in order.
func (o *annotating) run(ctx context.Context, names []string) error {
	if err := o.wrong(); err != nil {
		return err
	}
	switch {
	case o.Format == "iob2" && cmp.Or(o.to, "iob2") == "iob2":
		return o.annotateTokens(ctx, names)
	case o.Format == "iob2" || o.to == "iob2":
		return wrongUsage("byline annotate: use --from iob2 and --to iob2 together")
	}
	if err := o.check("iob2"); err != nil {
		return err
	}
	if err := o.checkKinds(); err != nil {
		return err
	}
	if o.parts.used() {
		return o.annotatePart(ctx, names)
	}
	one := o.Format == "" && len(names) == 1 && !sources.IsDir(names[0])
	f, err := formatNamed(cmp.Or(o.to, map[bool]string{true: "jsonl"}[o.Format != ""], "json"))
	if err != nil {
		return err
	}
	if f.Apart && !one {
		return wrongUsage("--format %s takes one text: annotate one file, or export several from the library", f.Name)
	}
	out, err := writerFor(o.program, f)
	if err != nil {
		return err
	}
	return o.annotateAll(ctx, names, f.Begin(out, format.Options{Single: one}))
}

// wrong returns what is wrong with the flags.
func (o *annotating) wrong() error {
	switch tokens := o.Format == "iob2" || o.to == "iob2"; {
	case o.workers < 1:
		return wrongUsage("--jobs %d: must be 1 or more", o.workers)
	case o.with != "" && tokens:
		return wrongUsage("--with %s: the program takes texts, not the tokens of iob2", o.with)
	case o.with != "" && (o.parts.used() || o.stats):
		return wrongUsage("--with %s: leave out --output, --shard, --resume and --stats", o.with)
	}
	return nil
}

// checkKinds returns an error if --kinds names a kind that the engine never finds and that is no label of the settings. Another program
// may give any.
func (o *annotating) checkKinds() error {
	if o.with != "" {
		return nil
	}
	own, err := ownLabels(o.program)
	if err != nil {
		return err
	}
	return command.WrongKind(o.kinds, own)
}

// A result is the outcome for one article.
type result struct {
	*format.Document
	stats engine.Stats
	notes []annotator.Note // what of a program's answer was left out
	err   error
}

// annotateAll annotates the articles of names in parallel and writes them in order.
func (o *annotating) annotateAll(ctx context.Context, names []string, w format.Writer) error {
	c, problems, err := o.settings()
	if err != nil {
		return err
	}
	o.warn(problems)
	e, err := engineFor(c)
	if err != nil {
		return err
	}
	progress := o.progress("articles")
	defer progress.Clear()
	start := time.Now()
	var total output.Stages
	by, err := o.annotator(ctx, &c, e)
	if err != nil {
		return err
	}
	defer by.close()
	emit := func(r result) error {
		progress.Step(r.stats.Bytes)
		by.told.Note(r.notes)
		if r.err != nil {
			if progress.Clear(); !by.told.Unasked(r.err) {
				o.reportError(r.err)
			}
			return nil
		}
		total.Add(r.stats)
		by.written, by.last = by.written+1, cmp.Or(r.Article.Source, r.Article.ID)
		return w.Write(o.kinds.Of(r.Document))
	}
	release := pace.AllocateBallast()
	err = by.all(ctx, o.reader(o.Records).Inputs(ctx, names), emit)
	release()
	if by.pool != nil && ctx.Err() != nil {
		progress.Clear()
		return errors.Join(ctx.Err(), o.stopped(by, w))
	}
	if err != nil {
		return err
	}
	progress.Clear()
	for _, line := range by.told.Lines() {
		fmt.Fprintf(o.errs, "byline: annotate: %s\n", clean.Line(line))
	}
	if by.pool != nil {
		by.told.Tell(by.pool, o.reportError)
	}
	if o.stats {
		progress.Clear()
		total.Write(o.errs, time.Since(start))
	}
	return w.Close()
}

// stopped ends the output, and says how much there is of it, after an interrupt: what a program answers may have taken long.
func (o *annotating) stopped(by *annotatingBy, w format.Writer) error {
	if by.written == 0 {
		fmt.Fprintf(o.errs, "byline: annotate: stopped; %s has answered about no article yet, and nothing is written\n", o.with)
		return nil
	}
	fmt.Fprintf(o.errs, "byline: annotate: stopped; %s written, up to %s; to go on, name those behind it\n", counted(by.written, "article is", "articles are"), clean.Line(by.last))
	return w.Close()
}

// An annotating engine, or the program that is asked in its place.
type annotatingBy struct {
	engine  *engine.Engine
	pool    *annotator.Pool // nil: the engine alone
	workers int             // articles that are read or annotated at once
	ahead   int             // articles at once that the program is asked about
	told    suggest.Outcome

	written int    // articles
	last    string // of them: its source or ID
}

// annotator returns what annotates: e, or the program that --with names.
func (o *annotating) annotator(ctx context.Context, c *config.Config, e *engine.Engine) (*annotatingBy, error) {
	by := &annotatingBy{engine: e, workers: o.workers}
	if o.with == "" {
		return by, nil
	}
	p, err := suggest.Program(c, o.with)
	if err != nil {
		return nil, err
	}
	by.pool, by.ahead = annotator.Start(ctx, p, o.workers), suggest.Ahead(p, o.workers)
	return by, nil
}

// A question is an article that is asked about.
type question struct {
	result
	asked *annotator.Question
}

// all annotates articles in parallel and emits them in order. A program is asked about them in that order.
func (b *annotatingBy) all(ctx context.Context, inputs iter.Seq[sources.Input], emit func(result) error) error {
	loaded := func(in sources.Input) result {
		a, err := in.Load()
		return result{Document: &format.Document{Article: a}, err: err}
	}
	if b.pool == nil {
		return sources.InOrder(ctx, b.workers, inputs, func(in sources.Input) result {
			r := loaded(in)
			if r.err == nil {
				r.Layer, r.stats = annotateTimed(b.engine, r.Article)
			}
			return r
		}, emit)
	}
	var failed error
	questions := func(yield func(question) bool) {
		failed = sources.InOrder(ctx, b.workers, inputs, loaded, func(r result) error {
			q := question{result: r}
			if q.err == nil {
				q.asked = b.pool.Ask(ctx, r.Article)
			}
			if !yield(q) {
				return context.Canceled
			}
			return nil
		})
	}
	if err := sources.InOrder(ctx, b.ahead, questions, func(q question) result { return b.answer(ctx, q) }, emit); err != nil {
		return err
	}
	return failed
}

// answer waits for the answer to a question.
func (b *annotatingBy) answer(ctx context.Context, q question) result {
	r := q.result
	if r.err != nil {
		return r
	}
	var err error
	if r.Layer, r.notes, err = q.asked.Layer(ctx, b.engine); err != nil {
		r.err = fmt.Errorf("%s: %w", cmp.Or(r.Article.Source, r.Article.ID), err)
	}
	r.stats.Bytes = len(r.Article.Text)
	return r
}

func (b *annotatingBy) close() {
	if b.pool != nil {
		b.pool.Close()
	}
}

// annotateTimed has e annotate an article and measures each stage.
func annotateTimed(e *engine.Engine, a *articles.Article) (*annotate.Layer, engine.Stats) {
	start := time.Now()
	return e.Measure(a.Text, a.Blocks, func() time.Duration { return time.Since(start) })
}

// annotateTokens tags the tokens of files, one file after the other.
func (o *annotating) annotateTokens(ctx context.Context, names []string) error {
	e, err := engine.Default()
	if err != nil {
		return err
	}
	for _, name := range names {
		err := o.tagFile(ctx, e, name)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		var l outputError
		if errors.As(err, &l) {
			return err
		}
		if err != nil {
			o.reportError(err)
		}
	}
	return nil
}

func (o *annotating) tagFile(ctx context.Context, e *engine.Engine, name string) error {
	r, err := sources.OpenFile(name, o.in)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, load.WithoutPath(err))
	}
	defer r.Close()
	done := make(chan error, 1)
	go func() { done <- conll.TagIOB2(r, outlet{ctx, o.out}, e.Tag) }()
	select {
	case err = <-done:
	case <-ctx.Done(): // the read may never return
		return ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return nil
}

// An outlet is a writer that stops when a context ends. It marks its errors, so that they can be
// told from read errors.
type outlet struct {
	ctx context.Context
	w   io.Writer
}

func (o outlet) Write(b []byte) (int, error) {
	if err := o.ctx.Err(); err != nil {
		return 0, outputError{err}
	}
	n, err := o.w.Write(b)
	if err != nil {
		return n, outputError{err}
	}
	return n, nil
}

// sayWaiting says which articles of the library wait, as their annotation was broken off, and which are annotated now.
func sayWaiting(ctx context.Context, p *program, w *workspace.Workspace) error {
	begun, err := workspace.Begun(ctx, w)
	for _, t := range begun {
		if t.Attempt == library.Running {
			p.complain(&workspace.UnderwayError{Try: t})
		} else {
			p.complain(&workspace.BrokenOffError{Try: t})
		}
	}
	return err
}

// annotateAgain annotates articles that wait: those that names refer to, or all.
func annotateAgain(ctx context.Context, p *program, names []string) error {
	return p.withLibrary(ctx, func(ctx context.Context, w *workspace.Workspace) error {
		begun, err := workspace.Begun(ctx, w)
		if err != nil {
			return err
		}
		entries := make([]library.Entry, 0, len(begun))
		for _, t := range begun {
			if t.Attempt == library.Running && len(names) == 0 {
				continue
			}
			e, err := w.Library.Entry(ctx, t.ID)
			if err != nil {
				return err
			}
			entries = append(entries, e)
		}
		return eachPicked(ctx, p, entries, names, "annotated", func(ctx context.Context, id string) error {
			return workspace.AnnotateAgain(ctx, w, id)
		})
	})
}
