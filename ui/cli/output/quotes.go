package output

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"byline/annotate"
	"byline/annotate/format/report"
	"byline/annotate/format/tables"
	"byline/annotate/library"
	"byline/articles/clean"
)

// A Quote is a quote of the library, for scripts.
type Quote struct {
	Date    string `json:"date,omitempty"`
	Speaker string `json:"speaker,omitempty"` // the first
	Text    string `json:"text"`
	Type    string `json:"type"`
	Decided bool   `json:"decided"`
	Article string `json:"article"`
	Title   string `json:"title"`
	Site    string `json:"site,omitempty"`
	Source  string `json:"source"`
	Start   int    `json:"start"` // code points
	End     int    `json:"end"`
	// All speakers; none for nobody known.
	Speakers []string `json:"speakers"`
}

// A QuoteWriter writes quotes one by one.
type QuoteWriter struct {
	Write func(*Quote) error
	Close func() error // must be called after the last
}

// Quotes begin to write quotes, by the name of the format. The quotes of an article come one after the other.
var Quotes = map[string]func(io.Writer) QuoteWriter{
	"text":  quotesText,
	"tsv":   func(w io.Writer) QuoteWriter { return quoteRows(tables.New(w, '\t')) },
	"csv":   func(w io.Writer) QuoteWriter { return quoteRows(tables.New(w, ',')) },
	"md":    quotesMarkdown,
	"json":  quotesJSON,
	"jsonl": quotesLines,
}

func quoteRows(w *tables.Table) QuoteWriter {
	w.Row("date", "speaker", "quote", "type", "decided", "article", "title", "site", "source", "start", "end")
	return QuoteWriter{func(q *Quote) error {
		w.Row(q.Date, strings.Join(q.Speakers, "; "), q.Text, q.Type, strconv.FormatBool(q.Decided), q.Article, q.Title, q.Site, q.Source, strconv.Itoa(q.Start), strconv.Itoa(q.End))
		return nil
	}, w.Close}
}

func quotesLines(w io.Writer) QuoteWriter {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return QuoteWriter{func(q *Quote) error { return enc.Encode(q) }, func() error { return nil }}
}

// quotesJSON writes a list as writeJSON does.
func quotesJSON(w io.Writer) QuoteWriter {
	var item bytes.Buffer
	enc := json.NewEncoder(&item)
	enc.SetEscapeHTML(false)
	enc.SetIndent("  ", "  ")
	before, end := "[\n  ", "[]\n"
	return QuoteWriter{func(q *Quote) error {
		item.Reset()
		item.WriteString(before)
		before, end = ",\n  ", "\n]\n"
		if err := enc.Encode(q); err != nil {
			return err
		}
		_, err := w.Write(bytes.TrimSuffix(item.Bytes(), []byte("\n")))
		return err
	}, func() error {
		_, err := io.WriteString(w, end)
		return err
	}}
}

func quotesText(w io.Writer) QuoteWriter {
	last := ""
	return QuoteWriter{func(q *Quote) error {
		if q.Article != last {
			if last != "" {
				fmt.Fprintln(w)
			}
			last = q.Article
			fmt.Fprintf(w, "%s  %s\n", library.ShortID(q.Article), strings.TrimSuffix(clean.Line(q.Title)+", "+q.Date, ", "))
		}
		_, err := fmt.Fprintf(w, "  %s: %s\n", cmp.Or(clean.Line(annotate.JoinNames(q.Speakers)), "unattributed"), clean.Line(q.Text))
		return err
	}, func() error {
		if last == "" {
			_, err := fmt.Fprintln(w, "No matching quotes.")
			return err
		}
		return nil
	}}
}

func quotesMarkdown(w io.Writer) QuoteWriter {
	last := ""
	return QuoteWriter{func(q *Quote) error {
		if q.Article != last {
			last = q.Article
			fmt.Fprintf(w, "## %s\n\n", strings.TrimSuffix(report.MarkdownLine(q.Title)+", "+q.Date, ", "))
		}
		_, err := fmt.Fprintf(w, "> %s\n>\n> — %s\n\n", report.MarkdownLine(q.Text), report.MarkdownLine(cmp.Or(annotate.JoinNames(q.Speakers), "unattributed")))
		return err
	}, func() error { return nil }}
}
