package tables

import (
	"io"
	"strconv"
	"strings"
	"unicode"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/standoff"
)

// readwiseHead are the columns that Readwise imports.
var readwiseHead = []string{"Highlight", "Title", "Author", "URL", "Note", "Location", "Date"}

// newReadwise returns a writer of a row for each quote: its words, the article, and a
// note of the speakers as tags (".marta_quill") and of notes on the quote. There is no
// place for names.
func newReadwise(w io.Writer, o format.Options) format.Writer {
	out := &readwiseWriter{table: New(w, ','), loss: o.Loss}
	out.table.Row(readwiseHead...)
	return out
}

type readwiseWriter struct {
	table *Table
	loss  *format.Loss
}

func (w *readwiseWriter) Write(d *format.Document) error {
	standoff.CountCredits(d.Article, w.loss, "url", "author", "published")
	noted := standoff.RemarksOf(d.Layer)
	address, date := d.Address(), d.Date.Day().String()
	n := 0
	for _, q := range d.Layer.Quotes {
		if q.State == annotate.Rejected {
			continue
		}
		n++
		var note []string
		for _, s := range standoff.Speakers(d.Layer, q, d.Text) {
			note = append(note, "."+tagOf(s.Name))
		}
		for _, r := range noted[standoff.Place{Kind: annotate.OfQuote, Span: q.Span}] {
			note = append(note, r.Text)
		}
		w.table.Row(strings.Join(strings.Fields(q.In(d.Text)), " "), d.Title, d.Author, address, strings.Join(note, " "), strconv.Itoa(n), date)
	}
	for _, e := range d.Layer.Entities {
		w.loss.Add(len(e.Mentions), "names: Readwise has only quotes")
	}
	return w.table.Close()
}

func (w *readwiseWriter) Close() error { return w.table.Close() }

// tagOf returns a name as one word.
func tagOf(name string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(name, func(r rune) bool { return !isWordRune(r) }), "_"))
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
