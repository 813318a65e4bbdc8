package people

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library"
	"byline/ui"
	"byline/ui/field"
)

// Actions of the list.
const (
	openPage   ui.Action = "people.open"
	startType  ui.Action = "people.filter"
	nextKind   ui.Action = "people.kind"
	lastKind   ui.Action = "people.kind-before"
	nextSort   ui.Action = "people.sort"
	reverse    ui.Action = "people.reverse"
	mergeWith  ui.Action = "people.merge"
	undoMerge  ui.Action = "people.undo"
	reload     ui.Action = "people.reload"
	moveDown   ui.Action = "people.down"
	moveUp     ui.Action = "people.up"
	pageDown   ui.Action = "people.page-down"
	pageUp     ui.Action = "people.page-up"
	toFirst    ui.Action = "people.first"
	toLast     ui.Action = "people.last"
	clearTyped ui.Action = "people.clear"
	keepTyped  ui.Action = "people.keep-filter"
	dropTyped  ui.Action = "people.drop-filter"
)

const group = "People"

// moves are the keys that move in the list and on a page.
func moves() []ui.Binding {
	return []ui.Binding{
		{Action: moveDown, Keys: []string{"down", "j"}, Help: "Down a line", Group: "Move"},
		{Action: moveUp, Keys: []string{"up", "k"}, Help: "Up a line", Group: "Move"},
		{Action: pageDown, Keys: []string{"pgdown", "space", "ctrl+d"}, Help: "Down a page", Group: "Move"},
		{Action: pageUp, Keys: []string{"pgup", "b", "ctrl+u"}, Help: "Up a page", Group: "Move"},
		{Action: toFirst, Keys: []string{"home", "g"}, Help: "First line", Group: "Move"},
		{Action: toLast, Keys: []string{"end", "G"}, Help: "Last line", Group: "Move"},
	}
}

// Bindings are the keys of the list.
func Bindings() []ui.Binding {
	return append([]ui.Binding{
		{Action: openPage, Keys: []string{"enter", "right", "l"}, Help: "Open: spellings, quotes by date, articles", Short: "open", Group: group, Holds: true},
		{Action: startType, Keys: []string{"/"}, Help: "Filter by name, as you type", Short: "filter", Group: group},
		{Action: nextKind, Keys: []string{"tab"}, Help: "Cycle kind: all, people, organizations, places, other, own labels", Short: "kind", Group: group},
		{Action: lastKind, Keys: []string{"shift+tab"}, Help: "Previous kind", Group: group},
		{Action: nextSort, Keys: []string{"s"}, Help: "Cycle sort: articles, mentions, quotes, last, name", Short: "sort", Group: group},
		{Action: reverse, Keys: []string{"S"}, Help: "Reverse sort", Group: group},
		{Action: mergeWith, Keys: []string{"m"}, Help: "Merge with another name, in all articles", Short: "merge", Group: group, Holds: true},
		{Action: undoMerge, Keys: []string{"u"}, Help: "Undo merging or splitting, even after a restart", Short: "undo", Group: group},
		{Action: reload, Keys: []string{"ctrl+l"}, Help: "Reload the list", Group: group},
		{Action: clearTyped, Keys: []string{"esc"}, Help: "Clear the filter, then the kind; with neither, go back", Group: group},
	}, moves()...)
}

// typing is the field of the filter.
type typing struct {
	field field.Field
	was   string
}

// Scopes implements [ui.Screen].
func (s *Screen) Scopes() []ui.Scope {
	own := ui.Scope{Name: "people", Bindings: Bindings(), Handle: s.handle}
	if s.typing == nil {
		return []ui.Scope{own}
	}
	return []ui.Scope{{
		Name: "filter of people", Modal: true, Handle: s.handle,
		Bindings: []ui.Binding{
			{Action: keepTyped, Keys: []string{"enter"}, Help: "Keep the filter", Short: "done", Group: group},
			{Action: dropTyped, Keys: []string{"esc", "ctrl+c"}, Help: "Cancel, as it was before", Short: "cancel", Group: group},
			{Action: moveDown, Keys: []string{"down", "ctrl+n"}, Help: "Down a line", Group: group},
			{Action: moveUp, Keys: []string{"up", "ctrl+p"}, Help: "Up a line", Group: group},
		},
		Text: func(k tea.KeyPressMsg) tea.Cmd { s.typeText(k); return nil },
	}, own}
}

// typeText passes a key or a paste to the field of the filter.
func (s *Screen) typeText(msg tea.Msg) {
	if s.typing.field.Type(msg) {
		s.filter(s.typing.field.Value())
	}
}

func (s *Screen) filter(text string) {
	s.crowd.words = text
	s.crowd.arrange()
	s.list(library.PersonID{})
	s.rows.To(0)
}

// move moves in a list, and reports whether a is a move.
func move(a ui.Action, by func(int), page int) bool {
	n, ok := map[ui.Action]int{moveDown: 1, moveUp: -1, pageDown: page, pageUp: -page, toFirst: -1 << 30, toLast: 1 << 30}[a]
	if ok {
		by(n)
	}
	return ok
}

func (s *Screen) handle(a ui.Action) (tea.Cmd, bool) {
	if move(a, s.rows.Move, max(1, s.rows.Page()-1)) {
		return nil, true
	}
	switch a {
	case openPage:
		return s.open(), true
	case mergeWith:
		return s.merge(s.crowd.all, s.selected()), true
	case undoMerge:
		return s.undo(), true
	case reload:
		return tea.Batch(s.Load(), ui.Tell("Reloaded")), true
	case nextKind, lastKind, nextSort, reverse:
		return s.arrange(a), true
	}
	return s.handleFilter(a)
}

// handleFilter handles what begins, ends and clears the filter.
func (s *Screen) handleFilter(a ui.Action) (tea.Cmd, bool) {
	switch a {
	case startType:
		s.typing = &typing{field.New(s.crowd.words, s.theme), s.crowd.words}
	case keepTyped:
		s.typing = nil
	case dropTyped:
		was := s.typing.was
		s.typing = nil
		s.filter(was)
	case clearTyped:
		switch at := s.selected().ID; {
		case s.crowd.words != "":
			s.filter("")
			s.list(at)
		case s.crowd.kind != "":
			s.crowd.kind = ""
			s.filter("")
			s.list(at)
		default:
			return ui.Send(ui.PopMsg{}), true
		}
	default:
		return nil, false
	}
	return nil, true
}

// arrange changes which kind is listed, or the order; the cursor stays where it was.
func (s *Screen) arrange(a ui.Action) tea.Cmd {
	at, c := s.selected().ID, &s.crowd
	say := ""
	switch kinds := c.kinds(); a {
	case nextKind:
		c.kind = kinds[(slices.Index(kinds, c.kind)+1)%len(kinds)]
	case lastKind:
		c.kind = kinds[(slices.Index(kinds, c.kind)+len(kinds)-1)%len(kinds)]
	case nextSort:
		c.sort, c.reverse = (c.sort+1)%sortings, false
		say = "Sorted by " + c.sort.String()
	case reverse:
		c.reverse = !c.reverse
		say = "Sorted by " + c.sort.String()
		if c.reverse {
			say += ", reversed"
		}
	}
	c.arrange()
	s.list(at)
	if say == "" {
		return nil
	}
	return ui.Tell(say)
}
