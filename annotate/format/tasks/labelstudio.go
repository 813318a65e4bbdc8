package tasks

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
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
		Completions []studioResult `json:"completions,omitempty"` // in old versions
	}
	studioData struct {
		Text   string `json:"text"`
		Title  string `json:"title,omitempty"`
		Source string `json:"source,omitempty"`
	}
	studioMeta struct {
		Article string            `json:"article,omitempty"`
		Names   map[string]string `json:"names,omitempty"` // names of entities that are not the default, by the ID of the first mention
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
		Start  int      `json:"start"`
		End    int      `json:"end"`
		Text   string   `json:"text"`
		Labels []string `json:"labels"`
	}
	studioNotes struct {
		Text []string `json:"text,omitempty"`
		Form string   `json:"form,omitempty"`
		Tags []string `json:"tags,omitempty"`
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
	t := studioTask{ID: w.n, Data: studioData{d.Text, d.Title, d.Source}, Meta: studioMeta{Article: d.ID}, Predictions: []studioResult{}, Annotations: []studioResult{}}
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
	for _, e := range edges {
		to := &parts[part(&items[e.From])]
		to.Result = append(to.Result, studioRegion{Type: "relation", FromID: items[e.From].ID, ToID: items[e.To].ID, Direction: "right", Labels: []string{strings.ToLower(e.Label)}})
	}
	if len(parts[0].Result) > 0 {
		parts[0].Model = strings.TrimSpace("byline " + d.Layer.Engine)
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
		Value: &studioValue{points.Of(it.Start), points.Of(it.End), it.In(d.Text), []string{it.Label}}}
	if it.Who() == standoff.Machine {
		score := it.Score()
		r.Origin, r.Score = "prediction", &score
	}
	m := marginOf(it)
	if n := (studioNotes{m.Notes, m.Form, m.Tags}); m.Form != "" || m.Notes != nil || m.Tags != nil {
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

// writeStudioConfig writes the labelling configuration for the tasks.
func writeStudioConfig(w io.Writer, d *format.Document) error {
	labels := []string{"Person", "Organization", "Place", "Other", "Quote", "Cue"}
	for _, e := range d.Layer.Entities {
		if l := standoff.Label(e.Type); !slices.Contains(labels, l) {
			labels = append(labels, l)
		}
	}
	var b strings.Builder
	b.WriteString("<View>\n  <Relations>\n    <Relation value=\"speaker\"/>\n    <Relation value=\"cue\"/>\n    <Relation value=\"coref\"/>\n  </Relations>\n  <Labels name=\"label\" toName=\"text\">\n")
	for _, l := range labels {
		fmt.Fprintf(&b, "    <Label value=\"%s\"/>\n", l)
	}
	b.WriteString("  </Labels>\n  <Text name=\"text\" value=\"$text\" granularity=\"symbol\"/>\n</View>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// readStudio reads tasks as Label Studio exports them. Of several annotations of a task
// the first that was not cancelled is read; the cancelled ones are what was rejected.
func readStudio(in format.Input) iter.Seq2[*format.Document, error] {
	return read(in, "Label Studio's "+in.Name+": task", studioDocument)
}

func studioDocument(raw []byte, loss *format.Loss) (*format.Document, error) {
	var t studioTask
	if err := json.Unmarshal(raw, &t); err != nil {
		return nil, err
	}
	r := standoff.NewReader(loss)
	decided := 0
	for _, p := range t.Predictions[:min(1, len(t.Predictions))] {
		if err := addRegions(r, &p, "p"); err != nil {
			return nil, err
		}
	}
	for _, a := range append(t.Annotations, t.Completions...) {
		if !a.Cancelled {
			if decided++; decided > 1 {
				loss.Add(1, "further annotations of a task: only one is read")
				continue
			}
		}
		if err := addRegions(r, &a, ""); err != nil {
			return nil, err
		}
	}
	for id, name := range t.Meta.Names {
		r.Say(id, "Name", name)
	}
	d := &format.Document{Article: standoff.Article(t.Data.Title, t.Data.Text)}
	d.Source = t.Data.Source
	d.Layer = r.Layer(t.Data.Text, offsets.CodePoints)
	if t.Meta.Article != "" {
		d.ID = t.Meta.Article
	}
	return d, d.Layer.Check(t.Data.Text)
}

// addRegions adds the regions of a prediction, whose kind is "p", or of an annotation. A
// region of an annotation that has the ID of one of the prediction confirms it.
func addRegions(r *standoff.Reader, p *studioResult, kind string) error {
	for _, g := range p.Result {
		if g.Type == "relation" {
			r.Relate(strings.Join(g.Labels, " "), g.FromID, g.ToID)
			continue
		}
		if g.Value == nil || len(g.Value.Labels) == 0 {
			r.Loss.Add(1, "regions that are not labelled spans")
			continue
		}
		if b := r.Annotation(g.ID); b != nil { // a person accepted it
			b.Said["Origin"] = standoff.Human
			continue
		}
		if err := r.Add(g.ID, g.Value.Labels[0], offsets.Stretch{Start: g.Value.Start, End: g.Value.End, Exact: g.Value.Text}); err != nil {
			return err
		}
		var m margin
		if kind == "p" || g.Origin == "prediction" && p.CompletedBy == nil {
			m.Origin, m.Score = standoff.Machine, g.Score
		}
		if g.Meta != nil {
			m.Notes, m.Tags, m.Form = g.Meta.Text, g.Meta.Tags, g.Meta.Form
		}
		m.take(r, g.ID)
		if p.Cancelled {
			r.Say(g.ID, "State", "rejected")
		}
	}
	return nil
}
