package tasks

import (
	"io"
	"slices"
	"strings"

	"byline/annotate/format"
	"byline/annotate/format/escape"
	"byline/annotate/format/offsets"
	"byline/annotate/format/standoff"
	"byline/annotate/format/tokens"
	"byline/articles"
)

// The objects of Prodigy's JSONL and of spaCy's Doc.to_json.
type (
	taskJSON struct {
		Text      string         `json:"text"`
		Tokens    []tokenJSON    `json:"tokens,omitzero"`
		Spans     any            `json:"spans,omitempty"` // []spacySpan, in a Doc a map of groups
		Ents      []spacySpan    `json:"ents,omitempty"`
		Relations []relationJSON `json:"relations,omitzero"`
		Options   []any          `json:"options,omitempty"` // only read
		Meta      taskMeta       `json:"meta"`
		View      string         `json:"_view_id,omitempty"`
		Session   word           `json:"_session_id,omitempty"`
		Annotator word           `json:"_annotator_id,omitempty"`
		Answer    string         `json:"answer,omitempty"` // accept, reject or ignore; empty if not asked yet
	}
	taskMeta struct {
		Article word `json:"article,omitempty"`
		Title   word `json:"title,omitempty"`
		Source  word `json:"source,omitempty"`
		standoff.Credits
		Engine word `json:"byline_engine,omitempty"`
	}
	tokenJSON struct {
		Text  string `json:"text"`
		Start int    `json:"start"`
		End   int    `json:"end"`
		ID    int    `json:"id"`
		Blank bool   `json:"ws"`
	}
	spacySpan struct {
		ID         word     `json:"id,omitempty"`
		Start      position `json:"start"`
		End        position `json:"end"`
		TokenStart position `json:"token_start"`
		TokenEnd   position `json:"token_end"` // the last token, not the one after it
		Label      word     `json:"label"`
		margin
		// Beside marks what is in a task only because a relation ends there.
		Beside bool `json:"beside,omitempty"`
	}
	relationJSON struct {
		Head      position    `json:"head"`
		Child     position    `json:"child"`
		HeadSpan  spanRefJSON `json:"head_span"`
		ChildSpan spanRefJSON `json:"child_span"`
		Label     word        `json:"label"`
	}
	spanRefJSON struct {
		ID         word     `json:"id,omitempty"`
		Start      position `json:"start"`
		End        position `json:"end"`
		TokenStart position `json:"token_start"`
		TokenEnd   position `json:"token_end"`
		Label      word     `json:"label"`
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
	p := newProdigyTasks(d, spans, items, edges)
	written := 0
	for _, part := range []struct {
		answer string
		of     func(*standoff.Item) bool
	}{
		{"accept", (*standoff.Item).Decided},
		{"", func(i *standoff.Item) bool { return !i.Decided() && !i.Rejected() }},
		{"reject", (*standoff.Item).Rejected},
	} {
		some := false
		for i := range items {
			some = some || part.of(&items[i])
		}
		if !some && (part.answer != "reject" || written > 0) {
			continue
		}
		if !some {
			part.answer = "" // there are no claims
		}
		if err := p.write(w, part.answer, part.of); err != nil {
			return err
		}
		written++
	}
	return nil
}

// write writes the task of some items.
func (p *prodigyWriter) write(w io.Writer, answer string, of func(*standoff.Item) bool) error {
	d := p.d
	task := taskJSON{Text: d.Text, Spans: []spacySpan{}, View: "relations", Answer: answer,
		Meta: taskMeta{word(d.ID), word(d.Title), word(d.Source), standoff.CreditsOf(d.Article), word(d.Layer.Engine)}}
	related := func(e standoff.Edge) bool { return of(&p.items[e.From]) }
	if slices.ContainsFunc(p.edges, related) {
		task.Relations = []relationJSON{}
	}
	first := "spans"
	if d.Text != "" {
		first, task.Tokens = "tokens", []tokenJSON{}
	}
	l := escape.NewList(w, &task, first, false, 1)
	if task.Tokens != nil {
		p.writeTokens(l)
		l.Next("spans")
	}
	p.writeSpans(l, of)
	if task.Relations != nil {
		l.Next("relations")
		for _, e := range p.edges {
			if related(e) && !l.Put(p.relation(e)) {
				break
			}
		}
	}
	return l.Close()
}

// A prodigyWriter makes tasks of a document: with a text that is long, their parts are many times as long.
type prodigyWriter struct {
	d      *format.Document
	t      *tokens.Sequence
	points *offsets.Points
	items  []standoff.Item
	edges  []standoff.Edge
	blanks []int32 // the tokens of t before which white space is a token of its own
}

// newProdigyTasks splits the text of d as spaCy would hold it: one blank after a token belongs to it, all
// other white space is a token, so that tokens and blanks make up the text.
func newProdigyTasks(d *format.Document, spans []articles.Span, items []standoff.Item, edges []standoff.Edge) *prodigyWriter {
	p := &prodigyWriter{d: d, t: tokens.Split(d, spans), points: offsets.NewPoints(d.Text), items: items, edges: edges}
	for i := range p.t.Len() {
		if _, gap := p.after(i - 1); !gap.Empty() {
			p.blanks = append(p.blanks, int32(i))
		}
	}
	return p
}

// after returns whether a blank belongs to the i-th token of t, and the white space between that and the next token; before the first
// one for -1.
func (p *prodigyWriter) after(i int) (blank bool, gap articles.Span) {
	gap.End = len(p.d.Text)
	if i+1 < p.t.Len() {
		gap.End = p.t.At(i + 1).Start
	}
	if i < 0 {
		return false, gap
	}
	gap.Start = p.t.At(i).End
	if blank = !gap.Empty() && p.d.Text[gap.Start] == ' '; blank {
		gap.Start++
	}
	return blank, gap
}

// id returns the number of the i-th token of t among all, of which white space is some.
func (p *prodigyWriter) id(i int) int {
	n, _ := slices.BinarySearch(p.blanks, int32(i+1))
	return i + n
}

func (p *prodigyWriter) writeTokens(l *escape.List) {
	n := 0
	put := func(s articles.Span, blank bool) bool {
		n++
		return l.Put(tokenJSON{Text: s.In(p.d.Text), Start: p.points.Of(s.Start), End: p.points.Of(s.End), ID: n - 1, Blank: blank})
	}
	for i := -1; i < p.t.Len(); i++ {
		blank, gap := p.after(i)
		if i >= 0 && !put(p.t.At(i), blank) || !gap.Empty() && !put(gap, false) {
			return
		}
	}
}

func (p *prodigyWriter) ref(i int) spanRefJSON {
	it := &p.items[i]
	r, _ := p.t.Range(it.Span) // tokens are split at its ends
	return spanRefJSON{word(it.ID), position(p.points.Of(it.Start)), position(p.points.Of(it.End)), position(p.id(r.First)), position(p.id(r.End - 1)), word(labelIn(p.d, it.Label))}
}

func (p *prodigyWriter) relation(e standoff.Edge) relationJSON {
	head, child := p.ref(e.From), p.ref(e.To)
	return relationJSON{head.TokenEnd, child.TokenEnd, head, child, word(strings.ToUpper(e.Label))}
}

// writeSpans writes the spans of some items, and those at which edges from them end.
func (p *prodigyWriter) writeSpans(l *escape.List, of func(*standoff.Item) bool) {
	in := make([]bool, len(p.items))
	put := func(i int, m margin, beside bool) bool {
		r := p.ref(i)
		in[i] = true
		return l.Put(spacySpan{r.ID, r.Start, r.End, r.TokenStart, r.TokenEnd, r.Label, m, beside})
	}
	for i := range p.items {
		if of(&p.items[i]) && !put(i, marginOf(&p.items[i]), false) {
			return
		}
	}
	for _, e := range p.edges {
		if of(&p.items[e.From]) && !in[e.To] && !put(e.To, margin{}, true) {
			return
		}
	}
}
