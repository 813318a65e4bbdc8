package format

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
)

// Doccano is doccano's JSONL.
var formatDoccano = Format{Name: "doccano", Extension: ".doccano.jsonl", About: "doccano, JSONL with relations",
	NewWriter: newDoccanoWriter, Read: readDoccano, Sniff: isDoccano}

// The records of doccano's JSONL, with relations or as a mere sequence of labels. Keys
// that it does not know it keeps with the document.
type (
	doccanoJSON struct {
		ID        int                `json:"id"`
		Text      string             `json:"text"`
		Data      string             `json:"data,omitempty"`
		Entities  []doccanoEntity    `json:"entities"`
		Relations []doccanoRelation  `json:"relations"`
		Comments  []string           `json:"Comments"`
		Label     [][]any            `json:"label,omitempty"`
		Labels    [][]any            `json:"labels,omitempty"`
		Article   string             `json:"article,omitempty"`
		Title     string             `json:"title,omitempty"`
		Source    string             `json:"source,omitempty"`
		Rejected  []doccanoEntity    `json:"rejected,omitempty"`
		Margin    map[int]marginalia `json:"byline,omitempty"` // by the ID of an entity
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

// newDoccanoWriter writes a line an article, with relations; IDs of articles count from
// 1. Doccano has no suggestions: who stands behind a span is in a key of ours beside, as
// is what was rejected.
func newDoccanoWriter(w io.Writer, _ Options) Writer {
	b := bufio.NewWriter(w)
	out := &doccano{b: b, enc: json.NewEncoder(b)}
	out.enc.SetEscapeHTML(false)
	return out
}

type doccano struct {
	b   *bufio.Writer
	enc *json.Encoder
	n   int
}

func (w *doccano) Write(d *Document) error {
	w.n++
	points := NewPoints(d.Text)
	items, edges := itemsOf(d, conllType)
	j := doccanoJSON{ID: w.n, Text: d.Text, Entities: []doccanoEntity{}, Relations: []doccanoRelation{}, Comments: []string{},
		Article: d.ID, Title: d.Title, Source: d.Source, Margin: map[int]marginalia{}}
	for i := range items {
		it := &items[i]
		e := doccanoEntity{i + 1, strings.ToUpper(it.label), points.Of(it.Start), points.Of(it.End)}
		j.Margin[i+1] = it.marginalia()
		if it.rejected() {
			j.Rejected = append(j.Rejected, e)
			continue
		}
		j.Entities = append(j.Entities, e)
	}
	for i, e := range edges {
		j.Relations = append(j.Relations, doccanoRelation{i + 1, e.from + 1, e.to + 1, strings.ToUpper(e.label)})
	}
	return w.enc.Encode(j)
}

func (w *doccano) Close() error { return w.b.Flush() }

// readDoccano reads doccano's JSONL of either form.
func readDoccano(in Input) iter.Seq2[*Document, error] {
	return readTasks(in, "doccano's "+in.Name+": line", doccanoDocument)
}

// readTasks reads a file that is one JSON object a document. An error says which of
// them it is about: what, and its number.
func readTasks(in Input, what string, document func(raw []byte, loss *Loss) (*Document, error)) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		n := 0
		for raw, err := range objects(in) {
			n++
			var d *Document
			if err == nil {
				d, err = document(raw, in.Loss)
			}
			if err != nil {
				err = fmt.Errorf("read %s %d: %w", what, n, err)
			}
			if !yield(d, err) {
				return
			}
		}
	}
}

func doccanoDocument(raw []byte, loss *Loss) (*Document, error) {
	var j doccanoJSON
	if err := json.Unmarshal(raw, &j); err != nil {
		return nil, err
	}
	if j.Text == "" {
		j.Text = j.Data
	}
	r := newStandoff(loss)
	for i, l := range append(j.Label, j.Labels...) {
		e, err := sequenceLabel(l)
		if err != nil {
			return nil, fmt.Errorf("label %d: %w", i+1, err)
		}
		if err := r.add("l"+strconv.Itoa(i), e.Label, stretch{start: e.Start, end: e.End}); err != nil {
			return nil, err
		}
	}
	for k, list := range [][]doccanoEntity{j.Entities, j.Rejected} {
		for _, e := range list {
			id := strconv.Itoa(e.ID)
			if err := r.add(id, e.Label, stretch{start: e.Start, end: e.End}); err != nil {
				return nil, err
			}
			m := j.Margin[e.ID]
			m.take(r, id)
			if k == 1 {
				r.say(id, "State", "rejected")
			}
		}
	}
	for _, e := range j.Relations {
		r.relate(e.Type, strconv.Itoa(e.From), strconv.Itoa(e.To))
	}
	d := &Document{Article: foreign(j.Title, j.Text)}
	d.Source = j.Source
	d.Layer = r.layer(j.Text, "code points")
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
