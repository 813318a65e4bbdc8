package format

import (
	"encoding/csv"
	"io"
)

// A Table writes rows as RFC 4180 has them: CRLF, and fields with line ends in marks. No
// cell is one that a spreadsheet would run.
type Table struct{ w *csv.Writer }

// NewTable returns a table on w with comma between the cells.
func NewTable(w io.Writer, comma rune) *Table {
	t := &Table{csv.NewWriter(w)}
	t.w.Comma, t.w.UseCRLF = comma, true
	return t
}

// Row writes a row; an error is Close's.
func (t *Table) Row(cells ...string) {
	for i := range cells {
		cells[i] = harmless(cells[i])
	}
	_ = t.w.Write(cells)
}

// Close writes out what is held back, and returns the first error.
func (t *Table) Close() error {
	t.w.Flush()
	return t.w.Error()
}
