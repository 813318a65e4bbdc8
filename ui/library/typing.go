package library

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/articles/clean"
	"byline/ui"
	"byline/ui/field"
)

// Actions of the field that filter and search are typed into.
const (
	keepTyped    ui.Action = "typing.keep"
	leaveField   ui.Action = "typing.leave"
	typeDown     ui.Action = "typing.down"
	typeUp       ui.Action = "typing.up"
	typePageDown ui.Action = "typing.page-down"
	typePageUp   ui.Action = "typing.page-up"
	complete     ui.Action = "typing.complete"
	saveQuery    ui.Action = "typing.save"
)

// typing is a field in the header; the list below follows every key.
type typing struct {
	label  string
	field  field.Field
	change func(text string) tea.Cmd
	cancel func() tea.Cmd
	query  bool      // it is a query: it has completions and can be saved
	asked  ui.Latest // for completions
}

// typeInto opens a field that holds text.
func (s *Screen) typeInto(t typing, text string) {
	t.field = field.New(text, s.look.theme)
	s.typing = &t
}

// stopTyping closes the field.
func (s *Screen) stopTyping() {
	if s.typing != nil {
		s.typing.asked.Stop()
		s.typing = nil
	}
}

// typingScope takes every key while the field is open.
func (s *Screen) typingScope() ui.Scope {
	own := ui.Scope{
		Name: "typing", Modal: true,
		Bindings: []ui.Binding{
			{Action: keepTyped, Keys: []string{"enter"}, Help: "Go to the matches", Short: "done", Group: "Filter and search"},
			{Action: leaveField, Keys: []string{"esc", "ctrl+c"}, Help: "Cancel, as it was before", Short: "cancel", Group: "Filter and search"},
			{Action: typeDown, Keys: []string{"down", "ctrl+n"}, Help: "Next article", Short: "next", Group: "Filter and search"},
			{Action: typeUp, Keys: []string{"up", "ctrl+p"}, Help: "Previous article", Group: "Filter and search"},
			{Action: typePageDown, Keys: []string{"pgdown"}, Help: "Down a page", Group: "Filter and search"},
			{Action: typePageUp, Keys: []string{"pgup"}, Help: "Up a page", Group: "Filter and search"},
		},
		Handle: func(a ui.Action) (tea.Cmd, bool) {
			cmd := s.handleTyping(a)
			return tea.Batch(cmd, follow(s)), true
		},
		Text: func(k tea.KeyPressMsg) tea.Cmd { return tea.Batch(s.typeKey(k), follow(s)) },
	}
	if s.typing.query {
		own.Bindings = append(own.Bindings,
			ui.Binding{Action: complete, Keys: []string{"tab"}, Help: "Complete a field or its value; again for the next", Short: "complete", Group: "Filter and search"},
			ui.Binding{Action: saveQuery, Keys: []string{"ctrl+s"}, Help: "Save the query under a name", Short: "save", Group: "Filter and search"},
		)
	}
	return own
}

func (s *Screen) handleTyping(a ui.Action) tea.Cmd {
	l := s.list.list()
	if s.list.search.on && s.list.search.asked.Open() && slices.Contains([]ui.Action{typeDown, typeUp, typePageDown, typePageUp}, a) {
		return ui.Tell("Still searching")
	}
	switch a {
	case typeDown:
		l.Move(1)
	case typeUp:
		l.Move(-1)
	case typePageDown:
		l.Move(l.Page() - 1)
	case typePageUp:
		l.Move(1 - l.Page())
	case complete:
		return s.complete()
	case saveQuery:
		return s.queries.askName(s.origin(), s.typing.field.Value())
	case keepTyped:
		s.stopTyping()
		if s.list.search.query == "" {
			s.list.leaveSearch()
		}
	case leaveField:
		cancel := s.typing.cancel
		s.stopTyping()
		return cancel()
	}
	return nil
}

// typeKey passes a key or a paste to the field, and updates the list.
func (s *Screen) typeKey(msg tea.Msg) tea.Cmd {
	t := s.typing
	if !t.field.Type(msg) {
		return nil
	}
	return t.change(t.field.Value())
}

// paste passes a paste to the field, or adds the text to the library.
func (s *Screen) paste(msg tea.PasteMsg) tea.Cmd {
	if s.typing == nil {
		return addPasted(msg.Content, s.list.selected().ID, addsTexts(s.history.keeper))
	}
	msg.Content = clean.Line(msg.Content)
	return s.typeKey(msg)
}

// typeFilter opens the field of the filter.
func (s *Screen) typeFilter() {
	l := &s.list
	if f := &l.search; f.on && len(f.hits.All) > 0 {
		was, at := f.hits.FilterText(), l.selected().ID
		s.typeInto(typing{
			label:  "filter",
			change: func(text string) tea.Cmd { f.filter(text, ""); return nil },
			cancel: func() tea.Cmd { f.filter(was, at); return nil },
		}, was)
		return
	}
	l.leaveSearch()
	was, at := l.catalog.FilterText(), l.selected().ID
	s.typeInto(typing{
		label:  "filter",
		change: func(text string) tea.Cmd { l.filter(text); return nil },
		cancel: func() tea.Cmd { l.filter(was); l.update(at); return nil },
	}, was)
}

// typeSearch opens the field of the search.
func (s *Screen) typeSearch() tea.Cmd {
	t := typing{label: "search", change: s.find, cancel: func() tea.Cmd { s.list.leaveSearch(); return nil }}
	if s.queries.asker != nil {
		t.query = true
		t.change = func(text string) tea.Cmd { return tea.Batch(s.find(text), s.askCompletions(text)) }
	}
	query := s.list.search.query
	s.typeInto(t, query)
	return t.change(query)
}

// askCompletions requests completions of the query in the field.
func (s *Screen) askCompletions(text string) tea.Cmd {
	s.typing.field.SetCompletions(nil)
	ctx, o, asker := s.typing.asked.Next(s.life.Context()), s.origin(), s.queries.asker
	return func() tea.Msg {
		all, err := asker.Completions(ctx, text)
		if err != nil {
			return nil // completions are optional
		}
		return o.answer(ctx, func() tea.Cmd {
			if s.typing != nil && s.typing.field.Value() == text {
				s.typing.field.SetCompletions(all)
			}
			return nil
		})
	}
}

// complete puts the first completion into the field, and the next one on each further call. The
// completions stay those of the text that was typed.
func (s *Screen) complete() tea.Cmd {
	t := s.typing
	if !t.query || !t.field.Complete() {
		return nil
	}
	text := t.field.Value()
	cmd := s.find(text)
	if strings.HasSuffix(text, ":") {
		return tea.Batch(cmd, s.askCompletions(text)) // the name of a field: complete its value next
	}
	return cmd
}

// Find shows the hits of a query, as if it had been typed.
func (s *Screen) Find(query string) tea.Cmd {
	s.stopTyping()
	return s.find(query)
}
