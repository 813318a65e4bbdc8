package output

import (
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"byline/annotate"
	"byline/annotate/format/offsets"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/articles"
)

// inWords describes what b decided.
func inWords(doc *workspace.Document, b *review.Blamed) string {
	return doc.Result.Say([]annotate.Decision{b.Decision})
}

// BlameTable writes one line per decision on doc, none wider than width cells, with times as they are in a zone.
func BlameTable(w io.Writer, doc *workspace.Document, all []review.Blamed, width int, zone *time.Location) error {
	if len(all) == 0 {
		_, err := fmt.Fprintln(w, "No decisions on this article.")
		return err
	}
	points := offsets.NewPoints(doc.Text)
	rows := []row{{cells: []string{"WHERE", Timed("WHEN", zone), "WHO", "ON", "WHAT"}}}
	for i := range all {
		b := &all[i]
		r := row{cells: []string{fmt.Sprint(points.Of(b.Span.Start)), clock(b.At, "2006-01-02 15:04", zone), b.Who, proposal(b), inWords(doc, b)}}
		if b.Span.Empty() {
			r.cells[0], r.note = "", " (gone)"
		}
		rows = append(rows, r)
	}
	return writeRows(w, rows, width)
}

// proposal formats what the machine proposed: "cue-after-quote 0.93 model-3".
func proposal(b *review.Blamed) string {
	if b.Engine == "" {
		return ""
	}
	score := ""
	if b.Score != 0 {
		score = fmt.Sprintf("%.2f", b.Score)
	}
	return strings.Join(strings.Fields(b.Rule+" "+score+" "+b.Engine), " ")
}

// The records of blame, for scripts. Spans are half-open, in code points of the text; start and
// end are null if the text no longer contains the words.
type (
	blamedJSON struct {
		blamedSpan
		ID       string        `json:"id"`
		At       *time.Time    `json:"at"` // null if unknown
		Who      string        `json:"who"`
		Verb     annotate.Verb `json:"verb"`
		Kind     annotate.Kind `json:"kind"`
		What     string        `json:"what"` // the decision in words
		Value    string        `json:"value,omitempty"`
		To       *blamedSpan   `json:"to,omitempty"`
		Proposal *proposalJSON `json:"proposal"` // null if the machine found nothing
		Also     []blamedSpan  `json:"also,omitempty"`
	}
	blamedSpan struct {
		Start *int   `json:"start"`
		End   *int   `json:"end"`
		Text  string `json:"text"`
	}
	proposalJSON struct {
		Rule   string   `json:"rule,omitempty"` // omitted if unknown
		Score  *float64 `json:"score"`          // null if the machine gave none
		Engine string   `json:"engine"`
	}
)

// BlameJSON writes the decisions on doc that are in force as a list.
func BlameJSON(w io.Writer, doc *workspace.Document, all []review.Blamed) error {
	points := offsets.NewPoints(doc.Text)
	spanOf := func(span articles.Span, words string) blamedSpan {
		if span.Empty() {
			return blamedSpan{Text: words}
		}
		start, end := points.Of(span.Start), points.Of(span.End)
		return blamedSpan{&start, &end, span.In(doc.Text)}
	}
	out := []blamedJSON{}
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
		for _, a := range b.Also {
			j.Also = append(j.Also, spanOf(a.Span, a.Exact))
		}
		if b.Engine != "" {
			j.Proposal = &proposalJSON{Rule: b.Rule, Engine: b.Engine}
			if score := math.Round(b.Score*1e4) / 1e4; b.Score != 0 {
				j.Proposal.Score = &score
			}
		}
		out = append(out, j)
	}
	return writeJSON(w, out)
}
