package reader

import (
	tea "charm.land/bubbletea/v2"

	"byline/ui"
)

// handlePanel answers the panel's own actions while it has the keys.
func (s *Screen) handlePanel(a ui.Action) (tea.Cmd, bool) {
	p := &s.panel
	switch a {
	case rowDown:
		return s.row(1), true
	case rowUp:
		return s.row(-1), true
	case rowPgDown:
		return s.row(p.height - 1), true
	case rowPgUp:
		return s.row(1 - p.height), true
	case rowFirst:
		return s.row(-len(p.rows)), true
	case rowLast:
		return s.row(len(p.rows)), true
	case tabRight:
		return s.switchTab(1), true
	case tabLeft:
		return s.switchTab(-1), true
	case rowMark:
		s.mark()
		return s.goRow(), true
	case rowGo:
		return tea.Batch(s.goRow(), s.setFocus(false)), true
	case leave:
		if p.filter != "" {
			s.filterRows("")
			return nil, true
		}
		return s.setFocus(false), true
	}
	return nil, false
}

// row moves the panel's cursor; the text follows.
func (s *Screen) row(n int) tea.Cmd {
	s.panel.move(n)
	return s.goRow()
}

// setFocus gives the keys to the panel or takes them back.
func (s *Screen) setFocus(on bool) tea.Cmd {
	s.panel.focus = on
	s.relayout()
	if !on && s.session.Cursor() >= 0 {
		return s.reveal()
	}
	return nil
}

// switchTab shows the next list that has anything in it.
func (s *Screen) switchTab(dir int) tea.Cmd {
	totals := s.scene.totals
	t := s.panel.tab
	for range tabCount {
		t = (t + tab(dir) + tabCount) % tabCount
		if totals[t] > 0 || t <= quotesTab {
			break
		}
	}
	s.panel.tab, s.panel.cursor, s.panel.open = t, 0, -1
	s.panel.refresh(s.scene, s.session.Article().Text)
	s.remark()
	if s.frame.panelW == 0 {
		return ui.Tell(t.String() + "; s shows the panel")
	}
	return nil
}

func (s *Screen) filterRows(part string) tea.Cmd {
	s.panel.filter = part
	s.panel.cursor = 0
	s.panel.refresh(s.scene, s.session.Article().Text)
	return nil
}

// askFilter asks for a part of a name, and filters while it is typed.
func (s *Screen) askFilter() tea.Cmd {
	was := s.panel.filter
	return ui.Send(ui.AskMsg{
		Prompt: "filter the panel:", Initial: was,
		Change: s.filterRows, Done: s.filterRows,
		Cancel: func() tea.Cmd { return s.filterRows(was) },
	})
}
