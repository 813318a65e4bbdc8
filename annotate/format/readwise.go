package format

import (
	"io"
	"strconv"
	"strings"

	"byline/annotate"
)

// Readwise is the CSV that Readwise imports.
var formatReadwise = Format{Name: "readwise", Extension: ".readwise.csv", About: "Readwise: a row a quote; no names", NewWriter: newReadwiseWriter}

// readwiseHead are the columns that Readwise imports.
var readwiseHead = []string{"Highlight", "Title", "Author", "URL", "Note", "Location", "Date"}

// newReadwiseWriter writes a row a quote: the words, the article, and in the note the
// speaker as a tag (".marta_quill") with what was noted. Names have no place there.
func newReadwiseWriter(w io.Writer, o Options) Writer {
	out := &readwise{table: NewTable(w, ','), loss: o.Loss}
	out.table.Row(readwiseHead...)
	return out
}

type readwise struct {
	table *Table
	loss  *Loss
}

func (w *readwise) Write(d *Document) error {
	noted := remarksOf(d.Layer)
	address := addressOf(d.Article)
	if !strings.HasPrefix(address, "http") {
		address = ""
	}
	date := ""
	if !d.Date.IsZero() {
		date = d.Date.Format("2006-01-02")
	}
	n := 0
	for i := range d.Layer.Quotes {
		q := &d.Layer.Quotes[i]
		if q.State == annotate.Rejected {
			continue
		}
		n++
		var note []string
		if e := speaker(d.Layer, q); e != nil {
			note = append(note, "."+tagOf(e.Name))
		}
		for _, r := range noted[place{annotate.OfQuote, q.Span}] {
			note = append(note, r.Text)
		}
		w.table.Row(strings.Join(strings.Fields(q.In(d.Text)), " "), d.Title, d.Author, address, strings.Join(note, " "), strconv.Itoa(n), date)
	}
	for _, e := range d.Layer.Entities {
		w.loss.Add(len(e.Mentions), "names: Readwise takes quotes only")
	}
	return w.table.Close()
}

func (w *readwise) Close() error { return w.table.Close() }

// tagOf makes one word of a name.
func tagOf(name string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(name, func(r rune) bool { return !isWordRune(r) }), "_"))
}
