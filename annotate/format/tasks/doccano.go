package tasks

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/annotate/format/standoff"
)

// The objects of doccano's JSONL, with relations or as a list of labels. Doccano keeps
// fields it does not know.
type (
	doccanoJSON struct {
		ID        int               `json:"id"`
		Text      string            `json:"text"`
		Data      string            `json:"data,omitempty"`
		Entities  []doccanoEntity   `json:"entities"`
		Relations []doccanoRelation `json:"relations"`
		Comments  []string          `json:"Comments"`
		Label     [][]any           `json:"label,omitempty"`
		Labels    [][]any           `json:"labels,omitempty"`
		Article   string            `json:"article,omitempty"`
		Title     string            `json:"title,omitempty"`
		Source    string            `json:"source,omitempty"`
		Rejected  []doccanoEntity   `json:"rejected,omitempty"`
		Margin    map[int]margin    `json:"byline,omitempty"` // by entity ID
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
		Article: d.ID, Title: d.Title, Source: d.Source, Margin: map[int]margin{}}
	for i := range items {
		it := &items[i]
		e := doccanoEntity{i + 1, strings.ToUpper(it.Label), points.Of(it.Start), points.Of(it.End)}
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

// readDoccano reads doccano's JSONL of either form.
func readDoccano(in format.Input) iter.Seq2[*format.Document, error] {
	return read(in, "doccano's "+in.Name+": line", doccanoDocument)
}

func doccanoDocument(raw []byte, loss *format.Loss) (*format.Document, error) {
	var j doccanoJSON
	if err := json.Unmarshal(raw, &j); err != nil {
		return nil, err
	}
	if j.Text == "" {
		j.Text = j.Data
	}
	r := standoff.NewReader(loss)
	for i, l := range append(j.Label, j.Labels...) {
		e, err := sequenceLabel(l)
		if err != nil {
			return nil, fmt.Errorf("label %d: %w", i+1, err)
		}
		if err := r.Add("l"+strconv.Itoa(i), e.Label, offsets.Stretch{Start: e.Start, End: e.End}); err != nil {
			return nil, err
		}
	}
	for k, list := range [][]doccanoEntity{j.Entities, j.Rejected} {
		for _, e := range list {
			id := strconv.Itoa(e.ID)
			if err := r.Add(id, e.Label, offsets.Stretch{Start: e.Start, End: e.End}); err != nil {
				return nil, err
			}
			m := j.Margin[e.ID]
			m.take(r, id)
			if k == 1 {
				r.Say(id, "State", "rejected")
			}
		}
	}
	for _, e := range j.Relations {
		r.Relate(e.Type, strconv.Itoa(e.From), strconv.Itoa(e.To))
	}
	d := &format.Document{Article: standoff.Article(j.Title, j.Text)}
	d.Source = j.Source
	d.Layer = r.Layer(j.Text, offsets.CodePoints)
	if j.Article != "" {
		d.ID = j.Article
	}
	return d, d.Layer.Check(j.Text)
}

// sequenceLabel reads [start, end, "LABEL"].
func sequenceLabel(l []any) (doccanoEntity, error) {
	if len(l) < 3 {
		return doccanoEntity{}, fmt.Errorf("%v is not start, end, label", l)
	}
	start, ok := l[0].(float64)
	end, ok2 := l[1].(float64)
	name, ok3 := l[2].(string)
	if !ok || !ok2 || !ok3 {
		return doccanoEntity{}, fmt.Errorf("%v is not start, end, label", l)
	}
	return doccanoEntity{Label: name, Start: int(start), End: int(end)}, nil
}
