package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"byline/annotate/format/offsets"
	"byline/annotate/format/report"
	"byline/annotate/format/tables"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/workspace"
	"byline/annotate/workspace/export"
	"byline/articles"
	"byline/articles/clean"
)

// quoting is what the flags of quotes ask for.
type quoting struct {
	by, said, format, output string
	most                     int
	force                    bool
}

// mostQuotes is how many quotes are listed at most.
const mostQuotes = 1_000_000

func (p *program) quotesCommand() *cobra.Command {
	var o quoting
	c := &cobra.Command{
		Use:   "quotes [QUERY]",
		Short: "List who said what, over the whole library",
		Long: `List the quotes of the library, the latest article first: who said what, where and
when. On a terminal as text, in a pipe one quote a line. --by takes those of one
speaker, --said those with a word; a query chooses the articles, or the quotes where
it has by: or said:, see "byline search --help".

Offsets count code points of the article's text. Speakers are compared by name, by any
form that the name has in the article; who has the same name counts as the same.`,
		Example: `  byline quotes --by "Ann Lee"
  byline quotes --by "Ann Lee" --format csv -o lee.csv
  byline quotes 'org:Halden said:strike date:2026-01..' --format md`,
		RunE: func(c *cobra.Command, args []string) error {
			return p.quotes(c.Context(), o, strings.Join(args, " "))
		},
		ValidArgsFunction: p.completeQuery,
	}
	f := c.Flags()
	f.StringVar(&o.by, "by", "", "said by `NAME`; nobody for unknown speakers")
	f.StringVar(&o.said, "said", "", "with these `WORDS` side by side")
	f.StringVarP(&o.format, "format", "f", "", "`FORMAT`: text, csv, tsv, md, json or jsonl (text on a terminal, else tsv)")
	f.StringVarP(&o.output, "output", "o", "", "the `FILE` to write")
	f.IntVarP(&o.most, "most", "n", mostQuotes, "list `N` quotes at most")
	f.BoolVar(&o.force, "force", false, "replace a file that is there")
	completeWith(c, "format", "text", "csv", "tsv", "md", "json", "jsonl")
	return c
}

func (p *program) quotes(ctx context.Context, o quoting, text string) error {
	name := o.format
	if i := strings.LastIndexByte(o.output, '.'); name == "" && i >= 0 {
		name = strings.ToLower(o.output[i+1:])
	}
	if name == "" && o.output == "" && isTerminal(p.out) {
		name = "text"
	}
	name = cmp.Or(name, "tsv")
	write := quoteWriters[name]
	switch {
	case write == nil:
		return wrongUsage("--format %s: there is no such format; take text, csv, tsv, md, json or jsonl", name)
	case o.most < 1:
		return wrongUsage("--most %d: take 1 or more", o.most)
	}
	w, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer w.Close(context.WithoutCancel(ctx))
	e, err := p.asked(ctx, w, o.query(text))
	if err != nil {
		return err
	}
	if err := w.AnnotateAll(ctx, nil); err != nil { // also where the query alone would not need it
		return err
	}
	found, err := w.Library.Quotes(ctx, e, o.most)
	if err != nil {
		return err
	}
	quotes, err := spoken(ctx, w, found)
	if err != nil {
		return err
	}
	if o.output == "" || o.output == "-" {
		return write(p.out, quotes)
	}
	return export.WriteTo(o.output, o.force, func(w io.Writer) error { return write(w, quotes) })
}

// query adds to a query what the flags ask for, side by side: it is about one quote.
func (o *quoting) query(text string) string {
	value := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, " ") + `"` }
	if text != "" && (o.by != "" || o.said != "") {
		text = "(" + text + ")"
	}
	if o.by != "" {
		text += " by:" + value(o.by)
	}
	if o.said != "" {
		text += " said:" + value(o.said)
	}
	return strings.TrimSpace(text)
}

// A spokenQuote is a quote as scripts see it.
type spokenQuote struct {
	Date    string `json:"date,omitempty"`
	Speaker string `json:"speaker,omitempty"`
	Text    string `json:"text"`
	Type    string `json:"type"`
	Decided bool   `json:"decided"`
	Article string `json:"article"`
	Title   string `json:"title"`
	Site    string `json:"site,omitempty"`
	Source  string `json:"source"`
	Start   int    `json:"start"` // code points
	End     int    `json:"end"`
}

// spoken counts the places of quotes in code points. The quotes of an article come together.
func spoken(ctx context.Context, w *workspace.Workspace, found []db.QuoteHit) ([]spokenQuote, error) {
	out := make([]spokenQuote, len(found))
	var a *articles.Article
	var points *offsets.Points
	for i, h := range found {
		if a == nil || a.ID != h.Entry.ID {
			var err error
			if a, err = w.Library.Article(ctx, h.Entry.ID); err != nil {
				return nil, err
			}
			points = offsets.NewPoints(a.Text)
		}
		out[i] = spokenQuote{
			isoDate(h.Entry.Date), h.Speaker, h.Text, string(h.Type), h.Decided, h.Entry.ID, h.Entry.Title, h.Entry.Site, h.Entry.Source,
			points.Of(h.Start), points.Of(h.End),
		}
	}
	return out, nil
}

// quoteWriters write quotes in the formats of --format.
var quoteWriters = map[string]func(io.Writer, []spokenQuote) error{
	"text": writeQuotesText,
	"tsv":  func(w io.Writer, qs []spokenQuote) error { return writeQuoteRows(tables.New(w, '\t'), qs) },
	"csv":  func(w io.Writer, qs []spokenQuote) error { return writeQuoteRows(tables.New(w, ','), qs) },
	"md":   writeQuotesMarkdown,
	"json": func(w io.Writer, qs []spokenQuote) error { return writeJSON(w, qs) },
	"jsonl": func(w io.Writer, qs []spokenQuote) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		for i := range qs {
			if err := enc.Encode(&qs[i]); err != nil {
				return err
			}
		}
		return nil
	},
}

func writeQuoteRows(w *tables.Table, qs []spokenQuote) error {
	w.Row("date", "speaker", "quote", "type", "decided", "article", "title", "site", "source", "start", "end")
	for _, q := range qs {
		w.Row(q.Date, q.Speaker, q.Text, q.Type, fmt.Sprint(q.Decided), q.Article, q.Title, q.Site, q.Source, fmt.Sprint(q.Start), fmt.Sprint(q.End))
	}
	return w.Close()
}

func writeQuotesText(w io.Writer, qs []spokenQuote) error {
	if len(qs) == 0 {
		_, err := fmt.Fprintln(w, "No such quotes.")
		return err
	}
	last := ""
	for _, q := range qs {
		if q.Article != last {
			if last != "" {
				fmt.Fprintln(w)
			}
			last = q.Article
			fmt.Fprintf(w, "%s  %s\n", library.ShortID(q.Article), strings.TrimSuffix(clean.Line(q.Title)+", "+q.Date, ", "))
		}
		if _, err := fmt.Fprintf(w, "  %s: %s\n", cmp.Or(clean.Line(q.Speaker), "somebody"), clean.Line(q.Text)); err != nil {
			return err
		}
	}
	return nil
}

func writeQuotesMarkdown(w io.Writer, qs []spokenQuote) error {
	last := ""
	for _, q := range qs {
		if q.Article != last {
			last = q.Article
			fmt.Fprintf(w, "## %s\n\n", strings.TrimSuffix(report.MarkdownLine(q.Title)+", "+q.Date, ", "))
		}
		if _, err := fmt.Fprintf(w, "> %s\n>\n> — %s\n\n", report.MarkdownLine(q.Text), report.MarkdownLine(cmp.Or(q.Speaker, "speaker unknown"))); err != nil {
			return err
		}
	}
	return nil
}
