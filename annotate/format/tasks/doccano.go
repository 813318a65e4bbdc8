package tasks

import (
	"bufio"
	"encoding/json"
	"io"
	"strings"

	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/annotate/format/standoff"
)

// The objects of doccano's JSONL as we write it. Doccano keeps fields it does not know.
type (
	doccanoJSON struct {
		ID        int               `json:"id"`
		Text      string            `json:"text"`
		Entities  []doccanoEntity   `json:"entities"`
		Relations []doccanoRelation `json:"relations"`
		Comments  []string          `json:"Comments"`
		Article   string            `json:"article,omitempty"`
		Title     string            `json:"title,omitempty"`
		Source    string            `json:"source,omitempty"`
		standoff.Credits
		Rejected []doccanoEntity `json:"rejected,omitempty"`
		Margin   map[int]margin  `json:"byline,omitempty"` // by entity ID
		Engine   string          `json:"byline_engine,omitempty"`
	}
	doccanoEntity struct {
		ID    int    `json:"id"`
		Label string `json:"label"`
		Start int    `json:"start_offset"`
		End   int    `json:"end_offset"`
	}
	doccanoRelation struct {
		ID   int    `json:"id"`
		From int    `json:"from_id"`
		To   int    `json:"to_id"`
		Type string `json:"type"`
	}
)

// newDoccano returns a writer of a line for each article. Doccano has no suggestions, so
// who made a claim and what was rejected are in fields of our own.
func newDoccano(w io.Writer, _ format.Options) format.Writer {
	b := bufio.NewWriter(w)
	out := &doccanoWriter{b: b, enc: json.NewEncoder(b)}
	out.enc.SetEscapeHTML(false)
	return out
}

type doccanoWriter struct {
	b   *bufio.Writer
	enc *json.Encoder
	n   int
}

func (w *doccanoWriter) Write(d *format.Document) error {
	w.n++
	points := offsets.NewPoints(d.Text)
	items, edges := standoff.Items(d, standoff.CorpusTag)
	j := doccanoJSON{ID: w.n, Text: d.Text, Entities: []doccanoEntity{}, Relations: []doccanoRelation{}, Comments: []string{},
		Article: d.ID, Title: d.Title, Source: d.Source, Credits: standoff.CreditsOf(d.Article), Margin: map[int]margin{}, Engine: d.Layer.Engine}
	for i := range items {
		it := &items[i]
		e := doccanoEntity{i + 1, labelIn(d, it.Label), points.Of(it.Start), points.Of(it.End)}
		j.Margin[i+1] = marginOf(it)
		if it.Rejected() {
			j.Rejected = append(j.Rejected, e)
			continue
		}
		j.Entities = append(j.Entities, e)
	}
	for i, e := range edges {
		j.Relations = append(j.Relations, doccanoRelation{i + 1, e.From + 1, e.To + 1, strings.ToUpper(e.Label)})
	}
	return w.enc.Encode(j)
}

func (w *doccanoWriter) Close() error { return w.b.Flush() }
