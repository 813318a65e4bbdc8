// Package library is the first screen: every article that is kept, with how long
// it is, how much of it is read and reviewed, and who and what is in it.
//
// The list is sorted, filtered while one types, and searched in all texts. What is
// shown is an array of indices into the entries; it is made anew when something
// changes, never while drawing, and only the rows on the screen are drawn.
package library

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/articles"
	"byline/ui"
	"byline/ui/list"
	"byline/ui/theme"
)

// Store is what the library needs to list and find.
type Store interface {
	Entries(ctx context.Context) ([]articles.Entry, error)
	Search(ctx context.Context, query string, limit int) ([]articles.Hit, error)
}

// Keeper is what the library needs to change entries.
type Keeper interface {
	SetStatus(ctx context.Context, id string, st articles.Status) error
	SetTags(ctx context.Context, id string, tags []string) error
	Remove(ctx context.Context, id string) error
	Restore(ctx context.Context, id string) error
}

// Messages to the program.
type (
	// OpenMsg asks for the article with that ID, at a byte of it or, for −1, where
	// its reader left off.
	OpenMsg struct {
		ID     string
		Offset int
		Query  string // to find in the article; empty for nothing
	}
	// AddMsg asks for a file or folder to be added.
	AddMsg struct{ Path string }
)

// Screen lists the library.
type Screen struct {
	store   Store
	keeper  Keeper
	date    string // layout of dates
	entries []articles.Entry
	loaded  bool
	show    selection
	shown   []item
	list    list.List
	search  search
	removed []string // IDs of the articles removed, the last one last
	number  int      // of the last question; late answers are dropped
	theme   *theme.Theme
	method  ansi.Method
}

// A selection says which entries are shown, and in what order.
type selection struct {
	filter  string
	status  articles.Status // empty for all
	tag     string
	sort    sorting
	reverse bool
}

// An item is an entry that is shown.
type item struct {
	entry int   // index into Screen.entries
	match []int // bytes of the title that the filter matched
}

// A search is a look into all texts.
type search struct {
	query string
	on    bool
	hits  []articles.Hit
}

type entriesMsg struct {
	to      *Screen
	number  int
	entries []articles.Entry
}

type hitsMsg struct {
	to     *Screen
	number int
	hits   []articles.Hit
}

// New returns the library screen; date is the layout of dates as [time.Time.Format]
// takes it.
func New(store Store, keeper Keeper, date string) *Screen {
	s := &Screen{store: store, keeper: keeper, date: date}
	s.theme, _ = theme.Named("", true)
	return s
}

// Load asks for the entries.
func (s *Screen) Load() tea.Cmd {
	s.number++
	store, n := s.store, s.number
	return func() tea.Msg {
		es, err := store.Entries(context.Background())
		if err != nil {
			return ui.ErrMsg{Err: err, Hint: "ctrl+l tries again"}
		}
		return entriesMsg{s, n, es}
	}
}

// Title implements [ui.Screen].
func (s *Screen) Title() string { return "library" }

// Ready implements [ui.Busy].
func (s *Screen) Ready() bool { return s.loaded }

// Update implements [ui.Screen].
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case ui.ThemeMsg:
		s.theme = msg.Theme
	case ui.WidthMsg:
		s.method = msg.Method
	case ui.ChangedMsg:
		return s.Load()
	case entriesMsg:
		if msg.to == s && msg.number == s.number {
			s.take(msg.entries)
		}
	case hitsMsg:
		if msg.to == s && msg.number == s.number {
			s.search.hits = msg.hits
			s.list = list.List{Len: len(msg.hits), Tall: 2}
		}
	case tagMsg:
		if msg.to == s {
			s.show.tag = msg.tag
			s.rearrange()
		}
	case tea.MouseMsg:
		return s.mouse(msg)
	}
	return nil
}

// take shows new entries; the cursor stays on its article.
func (s *Screen) take(entries []articles.Entry) {
	id := s.current().ID
	s.entries, s.loaded = entries, true
	if s.search.on {
		return
	}
	s.choose()
	s.seek(id)
}

// rearrange makes the list anew; the cursor stays on its article.
func (s *Screen) rearrange() {
	id := s.current().ID
	s.choose()
	s.seek(id)
}

// seek puts the cursor on the article with that ID, if it is shown.
func (s *Screen) seek(id string) {
	for i, it := range s.shown {
		if s.entries[it.entry].ID == id {
			s.list.To(i)
			return
		}
	}
}

// current returns the entry under the cursor; the zero entry where there is none.
func (s *Screen) current() articles.Entry {
	if s.search.on {
		if s.list.Cursor < len(s.search.hits) {
			return s.search.hits[s.list.Cursor].Entry
		}
		return articles.Entry{}
	}
	if s.list.Cursor < len(s.shown) {
		return s.entries[s.shown[s.list.Cursor].entry]
	}
	return articles.Entry{}
}

// find searches all texts while one types.
func (s *Screen) find(query string) tea.Cmd {
	s.number++
	if !s.search.on {
		s.list = list.List{Tall: 2}
	}
	s.search.query, s.search.on = query, true
	if strings.TrimSpace(query) == "" {
		s.search.hits = nil
		s.list = list.List{Tall: 2}
		return nil
	}
	const most = 100
	store, n := s.store, s.number
	return func() tea.Msg {
		hits, err := store.Search(context.Background(), query, most)
		if err != nil {
			return ui.ErrMsg{Err: err}
		}
		return hitsMsg{s, n, hits}
	}
}

// leaveSearch shows the list again, the cursor on the article that was found.
func (s *Screen) leaveSearch() {
	id := s.current().ID
	s.number++
	s.search = search{}
	s.choose()
	s.seek(id)
}
