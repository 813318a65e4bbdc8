package agree

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"byline/annotate/agreement"
	"byline/annotate/format/report"
	"byline/annotate/format/tables"
	"byline/articles/clean"
	"byline/ui/cli/terminal"
)

// writeText writes the figures as tables for a terminal or a mail.
func writeText(w io.Writer, s *sheet) error {
	columns := 0
	if terminal.Is(w) {
		columns = terminal.Columns(w)
	}
	_, err := io.WriteString(w, s.text(columns))
	return err
}

// text returns the figures as tables of at most so many columns; of any width if 0.
func (s *sheet) text(columns int) string {
	var b strings.Builder
	line := func(indent, text string) { wrapped(&b, indent, clean.Line(text), columns) }
	line("", s.title)
	for _, text := range s.head() {
		line("", text)
	}
	for _, x := range s.sections(20) {
		b.WriteByte('\n')
		if widths, ok := x.widths(columns); ok {
			x.table(&b, widths)
		} else {
			x.stack(&b, columns)
		}
		if x.note != "" {
			line("", x.note)
		}
	}
	for i, n := range s.Notes {
		if i == 0 {
			b.WriteString("\nNotes\n")
		}
		line("  ", n)
	}
	return b.String()
}

// The cells of the first column, where titles and names may be long: at most, and at least where there is little room.
const (
	mostCells  = 40
	leastCells = 16
)

// widths returns how wide columns are in a table of at most so many; false if they do not fit.
func (x *section) widths(columns int) ([]int, bool) {
	widths := make([]int, len(x.columns))
	for i, c := range x.columns {
		widths[i] = ansi.StringWidth(c)
		for _, row := range x.rows {
			widths[i] = max(widths[i], ansi.StringWidth(row[i]))
		}
	}
	widths[0] = min(mostCells, max(widths[0], ansi.StringWidth(x.title)))
	all := 2 * (len(widths) - 1)
	for _, n := range widths {
		all += n
	}
	if columns == 0 || all <= columns {
		return widths, true
	}
	least := min(widths[0], max(leastCells, ansi.StringWidth(x.title)))
	widths[0] = max(least, widths[0]-(all-columns))
	all = 2 * (len(widths) - 1)
	for _, n := range widths {
		all += n
	}
	return widths, all <= columns
}

// table writes a section as a table.
func (x *section) table(b *strings.Builder, widths []int) {
	line := func(cells []string) {
		var out strings.Builder
		for i, c := range cells {
			c = ansi.Truncate(c, widths[i], "…")
			pad := strings.Repeat(" ", widths[i]-ansi.StringWidth(c))
			switch {
			case i == 0:
				out.WriteString(c + pad)
			case x.words && i == len(cells)-1:
				out.WriteString("  " + c)
			default:
				out.WriteString("  " + pad + c)
			}
		}
		b.WriteString(strings.TrimRight(out.String(), " ") + "\n")
	}
	line(append([]string{x.title}, x.columns[1:]...))
	for _, row := range x.rows {
		line(row)
	}
}

// stack writes a section whose table does not fit: each row as a line, and below it what its columns say.
func (x *section) stack(b *strings.Builder, columns int) {
	b.WriteString(ansi.Truncate(x.title, columns, "…") + "\n")
	for _, row := range x.rows {
		b.WriteString("  " + ansi.Truncate(row[0], max(1, columns-2), "…") + "\n")
		line := ""
		for i, c := range row[1:] {
			cell := x.columns[i+1] + " " + c
			switch {
			case c == "":
			case line == "":
				line = cell
			case 4+ansi.StringWidth(line)+3+ansi.StringWidth(cell) <= columns:
				line += " · " + cell
			default:
				wrapped(b, "    ", line, columns)
				line = cell
			}
		}
		wrapped(b, "    ", line, columns)
	}
}

// wrapped writes text in lines of at most so many columns, any if 0, each of them indented.
func wrapped(b *strings.Builder, indent, text string, columns int) {
	if columns > 0 {
		text = ansi.Wrap(text, max(1, columns-len(indent)), "")
	}
	b.WriteString(indent + strings.ReplaceAll(text, "\n", "\n"+indent) + "\n")
}

// writeMarkdown writes the figures as tables of Markdown.
func writeMarkdown(w io.Writer, s *sheet) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", markdown(s.title))
	for _, line := range s.head() {
		b.WriteString(markdown(line) + "\n")
	}
	for _, x := range s.sections(0) {
		x.markdown(&b)
	}
	for i, n := range s.Notes {
		if i == 0 {
			b.WriteString("\n## Notes\n\n")
		}
		b.WriteString("- " + markdown(n) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// cell returns what is in a cell of a table as Markdown reads it. There a number is no item of a list.
func cell(text string) string {
	if strings.Trim(strings.ReplaceAll(text, " to ", ""), "0123456789.") == "" {
		return text
	}
	return markdown(text)
}

// markdown returns text as Markdown reads it.
func markdown(text string) string { return report.MarkdownLine(clean.Line(text)) }

func (x *section) markdown(b *strings.Builder) {
	row := func(cells []string) {
		for _, c := range cells {
			b.WriteString("| " + cell(c) + " ")
		}
		b.WriteString("|\n")
	}
	fmt.Fprintf(b, "\n## %s\n\n", x.title)
	row(x.columns)
	b.WriteString("|:---" + strings.Repeat("|---:", len(x.columns)-2))
	if x.words {
		b.WriteString("|:---|\n")
	} else {
		b.WriteString("|---:|\n")
	}
	for _, cells := range x.rows {
		row(cells)
	}
	if x.note != "" {
		b.WriteString("\n" + markdown(x.note) + "\n")
	}
}

// writeCSV writes one row a figure: of all annotators, of pairs, of one; then of each article.
func writeCSV(w io.Writer, s *sheet) error {
	t := tables.New(w, ',')
	t.Row("measure", "about", "type", "a", "b", "article", "title", "value", "from", "to", "n", "of_a", "of_b")
	row := func(f *agreement.Figure, id, title string) {
		t.Row(f.Measure, f.About, f.Type, f.A, f.B, id, title, digits(f.Value), digits(f.From), digits(f.To),
			fmt.Sprint(f.N), f.OfA.String(), f.OfB.String())
	}
	for i := range s.Figures {
		row(&s.Figures[i], "", "")
	}
	for _, a := range s.ByArticle {
		for i := range a.Figures {
			row(&a.Figures[i], a.ID, a.Title)
		}
	}
	return t.Close()
}

// digits returns a value with six digits, "n/a" for none.
func digits(n agreement.Number) string {
	if !n.Defined() {
		return "n/a"
	}
	data, _ := n.MarshalJSON() // fails for no number
	return string(data)
}

// A jsonReport is a report with its title.
type jsonReport struct {
	Title string `json:"title"`
	*agreement.Report
}

func writeJSON(w io.Writer, s *sheet) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(jsonReport{s.title, s.Report})
}
