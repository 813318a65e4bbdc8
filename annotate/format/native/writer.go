package native

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// The objects of byline's JSON, with their fields in order.
type (
	articleJSON struct {
		ID       string       `json:"id"`
		Title    string       `json:"title"`
		Source   string       `json:"source"`
		Text     string       `json:"text"`
		Entities []entityJSON `json:"entities"`
		Quotes   []quoteJSON  `json:"quotes"`
		creditsJSON
	}
	entityJSON struct {
		ID       string        `json:"id"`
		Type     annotate.Type `json:"type"`
		Name     string        `json:"name"`
		Origin   string        `json:"origin"`
		Score    *float64      `json:"score"`
		Mentions []mentionJSON `json:"mentions"`
	}
	mentionJSON struct {
		spanJSON
		Form   annotate.Form `json:"form"`
		Origin string        `json:"origin"`
		Score  *float64      `json:"score"`
	}
	quoteJSON struct {
		spanJSON
		Type           annotate.QuoteType `json:"type"`
		Speaker        *string            `json:"speaker"`
		SpeakerMention *spanJSON          `json:"speaker_mention"`
		Cue            *spanJSON          `json:"cue"`
		Origin         string             `json:"origin"`
		Score          *float64           `json:"score"`
		Speakers       []string           `json:"speakers"` // all of them; Speaker is the first
	}
	spanJSON struct {
		Start int    `json:"start"`
		End   int    `json:"end"`
		Text  string `json:"text"`
	}
)

// writeJSON writes d as an object on several lines, with one for each entity and quote.
func writeJSON(w io.Writer, d *format.Document, o format.Options) error {
	return writeObject(w, d, o, "\n ")
}

// writeJSONL writes d as an object on one line.
func writeJSONL(w io.Writer, d *format.Document, o format.Options) error {
	return writeObject(w, d, o, "")
}

// newWriter returns a writer of an object for the only document, else of a list of
// objects.
func newWriter(w io.Writer, o format.Options) format.Writer {
	if o.Single {
		return format.Each(writeJSON)(w, o)
	}
	return format.Between("[\n", ",\n", "]\n", writeJSON)(w, o)
}

func writeObject(w io.Writer, d *format.Document, o format.Options, gap string) error {
	out := &writer{Writer: bufio.NewWriterSize(w, 1<<16), points: offsets.NewPoints(d.Text), text: d.Text, gap: gap}
	out.enc = json.NewEncoder(&out.value)
	out.enc.SetEscapeHTML(false)
	out.article(d.Article, d.Layer)
	if d.Log != nil {
		j, err := archive(d, out.points)
		if err != nil {
			return err
		}
		j.write(out)
	} else {
		writeRest(out, d, o.Loss)
	}
	out.WriteString("}\n")
	if out.err != nil {
		return out.err
	}
	return out.Flush()
}

// A writer writes the object of an article in parts. It keeps the first error.
type writer struct {
	*bufio.Writer
	points *offsets.Points
	text   string
	gap    string // what separates the parts
	enc    *json.Encoder
	value  bytes.Buffer
	err    error
}

// article writes the fields of the contract. It does not close the object.
func (w *writer) article(a *articles.Article, l *annotate.Layer) {
	w.WriteString("{")
	w.field("id", a.ID)
	w.WriteString(",")
	w.field("title", a.Title)
	w.WriteString(",")
	w.field("source", a.Source)
	creditsOf(a).write(w)
	w.WriteString("," + w.gap)
	w.field("text", a.Text)
	w.WriteString("," + w.gap + `"entities":[`)
	ids := map[string]bool{}
	for i := range l.Entities {
		e := w.entity(&l.Entities[i])
		if len(e.Mentions) == 0 {
			continue
		}
		w.item(len(ids) > 0, e)
		ids[e.ID] = true
	}
	w.WriteString("]," + w.gap + `"quotes":[`)
	more := false
	for _, q := range l.Quotes {
		if q.State == annotate.Rejected {
			continue
		}
		w.item(more, w.quote(q, ids))
		more = true
	}
	w.WriteString("]")
}

// writeField writes a further field of the object.
func (w *writer) writeField(name string, v any) {
	w.WriteString("," + w.gap)
	w.field(name, v)
}

func (w *writer) field(name string, v any) {
	w.WriteString(`"` + name + `":`)
	w.encode(v)
}

func (w *writer) item(more bool, v any) {
	if more {
		w.WriteByte(',')
	}
	if w.gap != "" {
		w.WriteString(w.gap + " ")
	}
	w.encode(v)
}

// encode writes v without the line feed that the encoder adds.
func (w *writer) encode(v any) {
	w.value.Reset()
	if err := w.enc.Encode(v); err != nil && w.err == nil {
		w.err = err
	}
	w.Write(bytes.TrimSuffix(w.value.Bytes(), []byte("\n")))
}

// entity returns e without mentions that were rejected.
func (w *writer) entity(e *annotate.Entity) entityJSON {
	out := entityJSON{ID: e.ID, Type: e.Type, Name: e.Name}
	human := e.Origin.Human
	for _, m := range e.Mentions {
		if m.State == annotate.Rejected {
			continue
		}
		j := mentionJSON{spanJSON: w.span(m.Span), Form: m.Form}
		j.Origin, j.Score = standoff.By(m.State, m.Origin).Who()
		human = human || j.Origin == standoff.Human
		out.Mentions = append(out.Mentions, j)
	}
	out.Origin, out.Score = standoff.By(annotate.Proposed, annotate.Origin{Human: human, Score: e.Origin.Score}).Who()
	return out
}

// quote returns q. ids are those of the entities that are written.
func (w *writer) quote(q *annotate.Quote, ids map[string]bool) quoteJSON {
	out := quoteJSON{spanJSON: w.span(q.Span), Type: q.Type, Cue: w.optional(q.Cue)}
	out.Origin, out.Score = standoff.By(q.State, q.Origin).Who()
	said := *q
	said.MapSpeakers(func(id string) string {
		if ids[id] {
			return id
		}
		return ""
	})
	if said.Speaker != "" {
		out.Speaker = &said.Speaker
	}
	out.Speakers = append([]string{}, said.Speakers()...)
	out.SpeakerMention = w.optional(said.SpeakerMention)
	return out
}

func (w *writer) span(s articles.Span) spanJSON {
	return spanJSON{w.points.Of(s.Start), w.points.Of(s.End), s.In(w.text)}
}

func (w *writer) optional(s articles.Span) *spanJSON {
	if s.Empty() {
		return nil
	}
	j := w.span(s)
	return &j
}
