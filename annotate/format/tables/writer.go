package tables

import (
	"io"
	"strconv"
	"strings"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// columns are the names of the columns. Offsets count code points of the article's text. Several
// speakers of a quote, and several tags, are separated by semicolons.
var columns = []string{
	"kind", "article", "title", "start", "end", "text", "type", "form", "entity", "name", "speaker", "speaker_name", "cue", "origin", "score", "notes",
	"cue_start", "cue_end", "speaker_start", "speaker_end", "tags",
	"url", "authors", "site", "published", "updated", "language",
	"who",
}

// last is how many columns are the last: where the article can be cited from, and who decided.
const last = 7

// The kind of the rows of passages, and their types beside [annotate.Highlight].
const (
	kindPassage = string(annotate.OfPassage)
	typeNote    = "note"
	typeTag     = "tag"
)

// newCSV returns a writer of a table with a head and a row for each mention, each
// quote, and each note or highlight of a passage.
func newCSV(w io.Writer, o format.Options) format.Writer {
	return &writer{out: w, comma: ',', bom: o.BOM, loss: o.Loss}
}

// newTSV is newCSV with tabs between cells.
func newTSV(w io.Writer, o format.Options) format.Writer {
	return &writer{out: w, comma: '\t', bom: o.BOM, loss: o.Loss}
}

// A writer writes one table of all documents.
type writer struct {
	out   io.Writer
	comma byte
	bom   bool
	begun bool
	loss  *format.Loss
}

func (t *writer) Write(d *format.Document) error {
	w := t.rows(d)
	for e, m := range d.Layer.Mentions() {
		if m.State != annotate.Rejected {
			w.mention(e, m)
		}
	}
	for _, q := range d.Layer.Quotes {
		if q.State != annotate.Rejected {
			w.quote(q)
		}
	}
	for _, r := range d.Layer.Passages() {
		w.passage(&r)
	}
	if w.claims == 0 { // a row that shows that there is an article
		w.row("", append([]string{"article", d.ID, d.Title}, make([]string, len(columns)-3-last)...)...)
	}
	return w.Close()
}

// rows returns a writer of the rows of d, after it has written the head if d is the
// first.
func (t *writer) rows(d *format.Document) *rows {
	head := !t.begun
	if head && t.bom {
		_, _ = io.WriteString(t.out, "\ufeff") // if this fails, so do the rows
	}
	t.begun = true
	w := &rows{Table: New(t.out, t.comma), d: d, a: d.Article, l: d.Layer, loss: t.loss}
	if head {
		w.Row(columns...)
	}
	if d.Article != nil {
		w.points, w.remarks = offsets.NewPoints(d.Text), standoff.RemarksOf(d.Layer)
		w.credits, w.deciders = w.further(creditsOf(d.Article)), d.Deciders()
	}
	return w
}

// creditsOf returns the last cells but one of the rows of a: where it can be cited from.
func creditsOf(a *articles.Article) []string {
	return []string{a.Address(), strings.Join(a.Bylines(), "; "), a.Site, a.Date.String(), a.Updated.String(), a.Language}
}

// row writes a row with the credits of the article and who decided on its claim.
func (w *rows) row(who string, cells ...string) { w.rowWith(w.credits, who, cells) }

// Close writes the head if there was no document.
func (t *writer) Close() error {
	if t.begun {
		return nil
	}
	w := t.rows(&format.Document{})
	return w.Close()
}

type rows struct {
	claims int // rows of claims so far
	*Table
	d       *format.Document
	a       *articles.Article
	l       *annotate.Layer
	points  *offsets.Points
	remarks standoff.Remarks
	loss    *format.Loss
	credits []byte // the last cells but one

	deciders *format.Deciders
}

func (w *rows) mention(e *annotate.Entity, m *annotate.Mention) {
	origin, score := standoff.By(m.State, m.Origin).Words()
	start, end := w.pointRange(m.Span)
	notes, tags := w.notes(annotate.OfMention, m.Span)
	w.claims++
	w.row(standoff.DeciderOf(w.deciders, annotate.OfMention, m.Span, standoff.By(m.State, m.Origin)), "mention", w.a.ID, w.a.Title, start, end, m.In(w.a.Text), w.d.Spelled(e.Type), string(m.Form), e.ID, e.Name, "", "", "",
		origin, score, notes, "", "", "", "", tags)
}

func (w *rows) quote(q *annotate.Quote) {
	origin, score := standoff.By(q.State, q.Origin).Words()
	start, end := w.pointRange(q.Span)
	speakers := standoff.Speakers(w.l, q, w.a.Text)
	var ids, names []string
	for _, s := range speakers {
		ids, names = append(ids, s.ID), append(names, s.Name)
	}
	cueStart, cueEnd := w.pointRange(q.Cue)
	whoStart, whoEnd := w.pointRange(standoff.SpeakerPlace(q, speakers))
	notes, tags := w.notes(annotate.OfQuote, q.Span)
	w.claims++
	w.row(standoff.DeciderOf(w.deciders, annotate.OfQuote, q.Span, standoff.By(q.State, q.Origin)), "quote", w.a.ID, w.a.Title, start, end, q.In(w.a.Text), string(q.Type), "", "", "", strings.Join(ids, "; "), strings.Join(names, "; "), q.Cue.In(w.a.Text),
		origin, score, notes, cueStart, cueEnd, whoStart, whoEnd, tags)
}

// passage writes a note, highlight or tag of a passage: its type, and its words as the notes.
func (w *rows) passage(r *annotate.Remark) {
	start, end := w.pointRange(r.Span)
	typ, note := typeNote, r.Text
	switch {
	case r.Highlights():
		typ, note = annotate.Highlight, ""
	case r.Tag:
		typ = typeTag
	}
	w.claims++
	w.row(r.Who, kindPassage, w.a.ID, w.a.Title, start, end, r.In(w.a.Text), typ, "", "", "", "", "", "", standoff.Human, "1", note, "", "", "", "", "")
}

// pointRange returns the ends of s in code points, as text, empty if s is.
func (w *rows) pointRange(s articles.Span) (start, end string) {
	if s.Empty() {
		return "", ""
	}
	return strconv.Itoa(w.points.Of(s.Start)), strconv.Itoa(w.points.Of(s.End))
}

// notes returns the notes and the tags of a claim, each separated by semicolons.
func (w *rows) notes(k annotate.Kind, s articles.Span) (notes, tags string) {
	var all, tagged []string
	for _, r := range w.remarks.Take(k, s) {
		if r.Tag {
			tagged = append(tagged, r.Text)
		} else {
			all = append(all, r.Text)
		}
	}
	w.loss.Add(max(0, len(all)-1), "further notes: a row has one cell of notes, in which they follow each other")
	return strings.Join(all, "; "), strings.Join(tagged, ";")
}
