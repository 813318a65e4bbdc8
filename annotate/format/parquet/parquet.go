// Package parquet writes Apache Parquet: a table with a row for each mention, and beside it one with a row for each
// quote, for DuckDB, Polars, pandas, Spark and what else reads columns. Nothing is read back.
//
// Rows repeat what an article can be cited by, so that each table can be asked alone: repeated words take next to
// no room in columns. Offsets are half-open ranges of the article's text in Unicode code points. Mentions and
// quotes that somebody rejected are left out.
package parquet

import (
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

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

// citation are the columns of both tables that tell the article; what is not known is null. Times are those of the publication's own clock.
type citation struct {
	Article   string   `parquet:"article,dict"` // its ID
	Title     string   `parquet:"title,dict"`
	URL       *string  `parquet:"url,optional,dict"`
	Authors   []string `parquet:"authors,list"`
	Site      *string  `parquet:"site,optional,dict"`
	Published *string  `parquet:"published,optional,dict"` // 2026-11-02, or with a time 2026-11-02T10:15:00
	Updated   *string  `parquet:"updated,optional,dict"`
	Language  *string  `parquet:"language,optional,dict"`
}

// span are the columns of a stretch of text.
type span struct {
	Start int32  `parquet:"start"`
	End   int32  `parquet:"end"`
	Text  string `parquet:"text"`
}

// judgement are the columns that say who decided, and how sure the machine is: 1 for a person.
type judgement struct {
	Origin string   `parquet:"origin,dict"`
	Score  float64  `parquet:"score"`
	Notes  []string `parquet:"notes,list"`
	Tags   []string `parquet:"tags,list"`
}

// A mentionRow is one mention.
type mentionRow struct {
	citation
	span
	Type   string `parquet:"type,dict"`
	Form   string `parquet:"form,dict"`
	Entity string `parquet:"entity,dict"` // its ID within the article
	Name   string `parquet:"name,dict"`   // of the entity
	judgement
}

// A quoteRow is one quote. What it lacks is null.
type quoteRow struct {
	citation
	span
	Type         string   `parquet:"type,dict"`
	Speaker      *string  `parquet:"speaker,optional,dict"` // the entity, the first of Speakers
	SpeakerName  *string  `parquet:"speaker_name,optional,dict"`
	Speakers     []string `parquet:"speakers,list"`
	SpeakerNames []string `parquet:"speaker_names,list"`
	SpeakerStart *int32   `parquet:"speaker_start,optional"`
	SpeakerEnd   *int32   `parquet:"speaker_end,optional"`
	Cue          *string  `parquet:"cue,optional,dict"`
	CueStart     *int32   `parquet:"cue_start,optional"`
	CueEnd       *int32   `parquet:"cue_end,optional"`
	judgement
}

// rowGroup is the most rows that wait in memory.
const rowGroup = 50_000

// A Writer writes one table. [Writer.Write] writes the rows of an article.
type Writer struct {
	write   func(*format.Document) error
	close   func() error
	noteKey func(key, value string)
}

func newWriter[Row any](to io.Writer, rows func(*document) []Row) *Writer {
	out := parquet.NewGenericWriter[Row](to, parquet.Compression(&zstd.Codec{}), parquet.MaxRowsPerRowGroup(rowGroup), parquet.CreatedBy("byline", "", ""))
	return &Writer{close: out.Close, noteKey: out.SetKeyValueMetadata, write: func(d *format.Document) error {
		_, err := out.Write(rows(newDocument(d)))
		return err
	}}
}

// NewMentions returns a writer of the table of mentions.
func NewMentions(to io.Writer) *Writer { return newWriter(to, (*document).mentions) }

// NewQuotes returns a writer of the table of quotes.
func NewQuotes(to io.Writer) *Writer { return newWriter(to, (*document).quotes) }

// Write writes the rows of an article.
func (w *Writer) Write(d *format.Document) error { return w.write(d) }

// Close writes what is buffered and the end of the table.
func (w *Writer) Close() error { return w.close() }

// Note writes a value under a key of the table's metadata, where [Noted] finds it.
func (w *Writer) Note(key, value string) { w.noteKey(key, value) }

// Noted returns the value of a key of a table's metadata. It is an error if r, of size bytes, is no whole table or
// has no such key.
func Noted(r io.ReaderAt, size int64, key string) (string, error) {
	f, err := parquet.OpenFile(r, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return "", err
	}
	value, ok := f.Lookup(key)
	if !ok {
		return "", fmt.Errorf("the table has no %q", key)
	}
	return value, nil
}

// A document makes rows of an article.
type document struct {
	*format.Document
	citation
	points  *offsets.Points
	remarks standoff.Remarks
}

func newDocument(d *format.Document) *document {
	return &document{d, citation{Article: d.ID, Title: d.Title, URL: known(d.Address()), Authors: d.Bylines(), Site: known(d.Site),
		Published: known(standoff.Moment(d.Date)), Updated: known(standoff.Moment(d.Updated)), Language: known(d.Language)}, offsets.NewPoints(d.Text), standoff.RemarksOf(d.Layer)}
}

// known returns s, nil if it is empty.
func known(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func (d *document) mentions() []mentionRow {
	var out []mentionRow
	for e, m := range d.Layer.Mentions() {
		if m.State != annotate.Rejected {
			out = append(out, mentionRow{d.citation, d.span(m.Span), string(e.Type), string(m.Form), e.ID, e.Name, d.judgement(m.State, m.Origin, annotate.OfMention, m.Span)})
		}
	}
	return out
}

func (d *document) quotes() []quoteRow {
	var out []quoteRow
	for i := range d.Layer.Quotes {
		q := &d.Layer.Quotes[i]
		if q.State == annotate.Rejected {
			continue
		}
		row := quoteRow{citation: d.citation, span: d.span(q.Span), Type: string(q.Type), judgement: d.judgement(q.State, q.Origin, annotate.OfQuote, q.Span)}
		for _, s := range standoff.Speakers(d.Layer, q, d.Text) {
			row.Speakers, row.SpeakerNames = append(row.Speakers, s.ID), append(row.SpeakerNames, s.Name)
		}
		if len(row.Speakers) > 0 {
			row.Speaker, row.SpeakerName = &row.Speakers[0], &row.SpeakerNames[0]
		}
		row.SpeakerStart, row.SpeakerEnd, _ = d.optional(q.SpeakerMention)
		row.CueStart, row.CueEnd, row.Cue = d.optional(q.Cue)
		out = append(out, row)
	}
	return out
}

func (d *document) span(s articles.Span) span {
	return span{int32(d.points.Of(s.Start)), int32(d.points.Of(s.End)), s.In(d.Text)}
}

// optional returns the ends and words of a stretch, nil if it is empty.
func (d *document) optional(s articles.Span) (start, end *int32, text *string) {
	if s.Empty() {
		return nil, nil, nil
	}
	at := d.span(s)
	return &at.Start, &at.End, &at.Text
}

func (d *document) judgement(s annotate.State, o annotate.Origin, k annotate.Kind, at articles.Span) judgement {
	by := standoff.By(s, o)
	j := judgement{}
	j.Origin, j.Score = by.Who()
	for _, r := range d.remarks.Take(k, at) {
		if r.Tag {
			j.Tags = append(j.Tags, r.Text)
		} else {
			j.Notes = append(j.Notes, r.Text)
		}
	}
	return j
}
