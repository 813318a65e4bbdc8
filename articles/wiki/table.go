package wiki

import (
	"regexp"
	"strings"

	"byline/articles"
	"byline/articles/builder"
)

// tables replaces tables by a line for each of their rows.
func tables(text string) string {
	if !strings.Contains(text, "{|") {
		return text
	}
	text = indented.ReplaceAllString("\n"+text, "\n$1")
	return nesting{open: "\n{|", shut: "\n|}", inner: rows}.replace(text)
}

// indented matches the start or end of a table on an indented line.
var indented = regexp.MustCompile(`\n[ \t:*]*(\{\||\|\})`)

var (
	// furniture matches the attributes of tables that lead through a wiki, and say nothing of the subject.
	furniture  = regexp.MustCompile(`(?i)(class|id)\s*=\s*"?[^"|\n]*(navbox|metadata|ambox|noprint|toc\b|sisterproject)`)
	attributes = regexp.MustCompile(`^[^|]*=[^|]*\|([^|]|$)`)
)

// rows returns the rows of a table, each a line with a sign before it and a sign after each cell.
func rows(in string) string {
	top, rest, _ := strings.Cut(in, "\n")
	if furniture.MatchString(top) {
		return "\n"
	}
	t := tableRows{}
	t.out.WriteString("\n\n")
	for line := range strings.SplitSeq(rest, "\n") {
		trimmed := strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(trimmed, "|+"):
			t.end()
			t.out.WriteString(picture + strings.TrimSpace(withoutAttributes(trimmed[2:])) + pictured + "\n\n")
		case strings.HasPrefix(trimmed, "|-"):
			t.end()
		case strings.HasPrefix(trimmed, "!"):
			t.cells(strings.ReplaceAll(trimmed[1:], "!!", "||"), true)
		case strings.HasPrefix(trimmed, "|"):
			t.cells(trimmed[1:], false)
		case len(t.row) > 0 && trimmed != "": // the cell goes on
			t.row[len(t.row)-1] += " " + strings.Trim(strings.ReplaceAll(trimmed, cellEnd, " "), quoteLine+bySpeaker+rowLine+headLine+cellEnd+"*#:; ")
		}
	}
	t.end()
	t.out.WriteString("\n")
	return t.out.String()
}

// tableRows are the rows of a table under construction.
type tableRows struct {
	out  strings.Builder
	row  []string
	head bool // all cells of the row are heads
}

func (t *tableRows) cells(line string, head bool) {
	t.head = head && (t.head || len(t.row) == 0)
	for cell := range strings.SplitSeq(line, "||") {
		t.row = append(t.row, strings.TrimSpace(withoutAttributes(cell)))
	}
}

func withoutAttributes(cell string) string {
	if attributes.MatchString(cell) {
		_, cell, _ = strings.Cut(cell, "|")
	}
	return cell
}

func (t *tableRows) end() {
	if strings.TrimSpace(strings.Join(t.row, "")) != "" {
		sign := rowLine
		if t.head {
			sign = headLine
		}
		t.out.WriteString(sign + strings.Join(t.row, cellEnd) + "\n")
	}
	t.row, t.head = nil, false
}

// row writes a row.
func (c *converter) row(s string) {
	first := !c.table
	c.end(articles.Block{})
	head := strings.HasPrefix(s, headLine)
	var cells []*builder.Words
	for cell := range strings.SplitSeq(s[1:], cellEnd) {
		c.words = &builder.Words{}
		c.write(cell)
		cells = append(cells, c.words)
	}
	c.words = &builder.Words{}
	c.head()
	c.table = c.out.Row(cells, articles.Block{Head: head}, first) || c.table
}

var (
	// galleries matches a gallery of pictures, with a picture and its caption on each line.
	galleries = regexp.MustCompile(`(?is)<gallery(?:\s[^<>]*)?>.*?</gallery\s*>`)
	pictures  = regexp.MustCompile(" ?" + picture + "[^" + picture + pictured + "]*" + pictured)
	// framed matches an option of a picture with which its caption is shown; options are those that are no caption.
	framed  = regexp.MustCompile(`(?i)^(thumb(nail)?|frame|framed|enframed|mini|miniatur|gerahmt|vignette|cadre|miniatura|miniaturadeimagen|marco|riquadro|incorniciato|omkaderd|commoncat|мини|миниатюра)(=.*)?$`)
	options = regexp.MustCompile(`(?i)^(|thumb(nail)?|frame(d|less)?|border|right|left|center|none|upright.*|x?\d+(x\d+)?px|(alt|link|page|lang|class|start|end|thumbtime)=.*|baseline|sub|super|top|text-top|middle|bottom|text-bottom|mini(atur)?|hochkant.*|rechts|links|zentriert|ohne|vignette|gauche|droite|centré|redresse.*|derecha|izquierda|centro|destra|sinistra|miniatura(deimagen)?|мини|миниатюра|справа|слева)$`)
	filed   = regexp.MustCompile(`(?i)^(file|image|datei|bild|fichier|archivo|imagen|immagine|bestand|ficheiro|arquivo|plik|файл|изображение):`)
)

// caption returns the caption of a picture, if it is shown.
func caption(target, args string) string {
	if !filed.MatchString(target) {
		return ""
	}
	shown, words := false, ""
	for _, arg := range split(args) {
		arg = strings.TrimSpace(arg)
		shown = shown || framed.MatchString(arg)
		if !options.MatchString(arg) {
			words = arg
		}
	}
	if !shown || words == "" {
		return ""
	}
	return picture + strings.ReplaceAll(words, "\n", " ") + pictured
}

// gallery returns the captions of a gallery.
func gallery(s string) string {
	_, s, _ = strings.Cut(s, ">")
	var out strings.Builder
	for line := range strings.SplitSeq(s[:strings.LastIndexByte(s, '<')], "\n") {
		if parts := split(strings.TrimSpace(line)); len(parts) > 1 {
			if words := strings.TrimSpace(parts[len(parts)-1]); words != "" && !options.MatchString(words) {
				out.WriteString("\n\n" + picture + words + pictured)
			}
		}
	}
	return out.String() + "\n\n"
}

// quotation returns a quotation, and who speaks it.
func quotation(name string, args []string, named map[string]string) string {
	words := first(named["text"], named["quote"], named["zitat"], named["1"])
	if words == "" && len(args) > 0 {
		words, args = args[0], args[1:]
	}
	if strings.HasPrefix(name, "cquote") && len(args) > 2 { // two widths come first
		args = args[2:]
	}
	who := first(named["author"], named["by"], named["sign"], named["speaker"], named["person"], named["character"], named["autor"], named["auteur"], named["autore"], named["2"])
	if who == "" && len(args) > 0 {
		who = args[0]
	}
	who = strings.TrimLeft(first(who, named["source"], named["quelle"]), "-–—―~ \n")
	var out strings.Builder
	out.WriteString("\n\n")
	for part := range strings.SplitSeq(words, "\n\n") {
		if part = strings.TrimSpace(strings.ReplaceAll(part, "\n", " ")); part != "" {
			out.WriteString(quoteLine + part + "\n\n")
		}
	}
	if who = strings.TrimSpace(strings.ReplaceAll(who, "\n", " ")); who != "" && words != "" {
		out.WriteString(bySpeaker + who + "\n\n")
	}
	return out.String()
}
