package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/articles/clean"
	"byline/ui/cli/output"
	"byline/ui/cli/terminal"
)

// logging holds the flags of log.
type logging struct {
	*program
	format, at string
}

func logCommand(p *program) *cobra.Command {
	o := logging{program: p}
	c := &cobra.Command{
		Use:   "log ARTICLE",
		Short: "Print the decisions on an article, or the article at a given time",
		Long: `Print the decisions on an article, oldest first, including those undone: on a terminal a
table with one line per keypress, in a pipe one decision per line as JSON: ID, step, time,
who, verb, kind, target and to with their spans in code points, value, engine and score of
the suggestion, undone. ARTICLE is an ID or title, as for export.

--at TIME prints the article as it was then, in the formats of export: the text of that
time, with the decisions up to then applied to what today's engine suggests. TIME is
"2026-11-23 14:05" in local time (over SSH in UTC, as times are printed there), or RFC
3339; the minute or second named is included.`,
		Example: `  byline log 3fa2
  byline log ferry | jq -r 'select(.undone | not) | .who' | sort | uniq -c
  byline log ferry --at "2026-11-23 14:05" --format markdown`,
		Args: oneArticle,
		RunE: func(c *cobra.Command, args []string) error {
			if o.at != "" {
				return o.then(c.Context(), args[0])
			}
			return o.run(c.Context(), args[0])
		},
		ValidArgsFunction: p.completeArticles,
	}
	f := c.Flags()
	f.StringVarP(&o.format, "format", "f", "", "output `FORMAT`: table or jsonl (default: table on a terminal, else jsonl); with --at json, jsonl or markdown (default json)")
	f.StringVar(&o.at, "at", "", "print the article as it was at `TIME`")
	completeWith(c, "format", "table", "jsonl", "json", "markdown")
	return c
}

// oneArticle requires the name of one article.
func oneArticle(c *cobra.Command, args []string) error {
	switch len(args) {
	case 0:
		return wrongUsage("%s: name an article by ID or title; \"byline list\" lists them", c.CommandPath())
	case 1:
		return nil
	}
	return wrongUsage("%s %s: name one article; put a title of several words in quotes", c.CommandPath(), strings.Join(args, " "))
}

// run prints the decisions about the article that name refers to.
func (o *logging) run(ctx context.Context, name string) error {
	if o.format == "" && terminal.Is(o.out) {
		o.format = "table"
	}
	write := func(doc *workspace.Document) error { return review.WriteLog(o.out, doc.Article, doc.Log) }
	switch cmp.Or(o.format, "jsonl") {
	case "jsonl":
	case "table":
		write = func(doc *workspace.Document) error {
			return output.LogTable(o.out, doc, terminal.Columns(o.out), zoneOf(o.program))
		}
	case "json", "markdown":
		return wrongUsage("--format %s: a format for articles; use table or jsonl, or add --at TIME", o.format)
	default:
		return wrongUsage("--format %s: unknown format; use table or jsonl", o.format)
	}
	w, err := o.open(ctx)
	if err != nil {
		return err
	}
	defer w.Close(context.WithoutCancel(ctx))
	doc, err := w.OpenNamed(ctx, name)
	if err != nil {
		return err
	}
	if why := doc.Illegible(); why != nil {
		o.reportError(why)
	}
	saySealed(o.program, w, doc)
	return write(doc)
}

// saySealed says that of an article that is sealed nothing of what others decided is printed.
func saySealed(p *program, w *workspace.Workspace, doc *workspace.Document) {
	if doc.Hidden() {
		fmt.Fprintf(p.errs, "byline: %.8s “%s” is sealed until all who annotate it are done: this is the reading of %s alone\n", doc.ID, clean.Line(doc.Title), clean.Line(workspace.Signer(w)))
	}
}

// then prints the article that name refers to as it was at a point in time.
func (o *logging) then(ctx context.Context, name string) error {
	at, err := parseInstant(o.at, zoneOf(o.program))
	if err != nil {
		return err
	}
	f, err := formatNamed(cmp.Or(o.format, "json"))
	if err != nil {
		return err
	}
	w, err := o.open(ctx)
	if err != nil {
		return err
	}
	defer w.Close(context.WithoutCancel(ctx))
	doc, err := w.OpenNamed(ctx, name)
	if err != nil {
		return err
	}
	saySealed(o.program, w, doc)
	a, l, err := w.At(ctx, doc.ID, at)
	if err != nil {
		return err
	}
	d := doc.Document
	d.Article, d.Layer, d.Status = a, l, "" // its status at that time is not recorded
	d.Log = slices.DeleteFunc(slices.Clone(d.Log), func(x annotate.Decision) bool { return x.At.After(at) })
	var b bytes.Buffer
	if err := f.WriteOne(&b, format.Options{}, &d); err != nil {
		return err
	}
	return o.show(b.Bytes())
}

// show writes text that may contain other people's words; on a terminal it is cleaned first.
func (p *program) show(text []byte) error {
	if terminal.Is(p.out) {
		text = []byte(clean.Text(text))
	}
	_, err := p.out.Write(text)
	return err
}

// zoneOf returns in which zone times are told and taken: that of this computer or, for a guest, who is elsewhere, UTC.
func zoneOf(p *program) *time.Location {
	if p.guest != nil {
		return time.UTC
	}
	return time.Local
}

// moments are the accepted forms of a time, with the span of time each covers.
var moments = []struct {
	layout string
	long   time.Duration
}{
	{"2006-01-02 15:04", time.Minute},
	{time.DateTime, time.Second},
	{time.RFC3339, time.Second},
}

// parseInstant returns the last instant of the minute or second that text names, or the exact
// instant if it has a fraction of a second. Zone is that of a text without one.
func parseInstant(text string, zone *time.Location) (time.Time, error) {
	for _, m := range moments {
		t, err := time.ParseInLocation(m.layout, text, zone)
		if err != nil {
			continue
		}
		if strings.ContainsAny(text, ".,") { // a fraction
			return t, nil
		}
		return t.Add(m.long - 1), nil
	}
	return time.Time{}, wrongUsage("--at %s: not a time; use \"2026-11-23 14:05\" or 2026-11-23T14:05:00Z", text)
}

func blameCommand(p *program) *cobra.Command {
	format := ""
	c := &cobra.Command{
		Use:   "blame ARTICLE",
		Short: "Print who decided what on the names and quotes of an article",
		Long: `Print for each name and quote of an article that somebody decided on: who, when, what, and
what had been suggested there (rule, score, version). Only the last decision on each
question is listed (type, ends, name, entity, speaker), and none that was undone; for all,
see "byline log". The order is that of the text; decisions whose words are gone come last.
ARTICLE is an ID or title, as for export.

WHERE counts code points of the text. ON, the suggestion, is empty if there was none; its
rule is known as long as the version is the same and, where other programs were asked
since, what was suggested before can still be told.`,
		Example: `  byline blame 3fa2
  byline blame ferry --format json | jq -r '.[] | [.who, .what] | @tsv'`,
		Args: oneArticle,
		RunE: func(c *cobra.Command, args []string) error {
			write, err := p.blameWriter(format)
			if err != nil {
				return err
			}
			return p.blame(c.Context(), args[0], write)
		},
		ValidArgsFunction: p.completeArticles,
	}
	c.Flags().StringVarP(&format, "format", "f", "", "what is written, `FORMAT`: table or json (a table on a terminal, else json)")
	completeWith(c, "format", "table", "json")
	return c
}

// blameWriter returns a function that writes decisions in a format.
func (p *program) blameWriter(format string) (func(*workspace.Document, []review.Blamed) error, error) {
	if format == "" && terminal.Is(p.out) {
		format = "table"
	}
	switch cmp.Or(format, "json") {
	case "table":
		return func(doc *workspace.Document, all []review.Blamed) error {
			return output.BlameTable(p.out, doc, all, terminal.Columns(p.out), zoneOf(p))
		}, nil
	case "json":
		return func(doc *workspace.Document, all []review.Blamed) error {
			var b bytes.Buffer
			if err := output.BlameJSON(&b, doc, all); err != nil {
				return err
			}
			return p.show(b.Bytes())
		}, nil
	}
	return nil, wrongUsage("--format %s: unknown format; use table or json", format)
}

func (p *program) blame(ctx context.Context, name string, write func(*workspace.Document, []review.Blamed) error) error {
	return p.withLibrary(ctx, func(ctx context.Context, w *workspace.Workspace) error {
		doc, err := w.OpenNamed(ctx, name)
		if err != nil {
			return err
		}
		if why := doc.Illegible(); why != nil {
			p.reportError(why)
		}
		saySealed(p, w, doc)
		return write(doc, workspace.Blame(ctx, w, doc))
	})
}

func diffCommand(p *program) *cobra.Command {
	format := ""
	c := &cobra.Command{
		Use:   "diff ARTICLE [FROM [TO]]",
		Short: "Show what changed between two versions of an article",
		Long: `Print what changed between two versions of an article: names and quotes that were added,
removed or changed, and the paragraphs whose words differ, [-removed-] and {+added+}.
Versions are counted from 1; without numbers, the last two are compared. ARTICLE is an ID
or title, as for export.`,
		Example: `  byline diff ferry
  byline diff ferry 1 3 --format json | jq '.quotes[] | select(.change == "altered")'`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) < 1 || len(args) > 3 {
				return wrongUsage("byline diff: name an article, and at most two versions")
			}
			return p.withLibrary(c.Context(), func(ctx context.Context, w *workspace.Workspace) error { return p.diff(ctx, w, format, args) })
		},
		ValidArgsFunction: p.completeArticles,
	}
	c.Flags().StringVarP(&format, "format", "f", "text", "`FORMAT`: text or json")
	completeWith(c, "format", "text", "json")
	return c
}

func (p *program) diff(ctx context.Context, w *workspace.Workspace, format string, args []string) error {
	if format != "text" && format != "json" {
		return wrongUsage("--format %s: unknown format; use text or json", format)
	}
	numbers := [2]int{}
	for i, arg := range args[1:] {
		n, err := strconv.Atoi(arg)
		if err != nil || n < 1 {
			return wrongUsage("version %s: must be a number from 1", arg)
		}
		numbers[i] = n
	}
	entries, err := w.Library.Entries(ctx)
	if err != nil {
		return err
	}
	id, err := workspace.Pick(entries, args[0])
	if err != nil {
		return err
	}
	c, err := w.Compare(ctx, id, numbers[0], numbers[1])
	if wrong, ok := errors.AsType[*workspace.VersionError](err); ok {
		return wrongUsage("%s", wrong)
	}
	if err != nil {
		return err
	}
	if format == "json" {
		return output.ComparisonJSON(p.out, c)
	}
	return output.ComparisonText(p.out, c, zoneOf(p))
}
