package reader

import (
	tea "charm.land/bubbletea/v2"

	"byline/ui"
)

// panelKeys are the keys of the panel.
type panelKeys struct{ *Screen }

// handle answers the panel's own actions while it has the keys.
func (s panelKeys) handle(a ui.Action) (tea.Cmd, bool) {
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
		s.panel.mark()
		return s.movedIf(s.goRow()), true
	case rowGo:
		gone, back := s.goRow(), s.setFocus(false)
		return s.movedIf(gone || back), true
	case leave:
		if p.filter != "" {
			p.narrow("", s.scene, s.words())
			return nil, true
		}
		return s.movedIf(s.setFocus(false)), true
	}
	return nil, false
}

// row moves the panel's cursor; the text follows.
func (s panelKeys) row(n int) tea.Cmd {
	s.panel.move(n)
	return s.movedIf(s.goRow())
}

// setFocus gives the keys to the panel or takes them back. It reports whether the text
// moved.
func (s *display) setFocus(on bool) bool {
	s.panel.focus = on
	s.relayout()
	if !on && s.session.Cursor() >= 0 {
		s.reveal()
		return true
	}
	return false
}

// switchTab shows the next list that has anything in it.
func (s *Screen) switchTab(dir int) tea.Cmd {
	s.panel.turn(dir, s.scene, s.words())
	s.remark()
	if s.frame.layout().panelW == 0 {
		return ui.Tell(s.panel.tab.String() + "; s shows the panel")
	}
	return nil
}

// askFilter asks for a part of a name, and filters while it is typed.
func (s panelKeys) askFilter() tea.Cmd {
	was := s.panel.filter
	filter := func(part string) tea.Cmd {
		s.panel.narrow(part, s.scene, s.words())
		return nil
	}
	return ui.Send(ui.AskMsg{
		Prompt: "filter the panel:", Initial: was,
		Change: filter, Done: filter, Cancel: func() tea.Cmd { return filter(was) },
	})
}
