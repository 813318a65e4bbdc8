package tables

import (
	"encoding/csv"
	"io"
	"strings"
)

// A Table writes rows as RFC 4180 has them: CRLF, and fields with line ends in marks. No
// cell is one that a spreadsheet would run.
type Table struct {
	w   *csv.Writer
	row []string // reused
}

// New returns a table on w with comma between the cells.
func New(w io.Writer, comma rune) *Table {
	t := &Table{w: csv.NewWriter(w)}
	t.w.Comma, t.w.UseCRLF = comma, true
	return t
}

// Row writes a row; an error is Close's.
func (t *Table) Row(cells ...string) {
	t.row = t.row[:0]
	for _, c := range cells {
		t.row = append(t.row, harmless(c))
	}
	_ = t.w.Write(t.row)
}

// Close writes out what is held back, and returns the first error. Rows may follow.
func (t *Table) Close() error {
	t.w.Flush()
	return t.w.Error()
}

// harmless returns s with an apostrophe before a sign that begins a formula, as OWASP
// advises against CSV injection.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
