package cli

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/formats"
	"byline/annotate/library"
	"byline/annotate/workspace"
	"byline/annotate/workspace/importer"
	"byline/articles/clean"
)

func importCommand(p *program) *cobra.Command {
	as, by := "", ""
	c := &cobra.Command{
		Use:   "import FILE|DIR|-...",
		Short: "Take annotations that were made elsewhere into the library",
		Long: `Take annotations that were made elsewhere into the library: byline's own JSON, with all
decisions that were made, or what another tool exports. The format is told by what a
file holds, or named with --as; a folder is read with all in it.

An article that the library has, by its text, its id or its title, gets the decisions;
others are added. Nothing that was decided here is overwritten: what comes from byline
joins the log, what comes from other tools stands before the first decision made here,
under the name in the file, or that of --by. Where two people disagree, both decisions
are kept, what was decided here stands, and a line on standard error says so; so do
lines for what a format has that byline cannot hold. Importing the same twice changes
nothing.

One line is printed for each article: its id, how many decisions came and how many were
known, and its title, parted by tabs.`,
		Example: `  byline import from-ann.jsonl
  byline import --by ben brat-project/
  byline import --as labelstudio export.json`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return wrongUsage("byline import: name files or folders, or - for standard input")
			}
			f, err := readAs(as)
			if err != nil {
				return err
			}
			return p.importAll(c.Context(), args, f, by)
		},
	}
	c.Flags().StringVar(&as, "as", "", "what the files are, `FORMAT` (else told by what they hold)")
	c.Flags().StringVar(&by, "by", "", "the `NAME` of who decided, where the files say none")
	completeWith(c, "as", formats.Names(formats.Readable())...)
	return c
}

func (p *program) importAll(ctx context.Context, names []string, as *format.Format, by string) error {
	return p.withLibrary(ctx, func(ctx context.Context, w *workspace.Workspace) error {
		progress := p.progress("articles")
		defer progress.Clear()
		m := importer.Importer{Workspace: w, By: by}
		loss := &format.Loss{}
		err := m.Import(ctx, names, importer.Reading{Stdin: p.in, As: as, Loss: loss}, func(d importer.Imported, err error) error {
			if err == nil {
				err = p.printImported(&d)
			}
			if err != nil {
				progress.Clear()
				p.reportError(err)
				return nil
			}
			progress.Step(d.Size)
			return nil
		})
		if err != nil {
			return err
		}
		progress.Clear()
		p.report("import", loss)
		return nil
	})
}

// printImported prints what was imported from a document, what was left out, and where people
// disagree.
func (p *program) printImported(d *importer.Imported) error {
	about := fmt.Sprintf("%s: %s", d.From, library.ShortID(d.ID))
	if d.Passed > 0 {
		fmt.Fprintf(p.errs, "byline: %s: %d suggestions of a machine were left: byline makes its own\n", about, d.Passed)
	}
	if d.Lost > 0 {
		fmt.Fprintf(p.errs, "byline: %s: %d annotations: the article here does not have their words\n", about, d.Lost)
	}
	for _, c := range d.Clashes {
		fmt.Fprintf(p.errs, "byline: %s: clash over %s of “%s”: %s; %s\n", about, c.About, clean.Line(c.First.Target.Exact), describeDecision(c.First), describeDecision(c.Second))
	}
	_, err := fmt.Fprintf(p.out, "%s\t%d new\t%d known\t%s\n", library.ShortID(d.ID), d.New, d.Known, clean.Line(d.Title))
	return err
}

// describeDecision describes a decision in words.
func describeDecision(d annotate.Decision) string {
	what := cmp.Or(d.Value, d.To.Exact)
	if d.Verb == annotate.Attribute { // its value is the type of the quote
		var names []string
		for _, a := range append([]annotate.Anchor{d.To}, d.Also...) {
			names = append(names, a.Exact)
		}
		what = cmp.Or(annotate.JoinNames(names), "nobody")
	}
	return strings.TrimSpace(clean.Line(fmt.Sprintf("%s: %s %s", d.Who, d.Verb, what)))
}

// readAs returns the readable format with that name; nil for an empty name.
func readAs(name string) (*format.Format, error) {
	if name == "" {
		return nil, nil
	}
	f := formats.Named(name)
	if f == nil || f.Read == nil {
		return nil, wrongUsage("--as %s: byline does not read that; take %s", name, strings.Join(formats.Names(formats.Readable()), ", "))
	}
	return f, nil
}

// report prints what a format could not hold.
func (p *program) report(what string, loss *format.Loss) {
	for _, line := range loss.Lines() {
		fmt.Fprintf(p.errs, "byline: %s: %s\n", what, line)
	}
}
