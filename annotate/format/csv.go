package format

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"byline/annotate"
	"byline/articles"
)

// csvHead names the columns of CSV. Offsets are code points of the article's text.
var csvHead = []string{
	"kind", "article", "title", "start", "end", "text", "type", "form", "entity", "name", "speaker", "speaker_name", "cue", "origin", "score", "notes",
}

// WriteCSV writes a row for each mention and each quote of a with l, below a row that
// names the columns, as RFC 4180 has it: UTF-8, CRLF, fields with line ends in marks. A
// cell that a spreadsheet would take for a formula begins with an apostrophe.
func WriteCSV(w io.Writer, a *articles.Article, l *annotate.Layer) error {
	return writeCSV(w, a, l, true)
}

// WriteCSVRows writes the rows of [WriteCSV] alone, to go on below other articles' rows.
func WriteCSVRows(w io.Writer, a *articles.Article, l *annotate.Layer) error {
	return writeCSV(w, a, l, false)
}

// CSVHead is the first row of [WriteCSV].
var CSVHead = strings.Join(csvHead, ",") + "\r\n"

func writeCSV(w io.Writer, a *articles.Article, l *annotate.Layer, head bool) error {
	out := &csvWriter{Writer: csv.NewWriter(w), a: a, l: l, points: NewPoints(a.Text)}
	out.UseCRLF = true
	if head {
		out.row(csvHead...)
	}
	for i := range l.Entities {
		e := &l.Entities[i]
		for _, m := range e.Mentions {
			if m.State != annotate.Rejected {
				out.claim("mention", annotate.OfMention, m.Span, string(e.Type), string(m.Form), e, nil, "", stands{m.State, m.Origin})
			}
		}
	}
	for i := range l.Quotes {
		q := &l.Quotes[i]
		if q.State != annotate.Rejected {
			out.claim("quote", annotate.OfQuote, q.Span, string(q.Type), "", nil, l.Entity(q.Speaker), q.Cue.In(a.Text), stands{q.State, q.Origin})
		}
	}
	out.Flush()
	return out.Error()
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
	*csv.Writer
	a      *articles.Article
	l      *annotate.Layer
	points *Points
}

// row writes cells, none of which a spreadsheet runs.
func (w *csvWriter) row(cells ...string) {
	for i := range cells {
		cells[i] = harmless(cells[i])
	}
	_ = w.Write(cells) // [csv.Writer.Error] has it
}

// harmless returns s with an apostrophe before a sign that begins a formula, as OWASP
// advises against CSV injection.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

func (w *csvWriter) claim(kind string, of annotate.Kind, s articles.Span, typ, form string, e, speaker *annotate.Entity, cue string, by stands) {
	origin, score := by.words()
	cells := []string{
		kind, w.a.ID, w.a.Title, strconv.Itoa(w.points.Of(s.Start)), strconv.Itoa(w.points.Of(s.End)), s.In(w.a.Text), typ, form,
		"", "", "", "", cue, origin, score, remarks(w.l, of, s),
	}
	if e != nil {
		cells[8], cells[9] = e.ID, e.Name
	}
	if speaker != nil {
		cells[10], cells[11] = speaker.ID, speaker.Name
	}
	w.row(cells...)
}

// remarks returns what people noted on a claim.
func remarks(l *annotate.Layer, k annotate.Kind, s articles.Span) string {
	var all []string
	for _, r := range l.Remarks {
		if r.Kind == k && r.Span == s {
			all = append(all, r.Text)
		}
	}
	return strings.Join(all, "; ")
}
