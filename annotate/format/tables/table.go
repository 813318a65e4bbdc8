package tables

import (
	"encoding/csv"
	"io"
	"strings"
)

// A Table writes rows as RFC 4180 defines them: lines end with CRLF, cells with line ends
// are quoted. A spreadsheet does not take any cell for a formula.
type Table struct {
	w   *csv.Writer
	row []string // reused
}

// New returns a table that writes to w, with comma between cells.
func New(w io.Writer, comma rune) *Table {
	t := &Table{w: csv.NewWriter(w)}
	t.w.Comma, t.w.UseCRLF = comma, true
	return t
}

// Row writes a row. Close returns the error if that fails.
func (t *Table) Row(cells ...string) {
	t.row = t.row[:0]
	for _, c := range cells {
		t.row = append(t.row, escapeFormula(c))
	}
	_ = t.w.Write(t.row)
}

// Close writes what is buffered and returns the first error. Rows may follow.
func (t *Table) Close() error {
	t.w.Flush()
	return t.w.Error()
}

// escapeFormula puts an apostrophe before a character that starts a formula, as OWASP
// recommends against CSV injection.
func escapeFormula(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
