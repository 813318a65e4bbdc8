package tables

import (
	"bufio"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Table writes rows as RFC 4180 defines them: lines end with CRLF, cells with line ends
// are quoted. Where tabs are between cells, lines end with LF, for cut and awk. A spreadsheet does not take any cell for a formula.
type Table struct {
	w     *bufio.Writer
	comma byte
	end   string // of a line
	line  []byte // reused
}

// New returns a table that writes to w, with comma between cells.
func New(w io.Writer, comma byte) *Table {
	end := "\r\n"
	if comma == '\t' {
		end = "\n"
	}
	return &Table{w: bufio.NewWriterSize(w, 1<<13), comma: comma, end: end}
}

// Row writes a row. Close returns the error if that fails.
func (t *Table) Row(cells ...string) { t.write(t.cells(t.line[:0], cells)) }

// rowWith writes a row that ends with what further returned, and a last cell.
func (t *Table) rowWith(further []byte, last string, cells []string) {
	line := append(append(t.cells(t.line[:0], cells), further...), t.comma)
	t.write(t.cell(line, last))
}

// write writes a line, and keeps its memory for the next one.
func (t *Table) write(line []byte) {
	t.line = append(line, t.end...)
	_, _ = t.w.Write(t.line) // Flush returns the error
}

// cells appends cells to a line.
func (t *Table) cells(line []byte, cells []string) []byte {
	for i, c := range cells {
		if i > 0 {
			line = append(line, t.comma)
		}
		line = t.cell(line, c)
	}
	return line
}

// further returns cells as they follow on others in a line.
func (t *Table) further(cells []string) []byte {
	var line []byte
	for _, c := range cells {
		line = t.cell(append(line, t.comma), c)
	}
	return line
}

// cell appends a cell, which is quoted where it has to be. Within quotation marks a line end is as everywhere else.
func (t *Table) cell(line []byte, s string) []byte {
	if t.isPlain(s) {
		return append(line, s...)
	}
	s = escapeFormula(s)
	if !t.needsQuotes(s) {
		return append(line, s...)
	}
	line = append(line, '"')
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			line = append(line, '"', '"')
		case '\n':
			line = append(line, t.end...)
		default:
			if s[i] != '\r' || t.end == "\n" {
				line = append(line, s[i])
			}
		}
	}
	return append(line, '"')
}

// isPlain reports whether a cell surely is written as it is.
func (t *Table) isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] <= '-' || s[i] == '=' || s[i] == '@' || s[i] == t.comma || s[i] >= utf8.RuneSelf || s[i] == '\\' {
			return false
		}
	}
	return true
}

// needsQuotes is as package csv decides.
func (t *Table) needsQuotes(s string) bool {
	if s == `\.` || strings.IndexByte(s, t.comma) >= 0 || strings.ContainsAny(s, "\"\r\n") {
		return true
	}
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsSpace(first)
}

// Close writes what is buffered and returns the first error. Rows may follow.
func (t *Table) Close() error { return t.w.Flush() }

// escapeFormula puts an apostrophe before a character that starts a formula, as OWASP
// recommends against CSV injection.
func escapeFormula(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
