package app

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/articles/clean"
	"byline/ui"
	"byline/ui/columns"
	"byline/ui/theme"
)

// A card shows a few lines. Any key closes it and does nothing else.
type card struct {
	title string
	rows  []ui.Row
	at    scroll
	theme *theme.Theme
}

func newCard(msg ui.CardMsg, th *theme.Theme) *card {
	return &card{title: msg.Title, rows: msg.Rows, theme: th}
}

func (c *card) restyle(th *theme.Theme) { c.theme = th }

const (
	cardUp    ui.Action = "card.up"
	cardDown  ui.Action = "card.down"
	cardClose ui.Action = "card.close"
)

func (c *card) scope(m *Model) ui.Scope {
	return ui.Scope{
		Name: "card", Modal: true,
		Bindings: []ui.Binding{
			{Action: cardClose, Keys: []string{"esc", "enter", "q", "ctrl+c"}, Short: "close", Help: "Close"},
			{Action: cardDown, Keys: []string{"down", "j"}, Short: "down", Help: "Down"},
			{Action: cardUp, Keys: []string{"up", "k"}, Short: "up", Help: "Up"},
		},
		Foot:   c.foot(),
		Handle: func(a ui.Action) (tea.Cmd, bool) { c.handle(m, a); return nil, true },
		Text:   func(tea.KeyPressMsg) tea.Cmd { m.over = nil; return nil },
	}
}

// foot shows the keys that scroll while there is something to scroll to.
func (c *card) foot() []ui.Action {
	if !c.at.more() {
		return []ui.Action{cardClose}
	}
	return []ui.Action{cardDown, cardUp, cardClose}
}

func (c *card) handle(m *Model, a ui.Action) {
	switch a {
	case cardUp:
		c.at.by(-1)
	case cardDown:
		c.at.by(1)
	default:
		m.over = nil
	}
}

func (c *card) update(m *Model, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
		c.at.wheel(msg, 1)
	case tea.MouseClickMsg:
		m.over = nil
	}
	return nil
}

func (c *card) draw(l look) string {
	w := max(20, min(72, l.width-6))
	head := 0
	for _, r := range c.rows {
		head = max(head, columns.Width(r.Head, l.method))
	}
	head = min(head, w*2/5)
	var lines []string
	for _, r := range c.rows {
		lines = append(lines, c.row(r, head, w, l.method)...)
	}
	c.at.fit(len(lines), l.height-4)
	more := ""
	if c.at.more() {
		more = " ↑↓ " + c.at.place()
	}
	lines = append([]string{c.theme.Title.Render(columns.Fit(clean.Line(c.title), w-columns.Width(more, l.method), l.method)) + c.theme.Muted.Render(more), columns.Blank(w)},
		c.at.visible(lines)...)
	return framed(c.theme, lines, w, l.method)
}

// row draws a row: its head, and its text wrapped to the right of it.
func (c *card) row(r ui.Row, head, width int, m ansi.Method) []string {
	var out []string
	left := columns.Fit(clean.Line(r.Head), head, m)
	room := max(1, width-head-2)
	for part := range strings.SplitSeq(m.Wrap(clean.Line(r.Text), room, ""), "\n") {
		out = append(out, c.theme.Muted.Render(left)+"  "+columns.Fit(part, room, m))
		left = columns.Blank(head)
	}
	return out
}
