// Package library is the first screen: all stored articles, with their length, how much of each is
// read and reviewed, and who and what is in it.
//
// Package catalog, below this one, holds the entries and decides which of them are listed. Its
// arrays are computed when something changes, never while drawing, and only the rows on the screen
// are drawn, so that with ten thousand articles a key costs no more than with ten.
//
// A search looks for words in all texts. Its hits replace the list of entries; opening one goes to
// the words that were found. Filter and search follow the text typed into a field in the header,
// while the arrows move through the list below.
//
// Narrow windows have rows of two lines and wide ones have columns. From 110 columns on, a preview
// right of the list shows the first paragraphs of the article under the cursor and who is in it.
package library

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library"
	"byline/ui"
	"byline/ui/theme"
)

// Store is what the screen needs for listing and searching.
type Store interface {
	Entries(ctx context.Context) ([]library.Entry, error)
	Entry(ctx context.Context, id string) (library.Entry, error)
	Search(ctx context.Context, query string, limit int) ([]library.Hit, error)
	Trash(ctx context.Context) ([]library.Entry, error) // what was removed, the last one first
}

// Keeper is what the screen needs for changing entries.
type Keeper interface {
	SetStatus(ctx context.Context, id string, st library.Status) error
	Retag(ctx context.Context, id string, on, off []string) (library.Retagged, error)
	Remove(ctx context.Context, id string) error
	Restore(ctx context.Context, id string) error
	Purge(ctx context.Context, ids ...string) error // deletes removed articles for good
	CountDecisions(ctx context.Context, ids ...string) (int, error)
}

// addsTexts reports whether articles are added by pasting their texts only, and none by its name: so where the keeper says so. Asked for
// one, the screen then sends an empty [AddMsg].
func addsTexts(k Keeper) bool {
	t, ok := k.(interface{ TextsOnly() bool })
	return ok && t.TextsOnly()
}

// Asker helps with queries; a query that starts with @ is a saved one.
type Asker interface {
	Completions(ctx context.Context, text string) ([]string, error)
	SavedSearches(ctx context.Context) ([]library.SavedSearch, error)
	SaveSearch(ctx context.Context, s library.SavedSearch) error
}

// Messages to the program.
type (
	// OpenMsg asks for the article with that ID to be opened, at a byte offset or, for −1, where
	// it was left.
	OpenMsg struct {
		ID     string
		Offset int
		Query  string   // to highlight in the article; empty for nothing
		List   []string // IDs of the articles listed, in the order of the list; nil if it is not opened from there
	}
	// AddMsg asks for a file or folder to be added. From is the ID of the article under the cursor.
	AddMsg struct{ Path, From string }
	// NotAddedMsg says that what was to be added could not be, and why: it is asked for again, or
	// for Later only when the user wants to add something.
	NotAddedMsg struct {
		Path, Problem string
		Later         bool
	}
	// AddedMsg says that articles with these IDs were added or are in the library already: the cursor
	// goes to the first that is listed, if it is on From yet or From is empty, and Say is shown.
	AddedMsg struct {
		IDs  []string
		Say  string // empty for nothing
		From string
	}
	// AddingSamplesMsg says that the library is new and the sample stories are being added.
	AddingSamplesMsg struct{}
	// TextMsg asks for a text to be added. From is the ID of the article under the cursor.
	TextMsg struct{ Text, From string }
	// AboutMsg asks for what is known of the article with that ID itself.
	AboutMsg struct{ ID string }
	// SyncMsg asks for the feeds to be fetched.
	SyncMsg struct{}
	// TogetherMsg asks for the library to be brought together with those of others.
	TogetherMsg struct{}
	// ReviewMsg asks for a review of the articles with these IDs.
	ReviewMsg struct{ IDs []string }
	// AdjudicateMsg asks for what annotators of the articles with these IDs answered differently.
	AdjudicateMsg struct{ IDs []string }
)

// Screen lists the library.
type Screen struct {
	life    ui.Life
	store   Store
	loading loading
	list    listing
	queries queries
	typing  *typing // nil while nothing is typed
	history history
	preview preview
	trash   trash

	notAdded string // what could not be added
	look     look
	dates    ui.Dates
	size     size // when last drawn
}

// A size is a width in cells and a height in lines.
type size struct{ width, height int }

// New returns the library screen of a program that runs until ctx ends; date is a layout for
// [time.Time.Format].
func New(ctx context.Context, store Store, keeper Keeper, date string) *Screen {
	s := &Screen{life: ui.NewLife(ctx), store: store, dates: ui.Dates{Layout: date, Now: time.Now}}
	s.history.keeper = keeper
	s.loading.single = map[string]*ui.Latest{}
	th, _ := theme.Named("", true)
	s.look.restyle(th)
	return s
}

// Help sets the helper for queries.
func (s *Screen) Help(a Asker) { s.queries.asker = a }

// Preview turns on the preview in windows of 110 cells and more: the first paragraphs of the
// article under the cursor and who is in it, as g returns them.
func (s *Screen) Preview(g PreviewFunc) { s.preview.ask = g }

// SetClock sets the clock that decides which date is today.
func (s *Screen) SetClock(now func() time.Time) { s.dates.Now = now }

// Title implements [ui.Screen].
func (s *Screen) Title() string { return "library" }

// Ready implements [ui.Busy]: keys wait for the list, and those after a query for its hits.
func (s *Screen) Ready() bool {
	return !s.loading.state.pending() && s.loading.state != arriving && (s.typing != nil || !s.list.search.asked.Open())
}

// Close implements [ui.Closer].
func (s *Screen) Close() tea.Cmd {
	s.life.End()
	return nil
}

// Update implements [ui.Screen].
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	return tea.Batch(s.update(msg), follow(s))
}

// follow has what follows the cursor and the filter come.
func follow(s *Screen) tea.Cmd {
	return tea.Batch(s.readPreview(), s.list.similar(s.origin()))
}

func (s *Screen) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case ui.KeysMsg:
		s.look.keys = msg.Keys
	case ui.ThemeMsg:
		s.look.restyle(msg.Theme)
		if s.typing != nil {
			s.typing.field.Restyle(msg.Theme)
		}
	case ui.WidthMsg:
		s.look.method = msg.Method
	case tea.WindowSizeMsg:
		s.size.width = msg.Width
	case ui.ChangedMsg:
		s.preview.invalidate(msg.ID)
		return tea.Batch(s.loadOne(msg.ID), s.searchAgain())
	case AddingSamplesMsg, AddedMsg, NotAddedMsg:
		return takeAdded(s, msg)
	case tea.PasteMsg:
		return s.paste(msg)
	case tea.MouseMsg:
		return s.mouse(msg)
	case answerMsg:
		if msg.to == s && msg.ctx.Err() == nil {
			return msg.take()
		}
	}
	return nil
}

// An answerMsg is the result of a screen's command, for that screen. Update runs take, unless the
// screen was left or has made a newer request.
type answerMsg struct {
	to   ui.Screen
	ctx  context.Context // of the request
	take func() tea.Cmd
}

// An origin is the screen that answers go to, and its life.
type origin struct {
	to   ui.Screen
	life *ui.Life
}

func (s *Screen) origin() origin { return origin{s, &s.life} }

// answer returns the answer to a request made under ctx.
func (o origin) answer(ctx context.Context, take func() tea.Cmd) tea.Msg {
	return answerMsg{o.to, ctx, take}
}

// choice returns a command that has the screen run do, for use in a list of choices.
func (o origin) choice(do func() tea.Cmd) tea.Cmd {
	return ui.Send(o.answer(o.life.Context(), do))
}
