package library

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library"
	"byline/articles/clean"
	"byline/ui"
)

// Scopes implements [ui.Screen].
func (s *Screen) Scopes() []ui.Scope {
	own := ui.Scope{Name: "library", Bindings: Bindings(), Signs: signs, Foot: foot, Handle: func(a ui.Action) (tea.Cmd, bool) {
		cmd, ok := s.handle(a)
		return tea.Batch(cmd, follow(s)), ok
	}}
	empty := s.loading.state == loaded && s.list.catalog.Total() == 0 && !s.list.search.on
	switch {
	case s.typing != nil:
		return []ui.Scope{s.typingScope(), own}
	case s.trash.shown():
		bin := binned{s}.trashScope()
		if own.Foot = []ui.Action{startFilter}; empty {
			bin.Foot, own.Foot = []ui.Action{leaveTrash}, []ui.Action{"app.palette"}
		}
		return []ui.Scope{bin, own}
	case empty:
		own.Foot = footEmpty
	}
	return []ui.Scope{own}
}

// foot is what the footer shows while nothing is typed: what there is room for in 80 columns ends with the
// ways to everything else and out.
var foot = []ui.Action{
	openArticle, startFilter, startSearch, addArticle, reviewListed, "app.palette", "app.back", sortByNext, nextStatus, showPeople, "app.tour",
}

// footEmpty is what the footer shows while there is no article to read, filter or review.
var footEmpty = []ui.Action{addArticle, showTrash, "app.palette", "app.back", "app.tour"}

// key returns the key that is bound to an action now.
func (s *Screen) key(a ui.Action) string {
	return ui.Key(a, ui.Rebind(s.Scopes(), s.look.keys))
}

func (s *Screen) handle(a ui.Action) (tea.Cmd, bool) {
	if s.list.move(a) {
		return nil, true
	}
	if cmd, ok := (binned{s}).handleTrash(a); ok {
		return cmd, true
	}
	switch a {
	case openArticle:
		return s.list.open(s.dates.Now()), true
	case startFilter:
		s.typeFilter()
		return nil, true
	case startSearch:
		return s.typeSearch(), true
	case addArticle:
		return s.askAdd(""), true
	case pickTag:
		return s.list.chooseTag(s.origin()), true
	case savedSearches:
		return s.queries.choose(s.origin(), s.Find), true
	case reviewListed, adjudicate:
		return goThrough(a, s.list.ids()), true
	case togglePreview:
		return s.preview.toggle(s.size.width), true
	case undoLast:
		return s.history.undo(s.origin()), true
	case reloadAll:
		return tea.Batch(s.Load(), s.searchAgain(), ui.Tell("Reloaded")), true
	}
	if cmd, ok := requests(a); ok {
		return cmd, true
	}
	if cmd, ok := s.list.handle(a); ok {
		return cmd, true
	}
	return s.handleEntry(a)
}

// requests sends what the program is asked for that needs nothing of the screen.
func requests(a ui.Action) (tea.Cmd, bool) {
	switch a {
	case syncFeeds:
		return tea.Batch(ui.Tell("Checking feeds…"), ui.Send(SyncMsg{})), true
	case bringTogether:
		return ui.Send(TogetherMsg{}), true
	case showPeople:
		return ui.Send(PeopleMsg{}), true
	case showAssigned:
		return ui.Send(FindMsg{assignedToMe}), true
	case showTeam:
		return ui.Send(TeamMsg{}), true
	case bringSamples:
		return ui.Send(SamplesMsg{}), true
	}
	return nil, false
}

// handleEntry handles the actions on the entry under the cursor, and the choice of whose entries are listed.
func (s *Screen) handleEntry(a ui.Action) (tea.Cmd, bool) {
	if a == pickView {
		return s.history.chooseView(s.origin()), true
	}
	do := map[ui.Action]func(origin, library.Entry) tea.Cmd{
		markDone: s.history.mark, editTags: func(o origin, e library.Entry) tea.Cmd { return askTags(s, o, e) }, showAbout: about, removeArticle: s.history.remove,
	}[a]
	if do == nil {
		return nil, false
	}
	e := s.list.selected()
	if e.ID == "" {
		return ui.Tell("No article under the cursor"), true
	}
	return do(s.origin(), e), true
}

// about asks for what is known of the article of e itself.
func about(_ origin, e library.Entry) tea.Cmd { return ui.Send(AboutMsg{ID: e.ID}) }

// goThrough sends a request to review articles, or to adjudicate them.
func goThrough(a ui.Action, ids []string) tea.Cmd {
	switch {
	case len(ids) == 0 && a == adjudicate:
		return ui.Tell("No articles listed to adjudicate")
	case len(ids) == 0:
		return ui.Tell("No articles listed to review")
	case a == adjudicate:
		return ui.Send(AdjudicateMsg{IDs: ids})
	}
	return ui.Send(ReviewMsg{IDs: ids})
}

// askAdd prompts for something to add; what could not be added is still there, with the problem
// that it had.
func (s *Screen) askAdd(problem string) tea.Cmd {
	if addsTexts(s.history.keeper) {
		return ui.Send(AddMsg{})
	}
	return ui.Send(ui.AskMsg{Prompt: "Add file, folder or address:", Initial: s.notAdded, Problem: problem, Path: true, Done: func(path string) tea.Cmd {
		s.notAdded = ""
		if path = strings.Trim(strings.TrimSpace(path), `"'`); path == "" {
			return ui.Tell("Nothing added: no path given")
		}
		return ui.Send(AddMsg{path, s.list.selected().ID})
	}})
}

// addPasted adds what was pasted into the list with the cursor on an article: the article at a path or
// an address, or else the text itself. Where only texts are added, a line is one as well, unless it is a path or an address.
func addPasted(text, at string, only bool) tea.Cmd {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text) // as terminals send line ends
	switch text = strings.TrimSpace(text); {
	case text == "":
		return nil
	case strings.Contains(text, "\n") || strings.Count(text, " ") > 12 || only && !isPlace(text):
		return ui.Send(TextMsg{text, at})
	}
	return ui.Send(AddMsg{clean.Line(text), at})
}

// isPlace reports whether a line is a path or an address, and no text of an article: so it is also if it is one word.
func isPlace(line string) bool {
	line = strings.Trim(line, `"'`)
	return !strings.Contains(line, " ") || strings.HasPrefix(line, "/") || strings.HasPrefix(line, "~/") || strings.HasPrefix(line, "./") || strings.HasPrefix(line, "../") ||
		len(line) > 2 && line[1] == ':' && (line[2] == '\\' || line[2] == '/') || strings.Contains(strings.Fields(line)[0], "://")
}

// takeAdded takes a message about what is being added.
func takeAdded(s *Screen, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case AddingSamplesMsg:
		s.loading.state = filling
	case AddedMsg:
		if now := s.list.selected().ID; msg.From != "" && msg.From != now {
			msg.IDs = []string{now}
		}
		s.history.then = msg.show
		return s.Load()
	case NotAddedMsg:
		s.notAdded = clean.Line(msg.Path)
		if !msg.Later {
			return s.askAdd(msg.Problem)
		}
	}
	return nil
}

// show moves the cursor to the first listed of the articles that were added, and says what was added.
func (msg AddedMsg) show(in *listing) tea.Cmd {
	switch found := in.goToFirst(msg.IDs); {
	case msg.Say == "":
		return nil
	case found || len(msg.IDs) == 0:
		return ui.Tell(msg.Say)
	}
	return ui.Tell(msg.Say + ", not listed here; {library.clear} shows all")
}
