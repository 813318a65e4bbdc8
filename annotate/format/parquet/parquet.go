// Package parquet writes Apache Parquet: a table with a row for each mention, and beside it one with a row for each
// quote, for DuckDB, Polars, pandas, Spark and what else reads columns. Nothing is read back.
//
// Rows repeat what an article can be cited by, so that each table can be asked alone: repeated words take next to
// no room in columns. Offsets are half-open ranges of the article's text in Unicode code points. Mentions and
// quotes that somebody rejected are left out.
package parquet

import (
	"io"
	"slices"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// Format is the table of mentions, and beside it that of quotes.
var Format = format.Format{Name: "parquet", Extension: ".parquet",
	Binary:    true,
	About:     "Apache Parquet, for DuckDB, Polars and Spark: a table of mentions and one of quotes",
	Beside:    []format.Companion{{Extension: QuotesExtension, NewWriter: func(w io.Writer, _ []byte) format.Writer { return NewQuotes(w) }}},
	NewWriter: func(w io.Writer, _ format.Options) format.Writer { return NewMentions(w) }}

// QuotesExtension is that of the table of quotes.
const QuotesExtension = ".quotes.parquet"

// Columns of both tables: those that tell the article, where what is not known is null and times are those of the publication's own
// clock; those of a stretch of text; and those that say who decided, and how sure the machine is: 1 for a person, null where it does not say.
var (
	citation = []column{
		{name: "article", dict: true}, // its ID
		{name: "title", dict: true},
		{name: "url", shape: maybe, dict: true},
		{name: "authors", shape: list},
		{name: "site", shape: maybe, dict: true},
		{name: "published", shape: maybe, dict: true}, // 2026-11-02, or with a time 2026-11-02T10:15:00
		{name: "updated", shape: maybe, dict: true},
		{name: "language", shape: maybe, dict: true},
	}
	stretch   = []column{{name: "start", kind: number}, {name: "end", kind: number}, {name: "text"}}
	judgement = []column{{name: "origin", dict: true}, {name: "score", kind: fraction, shape: maybe}, {name: "notes", shape: list}, {name: "tags", shape: list}}
)

// mentionColumns are those of a mention, before the judgement.
var mentionColumns = []column{
	{name: "type", dict: true},
	{name: "form", dict: true},
	{name: "entity", dict: true}, // its ID within the article
	{name: "name", dict: true},   // of the entity
}

// quoteColumns are those of a quote, before the judgement. What it lacks is null.
var quoteColumns = []column{
	{name: "type", dict: true},
	{name: "speaker", shape: maybe, dict: true}, // the entity, the first of speakers
	{name: "speaker_name", shape: maybe, dict: true},
	{name: "speakers", shape: list},
	{name: "speaker_names", shape: list},
	{name: "speaker_start", kind: number, shape: maybe},
	{name: "speaker_end", kind: number, shape: maybe},
	{name: "cue", shape: maybe, dict: true},
	{name: "cue_start", kind: number, shape: maybe},
	{name: "cue_end", kind: number, shape: maybe},
}

// rowGroup is the most rows that wait in memory.
const rowGroup = 50_000

// A Writer writes one table. [Writer.Write] writes the rows of an article.
type Writer struct {
	table *table
	rows  func(*document, *table) error
}

// NewMentions returns a writer of the table of mentions.
func NewMentions(to io.Writer) *Writer {
	return &Writer{newTable(to, slices.Concat(citation, stretch, mentionColumns, judgement)), (*document).mentions}
}

// NewQuotes returns a writer of the table of quotes.
func NewQuotes(to io.Writer) *Writer {
	return &Writer{newTable(to, slices.Concat(citation, stretch, quoteColumns, judgement)), (*document).quotes}
}

// Write writes the rows of an article.
func (w *Writer) Write(d *format.Document) error {
	return w.rows(&document{d, offsets.NewPoints(d.Text), standoff.RemarksOf(d.Layer)}, w.table)
}

// Close writes what is buffered and the end of the table.
func (w *Writer) Close() error { return w.table.close() }

// Note writes a value under a key of the table's metadata, where [Noted] finds it.
func (w *Writer) Note(key, value string) {
	w.table.notes = append(w.table.notes, [2]string{key, value})
}

// Noted returns the value of a key of a table's metadata. It is an error if r, of size bytes, is no whole table or
// has no such key.
func Noted(r io.ReaderAt, size int64, key string) (string, error) {
	footer, err := readFooter(r, size)
	if err != nil {
		return "", err
	}
	return noted(footer, key)
}

// A document makes rows of an article.
type document struct {
	*format.Document
	points  *offsets.Points
	remarks standoff.Remarks
}

func (d *document) mentions(t *table) error {
	for e, m := range d.Layer.Mentions() {
		if m.State == annotate.Rejected {
			continue
		}
		d.cite(t)
		d.stretch(t, m.Span)
		t.text(string(e.Type))
		t.text(string(m.Form))
		t.text(e.ID)
		t.text(e.Name)
		d.judge(t, m.State, m.Origin, annotate.OfMention, m.Span)
		if err := t.end(); err != nil {
			return err
		}
	}
	return t.err
}

func (d *document) quotes(t *table) error {
	for _, q := range d.Layer.Quotes {
		if q.State == annotate.Rejected {
			continue
		}
		d.cite(t)
		d.stretch(t, q.Span)
		t.text(string(q.Type))
		var ids, names []string
		for _, s := range standoff.Speakers(d.Layer, q, d.Text) {
			ids, names = append(ids, s.ID), append(names, s.Name)
		}
		if len(ids) > 0 {
			t.text(ids[0])
			t.text(names[0])
		} else {
			t.none()
			t.none()
		}
		t.texts(ids)
		t.texts(names)
		d.ends(t, q.SpeakerMention)
		t.known(q.Cue.In(d.Text))
		d.ends(t, q.Cue)
		d.judge(t, q.State, q.Origin, annotate.OfQuote, q.Span)
		if err := t.end(); err != nil {
			return err
		}
	}
	return t.err
}

func (d *document) cite(t *table) {
	t.text(d.ID)
	t.text(d.Title)
	t.known(d.Address())
	t.texts(d.Bylines())
	t.known(d.Site)
	t.known(d.Date.String())
	t.known(d.Updated.String())
	t.known(d.Language)
}

func (d *document) stretch(t *table, s articles.Span) {
	t.number(int32(d.points.Of(s.Start)))
	t.number(int32(d.points.Of(s.End)))
	t.text(s.In(d.Text))
}

// ends adds the ends of a stretch, none if it is empty.
func (d *document) ends(t *table, s articles.Span) {
	if s.Empty() {
		t.none()
		t.none()
		return
	}
	t.number(int32(d.points.Of(s.Start)))
	t.number(int32(d.points.Of(s.End)))
}

func (d *document) judge(t *table, s annotate.State, o annotate.Origin, k annotate.Kind, at articles.Span) {
	by := standoff.By(s, o)
	origin, score := by.Who()
	t.text(origin)
	if score == nil {
		t.none()
	} else {
		t.fraction(*score)
	}
	var notes, tags []string
	for _, r := range d.remarks.Take(k, at) {
		if r.Tag {
			tags = append(tags, r.Text)
		} else {
			notes = append(notes, r.Text)
		}
	}
	t.texts(notes)
	t.texts(tags)
}
