// Package eval is the command that scores the engine against human annotations.
package eval

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"byline/annotate"
	"byline/annotate/annotator"
	"byline/annotate/engine"
	"byline/annotate/eval"
	"byline/annotate/eval/corpus"
	"byline/annotate/workspace/sources"
	"byline/articles"
	"byline/articles/clean"
	"byline/articles/load"
	"byline/ui/cli/command"
	"byline/ui/cli/output"
	"byline/ui/cli/suggest"
)

// evaluating holds the flags of eval.
type evaluating struct {
	command.Env
	from, to string
	part     string
	chosen   corpus.Part
	by       []string
	errors   int
	each     bool
	interval bool
	save     string
	against  string
	with     []string // the programs to score in place of the engine
	workers  int
	failed   bool // something could not be read
}

// Command returns "byline eval".
func Command(env command.Env) *cobra.Command {
	o := evaluating{Env: env}
	c := &cobra.Command{
		Use:   "eval GOLD...",
		Short: "Score the engine against human annotations",
		Long: `Score the engine against gold data, all files together: names by type (exact, and with any
overlap); coreference (B³, entity-based CEAF, MUC; on the names found, and on the gold's);
quotes (exact, and at least half in common) and their speakers; speech told from other
words in quotation marks, and its attribution.

GOLD is a file, a folder, or - for standard input. The format is detected from the file's
extension and content: iob2; byline's JSON and JSONL; brat (.ann beside .txt); articles
annotated inline (.txtar); JSON lines with quotes, with entities or, as in newsroom, both.
.gz is decompressed. What a file does not annotate is not scored.

--part K/N takes the Kth of every N documents of each file, --part K-L/N the Kth to the
Lth: 10/10 is the tenth kept out of training, 1-9/10 the rest. In IOB2 without -DOCSTART-
every sentence is a document.

--by rule adds how often each rule is right; --by score, for people and organizations, for
entities and for quotes, the calibration error (ECE), how many are wrong, and the share of
these in the least certain fifth. --errors lists errors, but not those of files under a
folder named blind, which are only counted.

--interval adds a 95% interval to each figure, by resampling the documents a thousand
times (blocks of 20 sentences if a file marks no documents). --save keeps the counts of
each document; --against compares with counts saved by another engine or model on the same
documents, with an interval for the difference, from the same draws.

--with NAME scores a program of your settings in place of byline's engine, see "byline help
suggest". It gets texts: gold that is cut into tokens is joined by blanks. Given several times,
the figures of all are put side by side, byline being the engine, over the documents that all
of them answered; "more" is how much more a figure is than that of the first. With --interval
both have an interval, from the same draws.`,
		Example: `  byline eval gold/
  byline eval --by rule,score news.iob2.gz
  byline eval --errors 20 story.txtar
  byline eval --part 10/10 newsroom/w*.jsonl.gz
  byline eval --save before.json news.iob2.gz
  byline eval --against before.json news.iob2.gz
  byline eval --interval --with byline --with spacy gold/
  byline eval --format json reviewed.jsonl | jq .names`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return command.WrongUsage("byline eval: name a file with gold data, a folder, or - for standard input")
			}
			return o.run(c.Context(), args)
		},
	}
	o.flags(c)
	return c
}

func (o *evaluating) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&o.from, "from", "", "gold `FORMAT`: "+strings.Join(corpus.Formats, ", ")+" (default: detected)")
	f.StringVarP(&o.to, "format", "f", "table", "output `FORMAT`: table or json")
	f.StringVar(&o.part, "part", "", "score only a `PART` of the documents of each file: 10/10 is every tenth")
	f.StringSliceVar(&o.by, "by", nil, "add tables by `WHAT`: rule, score or both (comma-separated)")
	f.IntVar(&o.errors, "errors", 0, "list the first `N` errors of names, of entities and of quotes")
	f.BoolVar(&o.each, "each", false, "print the figures of each file first")
	f.BoolVar(&o.interval, "interval", false, "add 95% intervals")
	f.StringVar(&o.save, "save", "", "write the counts of each document to `FILE`")
	f.StringVar(&o.against, "against", "", "compare with the counts in `FILE`, with an interval")
	f.StringSliceVar(&o.with, "with", nil, "score the program `NAME` of the settings; several side by side")
	f.IntVarP(&o.workers, "jobs", "j", runtime.GOMAXPROCS(0), "work on `N` documents at once")
	command.CompleteWith(c, "from", corpus.Formats...)
	command.CompleteWith(c, "format", "table", "json")
	command.CompleteWith(c, "by", "rule", "score")
}

// check reports what is wrong with the flags.
func (o *evaluating) check() error {
	switch {
	case o.workers < 1:
		return command.WrongUsage("--jobs %d: must be 1 or more", o.workers)
	case o.errors < 0:
		return command.WrongUsage("--errors %d: must be 0 or more", o.errors)
	case o.to != "table" && o.to != "json":
		return command.WrongUsage("--format %s: unknown format; use table or json", o.to)
	case o.from != "" && !slices.Contains(corpus.Formats, o.from):
		return command.WrongUsage("--from %s: unknown format; use %s", o.from, strings.Join(corpus.Formats, ", "))
	}
	if o.part != "" {
		p, err := corpus.ParsePart(o.part)
		if err != nil {
			return command.WrongUsage("--part: %v", err)
		}
		o.chosen = p
	}
	for _, by := range o.by {
		if by != "rule" && by != "score" {
			return command.WrongUsage("--by %s: use rule or score", by)
		}
	}
	return o.checkSeveral()
}

// eval scores the files of names.
func (o *evaluating) run(ctx context.Context, names []string) error {
	if err := o.check(); err != nil {
		return err
	}
	files := o.goldFiles(names)
	if i := slices.IndexFunc(files, inBlindFolder); i >= 0 && o.errors > 0 {
		return command.WrongUsage("--errors: %s is in a folder named blind: its errors are counted, not listed", files[i])
	}
	e, err := engine.Default()
	if err != nil {
		return err
	}
	if len(o.with) > 1 {
		return o.several(ctx, e, files)
	}
	s := scoring{evaluating: *o, engine: e}
	if len(o.with) == 1 {
		s.name = o.with[0]
	}
	closePool, err := s.startProgram(ctx)
	if err != nil {
		return err
	}
	defer closePool()
	if o.against != "" {
		if s.other, err = readRun(o.against); err != nil {
			return err
		}
	}
	if err := s.run(ctx, files); err != nil {
		return err
	}
	if !s.scored() {
		return nil
	}
	if s.guesses > 0 {
		fmt.Fprintf(o.Errs, "byline: %d names and quotes of the gold are a machine's, and nobody confirmed them\n", s.guesses)
	}
	if o.save != "" {
		if err := writeRun(o.save, &savedRun{s.version(), s.sample()}); err != nil {
			return err
		}
	}
	return s.print(o.Out)
}

// scored reports whether anything was scored, and fails otherwise.
func (s *scoring) scored() bool {
	switch {
	case s.docs == 0 && !s.failed:
		s.fail(errors.New("eval: no gold data found"))
	case s.docs > 0 && s.marks == 0:
		s.fail(errors.New("eval: no name and no quote is annotated in the gold data; docs/figures.md lists what it may be"))
	}
	return s.docs > 0 && s.marks > 0
}

// fail reports that something could not be read.
func (o *evaluating) fail(err error) {
	o.failed = true
	o.Fail(err)
}

// goldFiles returns the files of names. A name that is not found is reported as a failure.
func (o *evaluating) goldFiles(names []string) []string {
	var files []string
	for _, name := range names {
		if name == "-" {
			files = append(files, name)
			continue
		}
		in, err := corpus.Files(name)
		if err != nil {
			o.fail(fmt.Errorf("read %s: %w", name, load.WithoutPath(err)))
		}
		files = append(files, in...)
	}
	return files
}

// inBlindFolder reports whether a file is in a folder called "blind", with links resolved.
func inBlindFolder(file string) bool {
	paths := []string{file}
	if abs, err := filepath.Abs(file); err == nil {
		paths = append(paths, abs)
	}
	if real, err := filepath.EvalSymlinks(paths[len(paths)-1]); err == nil {
		paths = append(paths, real)
	}
	return slices.ContainsFunc(paths, func(p string) bool {
		return slices.Contains(strings.Split(filepath.ToSlash(filepath.Dir(p)), "/"), "blind")
	})
}

// A scoring gathers tallies in the order of documents.
type scoring struct {
	evaluating
	engine  *engine.Engine
	name    string // of the program that is scored; empty for the engine
	program annotator.Program
	pool    *annotator.Pool // of the program that is scored; nil: the engine is
	told    suggest.Outcome // of that
	other   *savedRun       // what to compare with, or nil
	again   bool            // another was scored on the same documents: what is wrong with them was said
	keep    func(scoredDoc) // gets the documents, which are not in files then; or nil
	files   []scoredFile
	listed  []eval.Error
	docs    int
	marks   int // entities, quotes and passages of the gold
	guesses int
}

// A scoredFile is the documents of one file.
type scoredFile struct {
	name   string
	sample eval.Sample
}

// sample returns the documents of all files.
func (s *scoring) sample() eval.Sample {
	var all eval.Sample
	for _, f := range s.files {
		all = append(all, f.sample...)
	}
	return all
}

// A goldDoc is a document of a file, or the error in its place.
type goldDoc struct {
	n     int // of all, in order
	file  int
	doc   *eval.Doc
	asked *annotator.Question // about it; nil: the engine scores
	err   error
}

// A scoredDoc is the outcome for one document.
type scoredDoc struct {
	goldDoc
	tally *eval.Tally
}

// run scores the documents of files in parallel.
func (s *scoring) run(ctx context.Context, files []string) error {
	progress := s.Progress("documents")
	defer progress.Clear()
	s.files = make([]scoredFile, len(files))
	for i, f := range files {
		s.files[i].name = f
	}
	ahead := s.workers
	if s.pool != nil {
		ahead = suggest.Ahead(s.program, s.workers)
	}
	work := func(d goldDoc) scoredDoc {
		if d.err != nil {
			return scoredDoc{d, nil}
		}
		return s.score(ctx, d)
	}
	err := sources.InOrder(ctx, ahead, s.read(ctx, files), work, func(d scoredDoc) error {
		if d.err != nil {
			if progress.Clear(); !(s.again && d.tally == nil) && !s.told.Unasked(d.err) {
				s.fail(d.err)
			}
			return nil
		}
		progress.Step(len(d.doc.Text))
		s.add(d)
		return nil
	})
	if err == nil && s.pool != nil {
		progress.Clear()
		s.told.Tell(s.pool, s.fail)
	}
	return err
}

// startProgram starts the program that is scored, if one is.
func (s *scoring) startProgram(ctx context.Context) (end func(), err error) {
	if s.name == "" {
		return func() {}, nil
	}
	c, err := s.Settings()
	if err != nil {
		return nil, err
	}
	if s.name == ourselves && !suggest.Known(&c, s.name) {
		s.name = ""
		return func() {}, nil
	}
	if s.program, err = suggest.Program(&c, s.name); err != nil {
		return nil, err
	}
	s.pool = annotator.Start(ctx, s.program, s.workers)
	return func() { s.pool.Close() }, nil
}

// version names what is scored.
func (s *scoring) version() string {
	if s.name != "" {
		return clean.Line(s.name)
	}
	return s.engine.Version()
}

// score scores a document.
func (s *scoring) score(ctx context.Context, d goldDoc) scoredDoc {
	by := eval.Engine{Annotate: s.engine.Annotate, Entities: s.engine.Entities, Group: s.engine.Group}
	if s.pool != nil {
		by.Annotate = func(string, []articles.Block) *annotate.Layer {
			l, _, err := d.asked.Layer(ctx, s.engine)
			if err != nil {
				d.err = fmt.Errorf("%s is not scored: %w", d.doc.Name, err)
				return &annotate.Layer{}
			}
			return l
		}
		by.Entities = func(doc *annotate.Doc) []annotate.Entity { return by.Annotate(doc.Text, nil).Entities }
	}
	tally := eval.Score(d.doc, by, s.errors > 0)
	return scoredDoc{d, tally}
}

// ask asks the program that is scored about a document, in the order in which they are read, if it is scored on more than gold
// names.
func (s *scoring) ask(ctx context.Context, d *goldDoc) {
	if s.pool == nil || d.err != nil || d.doc.Has&eval.Bare != 0 && d.doc.Has&^(eval.Bare|eval.Clusters) == 0 {
		return
	}
	a := &articles.Article{ID: d.doc.Name, Text: d.doc.Text, Blocks: d.doc.Blocks}
	if d.doc.Tokens != nil {
		a.Text, a.Blocks = d.doc.Tokens.Text, nil
	}
	d.asked = s.pool.Ask(ctx, a)
}

// read yields the documents of files in their order.
func (s *scoring) read(ctx context.Context, files []string) iter.Seq[goldDoc] {
	return func(yield func(goldDoc) bool) {
		n := 0
		for i, f := range files {
			from := corpus.File(f, s.from)
			if f == "-" {
				from = corpus.Read(f, s.In, s.from)
			}
			for d, err := range s.chosen.Choose(from) {
				g := goldDoc{n: n, file: i, doc: d, err: err}
				n++
				if s.ask(ctx, &g); !yield(g) {
					return
				}
			}
		}
	}
}

// add counts a document, and keeps no more errors than the flags ask for.
func (s *scoring) add(d scoredDoc) {
	s.docs++
	s.guesses += d.doc.Guesses
	seen := map[string]int{}
	s.listed = slices.DeleteFunc(append(s.listed, d.tally.Errors...), func(e eval.Error) bool {
		seen[e.Part]++
		return seen[e.Part] > s.errors
	})
	d.tally.Errors = nil
	s.marks += len(d.doc.Gold.Entities) + len(d.doc.Gold.Quotes) + len(d.doc.NonQuotes)
	if s.keep != nil {
		s.keep(d)
		return
	}
	s.files[d.file].sample.Add(d.doc, d.tally)
}

// A scoredReport is the figures of one file, or of all.
type scoredReport struct {
	Engine string `json:"engine,omitempty"`
	File   string `json:"file,omitempty"`
	*eval.Report
	*output.Intervals
	Files []scoredReport `json:"files,omitempty"`
}

// report returns the figures of documents, the first of which is number from of all.
func (s *scoring) report(sample eval.Sample, from int, by ...string) scoredReport {
	scores := slices.Contains(by, "score")
	r := scoredReport{Report: sample.Sum().Report(slices.Contains(by, "rule"), scores)}
	if s.interval || s.against != "" {
		r.Intervals = &output.Intervals{Resampled: sample.Units()}
		var other eval.Sample
		if s.other != nil {
			r.Against, other = s.other.Engine, s.other.Sample[from:from+len(sample)]
		}
		r.Intervals.Intervals = sample.Intervals(scores, other)
	}
	return r
}

// print writes the figures.
func (s *scoring) print(w io.Writer) error {
	all := s.sample()
	if s.other != nil && !all.Same(s.other.Sample) {
		s.fail(fmt.Errorf("compare with %s: it has other documents", s.against))
		s.other = nil
	}
	var each []scoredReport
	from := 0
	for _, f := range s.files {
		if s.each && len(f.sample) > 0 {
			r := s.report(f.sample, from)
			r.File = f.name
			each = append(each, r)
		}
		from += len(f.sample)
	}
	r := s.report(all, 0, s.by...)
	r.Engine, r.Errors = s.version(), s.listed
	if s.to == "json" {
		r.Files = each
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", " ")
		return enc.Encode(r)
	}
	t := &output.Scores{}
	for _, f := range each {
		t.Report(f.File, f.Report, f.Intervals)
	}
	t.Report(cmp.Or(map[bool]string{true: "all files"}[len(each) > 0], "engine "+r.Engine), r.Report, r.Intervals)
	_, err := io.WriteString(w, t.String())
	return err
}
