package app

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/ui"
	"byline/ui/theme"
)

// An overlay floats above the front screen and takes keys before it.
type overlay interface {
	scope(m *Model) ui.Scope
	update(m *Model, msg tea.Msg) tea.Cmd // mouse and paste
	// draw returns a box that fits into l; a bar is drawn in the
	// footer's place instead.
	draw(l look) (box string, bar bool)
	restyle(*theme.Theme)
}

// A look is how much room an overlay has, in cells, and how they are counted.
type look struct {
	width, height int
	method        ansi.Method
}

// place draws box in the middle of body, a little above, where the eye is.
func place(body, box string, width, height int) string {
	w, h := lipgloss.Width(box), lipgloss.Height(box)
	x, y := max(0, (width-w)/2), max(0, (height-h)/3)
	return lipgloss.NewCompositor(lipgloss.NewLayer(body), lipgloss.NewLayer(box).X(x).Y(y).Z(1)).Render()
}

// View implements [tea.Model].
func (m *Model) View() tea.View {
	body := m.front().View(m.width, m.height-1)
	foot := ""
	if m.over != nil {
		box, bar := m.over.draw(look{m.width, m.height - 1, m.method})
		if bar {
			foot = box
		} else {
			body = place(body, box, m.width, m.height-1)
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
