package code

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strconv"
	"sync"

	"byline/annotate"
	"byline/articles"
)

// layerVersion is the version of the encoding of layers. Version 1 had one speaker a quote; 1 and 2 are in layer2.go.
const layerVersion = 3

// EncodeLayer encodes l, a layer of text, in few bytes: a claim takes some four besides its score. The same layer gives
// the same bytes.
//
//	3 engine nentities entity* nquotes quote*
//	entity  flags [id] type (mention | name) origin nmentions mention*
//	mention flags start len [form] [type] [title] [origin] score
//	quote   flags start len [type] speaker [nalso speaker*] [mention] [cue] origin score
//
// Numbers are varints; a start is the distance from the one before. A string is the number of its first use, or 0 and
// the string. What is usual is a bit of the flags: an ID that is e1, e2, …, a name that is the words of a mention, the
// stage and rule of the mention before. Stages with their rules are numbers in a table.
func EncodeLayer(l *annotate.Layer, text string) []byte {
	w := &layerWriter{text: text, strings: map[string]int{}, pairs: map[pair]int{}, scores: map[uint64]int{}, entities: map[string]int{}}
	for i := range l.Entities {
		if _, ok := w.entities[l.Entities[i].ID]; !ok {
			w.entities[l.Entities[i].ID] = i
		}
	}
	w.b = append(make([]byte, 0, 64+16*len(l.Entities)+40*len(l.Quotes)), layerVersion)
	w.str(l.Engine)
	w.num(len(l.Entities))
	for i := range l.Entities {
		w.entity(&l.Entities[i], i)
	}
	w.num(len(l.Quotes))
	last := 0
	for _, q := range l.Quotes {
		w.quote(q, last)
		last = q.Start
	}
	return w.b
}

// A pair is a stage and a rule of it.
type pair struct{ stage, rule string }

// usual are the pairs that layers have, the most frequent first. A pair may be added at the end, none may move.
var usual = []pair{
	{"names", "model"}, {"people", "exact"}, {"people", "surname"}, {"quotes", "cue-then-name"}, {"quotes", "name-then-cue"},
	{"quotes", "same-paragraph"}, {"quotes", "said-that"}, {"quotes", "in-sentence"}, {"quotes", "according-to-clause"}, {"quotes", "cue-before"},
	{"quotes", "according-to"}, {"quotes", "sentence-subject"}, {"quotes", "same-sentence"}, {"quotes", "continued-speaker"}, {"quotes", "intro-colon"},
	{"quotes", "name-colon"}, {"quotes", "interview-answer"}, {"quotes", "interview-turn"}, {"quotes", "attribution-line"}, {"quotes", "sentence-after-speech"},
	{"quotes", "far-behind"}, {"quotes", "intro-paragraph"}, {"quotes", "only-name"}, {"quotes", "quoting-before"}, {"quotes", "told-above"},
	{"quotes", "unmarked-again"}, {"quotes", "words-of"}, {"names", "listed"}, {"names", "apart"}, {"names", "firm"}, {"people", "short-form"},
	{"people", "first-name"}, {"people", "part-of-name"}, {"people", "initials"}, {"people", "acronym"}, {"people", "definition"}, {"people", "ending"},
	{"people", "spelling"}, {"quotes", "talk"}, {"quotes", "beat"}, {"quotes", "nobody"},
}

var usualNumbers = sync.OnceValue(func() map[pair]int {
	out := make(map[pair]int, len(usual))
	for i, p := range usual {
		out[p] = i
	}
	return out
})

// Flags of an entity.
const (
	countedID  = 1 << iota // its ID is e and its number
	namedByOne             // its name is the words of one of its mentions
	humanEntity
)

// Flags of a mention: two bits for the form, two for the state, and these.
const (
	humanMention = 1 << (iota + 4)
	typeOfEntity // the mention has the type of its entity
	hasTitle
	sameOrigin // but for the score, that of the mention before
)

// Flags of a quote: two bits for the type, two for the state, and these.
const (
	humanQuote = 1 << (iota + 4)
	hasMention
	hasCue
	hasAlso
)

// The forms and types that have two bits; the fourth value stands for any other.
var (
	forms      = [3]annotate.Form{annotate.Name, annotate.Nominal, annotate.Pronoun}
	quoteTypes = [3]annotate.QuoteType{annotate.Direct, annotate.Mixed, annotate.Indirect}
)

// place returns the index of v in table; 3 if it is not there.
func place[T comparable](table [3]T, v T) int {
	for i, x := range table {
		if x == v {
			return i
		}
	}
	return len(table)
}

// A layerWriter encodes a layer. Strings, pairs and scores have the number of their first use.
type layerWriter struct {
	b        []byte
	text     string
	strings  map[string]int
	pairs    map[pair]int
	scores   map[uint64]int
	entities map[string]int // by ID
	last     annotate.Origin
}

func (w *layerWriter) num(n int) { w.b = binary.AppendUvarint(w.b, uint64(n)) }

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

// origin writes the stage and rule of o: 0 and both, or the number of the pair in the table or in this layer.
func (w *layerWriter) origin(o annotate.Origin) {
	p := pair{o.Stage, o.Rule}
	if n, ok := usualNumbers()[p]; ok {
		w.num(1 + 2*n)
		return
	}
	if n, ok := w.pairs[p]; ok {
		w.num(2 + 2*n)
		return
	}
	w.pairs[p] = len(w.pairs)
	w.num(0)
	w.str(o.Stage)
	w.str(o.Rule)
}

// How a score is written that is not one of those before: the seven bytes below the first, which is 0x3f for most
// numbers from 0 to 1; all eight; ten-thousandths.
const (
	sevenBytes = iota
	eightBytes
	decimals
	firstScore // the number of the first score that was written
)

func (w *layerWriter) score(f float64) {
	bits := math.Float64bits(f)
	if n, ok := w.scores[bits]; ok {
		w.num(firstScore + n)
		return
	}
	w.scores[bits] = len(w.scores)
	if k := math.Round(f * 1e4); k >= 0 && k <= 1e4 && math.Float64bits(k/1e4) == bits {
		w.num(decimals)
		w.num(int(k))
		return
	}
	if bits>>56 == 0x3f {
		w.num(sevenBytes)
		w.b = binary.LittleEndian.AppendUint64(w.b, bits)[:len(w.b)+7]
		return
	}
	w.num(eightBytes)
	w.b = binary.LittleEndian.AppendUint64(w.b, bits)
}

func (w *layerWriter) span(s articles.Span, last int) {
	w.b = binary.AppendVarint(w.b, int64(s.Start-last))
	w.num(s.Len())
}

func bit(on bool, flag int) int {
	if on {
		return flag
	}
	return 0
}

func (w *layerWriter) entity(e *annotate.Entity, i int) {
	at := -1
	for j := range e.Mentions {
		if s := e.Mentions[j].Span; s.Start >= 0 && s.End >= s.Start && s.End <= len(w.text) && s.In(w.text) == e.Name {
			at = j
			break
		}
	}
	counted := e.ID == "e"+strconv.Itoa(i+1)
	w.num(bit(counted, countedID) | bit(at >= 0, namedByOne) | bit(e.Origin.Human, humanEntity))
	if !counted {
		w.str(e.ID)
	}
	w.str(string(e.Type))
	if at >= 0 {
		w.num(at)
	} else {
		w.str(e.Name)
	}
	w.origin(e.Origin)
	w.score(e.Origin.Score)
	w.num(len(e.Mentions))
	last := 0
	for j := range e.Mentions {
		w.mention(&e.Mentions[j], e.Type, last)
		last = e.Mentions[j].Start
	}
}

func (w *layerWriter) mention(m *annotate.Mention, typ annotate.Type, last int) {
	form, titled := place(forms, m.Form), m.Title != (articles.Span{})
	same := m.Origin.Stage == w.last.Stage && m.Origin.Rule == w.last.Rule
	w.b = append(w.b, byte(form|int(m.State)<<2|bit(m.Origin.Human, humanMention)|bit(m.Type == typ, typeOfEntity)|bit(titled, hasTitle)|bit(same, sameOrigin)))
	w.span(m.Span, last)
	if form == len(forms) {
		w.str(string(m.Form))
	}
	if m.Type != typ {
		w.str(string(m.Type))
	}
	if titled {
		w.span(m.Title, m.Start)
	}
	if !same {
		w.origin(m.Origin)
		w.last = m.Origin
	}
	w.score(m.Origin.Score)
}

func (w *layerWriter) quote(q *annotate.Quote, last int) {
	typ, mention, cue := place(quoteTypes, q.Type), q.SpeakerMention != (articles.Span{}), q.Cue != (articles.Span{})
	w.b = append(w.b, byte(typ|int(q.State)<<2|bit(q.Origin.Human, humanQuote)|bit(mention, hasMention)|bit(cue, hasCue)|bit(len(q.Also) > 0, hasAlso)))
	w.span(q.Span, last)
	if typ == len(quoteTypes) {
		w.str(string(q.Type))
	}
	w.speaker(q.Speaker)
	if len(q.Also) > 0 {
		w.num(len(q.Also))
	}
	for _, id := range q.Also {
		w.speaker(id)
	}
	if mention {
		w.span(q.SpeakerMention, q.Start)
	}
	if cue {
		w.span(q.Cue, q.Start)
	}
	w.origin(q.Origin)
	w.score(q.Origin.Score)
}

// speaker writes the ID of an entity: 0 for none, 1 and the ID for one that is not in the layer, else its number.
func (w *layerWriter) speaker(id string) {
	n, ok := w.entities[id]
	switch {
	case id == "":
		w.num(0)
	case !ok:
		w.num(1)
		w.str(id)
	default:
		w.num(2 + n)
	}
}

// errLayer reports data that is not an encoded layer.
var errLayer = errors.New("it is damaged")

// DecodeLayer decodes the result of [EncodeLayer] for text, of this version or an earlier one. It does not
// check that spans fit the text; [annotate.Layer.Check] does.
func DecodeLayer(data []byte, text string) (*annotate.Layer, error) {
	if len(data) == 0 || data[0] < 1 || data[0] > layerVersion {
		return nil, errors.New("decode a layer: its code is not known")
	}
	if data[0] < layerVersion {
		return decodeLayer2(data)
	}
	r := &layerReader{b: data[1:], text: text}
	l := r.layer()
	if r.bad || len(r.b) > 0 {
		return nil, fmt.Errorf("decode a layer: %w", errLayer)
	}
	return l, nil
}
