package app

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"byline/articles/clean"
	"byline/ui"
	"byline/ui/columns"
	"byline/ui/theme"
)

// A wait shows that something is under way. Esc gives it up; no other key does anything.
type wait struct {
	ui.WaitMsg
	seconds int
	theme   *theme.Theme
}

type (
	// waitedMsg is the outcome of what a wait shows.
	waitedMsg struct {
		to  *wait
		msg tea.Msg
	}
	waitTickMsg struct{ to *wait }
)

// startWait shows msg and begins its work.
func (m *Model) startWait(msg ui.WaitMsg) tea.Cmd {
	w := &wait{WaitMsg: msg, theme: m.theme}
	m.over = w
	return tea.Batch(w.tick(), func() tea.Msg { return waitedMsg{w, msg.Work()} })
}

func (w *wait) tick() tea.Cmd {
	return tea.Tick(time.Second, func(time.Time) tea.Msg { return waitTickMsg{w} })
}

// takeWait takes a message for a wait or a pager, and reports whether it is one. An outcome that nobody waits for
// any more is dropped.
func (m *Model) takeWait(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case ui.WaitMsg:
		return m.startWait(msg), true
	case ui.PagerMsg:
		m.over = newPager(msg, m.theme)
		return nil, true
	case waitedMsg:
		if m.over != overlay(msg.to) {
			return nil, true
		}
		m.over = nil
		return ui.Send(msg.msg), true
	case waitTickMsg:
		if m.over != overlay(msg.to) {
			return nil, true
		}
		msg.to.seconds++
		return msg.to.tick(), true
	}
	return nil, false
}

const waitStop ui.Action = "wait.stop"

func (w *wait) scope(m *Model) ui.Scope {
	return ui.Scope{
		Name: "wait", Modal: true,
		Bindings: []ui.Binding{{Action: waitStop, Keys: []string{"esc", "q", "ctrl+c"}, Short: "cancel", Help: "Cancel"}},
		Handle: func(ui.Action) (tea.Cmd, bool) {
			m.over = nil
			w.Stop()
			return ui.Tell("Cancelled"), true
		},
	}
}

func (w *wait) restyle(th *theme.Theme) { w.theme = th }

func (w *wait) update(*Model, tea.Msg) tea.Cmd { return nil }

func (w *wait) draw(l look) string {
	width := max(20, min(72, l.width-6))
	lines := []string{w.theme.Title.Render(columns.Fit(clean.Line(w.Title), width, l.method))}
	for part := range strings.SplitSeq(l.method.Wrap(clean.Line(w.Text), width, ""), "\n") {
		lines = append(lines, columns.Fit(part, width, l.method))
	}
	took := "esc cancels"
	if w.seconds > 0 {
		took = (time.Duration(w.seconds) * time.Second).String() + " · esc cancels"
	}
	return framed(w.theme, append(lines, w.theme.Muted.Render(columns.Fit(took, width, l.method))), width, l.method)
}
