package agree

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"byline/annotate/agreement"
	"byline/annotate/format/report"
	"byline/annotate/format/tables"
	"byline/articles/clean"
)

// writeText writes the figures as tables for a terminal or a mail.
func writeText(w io.Writer, s *sheet) error {
	var b strings.Builder
	b.WriteString(clean.Line(s.title) + "\n")
	for _, line := range s.head() {
		b.WriteString(clean.Line(line) + "\n")
	}
	for _, x := range s.sections(20) {
		x.text(&b)
	}
	for i, n := range s.Notes {
		if i == 0 {
			b.WriteString("\nNotes\n")
		}
		b.WriteString("  " + clean.Line(n) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// mostCells is the most cells of the first column: titles and names may be long.
const mostCells = 40

func (x *section) text(b *strings.Builder) {
	widths := make([]int, len(x.columns))
	for i, c := range x.columns {
		widths[i] = ansi.StringWidth(c)
		for _, row := range x.rows {
			widths[i] = max(widths[i], ansi.StringWidth(row[i]))
		}
	}
	widths[0] = min(mostCells, max(widths[0], len(x.title)))
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
	b.WriteByte('\n')
	line(append([]string{x.title}, x.columns[1:]...))
	for _, row := range x.rows {
		line(row)
	}
	if x.note != "" {
		b.WriteString(x.note + "\n")
	}
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

// markdown returns text as Markdown reads it.
func markdown(text string) string { return report.MarkdownLine(clean.Line(text)) }

func (x *section) markdown(b *strings.Builder) {
	row := func(cells []string) {
		for _, c := range cells {
			b.WriteString("| " + markdown(c) + " ")
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
			fmt.Sprint(f.N), fmt.Sprint(f.OfA), fmt.Sprint(f.OfB))
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

// truncate returns text cut to at most n code points.
func truncate(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return string([]rune(text)[:n-1]) + "…"
}
