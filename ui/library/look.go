package library

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/annotate/library"
	"byline/ui"
	"byline/ui/columns"
	"byline/ui/theme"
)

// An ink is what a part of a row is drawn in.
type ink uint8

const (
	plain        ink = iota // a title
	dim                     // what is there when needed
	lit                     // letters that a filter found
	hit                     // words that a search found
	sign                    // the status
	person                  // numbers of people, and their names
	organization            // of organizations
	quote                   // of quotes
	inks
)

// A brush puts a style on and takes it off. A list draws hundreds of short words a
// frame, for which [lipgloss.Style.Render] thinks too long about borders and margins.
type brush struct{ on, off string }

func newBrush(style lipgloss.Style) brush {
	on, off, _ := strings.Cut(style.Render("x"), "x")
	return brush{on, off}
}

// draw returns text, which is on one line, in the brush's style.
func (b brush) draw(text string) string {
	if text == "" || b.on == "" {
		return text
	}
	return b.on + text + b.off
}

// A well is the brushes of one kind of rows.
type well [inks]brush

func newWell(styles [inks]lipgloss.Style) well {
	var w well
	for i, st := range styles {
		w[i] = newBrush(st)
	}
	return w
}

// look is how the rows are drawn.
type look struct {
	theme  *theme.Theme
	method ansi.Method
	keys   map[ui.Action][]string // other than those of Bindings
	unread well
	begun  well
	done   well
	chosen well
}

func (l *look) restyle(th *theme.Theme) {
	l.theme = th
	color := lipgloss.NewStyle
	row := [inks]lipgloss.Style{
		plain: th.Text, dim: th.Muted, lit: th.Key.Underline(true), sign: th.Accent,
		hit:    color().Background(th.Color.Match).Foreground(th.Color.OnMatch),
		person: color().Foreground(th.Color.Person), organization: color().Foreground(th.Color.Organization),
		quote: color().Foreground(th.Color.Quote),
	}
	l.begun = newWell(row)
	row[plain] = th.Strong
	l.unread = newWell(row)
	row[plain], row[sign] = th.Muted, th.Good
	l.done = newWell(row)
	for i := range row {
		row[i] = th.Chosen
	}
	row[lit] = th.Chosen.Underline(true).Bold(true)
	l.chosen = newWell(row)
}

// well returns the inks of a row.
func (l *look) well(st library.Status, chosen bool) *well {
	switch {
	case chosen:
		return &l.chosen
	case st == library.Unread:
		return &l.unread
	case st == library.Done:
		return &l.done
	}
	return &l.begun
}

// fit draws pieces in exactly width cells.
func (l *look) fit(w *well, pieces []piece, width int) string {
	if len(pieces) == 1 {
		return w[plain].draw(columns.Fit(pieces[0].text, width, l.method))
	}
	out := ""
	for _, p := range pieces {
		i := plain
		if p.lit {
			i = lit
		}
		out += w[i].draw(p.text)
	}
	out = columns.Cut(out, width, l.method)
	return out + w[plain].draw(columns.Blank(width-columns.Width(out, l.method)))
}

// statusSign tells the statuses apart without colour.
func statusSign(st library.Status) string {
	switch st {
	case library.Done:
		return "✓"
	case library.Reading:
		return "◐"
	}
	return "●"
}
