package db

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"byline/annotate"
	"byline/articles"
	"byline/articles/clean"
)

// layerVersion is the version of the encoding of layers. Version 1 had one speaker a quote.
const layerVersion = 2

// EncodeLayer encodes l compactly: varints, each span as the distance from the one before,
// each string and score once. The same layer gives the same bytes.
func EncodeLayer(l *annotate.Layer) []byte {
	w := &layerWriter{strings: map[string]int{}, scores: map[float64]int{}}
	w.b = append(w.b, layerVersion)
	w.str(l.Engine)
	w.num(len(l.Entities))
	for i := range l.Entities {
		w.entity(&l.Entities[i])
	}
	w.num(len(l.Quotes))
	last := 0
	for i := range l.Quotes {
		w.quote(&l.Quotes[i], last)
		last = l.Quotes[i].Start
	}
	return w.b
}

// A layerWriter encodes a layer. Strings and scores have the number of their first use.
type layerWriter struct {
	b       []byte
	strings map[string]int
	scores  map[float64]int
}

func (w *layerWriter) num(n int) { w.b = binary.AppendVarint(w.b, int64(n)) }

// str writes the number of a string, or 0 and the string on its first use.
func (w *layerWriter) str(s string) {
	if n, ok := w.strings[s]; ok {
		w.num(n)
		return
	}
	w.strings[s] = len(w.strings) + 1
	w.num(0)
	w.num(len(s))
	w.b = append(w.b, s...)
}

func (w *layerWriter) score(f float64) {
	if n, ok := w.scores[f]; ok {
		w.num(n)
		return
	}
	w.scores[f] = len(w.scores) + 1
	w.num(0)
	w.b = binary.LittleEndian.AppendUint64(w.b, math.Float64bits(f))
}

func (w *layerWriter) span(s articles.Span, last int) {
	w.num(s.Start - last)
	w.num(s.Len())
}

// optionalSpan writes a span that may be empty.
func (w *layerWriter) optionalSpan(s articles.Span, last int) {
	if s == (articles.Span{}) {
		w.num(0)
		return
	}
	w.num(1)
	w.span(s, last)
}

func (w *layerWriter) origin(o annotate.Origin) {
	human := 0
	if o.Human {
		human = 1
	}
	w.num(human)
	w.str(o.Stage)
	w.str(o.Rule)
	w.score(o.Score)
}

func (w *layerWriter) entity(e *annotate.Entity) {
	w.str(e.ID)
	w.str(string(e.Type))
	w.str(e.Name)
	w.origin(e.Origin)
	w.num(len(e.Mentions))
	last := 0
	for i := range e.Mentions {
		m := &e.Mentions[i]
		w.span(m.Span, last)
		w.str(string(m.Form))
		w.str(string(m.Type))
		w.optionalSpan(m.Title, m.Start)
		w.num(int(m.State))
		w.origin(m.Origin)
		last = m.Start
	}
}

func (w *layerWriter) quote(q *annotate.Quote, last int) {
	w.span(q.Span, last)
	w.str(string(q.Type))
	w.str(q.Speaker)
	w.num(len(q.Also))
	for _, id := range q.Also {
		w.str(id)
	}
	w.optionalSpan(q.SpeakerMention, q.Start)
	w.optionalSpan(q.Cue, q.Start)
	w.num(int(q.State))
	w.origin(q.Origin)
}

// errLayer reports data that is not an encoded layer.
var errLayer = errors.New("it is damaged")

// DecodeLayer decodes the result of [EncodeLayer], of this version or an earlier one. It does not
// check that spans fit a text; [annotate.Layer.Check] does.
func DecodeLayer(data []byte) (*annotate.Layer, error) {
	if len(data) == 0 || data[0] < 1 || data[0] > layerVersion {
		return nil, errors.New("decode a layer: its code is not known")
	}
	r := &layerReader{version: data[0], b: data[1:]}
	l := &annotate.Layer{Engine: r.str()}
	if n := r.count(); n > 0 {
		l.Entities = make([]annotate.Entity, n)
	}
	for i := range l.Entities {
		r.entity(&l.Entities[i])
	}
	if n := r.count(); n > 0 {
		l.Quotes = make([]annotate.Quote, n)
	}
	last := 0
	for i := range l.Quotes {
		r.quote(&l.Quotes[i], last)
		last = l.Quotes[i].Start
	}
	if r.bad || len(r.b) > 0 {
		return nil, fmt.Errorf("decode a layer: %w", errLayer)
	}
	return l, nil
}

// A layerReader decodes a layer. When something does not fit it sets bad, and reads only
// zeros from then on.
type layerReader struct {
	version byte
	b       []byte
	strings []string
	scores  []float64
	bad     bool
}

func (r *layerReader) setBad() {
	r.b, r.bad = nil, true
}

func (r *layerReader) num() int {
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
func (r *layerReader) count() int {
	n := r.num()
	if n < 0 || n > len(r.b)/smallest {
		r.setBad()
		return 0
	}
	return n
}

func (r *layerReader) str() string {
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

func (r *layerReader) score() float64 {
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

func (r *layerReader) span(last int) articles.Span {
	start := last + r.num()
	return articles.Span{Start: start, End: start + r.num()}
}

func (r *layerReader) optionalSpan(last int) articles.Span {
	if r.num() == 0 {
		return articles.Span{}
	}
	return r.span(last)
}

func (r *layerReader) state() annotate.State {
	n := r.num()
	if n < 0 || n > int(annotate.Rejected) {
		r.setBad()
		return 0
	}
	return annotate.State(n)
}

func (r *layerReader) origin() annotate.Origin {
	return annotate.Origin{Human: r.num() == 1, Stage: r.str(), Rule: r.str(), Score: r.score()}
}

func (r *layerReader) entity(e *annotate.Entity) {
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
func (r *layerReader) ids() []string {
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

func (r *layerReader) quote(q *annotate.Quote, last int) {
	q.Span = r.span(last)
	q.Type, q.Speaker = annotate.QuoteType(r.str()), r.str()
	if r.version > 1 {
		q.Also = r.ids()
	}
	q.SpeakerMention, q.Cue = r.optionalSpan(q.Start), r.optionalSpan(q.Start)
	q.State = r.state()
	q.Origin = r.origin()
}
