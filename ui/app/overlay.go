package app

import (
	"image"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/ui"
	"byline/ui/columns"
	"byline/ui/theme"
)

// An overlay is drawn over the front screen and gets keys before it.
type overlay interface {
	scope(m *Model) ui.Scope
	update(m *Model, msg tea.Msg) tea.Cmd // mouse and paste
	// draw returns a box that fits into l, or a bar to be drawn in place of the footer.
	draw(l look) (box string, bar bool)
	restyle(*theme.Theme)
}

// A look is the room that an overlay has, in cells, and how they are counted.
type look struct {
	width, height int
	method        ansi.Method
}

// A pointed overlay needs to know where its box was drawn, to find what is clicked.
type pointed interface{ setBox(box image.Rectangle) }

// An anchored overlay is drawn next to what it is about.
type anchored interface{ spotOf() *ui.Spot }

// place draws box into body: below or above at, else in the middle, a little higher,
// where the eye is. Both are cut as the terminal counts cells, so that what is left and
// right of the box stays in place. It returns the result and where the box is.
func place(body, box string, l look, at *ui.Spot) (string, image.Rectangle) {
	lines, over := strings.Split(body, "\n"), strings.Split(box, "\n")
	w := 0
	for _, b := range over {
		w = max(w, columns.Width(b, l.method))
	}
	x, y := corner(w, len(over), l, at)
	for i, b := range over {
		if y+i >= len(lines) {
			break
		}
		line := lines[y+i]
		right := l.method.TruncateLeft(line, x+w, "")
		gap := columns.Width(line, l.method) - x - w - columns.Width(right, l.method) // half of a wide character
		lines[y+i] = columns.Fit(l.method.Truncate(line, x, ""), x, l.method) + ansi.ResetStyle +
			columns.Fit(b, w, l.method) + ansi.ResetStyle + columns.Blank(gap) + right
	}
	return strings.Join(lines, "\n"), image.Rect(x, y, x+w, y+len(over))
}

// corner returns where the top left of a box of w × h cells goes.
func corner(w, h int, l look, at *ui.Spot) (x, y int) {
	x, y = max(0, (l.width-w)/2), max(0, (l.height-h)/3)
	switch {
	case at == nil:
		return x, y
	case at.Last+1+h <= l.height:
		y = at.Last + 1
	case at.First >= h:
		y = at.First - h
	default:
		return x, y
	}
	return max(0, min(at.X, l.width-w)), y
}

// View implements [tea.Model].
func (m *Model) View() tea.View {
	body := m.front().View(m.width, m.height-1)
	foot := ""
	if m.over != nil {
		l := look{m.width, m.height - 1, m.method}
		box, bar := m.over.draw(l)
		if bar {
			foot = box
		} else {
			var at *ui.Spot
			if a, ok := m.over.(anchored); ok {
				at = a.spotOf()
			}
			var where image.Rectangle
			body, where = place(body, box, l, at)
			if p, ok := m.over.(pointed); ok {
				p.setBox(where)
			}
		}
	}
	if foot == "" {
		foot = m.foot.view(m.scopes(), m.theme, m.width, m.method)
	}
	v := tea.NewView(m.theme.Paint(body + "\n" + foot))
	v.AltScreen = true
	v.WindowTitle = title(m.front().Title())
	if m.mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	return v
}

func title(s string) string {
	if s == "" {
		return "byline"
	}
	return strings.TrimSpace(s) + " – byline"
}
