package tasks

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"strings"

	"byline/annotate/format"
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
	points := offsets.NewPoints(d.Text)
	var parts [3]studioResult // proposed, decided, rejected
	part := func(it *standoff.Item) int {
		switch {
		case it.Rejected():
			return 2
		case it.Decided():
			return 1
		}
		return 0
	}
	for i := range items {
		it := &items[i]
		to := &parts[part(it)]
		to.Result = append(to.Result, studioSpan(d, points, it))
		if it.Name != "" {
			if t.Meta.Names == nil {
				t.Meta.Names = map[string]string{}
			}
			t.Meta.Names[it.ID] = it.Name
		}
	}
	copied := map[[2]int]bool{} // part, item
	for _, e := range edges {
		in, of := part(&items[e.From]), part(&items[e.To])
		to := &parts[in]
		if in != of && !copied[[2]int{in, e.To}] { // both ends of a relation have to be in the result
			copied[[2]int{in, e.To}] = true
			end := studioSpan(d, points, &items[e.To])
			end.Meta = &studioNotes{Beside: true}
			to.Result = append(to.Result, end)
		}
		to.Result = append(to.Result, studioRegion{Type: "relation", FromID: items[e.From].ID, ToID: items[e.To].ID, Direction: "right", Labels: []string{strings.ToLower(e.Label)}})
	}
	if len(parts[0].Result) > 0 {
		parts[0].Model = standoff.Signed(d.Layer)
		t.Predictions = append(t.Predictions, parts[0])
	}
	parts[2].Cancelled = true
	for i, p := range parts[1:] {
		if p.CompletedBy = 1; len(p.Result) > 0 {
			p.ID = 2*w.n + i
			t.Annotations = append(t.Annotations, p)
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(t); err != nil {
		return err
	}
	_, err := w.Writer.Write(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
	return err
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
