package library

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/articles"
	"byline/ui"
)

// Actions of the library.
const (
	Open     ui.Action = "library.open"
	Down     ui.Action = "library.down"
	Up       ui.Action = "library.up"
	PageDown ui.Action = "library.page-down"
	PageUp   ui.Action = "library.page-up"
	First    ui.Action = "library.first"
	Last     ui.Action = "library.last"
	Filter   ui.Action = "library.filter"
	Search   ui.Action = "library.search"
	Sort     ui.Action = "library.sort"
	Reverse  ui.Action = "library.reverse"
	Status   ui.Action = "library.status"
	ByTag    ui.Action = "library.by-tag"
	Add      ui.Action = "library.add"
	Done     ui.Action = "library.done"
	Tags     ui.Action = "library.tags"
	Remove   ui.Action = "library.remove"
	Undo     ui.Action = "library.undo"
	Reload   ui.Action = "library.reload"
	Clear    ui.Action = "library.clear"
)

// Bindings are the library's keys, grouped for the help.
func Bindings() []ui.Binding {
	return []ui.Binding{
		{Action: Open, Keys: []string{"enter", "right", "l"}, Help: "open the article", Short: "read", Group: "Library", Holds: true},
		{Action: Filter, Keys: []string{"/"}, Help: "filter by title, publication or author, as you type", Short: "filter", Group: "Library", Holds: true},
		{Action: Search, Keys: []string{"f", "ctrl+f"}, Help: "search in all texts", Short: "search texts", Group: "Library", Holds: true},
		{Action: Add, Keys: []string{"a"}, Help: "add a file or a folder", Short: "add", Group: "Library", Holds: true},
		{Action: Sort, Keys: []string{"s"}, Help: "sort by the next column", Short: "sort", Group: "Library"},
		{Action: Reverse, Keys: []string{"S"}, Help: "turn the order round", Group: "Library"},
		{Action: Status, Keys: []string{"tab"}, Help: "all, unread, being read, done", Short: "status", Group: "Library"},
		{Action: ByTag, Keys: []string{"#"}, Help: "only articles with a tag", Group: "Library", Holds: true},
		{Action: Tags, Keys: []string{"t"}, Help: "tags of the article", Group: "Library", Holds: true},
		{Action: Done, Keys: []string{"D"}, Help: "mark as done, or as unread", Group: "Library"},
		{Action: Remove, Keys: []string{"delete", "X"}, Help: "remove from the library", Group: "Library"},
		{Action: Undo, Keys: []string{"u"}, Help: "bring back what was removed last", Group: "Library"},
		{Action: Reload, Keys: []string{"ctrl+l"}, Help: "read the library again", Group: "Library"},
		{Action: Down, Keys: []string{"down", "j"}, Help: "next article", Group: "Move"},
		{Action: Up, Keys: []string{"up", "k"}, Help: "previous article", Group: "Move"},
		{Action: PageDown, Keys: []string{"pgdown", "space", "ctrl+d"}, Help: "a page down", Group: "Move"},
		{Action: PageUp, Keys: []string{"pgup", "b", "ctrl+u"}, Help: "a page up", Group: "Move"},
		{Action: First, Keys: []string{"home", "g"}, Help: "to the first", Group: "Move"},
		{Action: Last, Keys: []string{"end", "G"}, Help: "to the last", Group: "Move"},
		{Action: Clear, Keys: []string{"esc"}, Help: "leave the search, then the filter", Group: "Library"},
	}
}

// Scopes implements [ui.Screen].
func (s *Screen) Scopes() []ui.Scope {
	return []ui.Scope{{Name: "library", Bindings: Bindings(), Handle: s.handle}}
}

func (s *Screen) handle(a ui.Action) (tea.Cmd, bool) {
	moves := map[ui.Action]int{
		Down: 1, Up: -1, PageDown: s.list.Page() - 1, PageUp: 1 - s.list.Page(), First: -s.list.Len, Last: s.list.Len,
	}
	if n, ok := moves[a]; ok {
		s.list.Move(n)
		return nil, true
	}
	switch a {
	case Open:
		return s.open(), true
	case Filter:
		return s.askFilter(), true
	case Search:
		return s.askSearch(), true
	case Add:
		return s.askAdd(), true
	case Sort, Reverse, Status, Clear:
		return s.arrange(a), true
	case ByTag:
		return s.chooseTag(), true
	case Reload:
		return tea.Batch(s.Load(), ui.Tell("read again")), true
	}
	return s.handleEntry(a)
}

// handleEntry answers what changes the entry under the cursor.
func (s *Screen) handleEntry(a ui.Action) (tea.Cmd, bool) {
	if a == Undo {
		return s.restore(), true
	}
	e := s.current()
	if e.ID == "" {
		return ui.Tell("no article here"), true
	}
	k := s.keeper
	switch a {
	case Done:
		st, say := articles.Done, "done"
		if e.Status == articles.Done {
			st, say = articles.Unread, "unread again"
		}
		return s.change(e.ID, say, func(ctx context.Context) error { return k.SetStatus(ctx, e.ID, st) }), true
	case Tags:
		return s.AskTags(e), true
	case Remove:
		s.removed = append(s.removed, e.ID)
		return s.change(e.ID, "removed, u brings it back: "+e.Title, func(ctx context.Context) error { return k.Remove(ctx, e.ID) }), true
	}
	return nil, false
}

// change runs do, says what was done and has the lists read again.
func (s *Screen) change(id, say string, do func(context.Context) error) tea.Cmd {
	return func() tea.Msg {
		if err := do(context.Background()); err != nil {
			return ui.ErrMsg{Err: err, Hint: "nothing was changed"}
		}
		return tea.BatchMsg{ui.Tell(say), ui.Send(ui.ChangedMsg{ID: id})}
	}
}

// restore brings back what was removed last, then what was before it.
func (s *Screen) restore() tea.Cmd {
	if len(s.removed) == 0 {
		return ui.Tell("nothing more to bring back")
	}
	last := len(s.removed) - 1
	id, k := s.removed[last], s.keeper
	s.removed = s.removed[:last]
	return s.change(id, "back again", func(ctx context.Context) error { return k.Restore(ctx, id) })
}

// AskTags asks for the tags of e.
func (s *Screen) AskTags(e articles.Entry) tea.Cmd {
	k := s.keeper
	return ui.Send(ui.AskMsg{
		Prompt: "tags, with commas between:", Initial: strings.Join(e.Tags, ", "),
		Done: func(text string) tea.Cmd {
			return s.change(e.ID, "tagged", func(ctx context.Context) error { return k.SetTags(ctx, e.ID, strings.Split(text, ",")) })
		},
	})
}

func (s *Screen) open() tea.Cmd {
	e := s.current()
	if e.ID == "" {
		return ui.Tell("no article here; a adds one")
	}
	if s.search.on {
		return ui.Send(OpenMsg{e.ID, s.search.hits[s.list.Cursor].Offset, s.search.query})
	}
	return ui.Send(OpenMsg{ID: e.ID, Offset: -1})
}

func (s *Screen) askFilter() tea.Cmd {
	if s.search.on {
		s.leaveSearch()
	}
	was := s.show.filter
	set := func(text string) tea.Cmd {
		s.show.filter = strings.TrimSpace(text)
		s.choose()
		s.list.To(0)
		return nil
	}
	return ui.Send(ui.AskMsg{Prompt: "filter:", Initial: was, Change: set, Done: set, Cancel: func() tea.Cmd { return set(was) }})
}

func (s *Screen) askSearch() tea.Cmd {
	return ui.Send(ui.AskMsg{
		Prompt: "search in all texts:", Initial: s.search.query, Change: s.find,
		Done:   func(string) tea.Cmd { return nil },
		Cancel: func() tea.Cmd { s.leaveSearch(); return nil },
	})
}

func (s *Screen) askAdd() tea.Cmd {
	return ui.Send(ui.AskMsg{Prompt: "add file or folder:", Done: func(path string) tea.Cmd {
		if path = strings.Trim(strings.TrimSpace(path), `"'`); path == "" {
			return ui.Tell("nothing added: no path given")
		}
		return ui.Send(AddMsg{path})
	}})
}

// arrange answers what changes order and choice of the list.
func (s *Screen) arrange(a ui.Action) tea.Cmd {
	if s.search.on {
		s.leaveSearch()
		if a == Clear {
			return nil
		}
	}
	id := s.current().ID
	var cmd tea.Cmd
	switch a {
	case Sort:
		s.show.sort = (s.show.sort + 1) % sortings
		cmd = ui.Tell("sorted by " + s.show.sort.String())
	case Reverse:
		s.show.reverse = !s.show.reverse
		cmd = ui.Tell("the other way round, by " + s.show.sort.String())
	case Status:
		all := []articles.Status{"", articles.Unread, articles.Reading, articles.Done}
		s.show.status = all[(slices.Index(all, s.show.status)+1)%len(all)]
	case Clear:
		cmd = s.clear()
	}
	s.choose()
	s.seek(id)
	return cmd
}

// clear takes back the filter, then what else keeps articles out.
func (s *Screen) clear() tea.Cmd {
	switch {
	case s.show.filter != "":
		s.show.filter = ""
	case s.show.tag != "" || s.show.status != "":
		s.show.tag, s.show.status = "", ""
	default:
		return ui.Tell("q quits")
	}
	return nil
}

type tagMsg struct {
	to  *Screen
	tag string
}

// chooseTag offers the tags of the library.
func (s *Screen) chooseTag() tea.Cmd {
	var tags []string
	for i := range s.entries {
		tags = append(tags, s.entries[i].Tags...)
	}
	slices.Sort(tags)
	tags = slices.Compact(tags)
	if len(tags) == 0 {
		return ui.Tell("no article has a tag; t sets some")
	}
	msg := ui.ChooseMsg{Title: "Only articles tagged", Choices: []ui.Choice{{Label: "all articles", Do: ui.Send(tagMsg{s, ""})}}}
	for _, t := range tags {
		msg.Choices = append(msg.Choices, ui.Choice{Label: t, Do: ui.Send(tagMsg{s, t})})
	}
	return ui.Send(msg)
}
