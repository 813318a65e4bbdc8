package output

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
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

// Quotes are the functions that write quotes, by the name of the format.
var Quotes = map[string]func(io.Writer, []Quote) error{
	"text": writeQuotesText,
	"tsv":  func(w io.Writer, qs []Quote) error { return writeQuoteRows(tables.New(w, '\t'), qs) },
	"csv":  func(w io.Writer, qs []Quote) error { return writeQuoteRows(tables.New(w, ','), qs) },
	"md":   writeQuotesMarkdown,
	"json": func(w io.Writer, qs []Quote) error { return writeJSON(w, qs) },
	"jsonl": func(w io.Writer, qs []Quote) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		for i := range qs {
			if err := enc.Encode(&qs[i]); err != nil {
				return err
			}
		}
		return nil
	},
}

func writeQuoteRows(w *tables.Table, qs []Quote) error {
	w.Row("date", "speaker", "quote", "type", "decided", "article", "title", "site", "source", "start", "end")
	for _, q := range qs {
		w.Row(q.Date, strings.Join(q.Speakers, "; "), q.Text, q.Type, fmt.Sprint(q.Decided), q.Article, q.Title, q.Site, q.Source, fmt.Sprint(q.Start), fmt.Sprint(q.End))
	}
	return w.Close()
}

func writeQuotesText(w io.Writer, qs []Quote) error {
	if len(qs) == 0 {
		_, err := fmt.Fprintln(w, "No matching quotes.")
		return err
	}
	last := ""
	for _, q := range qs {
		if q.Article != last {
			if last != "" {
				fmt.Fprintln(w)
			}
			last = q.Article
			fmt.Fprintf(w, "%s  %s\n", library.ShortID(q.Article), strings.TrimSuffix(clean.Line(q.Title)+", "+q.Date, ", "))
		}
		if _, err := fmt.Fprintf(w, "  %s: %s\n", cmp.Or(clean.Line(annotate.JoinNames(q.Speakers)), "unattributed"), clean.Line(q.Text)); err != nil {
			return err
		}
	}
	return nil
}

func writeQuotesMarkdown(w io.Writer, qs []Quote) error {
	last := ""
	for _, q := range qs {
		if q.Article != last {
			last = q.Article
			fmt.Fprintf(w, "## %s\n\n", strings.TrimSuffix(report.MarkdownLine(q.Title)+", "+q.Date, ", "))
		}
		if _, err := fmt.Fprintf(w, "> %s\n>\n> — %s\n\n", report.MarkdownLine(q.Text), report.MarkdownLine(cmp.Or(annotate.JoinNames(q.Speakers), "unattributed"))); err != nil {
			return err
		}
	}
	return nil
}
