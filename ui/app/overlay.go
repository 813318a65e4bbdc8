package app

import (
	"image"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/articles/clean"
	"byline/ui"
	"byline/ui/columns"
	"byline/ui/theme"
)

// An overlay is drawn over the front screen and gets keys before it.
type overlay interface {
	scope(m *Model) ui.Scope
	update(m *Model, msg tea.Msg) tea.Cmd // mouse and paste
	draw(l look) string                   // a box that fits into l; of a prompt, a line that replaces the footer
	restyle(*theme.Theme)
}

// A look is the space that an overlay may fill, in cells, and how cells are counted.
type look struct {
	width, height int
	method        ansi.Method
}

// A pointed overlay needs to know where its box was drawn, to resolve clicks.
type pointed interface{ setBox(box image.Rectangle) }

// An anchored overlay is drawn next to what it is about.
type anchored interface{ anchor() *ui.Spot }

// framed draws a box around lines of w cells. Its right side is straight also where the terminal counts the cells of a cluster otherwise than a
// library would.
func framed(th *theme.Theme, lines []string, w int, m ansi.Method) string {
	b := th.Box.GetBorderStyle()
	out := []string{th.Accent.Render(b.TopLeft + strings.Repeat(b.Top, w+2) + b.TopRight)}
	for _, l := range lines {
		out = append(out, th.Accent.Render(b.Left)+" "+columns.Fit(l, w, m)+" "+th.Accent.Render(b.Right))
	}
	return strings.Join(append(out, th.Accent.Render(b.BottomLeft+strings.Repeat(b.Bottom, w+2)+b.BottomRight)), "\n")
}

// drawOverlay draws box onto body: below or above at, or else slightly above the middle. Both are
// cut by terminal cells, so that the text left and right of the box does not move. It returns the
// result and the position of the box.
func drawOverlay(body, box string, l look, at *ui.Spot) (string, image.Rectangle) {
	lines, over := strings.Split(body, "\n"), strings.Split(box, "\n")
	w := 0
	for _, b := range over {
		w = max(w, columns.Width(b, l.method))
	}
	x, y := topLeft(w, len(over), l, at)
	for i, b := range over {
		if y+i >= len(lines) {
			break
		}
		line := lines[y+i]
		room := max(0, columns.Width(line, l.method)-x-w)
		right := l.method.TruncateLeft(line, x+w, "")
		for n := x + w + 1; columns.Width(right, l.method) > room; n++ { // a cluster that is cut has another width
			right = l.method.TruncateLeft(line, n, "")
		}
		gap := room - columns.Width(right, l.method) // half of a wide character
		lines[y+i] = columns.Fit(l.method.Truncate(line, x, ""), x, l.method) + ansi.ResetStyle +
			columns.Fit(b, w, l.method) + ansi.ResetStyle + columns.Blank(gap) + right
	}
	return strings.Join(lines, "\n"), image.Rect(x, y, x+w, y+len(over))
}

// topLeft returns where to put the top left corner of a box of w × h cells.
func topLeft(w, h int, l look, at *ui.Spot) (x, y int) {
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
func (m *Model) View() (v tea.View) {
	defer m.fault.catch(func() { m.fault.happened, v = true, tea.NewView("") })
	if m.fault.happened {
		return tea.NewView("")
	}
	rows := m.height - 1 // above the footer
	body := m.top().View(m.width, max(1, rows))
	foot := ""
	if m.over != nil {
		free := rows
		if e, ok := m.top().(ui.Explainer); ok {
			free = m.above(rows, e.Explains(rows))
		}
		body, foot = m.drawOver(body, look{m.width, max(1, free), m.method})
	}
	if foot == "" {
		foot = m.foot.view(m.scopes(), m.theme, m.width, m.method)
		if long := m.foot.long(m.scopes(), m.theme, look{m.width, rows, m.method}); len(long) > 0 {
			lines := strings.Split(body, "\n")
			body = strings.Join(append(lines[:max(0, len(lines)-len(long)+1)], long[:len(long)-1]...), "\n")
			foot = long[len(long)-1]
		}
	}
	if m.width < smallWidth || m.height < smallHeight {
		body, foot = clip(body, m.width, rows, m.method), columns.Fit(foot, m.width, m.method)
	}
	if rows > 0 {
		body += "\n"
	}
	v = tea.NewView(onlyOurs(m.theme.Paint(body + foot)))
	v.AltScreen = true
	v.WindowTitle = title(m.top().Title())
	if m.mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	return v
}

// leastAbove is how many lines a page, as the help, needs above what a screen explains: with less it lies over that.
const leastAbove = 9

// above returns how many of rows lines an overlay may fill where the last ones explain what a list is about.
func (m *Model) above(rows, explained int) int {
	if _, list := m.over.(*chooser); !list && rows-explained < leastAbove {
		return rows
	}
	return rows - explained
}

// drawOver draws the overlay onto body, or returns the bar that replaces the footer.
func (m *Model) drawOver(body string, l look) (string, string) {
	if p, ok := m.over.(*prompt); ok {
		return p.addProblem(body, l), m.drawPrompt(p, l)
	}
	box := m.over.draw(l)
	var at *ui.Spot
	if a, ok := m.over.(anchored); ok {
		at = a.anchor()
	}
	body, where := drawOverlay(body, box, l, at)
	if p, ok := m.over.(pointed); ok {
		p.setBox(where)
	}
	return body, ""
}

// drawPrompt draws a prompt, with its keys at the right while there is room beside what is typed.
func (m *Model) drawPrompt(p *prompt, l look) string {
	scopes := m.scopes()
	room := l.width - m.foot.keysBeside(scopes, l.width)
	if p.needs(l.method) > room {
		room = l.width
	}
	width := l.width
	l.width = room
	return p.draw(l) + m.foot.hintsFrom(room, scopes, m.theme, width)
}

// The size from which everything fits into the window: the least width of a box with its border, and
// the least height of one with a line in it.
const (
	smallWidth  = 32
	smallHeight = 10
)

// clip cuts body to rows lines of width cells.
func clip(body string, width, rows int, m ansi.Method) string {
	lines := strings.Split(body, "\n")
	lines = lines[:max(0, min(rows, len(lines)))]
	for i, l := range lines {
		lines[i] = columns.Fit(l, width, m)
	}
	return strings.Join(lines, "\n")
}

func title(s string) string {
	if s == "" {
		return "byline"
	}
	return strings.TrimSpace(clean.Line(s)) + " – byline"
}
