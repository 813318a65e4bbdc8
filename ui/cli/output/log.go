package output

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/articles/clean"
)

// A row is one line of a table of decisions.
type row struct {
	cells []string
	note  string // kept whole when the last cell is cut: " (undone)"
}

// LogTable writes one line per step, none wider than width cells, with times as they are in a zone.
func LogTable(w io.Writer, doc *workspace.Document, width int, zone *time.Location) error {
	entries := review.Entries(doc.Text, doc.Log)
	if len(entries) == 0 {
		_, err := fmt.Fprintln(w, "No decisions on this article.")
		return err
	}
	steps := map[string][]annotate.Decision{}
	for i := range entries {
		e := &entries[i]
		steps[stepOf(e)] = append(steps[stepOf(e)], e.Decision)
	}
	rows := []row{{cells: []string{Timed("WHEN", zone), "WHO", "WHAT"}}}
	for i := range entries {
		e := &entries[i]
		ds, first := steps[stepOf(e)]
		if delete(steps, stepOf(e)); !first {
			continue
		}
		r := row{cells: []string{clock(e.At, time.DateTime, zone), e.Who, doc.Result.Say(ds)}}
		if e.Undone {
			r.note = " (undone)"
		}
		rows = append(rows, r)
	}
	return writeRows(w, rows, width)
}

func stepOf(e *review.Entry) string { return cmp.Or(e.Step, e.ID) }

// Timed returns the name of a column of times, with their zone unless that is the one of this computer: "WHEN (UTC)".
func Timed(name string, zone *time.Location) string {
	if zone == time.Local {
		return name
	}
	return name + " (" + zone.String() + ")"
}

// clock formats a time as it is in a zone; empty for the zero time.
func clock(t time.Time, layout string, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).Format(layout)
}

// writeRows writes rows in columns as wide as their contents, but at most a quarter of width; the
// last column takes what is left. All text passes clean.
func writeRows(w io.Writer, rows []row, width int) error {
	last := len(rows[0].cells) - 1
	widths := make([]int, last)
	for _, r := range rows {
		for i := range r.cells {
			r.cells[i] = clean.Line(r.cells[i])
		}
		for i := range widths {
			widths[i] = max(widths[i], ansi.StringWidth(r.cells[i]))
		}
	}
	left := width
	for i := range widths {
		widths[i] = min(widths[i], width/4)
		left -= widths[i] + 2
	}
	for _, r := range rows {
		var b strings.Builder
		for i, n := range widths {
			cell := ansi.Truncate(r.cells[i], n, "…")
			b.WriteString(cell + strings.Repeat(" ", n-ansi.StringWidth(cell)+2))
		}
		b.WriteString(ansi.Truncate(r.cells[last], max(12, left-len(r.note)), "…") + r.note)
		if _, err := fmt.Fprintln(w, strings.TrimRight(b.String(), " ")); err != nil {
			return err
		}
	}
	return nil
}

// Table writes rows of cells, the first being the names of the columns, none wider than width cells.
func Table(w io.Writer, cells [][]string, width int) error {
	rows := make([]row, len(cells))
	for i := range cells {
		rows[i].cells = cells[i]
	}
	return writeRows(w, rows, width)
}
