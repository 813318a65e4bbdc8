package code

import (
	"encoding/binary"
	"fmt"
	"math"

	"byline/annotate"
	"byline/articles"
	"byline/articles/clean"
)

// decodeLayer2 decodes a layer of version 1 or 2, as byline wrote it until November 2026: varints, each span as the distance
// from the one before, each string and score once.
func decodeLayer2(data []byte) (*annotate.Layer, error) {
	r := &layerReader2{version: data[0], b: data[1:]}
	l := &annotate.Layer{Engine: r.str()}
	if n := r.count(); n > 0 {
		l.Entities = make([]annotate.Entity, n)
	}
	for i := range l.Entities {
		r.entity(&l.Entities[i])
	}
	if n := r.count(); n > 0 {
		l.Quotes = annotate.Pointers(make([]annotate.Quote, n))
	}
	last := 0
	for _, q := range l.Quotes {
		r.quote(q, last)
		last = q.Start
	}
	if r.bad || len(r.b) > 0 {
		return nil, fmt.Errorf("decode a layer: %w", errLayer)
	}
	return l, nil
}

// A layerReader2 decodes such a layer. When something does not fit it sets bad, and reads only
// zeros from then on.
type layerReader2 struct {
	version byte
	b       []byte
	strings []string
	scores  []float64
	bad     bool
}

func (r *layerReader2) setBad() {
	r.b, r.bad = nil, true
}

func (r *layerReader2) num() int {
	n, size := binary.Varint(r.b)
	if size <= 0 || n != int64(int32(n)) {
		r.setBad()
		return 0
	}
	r.b = r.b[size:]
	return int(n)
}

// smallest is the least number of bytes that an entity, a mention or a quote takes.
const smallest = 8

// count reads the number of items that follow, which is at most what there is room for.
func (r *layerReader2) count() int {
	n := r.num()
	if n < 0 || n > len(r.b)/smallest {
		r.setBad()
		return 0
	}
	return n
}

func (r *layerReader2) str() string {
	n := r.num()
	if n > 0 && n <= len(r.strings) {
		return r.strings[n-1]
	}
	size := 0
	if n == 0 && !r.bad {
		size = r.num()
	}
	if n != 0 || r.bad || size < 0 || size > len(r.b) {
		r.setBad()
		return ""
	}
	s := clean.Line(string(r.b[:size]))
	r.b = r.b[size:]
	r.strings = append(r.strings, s)
	return s
}

func (r *layerReader2) score() float64 {
	n := r.num()
	if n > 0 && n <= len(r.scores) {
		return r.scores[n-1]
	}
	if n != 0 || len(r.b) < 8 {
		r.setBad()
		return 0
	}
	f := math.Float64frombits(binary.LittleEndian.Uint64(r.b))
	r.b = r.b[8:]
	r.scores = append(r.scores, f)
	return f
}

func (r *layerReader2) span(last int) articles.Span {
	start := last + r.num()
	return articles.Span{Start: start, End: start + r.num()}
}

func (r *layerReader2) optionalSpan(last int) articles.Span {
	if r.num() == 0 {
		return articles.Span{}
	}
	return r.span(last)
}

func (r *layerReader2) state() annotate.State {
	n := r.num()
	if n < 0 || n > int(annotate.Rejected) {
		r.setBad()
		return 0
	}
	return annotate.State(n)
}

func (r *layerReader2) origin() annotate.Origin {
	return annotate.Origin{Human: r.num() == 1, Stage: r.str(), Rule: r.str(), Score: r.score()}
}

func (r *layerReader2) entity(e *annotate.Entity) {
	e.ID, e.Type, e.Name = r.str(), annotate.Type(r.str()), r.str()
	e.Origin = r.origin()
	if n := r.count(); n > 0 {
		e.Mentions = make([]annotate.Mention, n)
	}
	last := 0
	for i := range e.Mentions {
		m := &e.Mentions[i]
		m.Span = r.span(last)
		m.Form, m.Type = annotate.Form(r.str()), annotate.Type(r.str())
		m.Title = r.optionalSpan(m.Start)
		m.State = r.state()
		m.Origin = r.origin()
		last = m.Start
	}
}

// ids reads the IDs of entities.
func (r *layerReader2) ids() []string {
	n := r.num()
	if n < 0 || n > len(r.b) {
		r.setBad()
		return nil
	}
	var out []string
	for range n {
		out = append(out, r.str())
	}
	return out
}

func (r *layerReader2) quote(q *annotate.Quote, last int) {
	q.Span = r.span(last)
	q.Type, q.Speaker = annotate.QuoteType(r.str()), r.str()
	if r.version > 1 {
		q.Also = r.ids()
	}
	q.SpeakerMention, q.Cue = r.optionalSpan(q.Start), r.optionalSpan(q.Start)
	q.State = r.state()
	q.Origin = r.origin()
}
