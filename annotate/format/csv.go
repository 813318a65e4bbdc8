package format

import (
	"io"
	"strconv"
	"strings"

	"byline/annotate"
	"byline/articles"
)

// CSV is a table of mentions and quotes with commas between the cells.
var formatCSV = Format{Name: "csv", Extension: ".csv", About: "for spreadsheets: a row a mention and a row a quote",
	NewWriter: newCSVWriter, Read: readCSV, Sniff: isTable(',')}

// TSV is the same table with tabs between the cells.
var formatTSV = Format{Name: "tsv", Extension: ".tsv", About: "the same with tabs between the cells",
	NewWriter: newTSVWriter, Read: readTSV, Sniff: isTable('\t')}

// csvHead names the columns of CSV. Offsets are code points of the article's text.
var csvHead = []string{
	"kind", "article", "title", "start", "end", "text", "type", "form", "entity", "name", "speaker", "speaker_name", "cue", "origin", "score", "notes",
	"cue_start", "cue_end", "speaker_start", "speaker_end",
}

// newCSVWriter writes a row for each mention and each quote below one that names the
// columns, as RFC 4180 has it: UTF-8, CRLF, fields with line ends in marks. A cell that
// a spreadsheet would take for a formula begins with an apostrophe.
func newCSVWriter(w io.Writer, o Options) Writer { return &tableWriter{out: w, comma: ',', bom: o.BOM} }

// newTSVWriter is newCSVWriter with tabs between the cells.
func newTSVWriter(w io.Writer, o Options) Writer {
	return &tableWriter{out: w, comma: '\t', bom: o.BOM}
}

// A tableWriter writes one table of all documents.
type tableWriter struct {
	out   io.Writer
	comma rune
	bom   bool
	begun bool
}

func (t *tableWriter) Write(d *Document) error {
	w := t.rows(d)
	for i := range d.Layer.Entities {
		e := &d.Layer.Entities[i]
		for _, m := range e.Mentions {
			if m.State != annotate.Rejected {
				w.mention(e, &m)
			}
		}
	}
	for i := range d.Layer.Quotes {
		if d.Layer.Quotes[i].State != annotate.Rejected {
			w.quote(&d.Layer.Quotes[i])
		}
	}
	if w.claims == 0 { // else nobody would know that the article is there
		w.Row(append([]string{"article", d.ID, d.Title}, make([]string, len(csvHead)-3)...)...)
	}
	return w.Close()
}

// rows returns a writer of rows about d, below the head.
func (t *tableWriter) rows(d *Document) *csvWriter {
	head := !t.begun
	if head && t.bom {
		_, _ = io.WriteString(t.out, "\ufeff") // where this fails, the rows do
	}
	t.begun = true
	w := &csvWriter{Table: NewTable(t.out, t.comma), a: d.Article, l: d.Layer}
	if head {
		w.Row(csvHead...)
	}
	if d.Article != nil {
		w.points, w.remarks = NewPoints(d.Text), remarksOf(d.Layer)
	}
	return w
}

// Close writes the head where no document did.
func (t *tableWriter) Close() error {
	if t.begun {
		return nil
	}
	w := t.rows(&Document{})
	return w.Close()
}

// stands says who stands behind a claim.
type stands struct {
	annotate.State
	annotate.Origin
}

func (s stands) words() (who, score string) {
	by, n := origin(s.Origin, s.State)
	return by, strconv.FormatFloat(n, 'f', -1, 64)
}

type csvWriter struct {
	claims int // that are written
	*Table
	a       *articles.Article
	l       *annotate.Layer
	points  *Points
	remarks map[place][]annotate.Remark
}

func (w *csvWriter) mention(e *annotate.Entity, m *annotate.Mention) {
	origin, score := stands{m.State, m.Origin}.words()
	start, end := w.place(m.Span)
	w.claims++
	w.Row("mention", w.a.ID, w.a.Title, start, end, m.In(w.a.Text), string(e.Type), string(m.Form), e.ID, e.Name, "", "", "",
		origin, score, w.noted(annotate.OfMention, m.Span), "", "", "", "")
}

func (w *csvWriter) quote(q *annotate.Quote) {
	origin, score := stands{q.State, q.Origin}.words()
	start, end := w.place(q.Span)
	id, name := "", ""
	if e := speaker(w.l, q); e != nil {
		id, name = e.ID, e.Name
	}
	cueStart, cueEnd := w.place(q.Cue)
	whoStart, whoEnd := w.place(q.SpeakerMention)
	w.claims++
	w.Row("quote", w.a.ID, w.a.Title, start, end, q.In(w.a.Text), string(q.Type), "", "", "", id, name, q.Cue.In(w.a.Text),
		origin, score, w.noted(annotate.OfQuote, q.Span), cueStart, cueEnd, whoStart, whoEnd)
}

// place returns the ends of s in code points; of an empty one nothing.
func (w *csvWriter) place(s articles.Span) (start, end string) {
	if s.Empty() {
		return "", ""
	}
	return strconv.Itoa(w.points.Of(s.Start)), strconv.Itoa(w.points.Of(s.End))
}

// A place is what a remark is about.
type place struct {
	annotate.Kind
	articles.Span
}

// remarksOf returns the remarks of l by what they are about.
func remarksOf(l *annotate.Layer) map[place][]annotate.Remark {
	out := make(map[place][]annotate.Remark, len(l.Remarks))
	for _, r := range l.Remarks {
		at := place{r.Kind, r.Span}
		out[at] = append(out[at], r)
	}
	return out
}

// noted returns what was noted at a place, parted by semicolons; of several claims at
// one place the first has it.
func (w *csvWriter) noted(k annotate.Kind, s articles.Span) string {
	var all []string
	for _, r := range w.remarks[place{k, s}] {
		all = append(all, r.Text)
	}
	delete(w.remarks, place{k, s})
	return strings.Join(all, "; ")
}
