package tasks

import (
	"encoding/json"
	"fmt"
	"iter"
	"strconv"

	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/annotate/format/standoff"
)

// readDoccano reads doccano's JSONL in any form that its versions and its users' scripts have: entities
// with relations, annotations with labels, or lists of start, end and label.
func readDoccano(in format.Input) iter.Seq2[*format.Document, error] {
	return read(in, "doccano's "+in.Name+": line", doccanoDocument)
}

// A foreignExample is a line of doccano's.
type foreignExample struct {
	Text, Data    string
	Entities      []json.RawMessage
	Annotations   []json.RawMessage
	Label, Labels any // a list of spans, or categories of the whole text
	Relations     []doccanoRelation
	Comments      []any
	Article       word
	Title, Source word
	standoff.Credits
	Rejected []json.RawMessage
	Margin   map[string]margin `json:"byline"` // by entity ID
}

func doccanoDocument(raw []byte, loss *format.Loss) (*format.Document, error) {
	var j foreignExample
	if err := json.Unmarshal(raw, &j); err != nil {
		return nil, err
	}
	if j.Text == "" {
		j.Text = j.Data
	}
	r := standoff.NewReader(loss)
	for i, list := range [][]any{asList(j.Label), asList(j.Labels)} {
		for k, l := range list {
			again, err := json.Marshal(l)
			if err != nil {
				return nil, err
			}
			addExample(r, again, fmt.Sprintf("label %d %d", i, k), nil)
		}
	}
	for i, list := range [][]json.RawMessage{j.Entities, j.Annotations, j.Rejected} {
		for k, e := range list {
			id := addExample(r, e, fmt.Sprintf("entity %d %d", i, k), j.Margin)
			if i == 2 {
				r.Say(id, "State", "rejected")
			}
		}
	}
	for _, e := range j.Relations {
		r.Relate(e.Type, strconv.Itoa(e.From), strconv.Itoa(e.To))
	}
	loss.Add(len(j.Comments), "comments on the whole text")
	d := &format.Document{Article: standoff.Article(string(j.Title), j.Text)}
	d.Source = string(j.Source)
	d.Layer = r.Layer(j.Text, offsets.CodePoints)
	d.Labels, d.Own = r.Labels(), j.Margin != nil
	j.Credits.Take(d.Article)
	if j.Article != "" {
		d.ID = string(j.Article)
	}
	return d, d.Layer.Check(j.Text)
}

// addExample adds a labelled span and returns its ID. What is none is counted as lost.
func addExample(r *standoff.Reader, raw json.RawMessage, without string, margins map[string]margin) string {
	s, err := exampleSpan(raw)
	if err == nil {
		if s.ID == "" || r.Annotation(s.ID) != nil {
			s.ID = without
		}
		err = r.Add(s.ID, s.Label, offsets.Stretch{Start: s.Start, End: s.End})
	}
	if err != nil {
		r.Loss.Add(1, "labels that are not on a span of the text")
		return ""
	}
	m := margins[s.ID]
	m.take(r, s.ID)
	return s.ID
}

// A labelledSpan is a span of doccano's, whose label may be a number of its project.
type labelledSpan struct {
	ID, Label  string
	Start, End int
}

// exampleSpan reads [start, end, "LABEL"] or an object with offsets.
func exampleSpan(raw json.RawMessage) (labelledSpan, error) {
	var list []any
	if err := json.Unmarshal(raw, &list); err == nil {
		if len(list) < 3 {
			return labelledSpan{}, fmt.Errorf("%s is not start, end, label", raw)
		}
		start, ok := list[0].(float64)
		end, ok2 := list[1].(float64)
		if !ok || !ok2 || words(list[2]) == "" {
			return labelledSpan{}, fmt.Errorf("%s is not start, end, label", raw)
		}
		return labelledSpan{Label: words(list[2]), Start: int(start), End: int(end)}, nil
	}
	var o struct {
		ID, Label word
		Start     *position `json:"start_offset"`
		End       *position `json:"end_offset"`
	}
	if err := json.Unmarshal(raw, &o); err != nil {
		return labelledSpan{}, err
	}
	if o.Start == nil || o.End == nil || o.Label == "" {
		return labelledSpan{}, fmt.Errorf("%s has no start_offset, end_offset and label", raw)
	}
	return labelledSpan{ID: string(o.ID), Label: string(o.Label), Start: int(*o.Start), End: int(*o.End)}, nil
}

// asList returns v if it is a list.
func asList(v any) []any {
	list, _ := v.([]any)
	return list
}
