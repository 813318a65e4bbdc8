package cli

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/articles/clean"
)

// logging is what the flags of log ask for.
type logging struct {
	format, at string
}

func (p *program) logCommand() *cobra.Command {
	var o logging
	c := &cobra.Command{
		Use:   "log ARTICLE",
		Short: "Print what was decided about an article, and its state at a time",
		Long: `Print what was decided about an article of the library, the first first, with what was
taken back: on a terminal a table with a line for each keypress, in a pipe one decision
a line as JSON: id, step, at, who, verb, kind, target and to with their spans in code
points, value, engine and score of what had been proposed, undone. An article is named
as for export.

--at TIME prints the article as it was then, in the formats of export: the text of
that time and, on what the engine of today finds in it, the decisions up to then. A
TIME is as "2026-11-23 14:05" in the time zone of this computer, or in RFC 3339; it
takes in the whole minute or second that it names.`,
		Example: `  byline log 3fa2
  byline log ferry | jq -r 'select(.undone | not) | .who' | sort | uniq -c
  byline log ferry --at "2026-11-23 14:05" --format markdown`,
		Args: oneArticle,
		RunE: func(c *cobra.Command, args []string) error {
			if o.at != "" {
				return p.then(c.Context(), o, args[0])
			}
			return p.log(c.Context(), o, args[0])
		},
		ValidArgsFunction: p.completeArticles,
	}
	f := c.Flags()
	f.StringVarP(&o.format, "format", "f", "", "what is written, `FORMAT`: table or jsonl (a table on a terminal, else jsonl); with --at json, jsonl or markdown (json)")
	f.StringVar(&o.at, "at", "", "the article as it was at a `TIME`")
	completeWith(c, "format", "table", "jsonl", "json", "markdown")
	return c
}

// oneArticle wants the name of one article.
func oneArticle(c *cobra.Command, args []string) error {
	switch len(args) {
	case 0:
		return wrongUsage("%s: name an article by id or title; \"byline list\" shows them", c.CommandPath())
	case 1:
		return nil
	}
	return wrongUsage("%s %s: name one article; a title of several words stands in quotes", c.CommandPath(), strings.Join(args, " "))
}

// log prints the decisions about the article that name means.
func (p *program) log(ctx context.Context, o logging, name string) error {
	if o.format == "" && isTerminal(p.out) {
		o.format = "table"
	}
	write := func(doc *workspace.Document) error { return review.WriteLog(p.out, doc.Article, doc.Log) }
	switch cmp.Or(o.format, "jsonl") {
	case "jsonl":
	case "table":
		write = func(doc *workspace.Document) error { return writeLogTable(p.out, doc, columns(p.out)) }
	case "json", "markdown":
		return wrongUsage("--format %s: that is a form of articles; take table or jsonl, or say of what time with --at", o.format)
	default:
		return wrongUsage("--format %s: there is no such format; take table or jsonl", o.format)
	}
	w, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer w.Close(context.WithoutCancel(ctx))
	doc, err := w.OpenNamed(ctx, name)
	if err != nil {
		return err
	}
	return write(doc)
}

// then prints the article that name means as it was at a time.
func (p *program) then(ctx context.Context, o logging, name string) error {
	at, err := moment(o.at)
	if err != nil {
		return err
	}
	f, err := formatNamed(cmp.Or(o.format, "json"))
	if err != nil {
		return err
	}
	w, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer w.Close(context.WithoutCancel(ctx))
	doc, err := w.OpenNamed(ctx, name)
	if err != nil {
		return err
	}
	a, l, err := w.At(ctx, doc.ID, at)
	if err != nil {
		return err
	}
	d := doc.Document
	d.Article, d.Layer, d.Status = a, l, "" // of which nobody knows what it was then
	d.Log = slices.DeleteFunc(slices.Clone(d.Log), func(x annotate.Decision) bool { return x.At.After(at) })
	var b bytes.Buffer
	if err := f.WriteOne(&b, format.Options{}, &d); err != nil {
		return err
	}
	return p.show(b.Bytes())
}

// show writes text that may hold what somebody else decided, as it is but on a terminal.
func (p *program) show(text []byte) error {
	if isTerminal(p.out) {
		text = []byte(clean.Text(text))
	}
	_, err := p.out.Write(text)
	return err
}

// moments are the forms of a time, with how long it is.
var moments = []struct {
	layout string
	long   time.Duration
}{
	{"2006-01-02 15:04", time.Minute},
	{time.DateTime, time.Second},
	{time.RFC3339, time.Second},
}

// moment returns the last instant of the minute or second that text names, or the very
// instant where it has a fraction of a second.
func moment(text string) (time.Time, error) {
	for _, m := range moments {
		t, err := time.ParseInLocation(m.layout, text, time.Local)
		if err != nil {
			continue
		}
		if strings.ContainsAny(text, ".,") { // a fraction
			return t, nil
		}
		return t.Add(m.long - 1), nil
	}
	return time.Time{}, wrongUsage("--at %s: that is no time; write \"2026-11-23 14:05\" or 2026-11-23T14:05:00Z", text)
}

// A row is one line of a table of decisions.
type row struct {
	cells []string
	note  string // stays whole when the last cell is cut: " (undone)"
}

// writeLogTable writes one line a step, none wider than width cells.
func writeLogTable(w io.Writer, doc *workspace.Document, width int) error {
	entries := review.Entries(doc.Text, doc.Log)
	if len(entries) == 0 {
		_, err := fmt.Fprintln(w, "Nothing is decided about this article.")
		return err
	}
	steps := map[string][]annotate.Decision{}
	for i := range entries {
		e := &entries[i]
		steps[stepOf(e)] = append(steps[stepOf(e)], e.Decision)
	}
	rows := []row{{cells: []string{"WHEN", "WHO", "WHAT"}}}
	for i := range entries {
		e := &entries[i]
		ds, first := steps[stepOf(e)]
		if delete(steps, stepOf(e)); !first {
			continue
		}
		r := row{cells: []string{clock(e.At), e.Who, doc.Result.Say(ds)}}
		if e.Undone {
			r.note = " (undone)"
		}
		rows = append(rows, r)
	}
	return writeRows(w, rows, width)
}

func stepOf(e *review.Entry) string { return cmp.Or(e.Step, e.ID) }

// clock writes a time to the second as it is here; empty where nobody knows it.
func clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format(time.DateTime)
}

// writeRows writes rows in columns as wide as what they hold, but a quarter of width at
// most, and the last as wide as what is left. All of it passes clean.
func writeRows(w io.Writer, rows []row, width int) error {
	last := len(rows[0].cells) - 1
	widths := make([]int, last)
	for _, r := range rows {
		for i := range r.cells {
			r.cells[i] = clean.Line(r.cells[i])
		}
		for i := range widths {
			widths[i] = max(widths[i], ansi.StringWidth(r.cells[i]))
		}
	}
	left := width
	for i := range widths {
		widths[i] = min(widths[i], width/4)
		left -= widths[i] + 2
	}
	for _, r := range rows {
		var b strings.Builder
		for i, n := range widths {
			cell := ansi.Truncate(r.cells[i], n, "…")
			b.WriteString(cell + strings.Repeat(" ", n-ansi.StringWidth(cell)+2))
		}
		b.WriteString(ansi.Truncate(r.cells[last], max(12, left-len(r.note)), "…") + r.note)
		if _, err := fmt.Fprintln(w, strings.TrimRight(b.String(), " ")); err != nil {
			return err
		}
	}
	return nil
}
