package tasks

import (
	"bytes"
	"io"
	"slices"
	"strconv"
	"strings"

	"byline/annotate/format"
	"byline/annotate/format/escape"
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
		Rejected []doccanoEntity `json:"rejected,omitzero"`
		Margin   map[int]margin  `json:"byline,omitzero"` // by entity ID
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
func newDoccano(w io.Writer, _ format.Options) format.Writer { return &doccanoWriter{w: w} }

type doccanoWriter struct {
	w io.Writer
	n int
}

func (w *doccanoWriter) Write(d *format.Document) error {
	w.n++
	points := offsets.NewPoints(d.Text)
	items, edges := standoff.Items(d, standoff.CorpusTag)
	j := doccanoJSON{ID: w.n, Text: d.Text, Entities: []doccanoEntity{}, Relations: []doccanoRelation{}, Comments: []string{},
		Article: d.ID, Title: d.Title, Source: d.Source, Credits: standoff.CreditsOf(d.Article), Engine: d.Layer.Engine}
	if len(items) > 0 {
		j.Margin = map[int]margin{}
	}
	for i := range items {
		if items[i].Rejected() {
			j.Rejected = []doccanoEntity{}
		}
	}
	l := escape.NewList(w.w, j, "entities", false, 1)
	entities := func(rejected bool) {
		for i := range items {
			it := &items[i]
			if it.Rejected() == rejected && !l.Put(doccanoEntity{i + 1, labelIn(d, it.Label), points.Of(it.Start), points.Of(it.End)}) {
				return
			}
		}
	}
	entities(false)
	l.Next("relations")
	for i, e := range edges {
		if !l.Put(doccanoRelation{i + 1, e.From + 1, e.To + 1, strings.ToUpper(e.Label)}) {
			break
		}
	}
	if j.Rejected != nil {
		l.Next("rejected")
		entities(true)
	}
	if j.Margin != nil {
		l.Next("byline")
		for _, i := range inOrderOfKeys(len(items)) {
			if !l.PutAs(strconv.Itoa(i), marginOf(&items[i-1])) {
				break
			}
		}
	}
	return l.Close()
}

// inOrderOfKeys returns the numbers from 1 to n as package json orders the keys of a map: 1, 10, 2.
func inOrderOfKeys(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i + 1
	}
	slices.SortFunc(all, func(a, b int) int {
		var x, y [20]byte
		return bytes.Compare(strconv.AppendInt(x[:0], int64(a), 10), strconv.AppendInt(y[:0], int64(b), 10))
	})
	return all
}

func (w *doccanoWriter) Close() error { return nil }
