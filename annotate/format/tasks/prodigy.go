package tasks

import (
	"encoding/json"
	"io"
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
		Relations []relationJSON `json:"relations,omitempty"`
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
	p := newProdigyTasks(d, spans, items)
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
		task := taskJSON{Text: d.Text, Tokens: p.all[:0], Spans: p.spans(edges, of), Relations: p.relations(edges, of), View: "relations", Answer: part.answer,
			Meta: taskMeta{word(d.ID), word(d.Title), word(d.Source), standoff.CreditsOf(d.Article), word(d.Layer.Engine)}}
		if err := p.write(w, &task); err != nil {
			return err
		}
		written++
	}
	return nil
}

// write writes a task, with all tokens in place of none.
func (p *prodigyWriter) write(w io.Writer, task *taskJSON) error {
	if len(p.all) == 0 {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return enc.Encode(task)
	}
	l := escape.NewList(w, task, "tokens", false, 1)
	for i := range p.all {
		if !l.Put(&p.all[i]) {
			break
		}
	}
	return l.Close()
}

type prodigyWriter struct {
	d      *format.Document
	t      *tokens.Sequence
	points *offsets.Points
	items  []standoff.Item
	all    []tokenJSON
	ids    []int // of the tokens of t in all, which has white space as well
}

// newProdigyTasks splits the text of d as spaCy would hold it: one blank after a token belongs to it, all
// other white space is a token, so that tokens and blanks make up the text.
func newProdigyTasks(d *format.Document, spans []articles.Span, items []standoff.Item) *prodigyWriter {
	p := &prodigyWriter{d: d, t: tokens.Split(d, spans), points: offsets.NewPoints(d.Text), items: items}
	add := func(s articles.Span) {
		p.all = append(p.all, tokenJSON{Text: s.In(d.Text), Start: p.points.Of(s.Start), End: p.points.Of(s.End), ID: len(p.all)})
	}
	end := 0
	gap := func(to int) {
		if n := len(p.all); n > 0 && end < to && d.Text[end] == ' ' {
			p.all[n-1].Blank = true
			end++
		}
		if end < to {
			add(articles.Span{Start: end, End: to})
		}
	}
	for _, s := range p.t.Tokens {
		gap(s.Start)
		p.ids = append(p.ids, len(p.all))
		add(s)
		end = s.End
	}
	gap(len(d.Text))
	return p
}

func (p *prodigyWriter) ref(i int) spanRefJSON {
	it := &p.items[i]
	r, _ := p.t.Range(it.Span) // tokens are split at its ends
	return spanRefJSON{word(it.ID), position(p.points.Of(it.Start)), position(p.points.Of(it.End)), position(p.ids[r.First]), position(p.ids[r.End-1]), word(labelIn(p.d, it.Label))}
}

// spans returns the spans of the items of, and those at which edges from them end.
func (p *prodigyWriter) spans(edges []standoff.Edge, of []int) []spacySpan {
	out := make([]spacySpan, 0, len(of))
	in := make(map[int]bool, len(of))
	for _, i := range of {
		r := p.ref(i)
		out = append(out, spacySpan{r.ID, r.Start, r.End, r.TokenStart, r.TokenEnd, r.Label, marginOf(&p.items[i]), false})
		in[i] = true
	}
	for _, e := range edges {
		if in[e.From] && !in[e.To] {
			r := p.ref(e.To)
			out = append(out, spacySpan{r.ID, r.Start, r.End, r.TokenStart, r.TokenEnd, r.Label, margin{}, true})
			in[e.To] = true
		}
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
			out = append(out, relationJSON{head.TokenEnd, child.TokenEnd, head, child, word(strings.ToUpper(e.Label))})
		}
	}
	return out
}
