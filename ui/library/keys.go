package library

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library"
	"byline/annotate/library/query"
	"byline/articles/clean"
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
	Look     ui.Action = "library.look"
	Reload   ui.Action = "library.reload"
	Review   ui.Action = "library.review"
	Saved    ui.Action = "library.saved"
	Sync     ui.Action = "library.sync"
	Clear    ui.Action = "library.clear"
)

// Bindings are the library's keys, grouped for the help.
func Bindings() []ui.Binding {
	return []ui.Binding{
		{Action: Open, Keys: []string{"enter", "right", "l"}, Help: "open the article", Short: "read", Group: "Library", Holds: true},
		{Action: Filter, Keys: []string{"/"}, Help: "filter by title, publication or author, as you type", Short: "filter", Group: "Library"},
		{Action: Search, Keys: []string{"f", "ctrl+f"}, Help: "search all texts, names and quotes", Short: "search", Group: "Library"},
		{Action: Saved, Keys: []string{"F", "@"}, Help: "ask a saved search", Group: "Library", Holds: true},
		{Action: Add, Keys: []string{"a"}, Help: "add a file, a folder, a page or a feed", Short: "add", Group: "Library", Holds: true},
		{Action: Sync, Keys: []string{"ctrl+r"}, Help: "fetch what is new in the feeds", Group: "Library", Holds: true},
		{Action: Sort, Keys: []string{"s"}, Help: "sort by the next: added, title, date, opened, length, read, quotes, reviewed", Short: "sort", Group: "Library"},
		{Action: Reverse, Keys: []string{"S"}, Help: "turn the order round", Group: "Library"},
		{Action: Status, Keys: []string{"tab"}, Help: "all, unread, being read, done", Short: "status", Group: "Library"},
		{Action: ByTag, Keys: []string{"#"}, Help: "only articles with a tag", Group: "Library", Holds: true},
		{Action: Tags, Keys: []string{"t"}, Help: "tags of the article", Group: "Library", Holds: true},
		{Action: Done, Keys: []string{"D"}, Help: "mark as done, or as unread", Group: "Library"},
		{Action: Review, Keys: []string{"R"}, Help: "review the articles of the list, the least certain of all first", Short: "review", Group: "Library", Holds: true},
		{Action: Remove, Keys: []string{"delete", "X"}, Help: "remove from the library", Group: "Library"},
		{Action: Undo, Keys: []string{"u"}, Help: "take back what was marked, tagged or removed last", Group: "Library"},
		{Action: Look, Keys: []string{"p"}, Help: "show or hide the look into the article, in a wide window", Group: "Library"},
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
	own := ui.Scope{Name: "library", Bindings: Bindings(), Handle: func(a ui.Action) (tea.Cmd, bool) {
		cmd, ok := s.handle(a)
		return tea.Batch(cmd, s.peek()), ok
	}}
	if s.typing != nil {
		return []ui.Scope{s.typingScope(), own}
	}
	return []ui.Scope{own}
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
		s.typeFilter()
		return nil, true
	case Search:
		return s.typeSearch(), true
	case Add:
		return s.askAdd(), true
	case Sort, Reverse, Status, Clear:
		return s.arrange(a), true
	case ByTag:
		return s.chooseTag(), true
	case Sync:
		return tea.Batch(ui.Tell("looking what is new in the feeds…"), ui.Send(SyncMsg{})), true
	case Saved:
		return s.chooseSaved(), true
	case Review:
		return s.review(), true
	case Look:
		return s.pane.toggle(), true
	case Undo:
		return s.undo(), true
	case Reload:
		return tea.Batch(s.Load(), s.refind(), ui.Tell("read again")), true
	}
	return s.handleEntry(a)
}

// handleEntry answers what changes the entry under the cursor.
func (s *Screen) handleEntry(a ui.Action) (tea.Cmd, bool) {
	do := map[ui.Action]func(library.Entry) tea.Cmd{Done: s.mark, Tags: s.AskTags, Remove: s.remove}[a]
	if do == nil {
		return nil, false
	}
	e := s.current()
	if e.ID == "" {
		return ui.Tell("no article here"), true
	}
	return do(e), true
}

func (s *Screen) open() tea.Cmd {
	e := s.current()
	if e.ID == "" {
		return ui.Tell("no article here; {library.add} adds one")
	}
	if s.search.on {
		found, _ := query.Parse(s.search.answered, query.Options{Now: s.dates.now(), Typing: true, AnyLabel: true})
		return ui.Send(OpenMsg{e.ID, s.search.hits[s.list.Cursor].Offset, found.Find()})
	}
	return ui.Send(OpenMsg{ID: e.ID, Offset: -1})
}

// review asks for a round through the articles that are listed.
func (s *Screen) review() tea.Cmd {
	var ids []string
	if s.search.on {
		for _, h := range s.search.hits {
			if !slices.Contains(ids, h.Entry.ID) {
				ids = append(ids, h.Entry.ID)
			}
		}
	} else {
		for _, i := range s.filter.shown {
			ids = append(ids, s.stock.entries[i].ID)
		}
	}
	if len(ids) == 0 {
		return ui.Tell("no article here to review")
	}
	return ui.Send(ReviewMsg{IDs: ids})
}

// arrange answers what changes order and choice of the list.
func (s *Screen) arrange(a ui.Action) tea.Cmd {
	if s.search.on {
		s.leaveSearch()
		if a == Clear {
			return nil
		}
	}
	switch a {
	case Sort:
		return s.sortBy((s.show.sort + 1) % sortings)
	case Reverse:
		s.show.reverse = !s.show.reverse
		s.rearrange()
		return ui.Tell("the other way round, by " + s.show.sort.String())
	case Status:
		at := slices.Index(statuses, s.show.status)
		s.showOnly(statuses[(at+1)%len(statuses)])
		return nil
	}
	return s.clear()
}

// statuses are the choices that tab goes through; empty is all.
var statuses = []library.Status{"", library.Unread, library.Reading, library.Done}

func (s *Screen) showOnly(st library.Status) {
	s.show.status = st
	s.rearrange()
}

// sortBy sorts by what, the other way round where the list is sorted so already.
func (s *Screen) sortBy(what sorting) tea.Cmd {
	if s.show.sort == what {
		return s.arrange(Reverse)
	}
	s.show.sort = what
	s.rearrange()
	return ui.Tell("sorted by " + what.String())
}

// clear takes back the filter, then what else keeps articles out.
func (s *Screen) clear() tea.Cmd {
	switch {
	case s.filter.text != "":
		id := s.current().ID
		s.filter.set("")
		s.narrow()
		s.seek(id)
	case s.show.tag != "" || s.show.status != "":
		s.show.tag, s.show.status = "", ""
		s.rearrange()
	default:
		return ui.Tell("{app.back} quits")
	}
	return nil
}

type tagMsg struct {
	to  *Screen
	tag string
}

// chooseTag offers the tags of the library.
func (s *Screen) chooseTag() tea.Cmd {
	tags := s.stock.tags()
	if len(tags) == 0 {
		return ui.Tell("no article has a tag; t sets some")
	}
	msg := ui.ChooseMsg{Title: "Only articles tagged", Choices: []ui.Choice{{Label: "all articles", Do: ui.Send(tagMsg{s, ""})}}}
	for _, t := range tags {
		msg.Choices = append(msg.Choices, ui.Choice{Label: clean.Line(t), Do: ui.Send(tagMsg{s, t})})
	}
	return ui.Send(msg)
}
