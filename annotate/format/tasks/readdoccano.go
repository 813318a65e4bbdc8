package tasks

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"

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
	Entities      list
	Annotations   list
	Label, Labels any // a list of spans, or categories of the whole text
	Relations     list
	Comments      list
	Article       word
	Title, Source word
	standoff.Credits
	Rejected list
	ours
}

// ours are the fields that byline adds to a line.
type ours struct {
	Byline  json.RawMessage   // a margin by entity ID, or somebody else's field of this name
	Engine  word              `json:"byline_engine"`
	margins map[string]margin // of Byline; nil if it is somebody else's
}

// exampleFields are the fields of a line of doccano's that are read, or say nothing of the text.
var exampleFields = slices.Concat([]string{"id", "text", "data", "entities", "annotations", "label", "labels", "relations", "comments", "article", "title", "source", "rejected", "byline_engine"}, credited)

// readExample reads a line of doccano's.
func readExample(raw []byte, loss *format.Loss) (*foreignExample, error) {
	var j foreignExample
	if err := json.Unmarshal(raw, &j); err != nil {
		return nil, err
	}
	if j.Text == "" {
		j.Text = j.Data
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(j.Byline, &j.margins); err == nil {
		delete(fields, "byline")
	}
	countFields(fields, exampleFields, loss)
	return &j, nil
}

// A foreignRelation is a relation of doccano's between IDs of any kind.
type foreignRelation struct {
	From word `json:"from_id"`
	To   word `json:"to_id"`
	Type word `json:"type"`
}

func doccanoDocument(raw []byte, loss *format.Loss) (*format.Document, error) {
	j, err := readExample(raw, loss)
	if err != nil {
		return nil, err
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
	for i, list := range []list{j.Entities, j.Annotations, j.Rejected} {
		for k, e := range list {
			id := addExample(r, e, fmt.Sprintf("entity %d %d", i, k), j.margins)
			if i == 2 {
				r.Say(id, "State", "rejected")
			}
		}
	}
	for _, e := range each[foreignRelation](j.Relations, loss, unreadRelations) {
		r.Relate(string(e.Type), string(e.From), string(e.To))
	}
	loss.Add(len(j.Comments), "comments on the whole text")
	d := &format.Document{Article: standoff.Article(string(j.Title), j.Text)}
	d.Source = string(j.Source)
	d.Layer = r.Layer(j.Text, offsets.CodePoints)
	d.Layer.Engine = string(j.Engine)
	d.Labels, d.Own, d.Who = r.Labels(), j.margins != nil, r.Who()
	j.Credits.Take(d.Article)
	if j.Article != "" {
		d.ID = string(j.Article)
	}
	return d, d.Layer.Check(j.Text)
}

const unreadRelations = "relations that cannot be read"

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
