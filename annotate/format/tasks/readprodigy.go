package tasks

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"

	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/annotate/format/records"
	"byline/annotate/format/standoff"
)

// readProdigy reads tasks of Prodigy, documents of spaCy, and the lists of a text and its entities with which spaCy is
// trained. Tasks of one article that follow each other are one document. Ignored tasks are lost.
func readProdigy(in format.Input) iter.Seq2[*format.Document, error] {
	return func(yield func(*format.Document, error) bool) {
		g := &prodigyFile{in: in, yield: yield}
		n := 0
		for raw, err := range records.Objects(in) {
			if n++; !g.take(n, raw, err) {
				return
			}
		}
		g.flush()
	}
}

// A prodigyFile is a file while it is read.
type prodigyFile struct {
	in    format.Input
	yield func(*format.Document, error) bool
	open  *prodigyReader // the current document, nil if there is none
	text  string         // of a list whose entities come next
}

// take reads the n-th task, or yields the error that replaced it. It returns false to
// stop.
func (f *prodigyFile) take(n int, raw []byte, err error) bool {
	var task taskJSON
	if err == nil {
		raw, err = f.trained(raw)
	}
	if err == nil && raw == nil {
		return true
	}
	if err == nil {
		err = task.read(raw, f.in.Loss)
	}
	if err != nil {
		return f.flush() && f.yield(nil, fmt.Errorf("read Prodigy's tasks %s: task %d: %w", f.in.Name, n, records.Plain(err)))
	}
	if f.open == nil || !f.open.isOf(&task) {
		if !f.flush() {
			return false
		}
		f.open = &prodigyReader{Reader: standoff.NewReader(f.in.Loss), task: task, n: n, name: f.in.Name}
	}
	if err := f.open.take(&task); err != nil {
		f.open.err = err
	}
	return true
}

// taskFields are the fields of a task that are read, or say nothing of the text.
var taskFields = []string{"text", "tokens", "spans", "ents", "relations", "options", "accept", "meta", "answer", "sents", "config", "style"}

// read reads a task. Of what is not in the form of Prodigy or spaCy it counts each span and each field as lost.
func (t *taskJSON) read(raw []byte, loss *format.Loss) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return err
	}
	for name, to := range map[string]any{"meta": &t.Meta, "_view_id": &t.View, "_session_id": &t.Session, "_annotator_id": &t.Annotator, "answer": &t.Answer} {
		if err := json.Unmarshal(fields[name], to); err != nil && fields[name] != nil {
			loss.AddSuch("fields of a text that cannot be read", name)
		}
	}
	if err := json.Unmarshal(fields["text"], &t.Text); err != nil && fields["text"] != nil {
		return errors.New("its text is no string")
	}
	if t.Text == "" && fields["spans"] == nil && fields["ents"] == nil && fields["tokens"] == nil {
		return errors.New("it has no text")
	}
	t.Ents = each[spacySpan](listOf(fields["ents"]), loss, unreadSpans)
	t.Spans = spanGroups(fields["spans"], loss)
	t.Relations = each[relationJSON](listOf(fields["relations"]), loss, unreadRelations)
	t.Options = each[any](listOf(fields["options"]), loss, unreadSpans)
	countFields(fields, taskFields, loss)
	return nil
}

const unreadSpans = "spans that cannot be read"

// trained returns the task that an element of a list is with which spaCy is trained: ["text", {"entities": …}], or the
// two one after the other, of which the first is nothing yet. Other tasks are returned as they are.
func (f *prodigyFile) trained(raw []byte) ([]byte, error) {
	var pair []json.RawMessage
	var said json.RawMessage
	switch {
	case len(raw) == 0:
		return raw, nil
	case raw[0] == '"':
		return nil, json.Unmarshal(raw, &f.text)
	case raw[0] == '[':
		if err := json.Unmarshal(raw, &pair); err != nil || len(pair) != 2 {
			return raw, errors.Join(err, errors.New("it is no text with its entities"))
		}
		if err := json.Unmarshal(pair[0], &f.text); err != nil {
			return raw, err
		}
		said = pair[1]
	case f.text == "":
		return raw, nil
	default:
		said = raw
	}
	return f.trainedTask(said)
}

// trainedTask returns the task of the text before and what is said of it.
func (f *prodigyFile) trainedTask(said []byte) ([]byte, error) {
	task := taskJSON{Text: f.text}
	f.text = ""
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(said, &parts); err != nil {
		return nil, err
	}
	var list []json.RawMessage
	if err := json.Unmarshal(parts["entities"], &list); err != nil && parts["entities"] != nil {
		f.in.Loss.Add(1, "entities that are no lists")
	}
	delete(parts, "entities")
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		f.in.Loss.Add(1, fmt.Sprintf("%.40s of a text: only entities are read", name))
	}
	for _, e := range list {
		s, err := exampleSpan(e)
		if err != nil {
			f.in.Loss.Add(1, "labels that are not on a span of the text")
			continue
		}
		task.Ents = append(task.Ents, spacySpan{Start: position(s.Start), End: position(s.End), Label: word(s.Label)})
	}
	return json.Marshal(task)
}

// flush yields the current document. It returns false to stop.
func (f *prodigyFile) flush() bool {
	if f.open == nil {
		return true
	}
	d, err := f.open.document()
	f.open = nil
	return f.yield(d, err)
}

type prodigyReader struct {
	*standoff.Reader
	task taskJSON // the first task
	n    int
	name string
	ids  int
	err  error
}

// who returns the name of the person who answered a task; empty if it has none.
func (t *taskJSON) who() string { return string(cmp.Or(t.Annotator, t.Session)) }

// isOf reports whether a task belongs to the document of r: Prodigy asks about one span of a text after the other.
func (r *prodigyReader) isOf(task *taskJSON) bool {
	return r.task.Meta == task.Meta && r.task.Text == task.Text && r.task.who() == task.who()
}

// take adds the spans and relations of a task.
func (r *prodigyReader) take(task *taskJSON) error {
	r.Loss.Add(len(task.Options), "options of a task: only spans are read")
	if task.Answer == "ignore" {
		r.Loss.Add(1, "tasks that were ignored")
		return nil
	}
	spans, _ := task.Spans.([]spacySpan)
	state := ""
	if task.Answer == "reject" {
		state = "rejected"
	}
	at := map[[2]position]string{}
	for _, s := range append(task.Ents, spans...) {
		if s.Beside {
			continue // the task that it is of has it
		}
		id := string(s.ID)
		if task.Meta.Article == "" {
			id = ""
		}
		for id == "" || r.Annotation(id) != nil {
			r.ids++
			id = "s" + strconv.Itoa(r.ids)
		}
		if err := r.Add(id, string(s.Label), offsets.Stretch{Start: int(s.Start), End: int(s.End)}); err != nil {
			return err
		}
		s.take(r.Reader, id)
		r.Say(id, "State", state)
		at[[2]position{s.Start, s.End}] = id
	}
	for _, e := range task.Relations {
		from, to := string(e.HeadSpan.ID), string(e.ChildSpan.ID)
		if from == "" || to == "" {
			from, to = at[[2]position{e.HeadSpan.Start, e.HeadSpan.End}], at[[2]position{e.ChildSpan.Start, e.ChildSpan.End}]
		}
		r.Relate(string(e.Label), from, to)
	}
	return nil
}

// spanGroups returns the spans of a task, or those of all groups of a Doc.
func spanGroups(raw json.RawMessage, loss *format.Loss) []spacySpan {
	var groups map[string]list
	if err := json.Unmarshal(raw, &groups); err != nil || groups == nil {
		return each[spacySpan](listOf(raw), loss, unreadSpans)
	}
	var out []spacySpan
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		out = append(out, each[spacySpan](groups[name], loss, unreadSpans)...)
	}
	return out
}

func (r *prodigyReader) document() (*format.Document, error) {
	err := r.err
	d := &format.Document{Article: standoff.Article(string(r.task.Meta.Title), r.task.Text), Who: r.task.who()}
	if err == nil {
		d.Layer = r.Layer(d.Text, offsets.CodePoints)
		d.Layer.Engine = string(r.task.Meta.Engine)
		d.Labels, d.Own = r.Labels(), r.task.Meta.Article != ""
		d.Who = cmp.Or(d.Who, r.Who())
		err = d.Layer.Check(d.Text)
	}
	if err != nil {
		return nil, fmt.Errorf("read Prodigy's tasks %s: task %d: %w", r.name, r.n, err)
	}
	if r.task.Meta.Article != "" {
		d.ID = string(r.task.Meta.Article)
	}
	d.Source = string(r.task.Meta.Source)
	r.task.Meta.Credits.Take(d.Article)
	return d, nil
}
