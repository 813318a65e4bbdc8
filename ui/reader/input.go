package reader

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/ui"
)

// panelKeys are the keys of the panel.
type panelKeys struct{ *Screen }

// handle answers the panel's own actions while it has the keys.
func (s panelKeys) handle(a ui.Action) (tea.Cmd, bool) {
	p := &s.Panel
	rows := map[ui.Action]int{
		rowDown: 1, rowUp: -1, rowPgDown: p.Height - 1, rowPgUp: 1 - p.Height, rowFirst: -len(p.Rows), rowLast: len(p.Rows),
	}
	if n, ok := rows[a]; ok {
		return s.row(n), true
	}
	switch a {
	case unfold, fold:
		if !p.Unfold(a == unfold, s.Scene, s.Words()) {
			return ui.Tell("A quote has nothing to unfold"), true
		}
		return s.movedIf(s.GoRow()), true
	case tabRight:
		return s.switchTab(1), true
	case tabLeft:
		return s.switchTab(-1), true
	case rowMark:
		s.Panel.Mark()
		return s.movedIf(s.GoRow()), true
	case rowGo:
		gone, back := s.GoRow(), s.SetFocus(false)
		return s.movedIf(gone || back), true
	case leave:
		if p.Filter != "" {
			p.Narrow("", s.Scene, s.Words())
			return nil, true
		}
		return s.movedIf(s.SetFocus(false)), true
	}
	return nil, false
}

// row moves the panel's cursor; the text follows.
func (s panelKeys) row(n int) tea.Cmd {
	s.Panel.Move(n)
	return s.movedIf(s.GoRow())
}

// switchTab shows the next list that has anything in it.
func (s *Screen) switchTab(dir int) tea.Cmd {
	s.Panel.Turn(dir, s.Scene, s.Words())
	s.Remark()
	if s.Panel.Focus {
		return s.movedIf(s.GoRow()) // so that no key is about a row that is not shown
	}
	if s.Frame.NoPanel() {
		return ui.Tell(s.Panel.Tab.String() + "; {reader.panel} shows the panel")
	}
	return nil
}

// askFilter asks for a part of a name, and filters while it is typed.
func (s panelKeys) askFilter() tea.Cmd {
	was := s.Panel.Filter
	filter := func(part string) tea.Cmd {
		s.Panel.Narrow(part, s.Scene, s.Words())
		return nil
	}
	done := func(part string) tea.Cmd {
		filter(part)
		if s.Panel.Focus {
			return s.movedIf(s.GoRow())
		}
		return nil
	}
	return ui.Send(ui.AskMsg{
		Prompt: "Filter the panel:", Initial: was,
		Change: filter, Done: done, Cancel: func() tea.Cmd { return filter(was) },
	})
}

// handleSelect answers the actions of a selection.
func (s *Screen) handleSelect(a ui.Action) (tea.Cmd, bool) {
	switch {
	case a == quoted:
		return tell(s.SelectQuote()), true
	case s.Sel.Move(a, s.session.Text(), s.Text):
		return s.ahead(), true
	}
	return nil, false
}

const leaveHints ui.Action = "hints.leave"

// hintScope takes the letters of a label.
func (s *Screen) hintScope() ui.Scope {
	return ui.Scope{
		Name: "hints", Modal: true,
		Bindings: []ui.Binding{{Action: leaveHints, Keys: []string{"esc"}, Help: "Hide the letters", Short: "leave", Group: "Labels"}},
		Handle:   func(ui.Action) (tea.Cmd, bool) { s.Hints.Drop(); return nil, true },
		Text:     s.hint,
	}
}

// hint takes one letter; the second goes to the word.
func (s *Screen) hint(k tea.KeyPressMsg) tea.Cmd {
	word, done := s.Hints.Take(strings.ToLower(k.Text))
	switch {
	case !done:
		return nil
	case word.Empty():
		return ui.Tell("No word has these letters; {reader.hints} shows them again")
	}
	return s.movedIf(s.PickWord(word))
}

// mouse brings what the mouse did to the session.
func (s *Screen) mouse(msg tea.MouseMsg) tea.Cmd {
	if s.session.Article() == nil {
		return nil
	}
	switch g := s.Display.Mouse(msg); {
	case g.Turn:
		return s.switchTab(1)
	case g.Edit.Verb != "":
		return s.decide(g.Edit)
	case g.Say != "":
		return ui.Tell(g.Say)
	case !g.Plain.Empty() && (links{s}).point(g.Plain.Start):
		return ui.Tell("Link: {reader.confirm} follows it, {reader.browse} opens it in the browser")
	default:
		return s.movedIf(g.Moved)
	}
}
