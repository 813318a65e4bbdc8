package code

import (
	"encoding/binary"
	"math"
	"strconv"

	"byline/annotate"
	"byline/articles"
	"byline/articles/clean"
)

// A layerReader decodes a layer. When something does not fit it sets bad, and reads only
// zeros from then on.
type layerReader struct {
	b       []byte
	text    string
	strings []string
	pairs   []pair
	scores  []float64
	last    pair // of the mention before
	bad     bool
}

func (r *layerReader) setBad() { r.b, r.bad = nil, true }

func (r *layerReader) num() int {
	n, size := binary.Uvarint(r.b)
	if size <= 0 {
		r.setBad()
		return 0
	}
	r.b = r.b[size:]
	return int(n)
}

func (r *layerReader) octet() int {
	if len(r.b) == 0 {
		r.setBad()
		return 0
	}
	c := r.b[0]
	r.b = r.b[1:]
	return int(c)
}

// count reads the number of items that follow, which is at most what there is room for at a few bytes each.
func (r *layerReader) count(each int) int {
	n := r.num()
	if n < 0 || n > len(r.b)/each {
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

func (r *layerReader) origin() pair {
	n := r.num()
	switch i := (n - 1) / 2; {
	case r.bad:
		return pair{}
	case n == 0:
		p := pair{r.str(), r.str()}
		r.pairs = append(r.pairs, p)
		return p
	case n > 0 && n%2 == 1 && i < len(usual):
		return usual[i]
	case n > 0 && n%2 == 0 && i < len(r.pairs):
		return r.pairs[i]
	}
	r.setBad()
	return pair{}
}

func (r *layerReader) score() float64 {
	n := r.num()
	if i := n - firstScore; i >= 0 && i < len(r.scores) {
		return r.scores[i]
	}
	var f float64
	switch {
	case n == decimals:
		f = float64(r.num()) / 1e4
	case n == sevenBytes && len(r.b) >= 7:
		var bits [8]byte
		copy(bits[:], r.b[:7])
		bits[7] = 0x3f
		f = math.Float64frombits(binary.LittleEndian.Uint64(bits[:]))
		r.b = r.b[7:]
	case n == eightBytes && len(r.b) >= 8:
		f = math.Float64frombits(binary.LittleEndian.Uint64(r.b))
		r.b = r.b[8:]
	default:
		r.setBad()
	}
	r.scores = append(r.scores, f)
	return f
}

func (r *layerReader) span(last int) articles.Span {
	n, size := binary.Varint(r.b)
	if size <= 0 {
		r.setBad()
		return articles.Span{}
	}
	r.b = r.b[size:]
	start := last + int(n)
	return articles.Span{Start: start, End: start + r.num()}
}

func (r *layerReader) state(flags int) annotate.State {
	st := annotate.State(flags >> 2 & 3)
	if st > annotate.Rejected {
		r.setBad()
		return 0
	}
	return st
}

func (r *layerReader) layer() *annotate.Layer {
	l := &annotate.Layer{Engine: r.str()}
	if n := r.count(5); n > 0 {
		l.Entities = make([]annotate.Entity, n)
	}
	for i := range l.Entities {
		r.entity(&l.Entities[i], i)
	}
	if n := r.count(6); n > 0 {
		l.Quotes = annotate.Pointers(make([]annotate.Quote, n))
	}
	last := 0
	for _, q := range l.Quotes {
		r.quote(q, l.Entities, last)
		last = q.Start
	}
	return l
}

func (r *layerReader) entity(e *annotate.Entity, i int) {
	flags := r.num()
	if e.ID = "e" + strconv.Itoa(i+1); flags&countedID == 0 {
		e.ID = r.str()
	}
	e.Type = annotate.Type(r.str())
	named := -1
	if flags&namedByOne != 0 {
		named = r.num()
	} else {
		e.Name = r.str()
	}
	p := r.origin()
	e.Origin = annotate.Origin{Human: flags&humanEntity != 0, Stage: p.stage, Rule: p.rule, Score: r.score()}
	if n := r.count(4); n > 0 {
		e.Mentions = make([]annotate.Mention, n)
	}
	last := 0
	for j := range e.Mentions {
		r.mention(&e.Mentions[j], e.Type, last)
		last = e.Mentions[j].Start
	}
	if flags&namedByOne != 0 {
		e.Name = r.nameOf(e.Mentions, named)
	}
}

// nameOf returns the words of a mention.
func (r *layerReader) nameOf(ms []annotate.Mention, at int) string {
	if at < 0 || at >= len(ms) {
		r.setBad()
		return ""
	}
	s := ms[at].Span
	if s.Start < 0 || s.End < s.Start || s.End > len(r.text) {
		r.setBad()
		return ""
	}
	return s.In(r.text)
}

func (r *layerReader) mention(m *annotate.Mention, typ annotate.Type, last int) {
	flags := r.octet()
	m.Span, m.State, m.Type = r.span(last), r.state(flags), typ
	if form := flags & 3; form < len(forms) {
		m.Form = forms[form]
	} else {
		m.Form = annotate.Form(r.str())
	}
	if flags&typeOfEntity == 0 {
		m.Type = annotate.Type(r.str())
	}
	if flags&hasTitle != 0 {
		m.Title = r.span(m.Start)
	}
	if flags&sameOrigin == 0 {
		r.last = r.origin()
	}
	m.Origin = annotate.Origin{Human: flags&humanMention != 0, Stage: r.last.stage, Rule: r.last.rule, Score: r.score()}
}

func (r *layerReader) quote(q *annotate.Quote, es []annotate.Entity, last int) {
	flags := r.octet()
	q.Span, q.State = r.span(last), r.state(flags)
	if typ := flags & 3; typ < len(quoteTypes) {
		q.Type = quoteTypes[typ]
	} else {
		q.Type = annotate.QuoteType(r.str())
	}
	q.Speaker = r.speaker(es)
	if flags&hasAlso != 0 {
		for range r.count(1) {
			q.Also = append(q.Also, r.speaker(es))
		}
	}
	if flags&hasMention != 0 {
		q.SpeakerMention = r.span(q.Start)
	}
	if flags&hasCue != 0 {
		q.Cue = r.span(q.Start)
	}
	p := r.origin()
	q.Origin = annotate.Origin{Human: flags&humanQuote != 0, Stage: p.stage, Rule: p.rule, Score: r.score()}
}

func (r *layerReader) speaker(es []annotate.Entity) string {
	switch n := r.num(); {
	case n == 0:
		return ""
	case n == 1:
		return r.str()
	case n > 1 && n-2 < len(es):
		return es[n-2].ID
	}
	r.setBad()
	return ""
}
