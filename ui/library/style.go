package library

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/annotate/library"
	"byline/ui"
	"byline/ui/columns"
	"byline/ui/library/catalog"
	"byline/ui/theme"
)

// A part is a part of a row with its own style.
type part uint8

const (
	plain        part = iota // a title
	dim                      // secondary text
	lit                      // letters that a filter matched
	hit                      // words that a search matched
	sign                     // the status
	person                   // numbers of people, and their names
	organization             // of organizations
	quote                    // of quotes
	parts
)

// An sgr is the sequences that set and reset a style. A list draws hundreds of short words per
// frame, for which [lipgloss.Style.Render] spends too long on borders and margins.
type sgr struct{ on, off string }

func newSGR(style lipgloss.Style) sgr {
	on, off, _ := strings.Cut(style.Render("x"), "x")
	return sgr{on, off}
}

// draw returns text, a single line, in the style.
func (g sgr) draw(text string) string {
	if text == "" || g.on == "" {
		return text
	}
	return g.on + text + g.off
}

// A rowStyle holds the styles of the parts of a row.
type rowStyle [parts]sgr

func newRowStyle(styles [parts]lipgloss.Style) rowStyle {
	var w rowStyle
	for i, st := range styles {
		w[i] = newSGR(st)
	}
	return w
}

// The kinds of rows: by the status of the article, and the one under the cursor.
const (
	unread = iota
	reading
	done
	chosen
	kinds
)

// look holds the styles of rows and the way cells are counted.
type look struct {
	theme  *theme.Theme
	method ansi.Method
	keys   map[ui.Action][]string // keys that replace those of Bindings
	styles [kinds]rowStyle
}

// keyOf returns how the key of an action of the program is shown, which is usual unless the settings have another.
func (l *look) keyOf(a ui.Action, usual string) string {
	if own := l.keys[a]; len(own) > 0 {
		usual = own[0]
	}
	return ui.KeyName(usual)
}

func (l *look) restyle(th *theme.Theme) {
	l.theme = th
	color := lipgloss.NewStyle
	row := [parts]lipgloss.Style{
		plain: th.Text, dim: th.Muted, lit: th.Key.Underline(true), sign: th.Accent,
		hit:    th.Found(false).Style(),
		person: color().Foreground(th.Color.Person), organization: color().Foreground(th.Color.Organization),
		quote: color().Foreground(th.Color.Quote),
	}
	l.styles[reading] = newRowStyle(row)
	row[plain] = th.Strong
	l.styles[unread] = newRowStyle(row)
	row[plain], row[sign] = th.Muted, th.Good
	l.styles[done] = newRowStyle(row)
	for i := range row {
		row[i] = th.Chosen
	}
	row[lit] = th.Chosen.Underline(true).Bold(true)
	row[hit] = row[lit]
	l.styles[chosen] = newRowStyle(row)
}

// row returns the style of a row.
func (l *look) row(st library.Status, current bool) *rowStyle {
	switch {
	case current:
		return &l.styles[chosen]
	case st == library.Unread:
		return &l.styles[unread]
	case st == library.Done:
		return &l.styles[done]
	}
	return &l.styles[reading]
}

// drawDim draws secondary text.
func (l *look) drawDim(text string) string { return l.styles[reading][dim].draw(text) }

// drawPieces draws pieces in exactly width cells.
func (l *look) drawPieces(w *rowStyle, pieces []catalog.Piece, width int) string {
	if len(pieces) == 1 {
		return w[plain].draw(columns.Fit(pieces[0].Text, width, l.method))
	}
	out := ""
	for _, p := range pieces {
		i := plain
		if p.Found {
			i = lit
		}
		out += w[i].draw(p.Text)
	}
	out = columns.Cut(out, width, l.method)
	return out + w[plain].draw(columns.Blank(width-columns.Width(out, l.method)))
}

// wrap breaks a text into at most most lines of width cells, with an ellipsis if some are left
// over.
func (l *look) wrap(text string, width, most int) []string {
	if most <= 0 || text == "" {
		return nil
	}
	var lines []string
	for _, paragraph := range strings.Split(text, "\n") {
		lines = append(lines, strings.Split(l.method.Wrap(paragraph, width, ""), "\n")...)
	}
	if len(lines) > most {
		lines = lines[:most]
		lines[most-1] = columns.Cut(strings.TrimLeft(strings.TrimRight(lines[most-1], " ")+" …", " "), width, l.method)
	}
	return lines
}

// signs are what the help says that the signs of the list mean.
func signs(th *theme.Theme) []theme.Sign {
	const list = "In the list"
	muted := theme.Look{Fg: th.Color.Muted}
	return []theme.Sign{
		{Group: list, Shown: statusSign(library.Unread), Means: "unread", Brief: "unread"},
		{Group: list, Shown: statusSign(library.Reading), Means: "being read", Brief: "being read"},
		{Group: list, Shown: statusSign(library.Done), Look: muted, Means: "done", Brief: "done"},
	}
}

// statusSign returns a sign for a status, so that statuses differ without colour.
func statusSign(st library.Status) string {
	switch st {
	case library.Done:
		return "✓"
	case library.Reading:
		return "◐"
	}
	return "●"
}
