package tasks

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"regexp"
	"slices"
	"strings"

	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/annotate/format/records"
	"byline/annotate/format/standoff"
)

// readStudio reads tasks as Label Studio exports them, as JSON or as JSON-MIN. A task becomes a
// document for each person who annotated it, with that person's name.
func readStudio(in format.Input) iter.Seq2[*format.Document, error] {
	return func(yield func(*format.Document, error) bool) {
		n := 0
		for raw, err := range records.Objects(in) {
			n++
			var ds []*format.Document
			if err == nil {
				ds, err = studioDocuments(raw, in.Loss)
			}
			if err != nil && !yield(nil, fmt.Errorf("read Label Studio's %s: task %d: %w", in.Name, n, records.Plain(err))) {
				return
			}
			for _, d := range ds {
				if !yield(d, nil) {
					return
				}
			}
		}
	}
}

// A foreignTask is a task as Label Studio writes it: what it holds depends on its configuration.
type foreignTask struct {
	Data        map[string]any
	Meta        fields
	Credits     standoff.Credits `json:"-"`
	Predictions []json.RawMessage
	Annotations []json.RawMessage
	Completions []json.RawMessage // in old versions
	engine      string            // that made the predictions, if it is byline's
	Drafts      []any             // of annotations that nobody submitted
}

// A personal annotation of a task.
type personal struct {
	who     string
	regions []studioRegion
}

func studioDocuments(raw []byte, loss *format.Loss) ([]*format.Document, error) {
	var t foreignTask
	if err := json.Unmarshal(raw, &t); err != nil {
		return nil, err
	}
	if t.Data == nil {
		return minDocuments(raw, loss)
	}
	for name, value := range t.Meta {
		t.Credits.Set(name, words(value))
	}
	key, text := studioText(t.Data)
	if text == "" {
		return nil, errors.New("it has no text among its data")
	}
	countData(t.Data, loss, key)
	countData(t.Meta, loss, append([]string{"article", "names"}, credited...)...)
	loss.Add(len(t.Drafts), "drafts of annotations, which nobody submitted")
	var suggested []studioRegion
	for i, p := range studioResults(t.Predictions, loss) {
		if i > 0 {
			loss.Add(1, "further predictions of a task: only the first is read")
			continue
		}
		suggested, t.engine = p.Result, standoff.EngineOf(p.Model)
	}
	var out []*format.Document
	for _, p := range annotators(append(t.Annotations, t.Completions...), loss) {
		d, err := studioDocument(t, text, suggested, p, loss)
		if err != nil {
			return out, err
		}
		out = append(out, d)
	}
	return out, nil
}

// annotators returns what people made of a task: first what nobody is named for, if there is any or
// nothing else, then one for each person.
func annotators(raws []json.RawMessage, loss *format.Loss) []personal {
	var own personal
	var people []personal
	for _, a := range studioResults(raws, loss) {
		rejected := slices.DeleteFunc(slices.Clone(a.Result), func(g studioRegion) bool { return g.Type != "relation" && (g.Meta == nil || !g.Meta.Rejected) })
		switch who := annotator(a.CompletedBy); {
		case !a.Cancelled && who != "":
			people = append(people, personal{who, a.Result})
		case !a.Cancelled:
			own.regions = append(own.regions, a.Result...)
		case len(rejected) > 0:
			own.regions = append(own.regions, rejected...)
		default:
			loss.Add(1, "annotations of a task that somebody skipped")
		}
	}
	if len(own.regions) > 0 || len(people) == 0 {
		people = append([]personal{own}, people...)
	}
	return people
}

// studioDocument returns what one person made of the suggestions about text.
func studioDocument(t foreignTask, text string, suggested []studioRegion, p personal, loss *format.Loss) (*format.Document, error) {
	r := standoff.NewReader(loss)
	own := t.Meta["article"] != nil
	if err := (&regionReader{r, text, true, own}).addAll(suggested); err != nil {
		return nil, err
	}
	if err := (&regionReader{r, text, false, own}).addAll(p.regions); err != nil {
		return nil, err
	}
	names, _ := t.Meta["names"].(map[string]any)
	for id, name := range names {
		r.Say(id, "Name", words(name))
	}
	d := &format.Document{Article: standoff.Article(words(t.Data["title"]), text), Who: p.who}
	d.Source = cmp.Or(words(t.Data["source"]), words(t.Data["url"]))
	d.Layer = r.Layer(text, offsets.CodePoints)
	d.Layer.Engine = t.engine
	d.Labels, d.Own = r.Labels(), own
	if own {
		d.Who = cmp.Or(d.Who, r.Who())
	}
	t.Credits.Take(d.Article)
	if id := words(t.Meta["article"]); id != "" {
		d.ID = id
	}
	return d, d.Layer.Check(text)
}

// studioText returns the text of a task and its name: what is called so, else the longest words among its data.
func studioText(data map[string]any) (name, text string) {
	text, _ = data["text"].(string)
	if text != "" {
		return "text", text
	}
	for _, key := range slices.Sorted(maps.Keys(data)) {
		if s, _ := data[key].(string); len(s) > len(text) && key != "title" && key != "source" && key != "url" {
			name, text = key, s
		}
	}
	return name, text
}

// countData counts what a task has beside its text, title and source.
func countData(data map[string]any, loss *format.Loss, read ...string) {
	for _, key := range slices.Sorted(maps.Keys(data)) {
		if v := fmt.Sprint(data[key]); v != "" && v != "<nil>" && v != "[]" && v != "map[]" && key != "title" && key != "source" && key != "url" && !slices.Contains(read, key) {
			loss.AddSuch("fields of a text that are not read", fmt.Sprintf("%.40s", key))
		}
	}
}

// UnmarshalJSON reads the value of a region, also of one on a page of HTML, whose ends are paths and which has
// offsets of the rendered text beside them.
func (v *studioValue) UnmarshalJSON(data []byte) error {
	var j struct {
		Start, End json.RawMessage
		Text       string
		Labels     []string
		Hypertext  []string                        `json:"hypertextlabels"`
		Rendered   *struct{ Start, End *position } `json:"globalOffsets"`
	}
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	*v = studioValue{Text: j.Text, Labels: j.Labels}
	if len(j.Labels) == 0 && j.Rendered != nil && j.Rendered.Start != nil && j.Rendered.End != nil {
		*v = studioValue{*j.Rendered.Start, *j.Rendered.End, j.Text, j.Hypertext, true}
		return nil
	}
	for _, end := range []struct {
		raw json.RawMessage
		to  *position
	}{{j.Start, &v.Start}, {j.End, &v.End}} {
		if end.raw == nil {
			continue
		}
		if err := json.Unmarshal(end.raw, end.to); err != nil {
			return err
		}
	}
	return nil
}

// isMarkup matches tags of HTML and characters written as their names.
var isMarkup = regexp.MustCompile(`</?[A-Za-z][^>]*>|&#?\w+;`)

// misses reports whether the offsets of v are not of the text: they are of the page that its HTML shows as.
func (v *studioValue) misses(text string) bool { return v.rendered && isMarkup.MatchString(text) }

// studioResults returns what can be read of predictions or annotations. Some exports have their numbers only.
func studioResults(raws []json.RawMessage, loss *format.Loss) []studioResult {
	var out []studioResult
	for _, raw := range raws {
		var r struct {
			studioResult
			Result []json.RawMessage `json:"result"`
		}
		if err := json.Unmarshal(raw, &r); err != nil {
			loss.Add(1, "predictions or annotations that are not in the file")
			continue
		}
		for _, g := range r.Result {
			var region studioRegion
			if err := json.Unmarshal(g, &region); err != nil {
				loss.Add(1, unread(g))
				continue
			}
			r.studioResult.Result = append(r.studioResult.Result, region)
		}
		out = append(out, r.studioResult)
	}
	return out
}

// unread says which kind of regions one is of that cannot be read.
func unread(region []byte) string {
	var g struct{ Type word }
	if err := json.Unmarshal(region, &g); err != nil || g.Type == "" || g.Type == "labels" {
		return "regions that are not labelled spans"
	}
	return fmt.Sprintf("regions of the kind %.40s: only labelled spans of a text are read", string(g.Type))
}

// annotator returns the name of who completed an annotation: an address, a name, or a number. byline's
// own files have the number 1, which is nobody's.
func annotator(by any) string {
	switch by := by.(type) {
	case map[string]any:
		name := strings.TrimSpace(words(by["first_name"]) + " " + words(by["last_name"]))
		return cmp.Or(words(by["email"]), words(by["username"]), name, annotator(by["id"]))
	case float64:
		if by != 1 {
			return fmt.Sprintf("annotator %.0f", by)
		}
		return ""
	}
	return words(by)
}

// A regionReader adds the regions of a prediction or of a person.
type regionReader struct {
	*standoff.Reader
	text      string
	predicted bool
	own       bool // byline wrote them: what is one claim has one ID
}

// addAll adds regions. A region of a person that is one of the
// prediction confirms it, or takes its place if it has the ID only.
func (r *regionReader) addAll(regions []studioRegion) error {
	known := map[string]bool{}   // IDs of the result
	again := map[string]string{} // the ID of the suggestion that a region confirms
	for i, g := range regions {
		if g.Type == "relation" {
			continue
		}
		if g.Value == nil || len(g.Value.Labels) == 0 {
			r.Loss.Add(1, "regions that are not labelled spans")
			continue
		}
		if g.Value.misses(r.text) {
			r.Loss.Add(1, "regions on a page of HTML: only offsets of the text are read")
			continue
		}
		if g.Meta == nil {
			g.Meta = &studioNotes{}
		}
		if g.Meta.Beside {
			continue // its own result has it
		}
		r.Loss.Add(len(g.Value.Labels)-1, "further labels of a region: only the first is read")
		if g.ID == "" || known[g.ID] {
			g.ID = fmt.Sprintf("region %v %d", r.predicted, i)
		}
		known[g.ID] = true
		id, err := r.add(g)
		if err != nil {
			return err
		}
		again[g.ID] = id
	}
	for _, g := range regions {
		if g.Type == "relation" {
			r.Relate(strings.Join(g.Labels, " "), cmp.Or(again[g.FromID], g.FromID), cmp.Or(again[g.ToID], g.ToID))
		}
	}
	return nil
}

// add adds a region and returns the ID of its annotation.
func (r *regionReader) add(g studioRegion) (string, error) {
	at := offsets.Stretch{Start: int(g.Value.Start), End: int(g.Value.End), Exact: g.Value.Text}
	label, id := g.Value.Labels[0], g.ID
	suggested := r.Annotation(g.ID)
	if suggested == nil && !r.predicted && !r.own && !g.Meta.Rejected {
		suggested = r.Like(label, at)
	}
	switch {
	case suggested == nil:
		if err := r.Add(id, label, at); err != nil {
			return "", err
		}
	case suggested.Is(label, at):
		id = suggested.ID
		r.Say(id, "Origin", standoff.Human)
	default:
		r.Loss.Add(1, "suggestions that somebody changed: what they were before")
		suggested.Change(label, at)
		r.Say(id, "Origin", standoff.Human)
	}
	m := margin{Notes: g.Meta.Text, Tags: g.Meta.Tags, Form: g.Meta.Form, Who: g.Meta.Who, Type: g.Meta.Type}
	if r.predicted {
		m.Origin, m.Score = standoff.Machine, g.Score
	}
	m.take(r.Reader, id)
	if g.Meta.Rejected {
		r.Say(id, "State", "rejected")
	}
	return id, nil
}

// minDocuments reads a task of JSON-MIN, in which regions stand beside the data under the name of their control.
func minDocuments(raw []byte, loss *format.Loss) ([]*format.Document, error) {
	var data map[string]any
	if err := json.Unmarshal(raw, &data); err != nil {
		return nil, err
	}
	p := personal{who: annotator(data["annotator"])}
	for _, key := range slices.Sorted(maps.Keys(data)) {
		list, ok := data[key].([]any)
		if ok {
			delete(data, key) // the others are fields
		}
		for _, v := range list {
			again, err := json.Marshal(v)
			var value studioValue
			if err != nil || json.Unmarshal(again, &value) != nil || len(value.Labels) == 0 {
				loss.Add(1, "regions that are not labelled spans")
				continue
			}
			p.regions = append(p.regions, studioRegion{Type: "labels", Value: &value})
		}
	}
	key, text := studioText(data)
	if text == "" {
		return nil, errors.New("it has no text")
	}
	countData(data, loss, key, "id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time")
	d, err := studioDocument(foreignTask{Data: data}, text, nil, p, loss)
	return []*format.Document{d}, err
}
