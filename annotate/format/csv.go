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

// csvFirst is the row that names the columns.
var csvFirst = strings.Join(csvHead, ",") + "\r\n"

// writeCSV writes a row for each mention and each quote of a with l, as RFC 4180 has it:
// UTF-8, CRLF, fields with line ends in marks. A cell that a spreadsheet would take for a
// formula begins with an apostrophe.
func writeCSV(w io.Writer, a *articles.Article, l *annotate.Layer) error {
	out := &csvWriter{Writer: csv.NewWriter(w), a: a, l: l, points: NewPoints(a.Text)}
	out.UseCRLF = true
	for i := range l.Entities {
		e := &l.Entities[i]
		for _, m := range e.Mentions {
			if m.State != annotate.Rejected {
				out.mention(e, &m)
			}
		}
	}
	for i := range l.Quotes {
		if l.Quotes[i].State != annotate.Rejected {
			out.quote(&l.Quotes[i])
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

func (w *csvWriter) mention(e *annotate.Entity, m *annotate.Mention) {
	origin, score := stands{m.State, m.Origin}.words()
	start, end := w.place(m.Span)
	w.row("mention", w.a.ID, w.a.Title, start, end, m.In(w.a.Text), string(e.Type), string(m.Form), e.ID, e.Name, "", "", "",
		origin, score, remarks(w.l, annotate.OfMention, m.Span))
}

func (w *csvWriter) quote(q *annotate.Quote) {
	origin, score := stands{q.State, q.Origin}.words()
	start, end := w.place(q.Span)
	name := ""
	if e := w.l.Entity(q.Speaker); e != nil {
		name = e.Name
	}
	w.row("quote", w.a.ID, w.a.Title, start, end, q.In(w.a.Text), string(q.Type), "", "", "", q.Speaker, name, q.Cue.In(w.a.Text),
		origin, score, remarks(w.l, annotate.OfQuote, q.Span))
}

// place returns the ends of s in code points.
func (w *csvWriter) place(s articles.Span) (start, end string) {
	return strconv.Itoa(w.points.Of(s.Start)), strconv.Itoa(w.points.Of(s.End))
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
