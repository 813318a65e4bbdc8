package native

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/annotate/format/records"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// read yields the documents of byline's JSON: a list of objects, one object, or one a
// line. For an object that is wrong it yields an error and continues; a syntax error in a
// list is the end.
func read(in format.Input) iter.Seq2[*format.Document, error] {
	return func(yield func(*format.Document, error) bool) {
		n := 0
		for raw, err := range records.Objects(in) {
			if isTrailer(raw) {
				continue
			}
			n++
			var d *format.Document
			if err == nil {
				d, err = document(raw)
			}
			if err != nil {
				err = fmt.Errorf("%s: document %d: %w", in.Name, n, err)
			}
			if !yield(d, err) {
				return
			}
		}
	}
}

// isTrailer reports whether a line holds no article: see [TrailerKey]. An article of other tools may begin with the same field, for
// its author, and has others.
func isTrailer(raw []byte) bool {
	if !trailer.Match(raw) {
		return false
	}
	var fields map[string]json.RawMessage
	return json.Unmarshal(raw, &fields) == nil && len(fields) == 1
}

var trailer = regexp.MustCompile(`\A\s*\{\s*"` + TrailerKey + `"\s*:\s*\{`)

// document reads one object with all fields.
func document(data []byte) (*format.Document, error) {
	a, l, err := Read(data)
	if err != nil {
		return nil, err
	}
	d := &format.Document{Article: a, Layer: l, Own: true}
	var j archiveJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return nil, records.AtLine(err, data)
	}
	if err := j.take(d, offsets.NewPoints(a.Text)); err != nil {
		return nil, err
	}
	return d, nil
}

// sniff reports whether head is the start of byline's JSON.
func sniff(head []byte) bool { return magic.Match(head) }

var magic = regexp.MustCompile(`\A\s*\[?\s*\{\s*"id"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*"title"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*"source"\s*:`)

// Read reads one object of byline's JSON: an article, whose blocks are its paragraphs,
// and its layer, in which claims of origin "human" are confirmed. It ignores fields that
// it does not know. All others must be right: an error names the line or the field, such
// as "entities[2].mentions[0]: …".
//
// The text is returned as it is. Callers clean it before they show or store it.
func Read(data []byte) (*articles.Article, *annotate.Layer, error) {
	var j articleJSON
	dec := json.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(&j); err != nil {
		return nil, nil, fmt.Errorf("read byline's JSON: %w", records.AtLine(err, data))
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, nil, fmt.Errorf("read byline's JSON: line %d: more follows the object", records.LineAt(data, dec.InputOffset()))
	}
	a := &articles.Article{ID: j.ID, Title: j.Title, Source: j.Source, Format: articles.Plain, Text: j.Text, Blocks: standoff.Paragraphs(j.Text)}
	j.creditsJSON.take(a)
	r := &reader{points: offsets.NewPoints(j.Text), text: j.Text, ids: map[string]bool{}}
	l, err := r.layer(&j)
	if err != nil {
		return nil, nil, fmt.Errorf("read byline's JSON: %w", err)
	}
	return a, l, nil
}

// A reader converts records to a layer.
type reader struct {
	points *offsets.Points
	text   string
	ids    map[string]bool
}

func (r *reader) layer(j *articleJSON) (*annotate.Layer, error) {
	l := &annotate.Layer{}
	for i := range j.Entities {
		e, err := r.entity(&j.Entities[i])
		if err != nil {
			return nil, fmt.Errorf("entities[%d]%w", i, err)
		}
		l.Entities = append(l.Entities, e)
	}
	for i := range j.Quotes {
		q, err := r.quote(&j.Quotes[i])
		if err != nil {
			return nil, fmt.Errorf("quotes[%d]%w", i, err)
		}
		l.Quotes = append(l.Quotes, &q)
	}
	slices.SortStableFunc(l.Quotes, func(a, b *annotate.Quote) int { return a.Compare(b.Span) })
	if err := l.Check(r.text); err != nil {
		return nil, err
	}
	return l, nil
}

func (r *reader) entity(j *entityJSON) (annotate.Entity, error) {
	e := annotate.Entity{ID: j.ID, Type: j.Type, Name: strings.Join(strings.Fields(j.Name), " ")}
	var err error
	if e.Origin, _, err = originOf(j.Origin, j.Score); err != nil {
		return e, err
	}
	switch {
	case j.ID == "" || r.ids[j.ID]:
		return e, fmt.Errorf(".id: %q is empty or used twice", j.ID)
	case j.Type == "":
		return e, errors.New(".type: it is empty")
	case len(j.Mentions) == 0:
		return e, errors.New(".mentions: there are none")
	}
	r.ids[j.ID] = true
	for i := range j.Mentions {
		m, err := r.mention(&j.Mentions[i])
		if err != nil {
			return e, fmt.Errorf(".mentions[%d]%w", i, err)
		}
		m.Type = e.Type
		e.Mentions = append(e.Mentions, m)
	}
	slices.SortStableFunc(e.Mentions, func(a, b annotate.Mention) int { return a.Compare(b.Span) })
	return e, nil
}

func (r *reader) mention(j *mentionJSON) (m annotate.Mention, err error) {
	switch m.Form = j.Form; m.Form {
	case annotate.Name, annotate.Nominal, annotate.Pronoun:
	default:
		return m, fmt.Errorf(".form: %q is none of name, nominal, pronoun", j.Form)
	}
	if m.Span, err = r.span(j.spanJSON); err != nil {
		return m, err
	}
	m.Origin, m.State, err = originOf(j.Origin, j.Score)
	return m, err
}

func (r *reader) quote(j *quoteJSON) (q annotate.Quote, err error) {
	switch q.Type = j.Type; q.Type {
	case annotate.Direct, annotate.Mixed, annotate.Indirect:
	default:
		return q, fmt.Errorf(".type: %q is none of direct, mixed, indirect", j.Type)
	}
	if q.Span, err = r.span(j.spanJSON); err != nil {
		return q, err
	}
	if err := r.speakers(&q, j); err != nil {
		return q, err
	}
	if q.SpeakerMention, err = r.optional(j.SpeakerMention); err != nil {
		return q, fmt.Errorf(".speaker_mention%w", err)
	}
	if q.Cue, err = r.optional(j.Cue); err != nil {
		return q, fmt.Errorf(".cue%w", err)
	}
	q.Origin, q.State, err = originOf(j.Origin, j.Score)
	return q, err
}

// speakers sets the speakers of q. A file may have the first alone.
func (r *reader) speakers(q *annotate.Quote, j *quoteJSON) error {
	if j.Speaker != nil {
		if q.Speaker = *j.Speaker; !r.ids[q.Speaker] {
			return fmt.Errorf(".speaker: there is no entity %q", q.Speaker)
		}
	}
	for i, id := range j.Speakers {
		switch {
		case !r.ids[id]:
			return fmt.Errorf(".speakers[%d]: there is no entity %q", i, id)
		case i == 0 && j.Speaker != nil && id != q.Speaker:
			return fmt.Errorf(".speakers[0]: it is %q, but speaker is %q", id, q.Speaker)
		case i > 0 && slices.Contains(j.Speakers[:i], id):
			return fmt.Errorf(".speakers[%d]: %q is there already", i, id)
		}
		q.AddSpeaker(id, articles.Span{})
	}
	return nil
}

func (r *reader) optional(j *spanJSON) (articles.Span, error) {
	if j == nil {
		return articles.Span{}, nil
	}
	return r.span(*j)
}

// span returns the span of j in bytes. It is an error if the text does not have the words
// of j there.
func (r *reader) span(j spanJSON) (articles.Span, error) {
	start, ok := r.points.Byte(j.Start)
	end, ok2 := r.points.Byte(j.End)
	if !ok || !ok2 || start >= end {
		return articles.Span{}, fmt.Errorf(": from %d to %d is not a span of a text of %d code points", j.Start, j.End, r.points.Len())
	}
	s := articles.Span{Start: start, End: end}
	if s.In(r.text) != j.Text {
		return s, fmt.Errorf(".text: it is %.60q, but the text has %.60q from %d to %d", j.Text, s.In(r.text), j.Start, j.End)
	}
	return s, nil
}

// originOf returns the origin and state of a claim.
func originOf(by string, given *float64) (annotate.Origin, annotate.State, error) {
	score := 0.0
	if given != nil {
		score = *given
	}
	switch {
	case by == "":
		return annotate.Origin{}, 0, errors.New(".origin is missing; write machine or human")
	case by != standoff.Machine && by != standoff.Human:
		return annotate.Origin{}, 0, fmt.Errorf(".origin: %q is neither machine nor human", by)
	case !(score >= 0 && score <= 1):
		return annotate.Origin{}, 0, fmt.Errorf(".score: %v is not from 0 to 1", score)
	case by == standoff.Human:
		return annotate.Origin{Human: true, Score: score}, annotate.Confirmed, nil
	}
	return annotate.Origin{Score: score}, annotate.Proposed, nil
}
