package library

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/annotate/library"
	"byline/ui"
	"byline/ui/columns"
	"byline/ui/library/catalog"
)

// SamplesMsg asks for the sample stories to be brought back.
type SamplesMsg struct{}

// PeopleMsg asks for everybody that the library names.
type PeopleMsg struct{}

// trash is the list of removed articles, shown in place of the library.
type trash struct {
	back func() // arranges the library as it was; nil while the library is shown
}

func (t *trash) shown() bool { return t.back != nil }

// binned is the screen while it deals with the trash.
type binned struct{ *Screen }

// Actions of the trash.
const (
	restoreArticle ui.Action = "trash.restore"
	deleteForGood  ui.Action = "trash.delete"
	emptyTrash     ui.Action = "trash.empty"
	leaveTrash     ui.Action = "trash.leave"
)

// TrashBindings are the keys of the trash, before those of the library.
func TrashBindings() []ui.Binding {
	const g = "Trash"
	return []ui.Binding{
		{Action: restoreArticle, Keys: []string{"r", "enter"}, Help: "Restore the article", Also: []string{"put back", "undelete"}, Short: "restore", Group: g},
		{Action: deleteForGood, Keys: []string{"delete", "ctrl+w"}, Help: "Delete the article for good", Short: "delete for good", Group: g, Holds: true},
		{Action: emptyTrash, Keys: []string{"E"}, Help: "Empty the trash", Short: "empty the trash", Group: g, Holds: true},
		{Action: leaveTrash, Keys: []string{"ctrl+t", "esc"}, Help: "Back to the library", Short: "library", Group: g},
	}
}

// trashScope handles the keys of the trash, and says of keys of the library which change an article
// that they do not work here.
func (s binned) trashScope() ui.Scope {
	return ui.Scope{Name: "trash", Bindings: TrashBindings(), Handle: func(a ui.Action) (tea.Cmd, bool) {
		cmd, ok := s.handleTrash(a)
		return tea.Batch(cmd, follow(s.Screen)), ok
	}}
}

func (s binned) handleTrash(a ui.Action) (tea.Cmd, bool) {
	e := s.list.selected()
	if s.trash.shown() && notInTrash[a] {
		return ui.Tell("Not in the trash: {trash.restore} restores it, {trash.leave} leaves"), true
	}
	switch a {
	case showTrash:
		return s.toggleTrash(), true
	case leaveTrash:
		if s.list.catalog.FilterText() != "" {
			return s.list.clear(), true
		}
		return s.toggleTrash(), true
	case emptyTrash:
		return s.askPurge(s.list.catalog.All()), true
	case restoreArticle, deleteForGood:
		switch {
		case e.ID == "":
			return ui.Tell("No article under the cursor"), true
		case a == restoreArticle:
			return s.history.restore(s.origin(), e), true
		}
		return s.askPurge([]library.Entry{e}), true
	}
	return nil, false
}

// notInTrash are the actions of the library that the trash does not have.
var notInTrash = map[ui.Action]bool{
	openArticle: true, startSearch: true, savedSearches: true, editTags: true, showAbout: true, markDone: true, reviewListed: true, adjudicate: true, pickTag: true, nextStatus: true,
}

// toggleTrash shows the removed articles, or the library again.
func (s binned) toggleTrash() tea.Cmd {
	t := &s.trash
	s.list.leaveSearch()
	s.list.catalog.Filter("")
	if t.shown() {
		t.back()
		t.back = nil
	} else {
		by, at := s.list.catalog.Arrangement(), s.list.selected().ID
		t.back = func() {
			s.list.catalog.Arrange(by)
			s.history.then = goTo(at)
		}
		s.list.catalog.Arrange(catalog.Arrangement{Sort: catalog.AsGiven})
	}
	s.loading.state = waiting
	return s.Load()
}

// entries returns what lists the articles: those of the library, or the removed ones.
func (s binned) entries() func(context.Context, func(*library.Entry)) error {
	list := s.store.Entries
	if s.trash.shown() {
		list = s.store.Trash
	} else if store, ok := s.store.(paged); ok {
		return store.EachEntry
	}
	return func(ctx context.Context, each func(*library.Entry)) error {
		es, err := list(ctx)
		for i := range es {
			each(&es[i])
		}
		return err
	}
}

// askPurge deletes removed articles for good, after a question that says what goes with them.
func (s binned) askPurge(es []library.Entry) tea.Cmd {
	if len(es) == 0 {
		return ui.Tell("The trash is empty")
	}
	const titleRoom = 44 // the question stays whole on a terminal of 80 columns
	what := ui.Quoted(catalog.Title(&es[0]))
	asked := ui.Quoted(columns.Cut(catalog.Title(&es[0]), titleRoom, ansi.GraphemeWidth))
	if len(es) > 1 {
		what = ui.Articles(len(es))
		asked = what
	}
	ids := make([]string, len(es))
	for i := range es {
		ids[i] = es[i].ID
	}
	ctx, o, bin := s.life.Writing(), s.origin(), s.history.keeper
	return func() tea.Msg {
		n, err := bin.CountDecisions(ctx, ids...)
		if err != nil {
			return ui.ErrMsg{Err: err, Hint: "nothing deleted"}
		}
		goes := "Delete for good"
		if n > 0 {
			goes += fmt.Sprintf(", with %s", plural(n, "decision"))
		}
		purge := func() tea.Msg {
			if err := bin.Purge(ctx, ids...); err != nil {
				return ui.ErrMsg{Err: err, Hint: "nothing deleted"}
			}
			return tea.BatchMsg{
				ui.Tell("Deleted for good: " + what), ui.Send(ui.ChangedMsg{}),
				o.choice(func() tea.Cmd { s.history.forget(ids); return nil }),
			}
		}
		return ui.ChooseMsg{Title: "Delete " + asked + " for good?", Choices: []ui.Choice{
			{Label: "Keep in the trash", Do: ui.Tell("Nothing deleted")},
			{Label: goes, Detail: "this cannot be undone", Do: purge},
		}}
	}
}

// restore brings an article back from the trash.
func (h *history) restore(o origin, e library.Entry) tea.Cmd {
	k := h.keeper
	return h.do(o, change{
		id: e.ID, say: "Restored: " + catalog.Title(&e), back: "Moved to the trash again: " + catalog.Title(&e), listed: true,
		do:   plainly(func(ctx context.Context) error { return k.Restore(ctx, e.ID) }),
		undo: func(ctx context.Context) error { return k.Remove(ctx, e.ID) },
	})
}
