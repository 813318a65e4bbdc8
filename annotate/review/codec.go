package review

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
	"byline/articles/clean"
)

// decisionJSON is a decision as a line of JSON. The names of its fields are a contract.
// Start and end are byte offsets in the canonical text, and code points in a file that
// says so; see [EncodePoints]. Empty fields are omitted.
type decisionJSON struct {
	ID     string        `json:"id"`
	Step   string        `json:"step,omitempty"`
	At     time.Time     `json:"at,omitzero"` // RFC 3339, UTC
	Who    string        `json:"who,omitempty"`
	Verb   annotate.Verb `json:"verb"`
	Kind   annotate.Kind `json:"kind,omitempty"`
	Target anchorJSON    `json:"target,omitzero"`
	To     anchorJSON    `json:"to,omitzero"`
	Value  string        `json:"value,omitempty"`
	Engine string        `json:"engine,omitempty"`
	Score  float64       `json:"score,omitempty"`
	Also   []anchorJSON  `json:"also,omitempty"`
	Layer  string        `json:"layer,omitempty"`
	Shown  *sightJSON    `json:"shown,omitempty"`
}

type anchorJSON struct {
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Exact  string `json:"exact"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
}

// Encode returns d as one line of JSON without a newline.
func Encode(d annotate.Decision) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	j := decisionJSON{d.ID, d.Step, d.At.UTC(), d.Who, d.Verb, d.Kind,
		flat(d.Target), flat(d.To), d.Value, d.Engine, d.Score, nil, d.Layer, flatSight(d.Shown)}
	for _, a := range d.Also {
		j.Also = append(j.Also, flat(a))
	}
	if d.At.IsZero() {
		j.At = time.Time{}
	}
	if err := e.Encode(j); err != nil {
		return nil, fmt.Errorf("encode decision %s: %w", d.ID, err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// Decode reads a line that [Encode] wrote, or somebody else: its strings are made printable, as [clean.Line] and, for the words of
// the text and notes, [clean.String] do. Unknown verbs and fields are not errors. A decision about a
// place that no text has is read without its places, and applies to none.
func Decode(line []byte) (annotate.Decision, error) {
	var j decisionJSON
	if err := json.Unmarshal(line, &j); err != nil {
		return annotate.Decision{}, fmt.Errorf("decode a decision: %w", err)
	}
	return harmless(j.decision())
}

// harmless returns a decision with a place that no text has without its places and the words of its target: it does not apply to any text,
// and whoever reads its spans stays inside of theirs.
func harmless(d annotate.Decision, err error) (annotate.Decision, error) {
	if err == nil && misplaced(&d) {
		for _, a := range anchorsOf(&d) {
			a.Span = articles.Span{}
		}
		d.Target.Exact = ""
	}
	return d, err
}

// A Decoder decodes the log of one text, like [Decode], in a third of the time and half the memory: words that are in the
// text share its memory, and what decisions have in common is one string.
type Decoder struct {
	Text  string
	known map[string]string
}

// Decode reads a line, like the function [Decode].
func (r *Decoder) Decode(line []byte) (annotate.Decision, error) {
	if r.known == nil {
		r.known = map[string]string{}
	}
	l := lineReader{Decoder: r, rest: line, odd: slices.ContainsFunc(line, func(c byte) bool { return c < ' ' })}
	var j decisionJSON
	if l.read(&j); l.odd {
		j = decisionJSON{}
		if err := json.Unmarshal(line, &j); err != nil {
			return annotate.Decision{}, fmt.Errorf("decode a decision: %w", err)
		}
	}
	return harmless(j.decision())
}

// one returns b as a string, the same one for equal bytes.
func (r *Decoder) one(b []byte) string {
	s, ok := r.known[string(b)]
	if !ok {
		s = string(b)
		r.known[s] = s
	}
	return s
}

// words returns b as a string: part of the text if its words from start on are the same.
func (r *Decoder) words(b []byte, start int) string {
	if end := start + len(b); start >= 0 && end <= len(r.Text) && r.Text[start:end] == string(b) {
		return r.Text[start:end]
	}
	return string(b)
}

// A lineReader reads a line as [Encode] writes it: the fields in their order, without blanks.
type lineReader struct {
	*Decoder
	rest []byte
	odd  bool // the line is another JSON, or none
}

func (l *lineReader) read(j *decisionJSON) {
	l.need("{")
	if l.field(`"id":`) {
		j.ID = string(l.text())
	}
	if l.field(`,"step":`) {
		if b := l.text(); string(b) == j.ID {
			j.Step = j.ID
		} else {
			j.Step = string(b)
		}
	}
	if l.field(`,"at":`) {
		l.odd = l.odd || j.At.UnmarshalText(l.text()) != nil
	}
	if l.field(`,"who":`) {
		j.Who = l.one(l.text())
	}
	if l.field(`,"verb":`) {
		j.Verb = annotate.Verb(l.one(l.text()))
	}
	if l.field(`,"kind":`) {
		j.Kind = annotate.Kind(l.one(l.text()))
	}
	l.claim(j)
	l.need("}")
	l.odd = l.odd || len(l.rest) > 0
}

// claim reads the fields from target on.
func (l *lineReader) claim(j *decisionJSON) {
	if l.field(`,"target":`) {
		j.Target = l.anchor()
	}
	if l.field(`,"to":`) {
		j.To = l.anchor()
	}
	if l.field(`,"value":`) {
		j.Value = l.one(l.text())
	}
	if l.field(`,"engine":`) {
		j.Engine = l.one(l.text())
	}
	if l.field(`,"score":`) {
		j.Score = l.fraction()
	}
	if l.field(`,"also":[`) {
		for ok := true; ok; ok = l.field(",") && !l.odd {
			j.Also = append(j.Also, l.anchor())
		}
		l.need("]")
	}
	if l.field(`,"layer":`) {
		j.Layer = l.one(l.text())
	}
	if l.field(`,"shown":`) {
		j.Shown = l.sight()
	}
}

// field reports whether the line goes on with key, and passes it.
func (l *lineReader) field(key string) bool {
	if !strings.HasPrefix(string(l.rest[:min(len(l.rest), len(key))]), key) {
		return false
	}
	l.rest = l.rest[len(key):]
	return true
}

func (l *lineReader) need(s string) { l.odd = !l.field(s) || l.odd }

// text reads a string. Bytes that are no UTF-8, and escapes but the short ones, are odd.
func (l *lineReader) text() []byte {
	l.need(`"`)
	end := bytes.IndexAny(l.rest, `"\`)
	if end < 0 || l.odd {
		l.odd = true
		return nil
	}
	b := l.rest[:end]
	if l.rest[end] == '\\' {
		b = l.escaped(end)
	} else {
		l.rest = l.rest[end+1:]
	}
	l.odd = l.odd || !utf8.Valid(b)
	return b
}

// escaped reads the rest of a string whose first backslash is at from.
func (l *lineReader) escaped(from int) []byte {
	out := bytes.Clone(l.rest[:from])
	for i := from; i < len(l.rest); i++ {
		switch c := l.rest[i]; {
		case c == '"':
			l.rest = l.rest[i+1:]
			return out
		case c != '\\':
			out = append(out, c)
		default:
			i++
			k := -1
			if i < len(l.rest) {
				k = strings.IndexByte(`"\nt`, l.rest[i])
			}
			if k < 0 {
				l.odd = true
				return nil
			}
			out = append(out, "\"\\\n\t"[k])
		}
	}
	l.odd = true
	return nil
}

// digits reads a number of these characters.
func (l *lineReader) digits(of string) string {
	n := 0
	for n < len(l.rest) && strings.IndexByte(of, l.rest[n]) >= 0 {
		n++
	}
	s := string(l.rest[:n])
	l.rest = l.rest[n:]
	l.odd = l.odd || s == "" || s[0] == '0' && len(s) > 1 && s[1] != '.'
	return s
}

func (l *lineReader) number() int {
	n, err := strconv.Atoi(l.digits("0123456789"))
	l.odd = l.odd || err != nil
	return n
}

func (l *lineReader) fraction() float64 {
	s := l.digits("0123456789.")
	f, err := strconv.ParseFloat(s, 64)
	l.odd = l.odd || err != nil || strings.HasPrefix(s, ".") || strings.HasSuffix(s, ".")
	return f
}

// anchor reads an anchor.
func (l *lineReader) anchor() (a anchorJSON) {
	l.need(`{"start":`)
	a.Start = l.number()
	l.need(`,"end":`)
	a.End = l.number()
	l.need(`,"exact":`)
	a.Exact = l.words(l.text(), a.Start)
	if l.field(`,"prefix":`) {
		b := l.text()
		a.Prefix = l.words(b, a.Start-len(b))
	}
	if l.field(`,"suffix":`) {
		a.Suffix = l.words(l.text(), a.End)
	}
	l.need("}")
	return a
}

// decision returns the decision of a line, its strings printable.
func (j *decisionJSON) decision() (annotate.Decision, error) {
	if j.ID == "" || j.Verb == "" {
		return annotate.Decision{}, fmt.Errorf("decode a decision: it has no id or no verb")
	}
	d := annotate.Decision{ID: clean.Line(j.ID), Step: clean.Line(j.Step), At: j.At, Who: clean.Line(j.Who), Verb: annotate.Verb(clean.Line(string(j.Verb))),
		Kind: annotate.Kind(clean.Line(string(j.Kind))), Target: j.Target.anchor(), To: j.To.anchor(), Value: clean.String(j.Value),
		Engine: clean.Line(j.Engine), Score: j.Score, Layer: clean.Line(j.Layer), Shown: j.Shown.sight()}
	for _, a := range j.Also {
		d.Also = append(d.Also, a.anchor())
	}
	return d, nil
}

func (a anchorJSON) anchor() annotate.Anchor {
	return annotate.Anchor{Span: articles.Span{Start: a.Start, End: a.End}, Exact: clean.String(a.Exact), Prefix: clean.String(a.Prefix), Suffix: clean.String(a.Suffix)}
}

// EncodePoints returns the decisions of log, in its order, each as [Encode] does, but with
// offsets into text as it is now, which at converts: a file has one unit. Where text has
// the words no more, start and end are 0.
func EncodePoints(text string, log []annotate.Decision, at func(off int) int) ([]json.RawMessage, error) {
	f := finder{text: text}
	out := make([]json.RawMessage, len(log))
	for i := range log {
		d := f.present(&log[i])
		for _, a := range anchorsOf(&d) {
			a.Span = articles.Span{Start: at(a.Start), End: at(a.End)}
		}
		line, err := Encode(d)
		if err != nil {
			return nil, err
		}
		out[i] = line
	}
	return out, nil
}

// DecodePoints reads a line of [EncodePoints]. It returns an error if at knows no byte for
// an offset.
func DecodePoints(line []byte, at func(n int) (int, bool)) (annotate.Decision, error) {
	var j decisionJSON
	if err := json.Unmarshal(line, &j); err != nil {
		return annotate.Decision{}, fmt.Errorf("decode a decision: %w", err)
	}
	d, err := j.decision()
	if err != nil {
		return d, err
	}
	for _, a := range anchorsOf(&d) {
		start, ok := at(a.Start)
		end, ok2 := at(a.End)
		if !ok || !ok2 || start > end {
			return d, fmt.Errorf("decode decision %s: from %d to %d is not in the text", d.ID, a.Start, a.End)
		}
		a.Span = articles.Span{Start: start, End: end}
	}
	return d, nil
}

func flat(a annotate.Anchor) anchorJSON {
	return anchorJSON{a.Start, a.End, a.Exact, a.Prefix, a.Suffix}
}

// crockford has the digits of an ID in the order of their values.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const idLen = 26

// IDs generates the IDs of decisions. They are ULIDs: 48 bits of milliseconds and 80
// random bits in 26 digits, so that they sort by time. Each is greater than the one
// before and than those passed to After, even if the clock goes back. Random must be set.
type IDs struct {
	Random io.Reader // such as crypto/rand.Reader; Next panics if it fails

	hi uint64 // 48 bits of time and the upper 16 random ones
	lo uint64
}

// After makes all later IDs sort after id. It ignores strings that are not ULIDs.
func (g *IDs) After(id string) {
	if hi, lo, ok := parseID(id); ok && (hi > g.hi || hi == g.hi && lo > g.lo) {
		g.hi, g.lo = hi, lo
	}
}

// TimeOf returns when an ID of a decision was made, to the millisecond; false if it is none that [IDs] gives.
func TimeOf(id string) (time.Time, bool) {
	hi, _, ok := parseID(id)
	return time.UnixMilli(int64(hi >> 16)).UTC(), ok
}

// Next returns a new ID for a decision made at now.
func (g *IDs) Next(now time.Time) string {
	ms := uint64(max(0, now.UnixMilli())) & (1<<48 - 1)
	if ms > g.hi>>16 {
		var b [10]byte
		if _, err := io.ReadFull(g.Random, b[:]); err != nil {
			panic(fmt.Sprintf("review: no randomness for an id: %v", err))
		}
		g.hi = ms<<16 | uint64(binary.BigEndian.Uint16(b[:2]))
		g.lo = binary.BigEndian.Uint64(b[2:])
		return formatID(g.hi, g.lo)
	}
	var b [4]byte // two machines that continue from one ID must not reach the same next one
	_, _ = io.ReadFull(g.Random, b[:])
	next := g.lo + 1 + uint64(binary.BigEndian.Uint32(b[:]))
	if next <= g.lo {
		g.hi++
	}
	g.lo = next
	return formatID(g.hi, g.lo)
}

// formatID writes 128 bits as 26 digits, the first of three bits, the others of five.
func formatID(hi, lo uint64) string {
	var b [idLen]byte
	for i := idLen - 1; i >= 0; i-- {
		b[i] = crockford[lo&31]
		lo = lo>>5 | hi<<59
		hi >>= 5
	}
	return string(b[:])
}

func parseID(id string) (hi, lo uint64, ok bool) {
	if len(id) != idLen || id[0] > '7' {
		return 0, 0, false
	}
	for i := range len(id) {
		v := strings.IndexByte(crockford, id[i])
		if v < 0 {
			return 0, 0, false
		}
		hi = hi<<5 | lo>>59
		lo = lo<<5 | uint64(v)
	}
	return hi, lo, true
}
