package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"byline/annotate/format"
	"byline/annotate/format/formats"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/annotate/workspace/importer"
	"byline/articles/clean"
	"byline/ui/cli/output"
)

func importCommand(p *program) *cobra.Command {
	as, by := "", ""
	suggest := false
	c := &cobra.Command{
		Use:   "import FILE|DIR|-...",
		Short: "Import annotations made elsewhere",
		Long: `Import annotations made elsewhere: byline's own JSON, with all decisions, or the export of
another tool. The format is detected from the content, or set with --as; folders are read
with all files in them.

Decisions go to the article that has the same text, ID or title; if there is none, the
article is added. Nothing decided here is overwritten: decisions from byline join the log,
those of other tools come before the first decision made here, under the name in the file or
--by, else that of the only file, or of the folder of several files; what comes over standard
input is signed by you. Where two people disagree, both decisions are kept, the one made here
stands, and the conflict is reported on standard error, as is everything in a file that byline
cannot hold; of many articles, what has no place is summed up. Importing the same file twice
changes nothing.

With --as-suggestions nothing is decided: what the files claim is suggested under that name,
over what byline itself finds, for you to confirm and correct. A file without claims takes
the suggestions of that name away.

Prints one line per article: its ID, how many decisions were new, how many were known, or how
many claims are suggested, and its title, separated by tabs.`,
		Example: `  byline import from-ann.jsonl
  byline import --by ben brat-project/
  byline import --as labelstudio export.json
  byline import --as-suggestions --by spacy found.conll`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return wrongUsage("byline import: name files or folders, or - for standard input")
			}
			f, err := readAs(as)
			if err != nil {
				return err
			}
			return p.importAll(c.Context(), args, f, importer.Importer{By: by, Suggest: suggest})
		},
	}
	c.Flags().StringVar(&as, "as", "", "input `FORMAT` (default: detected from the content)")
	c.Flags().StringVar(&by, "by", "", "`NAME` of the annotator or program, if the files give none")
	c.Flags().BoolVar(&suggest, "as-suggestions", false, "suggest what the files claim, rather than decide it")
	completeWith(c, "as", formats.Names(formats.Readable())...)
	return c
}

func (p *program) importAll(ctx context.Context, names []string, as *format.Format, m importer.Importer) error {
	c, _, err := p.settings()
	if err != nil {
		return err
	}
	for _, a := range c.Annotators {
		m.Programs = append(m.Programs, a.Name)
	}
	return p.withLibrary(ctx, func(ctx context.Context, w *workspace.Workspace) error {
		progress := p.progress("articles")
		defer progress.Clear()
		m.Workspace = w
		loss := &format.Loss{}
		var sum arrivals
		err := m.Import(ctx, names, importer.Reading{Stdin: p.in, As: as, Loss: loss}, func(d importer.Imported, err error) error {
			if err == nil {
				err = p.printImported(&d, &sum)
			}
			if err != nil {
				progress.Clear()
				p.reportError(err)
				return nil
			}
			progress.Step(d.Size)
			return nil
		})
		progress.Clear()
		sum.print(p)
		if err != nil {
			return err
		}
		p.report("import", loss)
		return nil
	})
}

// arrivals are what is said of all that was imported, once: where it is does not matter.
type arrivals struct {
	of             string // the only article of which something is to be said, or the command for several
	beside, passed int
	differences    []review.Clash
}

// add adds what was imported from a document.
func (a *arrivals) add(about string, d *importer.Imported) {
	n := len(a.differences)
	for _, c := range d.Clashes {
		if c.Set != "" {
			a.differences = append(a.differences, review.Clash{Set: c.Set})
		}
	}
	if d.Beside+d.Passed+len(a.differences)-n == 0 {
		return
	}
	a.beside += d.Beside
	a.passed += d.Passed
	if a.of == "" {
		a.of = about
	} else {
		a.of = "import"
	}
}

func (a *arrivals) print(p *program) {
	if a.beside > 0 {
		fmt.Fprintf(p.errs, "byline: %s: %s for annotations that the file has and its log does not\n", a.of, counted(a.beside, "decision is", "decisions are"))
	}
	if a.passed > 0 {
		fmt.Fprintf(p.errs, "byline: %s: %s skipped: byline makes its own\n", a.of, counted(a.passed, "machine suggestion", "machine suggestions"))
	}
	for _, line := range review.Differences(a.differences) {
		fmt.Fprintf(p.errs, "byline: %s: %s\n", a.of, line)
	}
}

// counted returns n with the words for one or for several.
func counted(n int, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprint(n, " ", several)
}

// printImported prints what was imported from a document, what was left out where, and where people disagree. What has no place is
// added to sum.
func (p *program) printImported(d *importer.Imported, sum *arrivals) error {
	about := clean.Line(d.From) + ": " + d.ID
	sum.add(about, d)
	if d.Lost > 0 {
		fmt.Fprintf(p.errs, "byline: %s: %s not in the article\n", about, counted(d.Lost, "annotation skipped: its words are", "annotations skipped: their words are"))
	}
	for _, c := range d.Clashes {
		if c.Set != "" {
			continue
		}
		fmt.Fprintf(p.errs, "byline: %s: %s\n", about, output.Conflict(&c))
	}
	if d.Suggested > 0 {
		_, err := fmt.Fprintf(p.out, "%s\t%d suggested\t%s\n", d.ID, d.Suggested, clean.Line(d.Title))
		return err
	}
	_, err := fmt.Fprintf(p.out, "%s\t%d new\t%d known\t%s\n", d.ID, d.New, d.Known, clean.Line(d.Title))
	return err
}

// readAs returns the readable format with that name; nil for an empty name.
func readAs(name string) (*format.Format, error) {
	if name == "" {
		return nil, nil
	}
	f := formats.Named(name)
	if f == nil || f.Read == nil {
		return nil, wrongUsage("--as %s: unknown format; use %s", name, strings.Join(formats.Names(formats.Readable()), ", "))
	}
	return f, nil
}

// report prints what a format could not hold.
func (p *program) report(what string, loss *format.Loss) {
	for _, line := range loss.Lines() {
		fmt.Fprintf(p.errs, "byline: %s: %s\n", what, clean.Line(line))
	}
}
