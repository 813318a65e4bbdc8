package tasks

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/annotate/format/records"
	"byline/annotate/format/standoff"
	"byline/annotate/format/tokens"
	"byline/articles"
)

// The objects of Prodigy's JSONL and of spaCy's Doc.to_json.
type (
	taskJSON struct {
		Text      string         `json:"text"`
		Tokens    []tokenJSON    `json:"tokens,omitempty"`
		Spans     any            `json:"spans,omitempty"` // []spacySpan, in a Doc a map of groups
		Ents      []spacySpan    `json:"ents,omitempty"`
		Relations []relationJSON `json:"relations,omitempty"`
		Meta      taskMeta       `json:"meta"`
		View      string         `json:"_view_id,omitempty"`
		Session   string         `json:"_session_id,omitempty"`
		Answer    string         `json:"answer,omitempty"` // accept, reject or ignore; empty if not asked yet
	}
	taskMeta struct {
		Article string `json:"article,omitempty"`
		Title   string `json:"title,omitempty"`
		Source  string `json:"source,omitempty"`
	}
	tokenJSON struct {
		Text  string `json:"text"`
		Start int    `json:"start"`
		End   int    `json:"end"`
		ID    int    `json:"id"`
		Blank bool   `json:"ws"`
	}
	spacySpan struct {
		ID         string `json:"id,omitempty"`
		Start      int    `json:"start"`
		End        int    `json:"end"`
		TokenStart int    `json:"token_start"`
		TokenEnd   int    `json:"token_end"` // the last token, not the one after it
		Label      string `json:"label"`
		margin
	}
	relationJSON struct {
		Head      int         `json:"head"`
		Child     int         `json:"child"`
		HeadSpan  spanRefJSON `json:"head_span"`
		ChildSpan spanRefJSON `json:"child_span"`
		Label     string      `json:"label"`
	}
	spanRefJSON struct {
		ID         string `json:"id,omitempty"`
		Start      int    `json:"start"`
		End        int    `json:"end"`
		TokenStart int    `json:"token_start"`
		TokenEnd   int    `json:"token_end"`
		Label      string `json:"label"`
	}
)

// writeProdigy writes up to three tasks of Prodigy: what people decided as accepted, what
// the engine proposed without an answer, what people rejected as rejected. Of an article
// without claims it writes one. Offsets are code points. Prodigy makes the hashes.
func writeProdigy(w io.Writer, d *format.Document, _ format.Options) error {
	items, edges := standoff.Items(d, standoff.CorpusTag)
	spans := make([]articles.Span, len(items))
	for i := range items {
		spans[i] = items[i].Span
	}
	p := &prodigyWriter{t: tokens.Split(d, spans), points: offsets.NewPoints(d.Text), items: items}
	b := bufio.NewWriter(w)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	written := 0
	for _, part := range []struct {
		answer string
		of     func(*standoff.Item) bool
	}{
		{"accept", (*standoff.Item).Decided},
		{"", func(i *standoff.Item) bool { return !i.Decided() && !i.Rejected() }},
		{"reject", (*standoff.Item).Rejected},
	} {
		var of []int
		for i := range items {
			if part.of(&items[i]) {
				of = append(of, i)
			}
		}
		if len(of) == 0 && (part.answer != "reject" || written > 0) {
			continue
		}
		if len(of) == 0 {
			part.answer = "" // there are no claims
		}
		task := taskJSON{Text: d.Text, Tokens: p.tokens(), Spans: p.spans(of), Relations: p.relations(edges, of), View: "relations", Answer: part.answer,
			Meta: taskMeta{d.ID, d.Title, d.Source}}
		if err := enc.Encode(task); err != nil {
			return err
		}
		written++
	}
	return b.Flush()
}

type prodigyWriter struct {
	t      *tokens.Sequence
	points *offsets.Points
	items  []standoff.Item
}

func (p *prodigyWriter) tokens() []tokenJSON {
	out := make([]tokenJSON, len(p.t.Tokens))
	for i, s := range p.t.Tokens {
		out[i] = tokenJSON{s.In(p.t.Text), p.points.Of(s.Start), p.points.Of(s.End), i, s.End < len(p.t.Text) && p.t.Text[s.End] == ' '}
	}
	return out
}

func (p *prodigyWriter) ref(i int) spanRefJSON {
	it := &p.items[i]
	r, _ := p.t.Range(it.Span) // tokens are split at its ends
	return spanRefJSON{it.ID, p.points.Of(it.Start), p.points.Of(it.End), r.First, r.End - 1, strings.ToUpper(it.Label)}
}

func (p *prodigyWriter) spans(of []int) []spacySpan {
	out := make([]spacySpan, 0, len(of))
	for _, i := range of {
		r := p.ref(i)
		out = append(out, spacySpan{r.ID, r.Start, r.End, r.TokenStart, r.TokenEnd, r.Label, marginOf(&p.items[i])})
	}
	return out
}

// relations returns the edges that start at the items of.
func (p *prodigyWriter) relations(edges []standoff.Edge, of []int) []relationJSON {
	in := make(map[int]bool, len(of))
	for _, i := range of {
		in[i] = true
	}
	var out []relationJSON
	for _, e := range edges {
		if in[e.From] {
			head, child := p.ref(e.From), p.ref(e.To)
			out = append(out, relationJSON{head.TokenEnd, child.TokenEnd, head, child, strings.ToUpper(e.Label)})
		}
	}
	return out
}

// readProdigy reads tasks of Prodigy and documents of spaCy. Tasks of one article that
// follow each other are one document. Ignored tasks are lost.
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
}

// take reads the n-th task, or yields the error that replaced it. It returns false to
// stop.
func (f *prodigyFile) take(n int, raw []byte, err error) bool {
	var task taskJSON
	if err == nil {
		err = json.Unmarshal(raw, &task)
	}
	if err == nil && task.Text == "" && task.Spans == nil && task.Ents == nil && task.Tokens == nil {
		err = errors.New("it has no text")
	}
	if err != nil {
		return f.flush() && f.yield(nil, fmt.Errorf("read Prodigy's tasks %s: task %d: %w", f.in.Name, n, err))
	}
	if f.open == nil || !f.open.isOf(&task) {
		if !f.flush() {
			return false
		}
		f.open = &prodigyReader{Reader: standoff.NewReader(f.in.Loss), task: task, n: n, name: f.in.Name}
	}
	if err := f.open.take(&task, raw); err != nil {
		f.open.err = err
	}
	return true
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

// isOf reports whether a task belongs to the document of r.
func (r *prodigyReader) isOf(task *taskJSON) bool {
	return r.task.Meta.Article != "" && r.task.Meta == task.Meta && r.task.Text == task.Text
}

// take adds the spans and relations of a task.
func (r *prodigyReader) take(task *taskJSON, raw []byte) error {
	if task.Answer == "ignore" {
		r.Loss.Add(1, "tasks that were ignored")
		return nil
	}
	groups, err := spanGroups(raw)
	if err != nil {
		return err
	}
	state := ""
	if task.Answer == "reject" {
		state = "rejected"
	}
	at := map[[2]int]string{}
	for _, s := range append(task.Ents, groups...) {
		id := s.ID
		if id == "" || r.Annotation(id) != nil || task.Meta.Article == "" {
			r.ids++
			id = "s" + strconv.Itoa(r.ids)
		}
		if err := r.Add(id, s.Label, offsets.Stretch{Start: s.Start, End: s.End}); err != nil {
			return err
		}
		s.take(r.Reader, id)
		r.Say(id, "State", state)
		at[[2]int{s.Start, s.End}] = id
	}
	for _, e := range task.Relations {
		from, to := e.HeadSpan.ID, e.ChildSpan.ID
		if from == "" || to == "" {
			from, to = at[[2]int{e.HeadSpan.Start, e.HeadSpan.End}], at[[2]int{e.ChildSpan.Start, e.ChildSpan.End}]
		}
		r.Relate(e.Label, from, to)
	}
	return nil
}

// spanGroups returns the spans of a task, or those of all groups of a Doc.
func spanGroups(raw []byte) ([]spacySpan, error) {
	var list struct {
		Spans json.RawMessage `json:"spans"`
	}
	if err := json.Unmarshal(raw, &list); err != nil || len(list.Spans) == 0 || string(list.Spans) == "null" {
		return nil, err
	}
	if list.Spans[0] == '[' {
		var spans []spacySpan
		return spans, json.Unmarshal(list.Spans, &spans)
	}
	var groups map[string][]spacySpan
	if err := json.Unmarshal(list.Spans, &groups); err != nil {
		return nil, err
	}
	var out []spacySpan
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		out = append(out, groups[name]...)
	}
	return out, nil
}

func (r *prodigyReader) document() (*format.Document, error) {
	err := r.err
	d := &format.Document{Article: standoff.Article(r.task.Meta.Title, r.task.Text), Who: r.task.Session}
	if err == nil {
		d.Layer = r.Layer(d.Text, offsets.CodePoints)
		err = d.Layer.Check(d.Text)
	}
	if err != nil {
		return nil, fmt.Errorf("read Prodigy's tasks %s: task %d: %w", r.name, r.n, err)
	}
	if r.task.Meta.Article != "" {
		d.ID = r.task.Meta.Article
	}
	d.Source = r.task.Meta.Source
	return d, nil
}
