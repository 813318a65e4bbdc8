package library

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"byline/articles/clean"
	"byline/ui"
	"byline/ui/theme"
)

// Actions of the field that filter and search are typed into.
const (
	keep         ui.Action = "typing.keep"
	leave        ui.Action = "typing.leave"
	typeDown     ui.Action = "typing.down"
	typeUp       ui.Action = "typing.up"
	typePageDown ui.Action = "typing.page-down"
	typePageUp   ui.Action = "typing.page-up"
	complete     ui.Action = "typing.complete"
	saveQuery    ui.Action = "typing.save"
)

// typing is a field in the header; the list below changes with every key. A nil
// typing is none.
type typing struct {
	label  string
	field  textinput.Model
	change func(text string) tea.Cmd
	cancel func() tea.Cmd
	offers *offers // of a query; nil where there are none
}

func (s *Screen) begin(t typing, initial string) {
	t.field = textinput.New()
	t.field.Prompt = ""
	t.field.SetVirtualCursor(true)
	t.field.SetValue(initial)
	t.field.CursorEnd()
	t.field.Focus()
	s.typing = &t
	s.typing.restyle(s.look.theme)
}

// restyle gives the field the colours of th; its cursor does not blink, so that an
// idle program draws nothing.
func (t *typing) restyle(th *theme.Theme) {
	if t == nil {
		return
	}
	st := textinput.DefaultStyles(th.Dark)
	st.Focused.Text = lipgloss.NewStyle()
	st.Cursor.Blink = false
	t.field.SetStyles(st)
}

// scope takes every key while one types.
func (s *Screen) typingScope() ui.Scope {
	own := ui.Scope{
		Name: "typing", Modal: true,
		Bindings: []ui.Binding{
			{Action: keep, Keys: []string{"enter"}, Help: "back to the list of what was found", Short: "done", Group: "Filter and search"},
			{Action: leave, Keys: []string{"esc", "ctrl+c"}, Help: "leave it as it was before", Short: "cancel", Group: "Filter and search"},
			{Action: typeDown, Keys: []string{"down", "ctrl+n"}, Help: "next article", Short: "next", Group: "Filter and search"},
			{Action: typeUp, Keys: []string{"up", "ctrl+p"}, Help: "previous article", Group: "Filter and search"},
			{Action: typePageDown, Keys: []string{"pgdown"}, Help: "a page down", Group: "Filter and search"},
			{Action: typePageUp, Keys: []string{"pgup"}, Help: "a page up", Group: "Filter and search"},
		},
		Handle: func(a ui.Action) (tea.Cmd, bool) {
			cmd := s.handleTyping(a)
			return tea.Batch(cmd, s.peek()), true
		},
		Text: func(k tea.KeyPressMsg) tea.Cmd { return tea.Batch(s.typed(k), s.peek()) },
	}
	if s.typing.offers != nil {
		own.Bindings = append(own.Bindings,
			ui.Binding{Action: complete, Keys: []string{"tab"}, Help: "complete a field's name or its value, then the next", Short: "complete", Group: "Filter and search"},
			ui.Binding{Action: saveQuery, Keys: []string{"ctrl+s"}, Help: "save the query under a name", Short: "save", Group: "Filter and search"},
		)
	}
	return own
}

func (s *Screen) handleTyping(a ui.Action) tea.Cmd {
	switch a {
	case typeDown:
		s.list.Move(1)
	case typeUp:
		s.list.Move(-1)
	case typePageDown:
		s.list.Move(s.list.Page() - 1)
	case typePageUp:
		s.list.Move(1 - s.list.Page())
	case complete:
		return s.complete()
	case saveQuery:
		return s.askName()
	case keep:
		s.typing = nil
		if s.search.on && s.search.query == "" {
			s.leaveSearch()
		}
	case leave:
		t := s.typing
		s.typing = nil
		return t.cancel()
	}
	return nil
}

// typed gives the field a key or a paste, and the list what stands there then.
func (s *Screen) typed(msg tea.Msg) tea.Cmd {
	t := s.typing
	before := t.field.Value()
	t.field, _ = t.field.Update(msg)
	if t.field.Value() == before {
		return nil
	}
	return t.change(t.field.Value())
}

// pasted gives pasted words to the field.
func (s *Screen) pasted(msg tea.PasteMsg) tea.Cmd {
	if s.typing == nil {
		return addPasted(msg.Content)
	}
	msg.Content = clean.Line(msg.Content)
	return s.typed(msg)
}

// addPasted adds what somebody pastes into the list: the article at a path or an address, or
// else a text.
func addPasted(text string) tea.Cmd {
	switch text = strings.TrimSpace(text); {
	case text == "":
		return nil
	case strings.Contains(text, "\n") || strings.Count(text, " ") > 12:
		return ui.Send(TextMsg{text})
	}
	return ui.Send(AddMsg{clean.Line(text)})
}

// typeFilter has somebody type what titles, publications or authors should hold.
func (s *Screen) typeFilter() {
	if s.search.on {
		s.leaveSearch()
	}
	was, at := s.filter.text, s.current().ID
	set := func(text string) tea.Cmd {
		s.filter.set(text)
		s.narrow()
		s.list.To(0)
		return nil
	}
	s.begin(typing{label: "filter", change: set, cancel: func() tea.Cmd {
		cmd := set(was)
		s.seek(at)
		return cmd
	}}, was)
}

// typeSearch has somebody type what texts should hold.
func (s *Screen) typeSearch() tea.Cmd {
	query := s.search.query
	t := typing{label: "search", change: s.seekWords, cancel: func() tea.Cmd { s.leaveSearch(); return nil }}
	if s.asker != nil {
		t.offers = &offers{}
		t.change = func(text string) tea.Cmd { return tea.Batch(s.seekWords(text), s.offer(text)) }
	}
	s.begin(t, query)
	return t.change(query)
}
