package cli

import (
	"cmp"
	"context"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"byline/annotate/format/offsets"
	"byline/annotate/library/db"
	"byline/annotate/workspace"
	"byline/annotate/workspace/export"
	"byline/articles"
	"byline/ui/cli/output"
	"byline/ui/cli/terminal"
)

// quoting holds the flags of quotes.
type quoting struct {
	*program
	by, said, format, output string
	most                     int
	force                    bool
}

// mostQuotes is the most quotes that are listed.
const mostQuotes = 1_000_000

func quotesCommand(p *program) *cobra.Command {
	o := quoting{program: p}
	c := &cobra.Command{
		Use:   "quotes [QUERY]",
		Short: "List who said what in the whole library",
		Long: `List the quotes of the library, newest article first: who said what, where and when; as
text on a terminal, in a pipe one quote per line. --by lists the quotes of one speaker,
alone or with others, --said those with a word. A query selects the articles, or with by:
or said: the quotes; see "byline search --help".

Offsets count code points of the article's text. Speakers are matched by any form of their
name in the article; people with the same name count as the same.`,
		Example: `  byline quotes --by "Ann Lee"
  byline quotes --by "Ann Lee" --format csv -o lee.csv
  byline quotes 'org:Halden said:strike date:2026-01..' --format md`,
		RunE: func(c *cobra.Command, args []string) error {
			return o.run(c.Context(), strings.Join(args, " "))
		},
		ValidArgsFunction: p.completeQuery,
	}
	f := c.Flags()
	f.StringVar(&o.by, "by", "", "quotes attributed to `NAME`; nobody for unattributed quotes")
	f.StringVar(&o.said, "said", "", "quotes that contain `WORDS` as a phrase")
	f.StringVarP(&o.format, "format", "f", "", "output `FORMAT`: text, csv, tsv, md, json or jsonl (default: text on a terminal, else tsv)")
	f.StringVarP(&o.output, "output", "o", "", "`FILE` to write")
	f.IntVarP(&o.most, "most", "n", mostQuotes, "list at most `N` quotes")
	f.BoolVar(&o.force, "force", false, "overwrite an existing file")
	completeWith(c, "format", "text", "csv", "tsv", "md", "json", "jsonl")
	return c
}

func (o *quoting) run(ctx context.Context, text string) error {
	name := o.format
	if i := strings.LastIndexByte(o.output, '.'); name == "" && i >= 0 {
		name = strings.ToLower(o.output[i+1:])
	}
	if name == "" && o.output == "" && terminal.Is(o.out) {
		name = "text"
	}
	name = cmp.Or(name, "tsv")
	write := output.Quotes[name]
	switch {
	case write == nil:
		return wrongUsage("--format %s: unknown format; use text, csv, tsv, md, json or jsonl", name)
	case o.most < 1:
		return wrongUsage("--most %d: must be 1 or more", o.most)
	}
	w, err := o.open(ctx)
	if err != nil {
		return err
	}
	defer w.Close(context.WithoutCancel(ctx))
	e, err := o.parseQuery(ctx, w, o.query(text))
	if err != nil {
		return err
	}
	if err := w.AnnotateAll(ctx, nil); err != nil { // even if the query alone would not need it
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
		return write(o.out, quotes)
	}
	return export.WriteTo(o.output, o.force, func(w io.Writer) error { return write(w, quotes) })
}

// query adds the flags to a query, as terms that must hold of the same quote.
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

// spoken converts the spans of quotes to code points. The quotes of an article must be next to
// each other.
func spoken(ctx context.Context, w *workspace.Workspace, found []db.QuoteHit) ([]output.Quote, error) {
	out := make([]output.Quote, len(found))
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
		out[i] = output.Quote{
			Date: output.Day(h.Entry.Date), Speakers: []string{}, Text: h.Text, Type: string(h.Type), Decided: h.Decided,
			Article: h.Entry.ID, Title: h.Entry.Title, Site: h.Entry.Site, Source: h.Entry.Source,
			Start: points.Of(h.Start), End: points.Of(h.End),
		}
		for _, s := range h.Speakers {
			out[i].Speaker = cmp.Or(out[i].Speaker, s.Name)
			out[i].Speakers = append(out[i].Speakers, s.Name)
		}
	}
	return out, nil
}
