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

// A pager shows a text of many lines over the screen.
type pager struct {
	ui.PagerMsg
	lines []string // wrapped for width
	width int      // that lines are wrapped for; 0 for not yet
	at    scroll
	theme *theme.Theme
}

// tabWidth is how far apart the tab stops of a text are.
const tabWidth = 8

// newPager returns a pager for msg, whose text may hold anything: nothing of it reaches the terminal but
// what can be printed.
func newPager(msg ui.PagerMsg, th *theme.Theme) *pager {
	lines := strings.Split(ansi.Strip(msg.Text), "\n")
	for i, l := range lines {
		if n := strings.LastIndexByte(strings.TrimRight(l, "\r"), '\r'); n >= 0 {
			l = l[n+1:] // what a progress bar was overwritten with
		}
		lines[i] = clean.Line(untab(strings.TrimRight(l, "\r")))
	}
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	msg.Title = ansi.Strip(msg.Title)
	msg.Text = strings.Join(lines, "\n")
	return &pager{PagerMsg: msg, theme: th}
}

// untab replaces the tabs of a line by blanks up to the next stop.
func untab(line string) string {
	var b strings.Builder
	for i, part := range strings.Split(line, "\t") {
		if i > 0 {
			b.WriteString(strings.Repeat(" ", tabWidth-ansi.StringWidth(b.String())%tabWidth))
		}
		b.WriteString(part)
	}
	return b.String()
}

func (p *pager) restyle(th *theme.Theme) { p.theme = th }

const (
	pagerClose ui.Action = "pager.close"
	pagerDown  ui.Action = "pager.down"
	pagerUp    ui.Action = "pager.up"
	pagerPgDn  ui.Action = "pager.page-down"
	pagerPgUp  ui.Action = "pager.page-up"
	pagerFirst ui.Action = "pager.first"
	pagerLast  ui.Action = "pager.last"
	pagerCopy  ui.Action = "pager.copy"
)

func (p *pager) scope(m *Model) ui.Scope {
	return ui.Scope{
		Name: "pager", Modal: true,
		Bindings: []ui.Binding{
			{Action: pagerClose, Keys: []string{"q", "esc", "enter", "ctrl+c"}, Short: "close", Help: "Close"},
			{Action: pagerDown, Keys: []string{"down", "j"}, Short: "down", Help: "Down a line"},
			{Action: pagerUp, Keys: []string{"up", "k"}, Help: "Up a line"},
			{Action: pagerPgDn, Keys: []string{"space", "pgdown", "ctrl+f"}, Short: "page", Help: "Down a page"},
			{Action: pagerPgUp, Keys: []string{"b", "pgup", "ctrl+b"}, Help: "Up a page"},
			{Action: pagerFirst, Keys: []string{"g", "home"}, Help: "First line"},
			{Action: pagerLast, Keys: []string{"G", "end"}, Help: "Last line"},
			{Action: pagerCopy, Keys: []string{"c"}, Short: "copy", Help: "Copy all of it"},
		},
		Handle: func(a ui.Action) (tea.Cmd, bool) { return p.handle(m, a), true },
	}
}

func (p *pager) handle(m *Model, a ui.Action) tea.Cmd {
	switch a {
	case pagerClose:
		m.over = nil
	case pagerCopy:
		return ui.Send(ui.CopyMsg{Text: p.Text, What: "the output"})
	default:
		p.at.by(map[ui.Action]int{
			pagerDown: 1, pagerUp: -1, pagerPgDn: max(1, p.at.shown-1), pagerPgUp: -max(1, p.at.shown-1),
			pagerFirst: -len(p.lines), pagerLast: len(p.lines),
		}[a])
	}
	return nil
}

func (p *pager) update(_ *Model, msg tea.Msg) tea.Cmd {
	if w, ok := msg.(tea.MouseWheelMsg); ok {
		p.at.wheel(w, 3)
	}
	return nil
}

// note returns the note beside the title, and the place in the text, which is not cut.
func (p *pager) note(w int, m ansi.Method) string {
	place := p.at.place()
	room := w - min(columns.Width(clean.Line(p.Title), m), w/2) - 2
	if place == "" {
		return columns.Cut(p.Note, room, m)
	}
	note := columns.Cut(p.Note, room-columns.Width(" · "+place, m), m)
	if note == "" {
		return place
	}
	return note + " · " + place
}

// draw fills the screen but for a margin.
func (p *pager) draw(l look) string {
	w := max(20, l.width-6)
	if p.width != w {
		p.width = w
		p.lines = strings.Split(l.method.Wrap(p.Text, w, ""), "\n")
	}
	p.at.fit(len(p.lines), l.height-4)
	note := p.note(w, l.method)
	style := p.theme.Muted
	if p.Failed {
		style = p.theme.Error
	}
	room := max(1, w-columns.Width(note, l.method)-2)
	head := p.theme.Title.Render(columns.Fit(clean.Line(p.Title), room, l.method)) + "  " + style.Render(note)
	out := []string{columns.Fit(head, w, l.method), columns.Blank(w)}
	for _, line := range p.at.visible(p.lines) {
		out = append(out, columns.Fit(line, w, l.method))
	}
	return framed(p.theme, out, w, l.method)
}
