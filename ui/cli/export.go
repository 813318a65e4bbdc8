package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"byline/annotate/format"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/annotate/workspace/curation"
	"byline/annotate/workspace/export"
	"byline/annotate/workspace/sources"
	"byline/articles/clean"
	"byline/articles/load"
	"byline/ui/cli/command"
	"byline/ui/cli/terminal"
)

// exporting holds the flags of export.
type exporting struct {
	output, by, where   string
	all, force, curated bool
	format.Options
}

func exportCommand(p *program) *cobra.Command {
	var o exporting
	var in string
	c := &cobra.Command{
		Use:   "export [ARTICLE]...",
		Short: "Export the annotations of articles, with your corrections",
		Long: `Export the annotations of articles in the library: suggestions together with what you
confirmed, edited and added, without what you rejected. ARTICLE is an ID, the start of one,
or a title; --all exports the whole library, --where the articles that match a query.

Without --output the result goes to standard output. --output FILE writes one file,
--output DIR one file per article, named after the file it was read from, else its title; with
several articles, a name without an extension is a folder, except for jsonl. Files appear only
when complete, and existing ones are overwritten only with --force.

Everything is exported, also the places and other names that a reader does not review unless
asked to: --kinds person,organization,quote leaves them out.

--curated exports the curated reading of articles that several people annotate: what all
agree on who marked the article as done, and then what "byline team adjudicate" decided.
What is in dispute and not decided is left out, and counted; what nobody decided is a
suggestion, with its score.`,
		Example: `  byline export 3fa2 > ferry.json
  byline export "The Ferry at Low Tide" --format markdown -o ferry.md
  byline export --all -o exported/
  byline export --where 'person:"Ann Lee" reviewed:100%' --format brat -o lee/`,
		RunE: func(c *cobra.Command, args []string) error {
			if n := min(len(args), 1) + map[bool]int{true: 1}[o.all] + min(len(o.where), 1); n != 1 {
				return wrongUsage("byline export: name articles by ID or title, or add --all or --where QUERY")
			}
			if o.curated && o.by != "" {
				return wrongUsage("byline export: --curated is nobody's own reading; leave out --by")
			}
			return p.export(c.Context(), o, in, args)
		},
		ValidArgsFunction: p.completeArticles,
	}
	f := c.Flags()
	f.StringVarP(&in, "format", "f", "", "output `FORMAT`: "+strings.Join(formatNames(), ", ")+" (default: from the name of --output, else json)")
	f.StringVarP(&o.output, "output", "o", "", "`FILE` or folder to write")
	f.BoolVar(&o.all, "all", false, "export every article of the library")
	f.StringVar(&o.by, "by", "", "apply only the decisions of `NAME`")
	f.BoolVar(&o.curated, "curated", false, "the curated reading: what all who finished the article agree on, and what curators decided")
	f.BoolVar(&o.force, "force", false, "overwrite existing files")
	formatFlags(c, &o.Options)
	p.whereFlag(c, &o.where)
	completeWith(c, "format", formatNames()...)
	return c
}

// An exporter is one run of export.
type exporter struct {
	*program
	exporting
	as    *format.Format
	w     *workspace.Workspace
	names export.Names // of the files of this run
	left  [2]int       // what is left out: questions that no curator has answered, and decisions of the one whose reading is written that are no part of it
	notes [2][]string  // articles of which something is to be said at the end, by alone and mixed
}

// What is said of articles at the end: that they are sealed, and the reading of whoever exports is written, unasked; or that their
// annotators had the suggestions of other engines.
const (
	alone = iota
	mixed
)

// isMany reports whether the articles are chosen by a query or by --all rather than by name; then
// a single one is treated like several.
func (o *exporting) isMany() bool { return o.all || o.where != "" }

func (p *program) export(ctx context.Context, o exporting, in string, names []string) error {
	if in == "" && formatOf(o.output) == "" && isFile(o.output) {
		return wrongUsage("--output %s: unknown file extension; use %s, or add --format", o.output, extensions())
	}
	f, err := formatNamed(cmp.Or(in, formatOf(o.output), "json"))
	if err != nil {
		return err
	}
	return p.withLibrary(ctx, func(ctx context.Context, w *workspace.Workspace) error {
		x := &exporter{program: p, exporting: o, as: f, w: w}
		x.Loss = &format.Loss{}
		defer func() { p.report("export as "+f.Name, x.Loss) }()
		if err := x.checkNames(ctx); err != nil {
			return err
		}
		ids, err := x.chosen(ctx, names)
		if err != nil || len(ids) == 0 && !x.isMany() {
			return err // each name has reported its own error
		}
		done, err := p.guest.turn(ctx, p.errs)
		if err != nil {
			return err
		}
		defer done()
		if err := x.write(ctx, ids); err != nil {
			return err
		}
		x.sayAlone()
		x.sayLate()
		if words := review.Mixed(x.notes[mixed]); words != "" {
			fmt.Fprintf(p.errs, "byline: %s\n", words)
		}
		if x.left[0] > 0 {
			fmt.Fprintf(p.errs, "byline: %s; \"byline team adjudicate\" asks what to settle\n", leftOpen(x.left[0]))
		}
		return nil
	})
}

// sayAlone says of which articles the reading of one person was written although nobody asked for that.
func (x *exporter) sayAlone() {
	const until = "sealed until all who annotate %s are done: this is the reading of %s alone"
	me := workspace.Signer(x.w)
	switch n := len(x.notes[alone]); {
	case n == 1:
		fmt.Fprintf(x.errs, "byline: %s is "+until+"\n", x.notes[alone][0], "it", me)
	case n > 1:
		fmt.Fprintf(x.errs, "byline: %s and %d more are "+until+"\n", x.notes[alone][0], n-1, "them", me)
	}
}

// leftOpen says that words are left out about which so many questions are open.
func leftOpen(n int) string {
	if n == 1 {
		return "1 question is open, and the words it is about are left out"
	}
	return fmt.Sprintf("%d questions are open, and the words they are about are left out", n)
}

// checkNames returns an error if nobody is who --by names, or nothing can be of a kind that --kinds names.
func (x *exporter) checkNames(ctx context.Context) error {
	if x.by = clean.Line(x.by); x.by != "" {
		var err error
		if x.by, err = workspace.FindName(ctx, x.w, x.by); err != nil {
			return fmt.Errorf("--by %w", err)
		}
	}
	return command.CheckKinds(ctx, x.w, x.Kinds)
}

// exportInto returns a function that writes articles as files into a folder, for the commands of other packages.
func exportInto(p *program) func(context.Context, *workspace.Workspace, []string, command.ExportOptions) error {
	return func(ctx context.Context, w *workspace.Workspace, ids []string, o command.ExportOptions) error {
		f, err := formatNamed(o.Format)
		if err != nil {
			return err
		}
		x := &exporter{program: p, exporting: exporting{output: o.Dir, by: o.By, force: o.Force, all: true}, as: f, w: w}
		x.Loss = &format.Loss{}
		defer func() { p.report("export as "+f.Name, x.Loss) }()
		err = x.writeFiles(ctx, ids)
		x.sayLate()
		return err
	}
}

// sayLate says how many decisions of the one whose reading was written are no part of it.
func (x *exporter) sayLate() {
	if x.left[1] > 0 {
		fmt.Fprintf(x.errs, "byline: left out: %s of %s, made after they were done with what they annotated blind\n", counted(x.left[1], "decision", "decisions"), clean.Line(x.by))
	}
}

// write writes the articles to the output.
func (x *exporter) write(ctx context.Context, ids []string) error {
	onStdout := x.output == "" || x.output == "-"
	x.Single = len(ids) == 1 && !x.isMany()
	switch {
	case x.guest != nil && export.Zips(x.as, !x.Single):
		return x.writeArchive(ctx, ids)
	case x.folder(ids):
		return x.writeFiles(ctx, ids)
	case x.as.Apart && (len(ids) != 1 || x.as.NeedsText() && onStdout):
		return wrongUsage("--format %s writes files for each article; add --output DIR/", x.as.Name)
	}
	if onStdout {
		to, err := writerFor(x.program, x.as)
		if err != nil {
			return err
		}
		out := x.as.Begin(command.Until(ctx, to), x.Options)
		if err := x.writeTo(ctx, out, ids); err != nil {
			return err
		}
		return out.Close()
	}
	return export.Documents(x.as, x.output, x.force, x.Options, func(out format.Writer) error { return x.writeTo(ctx, out, ids) })
}

// writeArchive writes the articles as one file, for somebody who has no folder here.
func (x *exporter) writeArchive(ctx context.Context, ids []string) error {
	if terminal.Is(x.program.out) {
		return wrongUsage("%s: several files make it up, which come as a ZIP, and that is not written to a terminal; without -t, add \"> FILE.zip\" in your own shell", x.as.Name)
	}
	to := export.NewArchive(command.Until(ctx, rawOf(x.program)), x.as, x.Options)
	if err := x.writeTo(ctx, to, ids); err != nil {
		return err
	}
	return to.Close()
}

// rawOf returns standard output for what is no text.
func rawOf(p *program) io.Writer { return p.out.Raw() }

// writerFor returns standard output for files of f, and says which files beside them it does not take.
func writerFor(p *program, f *format.Format) (io.Writer, error) {
	for _, c := range f.Beside {
		fmt.Fprintf(p.errs, "byline: %s, which belongs to it, is written only beside a file\n", cmp.Or(c.Name, "a file "+c.Extension))
	}
	switch {
	case !f.Binary:
		return p.out, nil
	case terminal.Is(p.out):
		if p.guest != nil {
			return nil, wrongUsage("%s: is not text, and is not written to a terminal; without -t, add \"> FILE\" in your own shell", f.Name)
		}
		return nil, wrongUsage("%s: is not text, and is not written to a terminal; name a file", f.Name)
	}
	return rawOf(p), nil
}

// isFile reports whether name is that of a file to create: it has an extension.
func isFile(name string) bool { return filepath.Ext(name) != "" && !sources.IsDir(name) }

// folder reports whether the output is a folder, existing or to be created: its name has no
// extension, nothing exists there, and there are several articles.
func (x *exporter) folder(ids []string) bool {
	if strings.HasSuffix(x.output, string(filepath.Separator)) || sources.IsDir(x.output) {
		return true
	}
	if x.output == "" || x.output == "-" || filepath.Ext(x.output) != "" || x.as.Name == "jsonl" || len(ids) < 2 && !x.isMany() {
		return false
	}
	_, err := os.Lstat(x.output)
	return errors.Is(err, fs.ErrNotExist)
}

// chosen returns the articles that names refer to. A name that matches none, or several, is
// reported and skipped.
func (x *exporter) chosen(ctx context.Context, names []string) ([]string, error) {
	if x.all {
		var ids []string
		err := x.w.Library.EachEntry(ctx, func(e *library.Entry) { ids = append(ids, strings.Clone(e.ID)) })
		return ids, err
	}
	entries, err := x.entriesWhere(ctx, x.w, x.where)
	if err != nil {
		return nil, err
	}
	var ids []string
	if x.isMany() {
		for _, e := range entries {
			ids = append(ids, e.ID)
		}
		return ids, nil
	}
	if x.guest != nil && len(names) > 1 { // the words of one title, which ssh has joined
		if id, err := workspace.Pick(entries, strings.Join(names, " ")); err == nil {
			return []string{id}, nil
		}
	}
	for _, name := range names {
		id, err := workspace.Pick(entries, name)
		if err != nil {
			x.reportError(workspace.Trashed(ctx, x.w, err))
			continue
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// writeTo writes the articles in turn.
func (x *exporter) writeTo(ctx context.Context, out format.Writer, ids []string) error {
	return x.forEach(ctx, ids, func(id string) error {
		d, err := x.document(ctx, id)
		if err != nil {
			return err
		}
		return markLost(out.Write(d))
	})
}

// document returns an article as it is exported: with everyone's decisions, with one person's, or as curated.
func (x *exporter) document(ctx context.Context, id string) (*format.Document, error) {
	doc, err := x.w.Open(ctx, id)
	if err != nil {
		return nil, err
	}
	if why := doc.Illegible(); why != nil {
		x.reportError(why)
	}
	me, asked := workspace.Signer(x.w), workspace.View(x.w)
	curated, whose := x.curated || asked == library.Curated, cmp.Or(x.by, asked.Whose(me), me)
	switch {
	case doc.Hidden() && (curated || whose != me):
		what := "with the decisions of " + whose
		if curated {
			what = "as curated"
		}
		return nil, fmt.Errorf("export %.8s “%s” %s: %w", id, doc.Title, what, workspace.ErrSealed)
	case x.by != "":
		x.left[1] += workspace.Late(doc, x.by)
		doc = doc.Who(x.by)
	case curated:
		one, open, err := curation.Document(doc, "")
		if err != nil {
			return nil, err
		}
		if engines := curation.OtherEngines(doc, ""); engines != "" {
			x.notes[mixed] = append(x.notes[mixed], fmt.Sprintf("%.8s “%s” (%s)", id, clean.Line(doc.Title), engines))
		}
		doc, x.left[0] = one, x.left[0]+open
	case doc.Hidden() && asked == library.Everyone:
		x.notes[alone] = append(x.notes[alone], fmt.Sprintf("%.8s “%s”", id, clean.Line(doc.Title)))
	}
	return x.Kinds.Of(&doc.Document), nil
}

// outputError is an error of the shared output.
type outputError struct{ error }

func (l outputError) Unwrap() error { return l.error }

// forEach calls export for each article. A failure of one is reported and the others continue; a
// lost output or the end of ctx stops it.
func (x *exporter) forEach(ctx context.Context, ids []string, export func(id string) error) error {
	progress := x.progress("articles")
	defer progress.Clear()
	for _, id := range ids {
		err := export(id)
		var l outputError
		if errors.As(err, &l) {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			progress.Clear()
			x.reportError(err)
		}
		progress.Step(0)
	}
	return nil
}

// writeFiles writes each article to its own file in the directory x.output.
func (x *exporter) writeFiles(ctx context.Context, ids []string) error {
	if err := os.MkdirAll(x.output, 0o777); err != nil {
		return fmt.Errorf("create the folder %s: %w", x.output, load.WithoutPath(err))
	}
	return x.forEach(ctx, ids, func(id string) error {
		d, err := x.document(ctx, id)
		if err != nil {
			return err
		}
		path := filepath.Join(x.output, x.names.Of(d.Article)+x.as.Extension)
		if err := export.Document(x.as, path, x.force, x.Options, d); err != nil {
			return err
		}
		_, err = fmt.Fprintln(x.program.out, clean.Line(path))
		return err
	})
}
