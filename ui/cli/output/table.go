package output

import (
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// A table is rows of text in columns that are as wide as what is in them.
type table struct {
	width   int // of a line, in cells
	columns []tableColumn
	rows    [][]string // a text for each column
}

type tableColumn struct {
	name    string
	right   bool // the text is at its right end
	elastic bool // it takes the width that the others leave
	most    int  // cells; 0 for no limit
	cells   int
}

// fewestElastic is the fewest cells of an elastic column.
const fewestElastic = 20

// write writes the table below the names of its columns. Columns that are empty are left out; so is
// one with a limit if the elastic one would become too narrow.
func (t *table) write(w io.Writer) error {
	t.measure()
	for i := -1; i < len(t.rows); i++ {
		var b strings.Builder
		for j := range t.columns {
			c := &t.columns[j]
			text := c.name
			if i >= 0 {
				text = t.rows[i][j]
			}
			if c.cells > 0 {
				b.WriteString(strings.Repeat(" ", t.gap(j)) + c.fit(text))
			}
		}
		if _, err := fmt.Fprintln(w, strings.TrimRight(b.String(), " ")); err != nil {
			return err
		}
	}
	return nil
}

// gap returns how many blanks come before column j: one between two columns of numbers.
func (t *table) gap(j int) int {
	for i := j - 1; i >= 0; i-- {
		if t.columns[i].cells > 0 {
			if t.columns[i].right && t.columns[j].right {
				return 1
			}
			return 2
		}
	}
	return 0
}

func (c *tableColumn) fit(text string) string {
	text = ansi.Truncate(text, c.cells, "…")
	pad := strings.Repeat(" ", max(0, c.cells-ansi.StringWidth(text)))
	if c.right {
		return pad + text
	}
	return text + pad
}

// measure sets the widths of the columns.
func (t *table) measure() {
	left, at, limited := t.width, -1, -1
	for j := range t.columns {
		c := &t.columns[j]
		for _, row := range t.rows {
			c.cells = max(c.cells, ansi.StringWidth(row[j]))
		}
		if c.cells == 0 {
			continue
		}
		c.cells = max(c.cells, len(c.name))
		if c.most > 0 {
			c.cells = min(c.cells, c.most)
			limited = j
		}
		if c.elastic {
			at, left = j, left-t.gap(j)
			continue
		}
		left -= c.cells + t.gap(j)
	}
	if at < 0 {
		return
	}
	if limited >= 0 && left < min(2*fewestElastic, t.columns[at].cells) {
		left += t.columns[limited].cells + 2
		t.columns[limited].cells = 0
	}
	t.columns[at].cells = max(fewestElastic, min(left, t.columns[at].cells))
}
