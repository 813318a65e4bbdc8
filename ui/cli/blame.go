package cli

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"byline/annotate"
	"byline/annotate/format/offsets"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/articles"
)

func (p *program) blameCommand() *cobra.Command {
	format := ""
	c := &cobra.Command{
		Use:   "blame ARTICLE",
		Short: "Tell who decided what about the names and quotes of an article",
		Long: `Tell for each name and quote of an article that somebody decided on who did, when,
what, and what the machine had proposed there: its rule, its score, its version. Of
each question, the type, the ends, the name, whose it is, who says it, only the last
answer is told, and nothing that was taken back: "byline log" has all. The order is
that of the text; what the text no longer has comes last. An article is named as for
export.

WHERE counts code points of the text. ON, what had been proposed, is empty where the
machine had found nothing; its rule is known while the version is the same.`,
		Example: `  byline blame 3fa2
  byline blame ferry --format json | jq -r '.[] | [.who, .what] | @tsv'`,
		Args: oneArticle,
		RunE: func(c *cobra.Command, args []string) error {
			write, err := p.blaming(format)
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

// blaming returns what writes decisions in the format asked for.
func (p *program) blaming(format string) (func(*workspace.Document) error, error) {
	if format == "" && isTerminal(p.out) {
		format = "table"
	}
	switch cmp.Or(format, "json") {
	case "table":
		return func(doc *workspace.Document) error { return writeBlameTable(p.out, doc, columns(p.out)) }, nil
	case "json":
		return func(doc *workspace.Document) error {
			var b bytes.Buffer
			if err := writeBlameJSON(&b, doc); err != nil {
				return err
			}
			return p.show(b.Bytes())
		}, nil
	}
	return nil, wrongUsage("--format %s: there is no such format; take table or json", format)
}

func (p *program) blame(ctx context.Context, name string, write func(*workspace.Document) error) error {
	return p.with(ctx, func(ctx context.Context, w *workspace.Workspace) error {
		doc, err := w.OpenNamed(ctx, name)
		if err != nil {
			return err
		}
		return write(doc)
	})
}

// blamed returns the decisions that hold in an article.
func blamed(doc *workspace.Document) []review.Blamed {
	return review.Blame(doc.Text, doc.Machine, doc.Log)
}

// inWords says what b decided.
func inWords(doc *workspace.Document, b *review.Blamed) string {
	return doc.Result.Say([]annotate.Decision{b.Decision})
}

// writeBlameTable writes one line a decision, none wider than width cells.
func writeBlameTable(w io.Writer, doc *workspace.Document, width int) error {
	all := blamed(doc)
	if len(all) == 0 {
		_, err := fmt.Fprintln(w, "Nobody decided anything about this article.")
		return err
	}
	points := offsets.NewPoints(doc.Text)
	rows := []row{{cells: []string{"WHERE", "WHEN", "WHO", "ON", "WHAT"}}}
	for i := range all {
		b := &all[i]
		r := row{cells: []string{fmt.Sprint(points.Of(b.Span.Start)), minute(b.At), b.Who, proposal(b), inWords(doc, b)}}
		if b.Span.Empty() {
			r.cells[0], r.note = "", " (gone)"
		}
		rows = append(rows, r)
	}
	return writeRows(w, rows, width)
}

// minute writes a time to the minute as it is here; empty where nobody knows it.
func minute(t time.Time) string {
	return strings.TrimSuffix(clock(t), t.Format(":05"))
}

// proposal says what the machine had proposed: "cue-after-quote 0.93 model-3".
func proposal(b *review.Blamed) string {
	if b.Engine == "" {
		return ""
	}
	return strings.TrimSpace(fmt.Sprintf("%s %.2f %s", b.Rule, b.Score, b.Engine))
}

// The records of blame as scripts see them. Spans are half-open, in code points of the
// text; start and end are null where the text no longer has the words.
type (
	blamedJSON struct {
		blamedSpan
		ID       string        `json:"id"`
		At       *time.Time    `json:"at"` // null where nobody knows
		Who      string        `json:"who"`
		Verb     annotate.Verb `json:"verb"`
		Kind     annotate.Kind `json:"kind"`
		What     string        `json:"what"` // the decision in words
		Value    string        `json:"value,omitempty"`
		To       *blamedSpan   `json:"to,omitempty"`
		Proposal *proposalJSON `json:"proposal"` // null where the machine had found nothing
	}
	blamedSpan struct {
		Start *int   `json:"start"`
		End   *int   `json:"end"`
		Text  string `json:"text"`
	}
	proposalJSON struct {
		Rule   string  `json:"rule,omitempty"` // left out where it is not known
		Score  float64 `json:"score"`
		Engine string  `json:"engine"`
	}
)

func writeBlameJSON(w io.Writer, doc *workspace.Document) error {
	points := offsets.NewPoints(doc.Text)
	spanOf := func(span articles.Span, words string) blamedSpan {
		if span.Empty() {
			return blamedSpan{Text: words}
		}
		start, end := points.Of(span.Start), points.Of(span.End)
		return blamedSpan{&start, &end, span.In(doc.Text)}
	}
	out := []blamedJSON{}
	all := blamed(doc)
	for i := range all {
		b := &all[i]
		j := blamedJSON{blamedSpan: spanOf(b.Span, b.Target.Exact), ID: b.ID, Who: b.Who,
			Verb: b.Verb, Kind: b.Kind, What: inWords(doc, b), Value: b.Value}
		if at := b.At.UTC(); !at.IsZero() {
			j.At = &at
		}
		if b.To.Exact != "" {
			to := spanOf(b.To.Span, b.To.Exact)
			j.To = &to
		}
		if b.Engine != "" {
			j.Proposal = &proposalJSON{b.Rule, math.Round(b.Score*1e4) / 1e4, b.Engine}
		}
		out = append(out, j)
	}
	return writeJSON(w, out)
}
