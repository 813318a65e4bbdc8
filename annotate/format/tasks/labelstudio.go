package tasks

import (
	"bufio"
	"io"
	"slices"
	"strings"

	"byline/annotate/format"
	"byline/annotate/format/escape"
	"byline/annotate/format/offsets"
	"byline/annotate/format/standoff"
)

// The objects of Label Studio's JSON, which is a list of tasks.
type (
	studioTask struct {
		ID          int            `json:"id"`
		Data        studioData     `json:"data"`
		Meta        studioMeta     `json:"meta"`
		Predictions []studioResult `json:"predictions"`
		Annotations []studioResult `json:"annotations"`
	}
	studioData struct {
		Text   string `json:"text"`
		Title  string `json:"title,omitempty"`
		Source string `json:"source,omitempty"`
	}
	studioMeta struct {
		Article string            `json:"article,omitempty"`
		Names   map[string]string `json:"names,omitempty"` // names of entities that are not the default, by the ID of the first mention
		standoff.Credits
	}
	studioResult struct {
		ID          int            `json:"id,omitempty"`
		Model       string         `json:"model_version,omitempty"`
		Score       *float64       `json:"score,omitempty"`
		CompletedBy any            `json:"completed_by,omitempty"`
		GroundTruth bool           `json:"ground_truth"`
		Cancelled   bool           `json:"was_cancelled"`
		Result      []studioRegion `json:"result"`
	}
	studioRegion struct {
		ID       string       `json:"id,omitempty"`
		FromName string       `json:"from_name,omitempty"`
		ToName   string       `json:"to_name,omitempty"`
		Type     string       `json:"type"`
		Origin   string       `json:"origin,omitempty"` // "manual" or "prediction"
		Score    *float64     `json:"score,omitempty"`
		Value    *studioValue `json:"value,omitempty"`
		Meta     *studioNotes `json:"meta,omitempty"`
		// The fields of a relation.
		FromID    string   `json:"from_id,omitempty"`
		ToID      string   `json:"to_id,omitempty"`
		Direction string   `json:"direction,omitempty"`
		Labels    []string `json:"labels,omitempty"`
	}
	studioValue struct {
		Start  position `json:"start"`
		End    position `json:"end"`
		Text   string   `json:"text"`
		Labels []string `json:"labels"`
		// rendered reports that the offsets are of the page that the text shows as, if it is HTML. Only read.
		rendered bool
	}
	studioNotes struct {
		Text []string `json:"text,omitempty"`
		Form string   `json:"form,omitempty"`
		Tags []string `json:"tags,omitempty"`
		Who  string   `json:"who,omitempty"`  // decided
		Type string   `json:"type,omitempty"` // unless the label says it
		// Beside marks what is in a result only because a relation ends there; nobody decided on it.
		Beside bool `json:"beside,omitempty"`
		// Rejected marks what a person rejected. That a whole annotation was cancelled says only that
		// somebody passed over the task.
		Rejected bool `json:"rejected,omitempty"`
	}
)

// newStudio returns a writer of a list of tasks: what the engine proposed is a
// prediction, what people decided an annotation, what they rejected a cancelled
// annotation. Speakers, cues and mentions of one entity are relations. Offsets are code
// points.
func newStudio(w io.Writer, _ format.Options) format.Writer {
	return &studioWriter{Writer: bufio.NewWriter(w)}
}

type studioWriter struct {
	*bufio.Writer
	n int
}

func (w *studioWriter) Write(d *format.Document) error {
	w.WriteString(map[bool]string{true: "[\n", false: ",\n"}[w.n == 0])
	w.n++
	items, edges := standoff.Items(d, standoff.Label)
	t := studioTask{ID: w.n, Data: studioData{d.Text, d.Title, d.Source}, Meta: studioMeta{Article: d.ID, Credits: standoff.CreditsOf(d.Article)}, Predictions: []studioResult{}, Annotations: []studioResult{}}
	var some [3]bool // of the parts, whether there is anything in it
	for i := range items {
		it := &items[i]
		some[studioPart(it)] = true
		if it.Name != "" {
			if t.Meta.Names == nil {
				t.Meta.Names = map[string]string{}
			}
			t.Meta.Names[it.ID] = it.Name
		}
	}
	for part := range some {
		r := studioResult{Result: []studioRegion{}, Cancelled: part == studioRejected}
		switch {
		case !some[part]:
		case part == studioProposed:
			r.Model = standoff.Signed(d.Layer)
			t.Predictions = append(t.Predictions, r)
		default:
			r.CompletedBy, r.ID = 1, 2*w.n+part-studioDecided
			t.Annotations = append(t.Annotations, r)
		}
	}
	first := "result"
	if !slices.Contains(some[:], true) {
		first = "predictions"
	}
	l := escape.NewList(w.Writer, &t, first, false, 1)
	r := studioRegions{l, d, offsets.NewPoints(d.Text), items, edges}
	begun := false
	for part := range some {
		if some[part] && begun {
			l.Next("result")
		}
		if some[part] {
			r.write(part)
			begun = true
		}
	}
	return l.End()
}

// The parts of a task.
const (
	studioProposed = iota
	studioDecided
	studioRejected
)

// studioPart returns the part that an item is of.
func studioPart(it *standoff.Item) int {
	switch {
	case it.Rejected():
		return studioRejected
	case it.Decided():
		return studioDecided
	}
	return studioProposed
}

// studioRegions writes regions of a document.
type studioRegions struct {
	to     *escape.List
	d      *format.Document
	points *offsets.Points
	items  []standoff.Item
	edges  []standoff.Edge
}

// write writes the regions of a part: its items, and the relations that lead from them. Both ends of a relation have to be there.
func (r *studioRegions) write(part int) {
	for i := range r.items {
		if studioPart(&r.items[i]) == part && !r.to.Put(studioSpan(r.d, r.points, &r.items[i])) {
			return
		}
	}
	beside := make([]bool, len(r.items))
	for _, e := range r.edges {
		from, to := &r.items[e.From], &r.items[e.To]
		if studioPart(from) != part {
			continue
		}
		if studioPart(to) != part && !beside[e.To] {
			beside[e.To] = true
			end := studioSpan(r.d, r.points, to)
			end.Meta = &studioNotes{Beside: true}
			r.to.Put(end)
		}
		if !r.to.Put(studioRegion{Type: "relation", FromID: from.ID, ToID: to.ID, Direction: "right", Labels: []string{strings.ToLower(e.Label)}}) {
			return
		}
	}
}

func studioSpan(d *format.Document, points *offsets.Points, it *standoff.Item) studioRegion {
	r := studioRegion{ID: it.ID, FromName: "label", ToName: "text", Type: "labels", Origin: "manual",
		Value: &studioValue{Start: position(points.Of(it.Start)), End: position(points.Of(it.End)), Text: it.In(d.Text), Labels: []string{it.Label}}}
	if it.Who() == standoff.Machine {
		r.Origin, r.Score = "prediction", it.Score()
	}
	m := marginOf(it)
	if n := (studioNotes{Text: m.Notes, Form: m.Form, Tags: m.Tags, Who: m.Who, Type: m.Type, Rejected: it.Rejected()}); m.Form != "" || m.Who != "" || m.Type != "" || m.Notes != nil || m.Tags != nil || n.Rejected {
		r.Meta = &n
	}
	return r
}

func (w *studioWriter) Close() error {
	if w.n == 0 {
		w.WriteString("[")
	}
	w.WriteString("\n]\n")
	return w.Flush()
}
