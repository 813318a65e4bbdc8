// Package library is the first screen: every article that is kept, with how long
// it is, how much of it is read and reviewed, and who and what is in it.
//
// What the library holds is one stock: the entries, and beside each the folded words
// that filter and sort look at, made once when the entries are read and not at a key.
// What is shown of it is an order, an array of indices into the stock that status, tag
// and sort make, and what a filter leaves of that. Both are made anew when something
// changes, never while drawing, and only the rows on the screen are drawn, so that ten
// thousand articles cost a key no more than ten.
//
// A search looks into all texts. It answers with hits, a list of its own in the place
// of the other; opening one goes to the words that were found. Filter and search take
// text as one types, in a field in the header, while the arrows move the list below.
//
// Narrow windows have rows of two lines, wide ones columns, and from 110 columns on a
// pane beside the list says how the article under the cursor begins and who is in it.
package library

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library"
	"byline/ui"
	"byline/ui/list"
	"byline/ui/theme"
)

// Store is what the library needs to list and find.
type Store interface {
	Entries(ctx context.Context) ([]library.Entry, error)
	Entry(ctx context.Context, id string) (library.Entry, error)
	Search(ctx context.Context, query string, limit int) ([]library.Hit, error)
}

// Keeper is what the library needs to change entries.
type Keeper interface {
	SetStatus(ctx context.Context, id string, st library.Status) error
	SetTags(ctx context.Context, id string, tags []string) error
	Remove(ctx context.Context, id string) error
	Restore(ctx context.Context, id string) error
}

// Asker helps with queries; what begins with @ is a saved one.
type Asker interface {
	Completions(ctx context.Context, text string) ([]string, error)
	SavedSearches(ctx context.Context) ([]library.SavedSearch, error)
	SaveSearch(ctx context.Context, s library.SavedSearch) error
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
	// TextMsg asks for a text to be added.
	TextMsg struct{ Text string }
	// SyncMsg asks for what is new in the feeds.
	SyncMsg struct{}
	// ReviewMsg asks for a review of the articles with these IDs.
	ReviewMsg struct{ IDs []string }
)

// Screen lists the library.
type Screen struct {
	store  Store
	keeper Keeper
	dates  dates
	stock  stock
	loads  loads
	show   arrangement
	order  []int // indices into the stock: what show admits, in its order
	filter filter
	list   list.List // of filter.shown, or of search.hits
	search search
	typing *typing // nil unless somebody types a filter or a query
	asker  Asker   // nil for no help
	past   past
	look   look
	pane   pane
}

// loads says which answers of the store are still wanted.
type loads struct {
	number  int            // of the last question for all entries
	running bool           // it is not answered yet
	done    bool           // the first one is, be it by a failure
	failed  bool           // the last one
	single  map[string]int // the last question for one entry, by ID
}

type (
	entriesMsg struct {
		to     *Screen
		number int
		stock  stock
		show   arrangement // by which order was made
		order  []int
		err    error
	}
	entryMsg struct {
		to             *Screen
		number, single int
		id             string
		entry          library.Entry
		err            error
	}
)

// New returns the library screen; date is the layout of dates as [time.Time.Format]
// takes it.
func New(store Store, keeper Keeper, date string) *Screen {
	s := &Screen{store: store, keeper: keeper, dates: newDates(date, time.Now)}
	s.loads.single = map[string]int{}
	th, _ := theme.Named("", true)
	s.look.restyle(th)
	return s
}

// Help has the screen take help with queries from a.
func (s *Screen) Help(a Asker) { s.asker = a }

// Clock has the screen take the time from now, to tell what was today.
func (s *Screen) Clock(now func() time.Time) { s.dates.now = now }

// Load asks for the entries. They come with their words folded and sorted, so that
// taking them is quick however many there are.
func (s *Screen) Load() tea.Cmd {
	s.loads.number++
	s.loads.running = true
	store, n, show := s.store, s.loads.number, s.show
	return func() tea.Msg {
		es, err := store.Entries(context.Background())
		st := newStock(es)
		return entriesMsg{s, n, st, show, st.sorted(show), err}
	}
}

// loadOne asks for the entry of one article, after a decision or a page read: it costs
// the same however large the library is.
func (s *Screen) loadOne(id string) tea.Cmd {
	if id == "" || s.loads.running || s.stock.index(id) < 0 {
		return s.Load()
	}
	s.loads.single[id]++
	store, n, single := s.store, s.loads.number, s.loads.single[id]
	return func() tea.Msg {
		e, err := store.Entry(context.Background(), id)
		return entryMsg{s, n, single, id, e, err}
	}
}

// Title implements [ui.Screen].
func (s *Screen) Title() string { return "library" }

// Ready implements [ui.Busy].
func (s *Screen) Ready() bool { return s.loads.done }

// Update implements [ui.Screen].
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	return tea.Batch(s.update(msg), s.peek())
}

func (s *Screen) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case ui.KeysMsg:
		s.look.keys = msg.Keys
	case ui.ThemeMsg:
		s.look.restyle(msg.Theme)
		s.typing.restyle(msg.Theme)
	case ui.WidthMsg:
		s.look.method = msg.Method
	case tea.WindowSizeMsg:
		s.pane.window = msg.Width
	case ui.ChangedMsg:
		s.pane.outdate(msg.ID)
		return tea.Batch(s.loadOne(msg.ID), s.refind())
	case tea.PasteMsg:
		return s.pasted(msg)
	case tea.MouseMsg:
		return s.mouse(msg)
	}
	return s.answer(msg)
}

// answer takes what the screen's own commands bring.
func (s *Screen) answer(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case entriesMsg:
		if msg.to == s && msg.number == s.loads.number {
			return s.take(msg)
		}
	case entryMsg:
		if msg.to == s && msg.number == s.loads.number && msg.single == s.loads.single[msg.id] {
			return s.takeOne(msg)
		}
	case hitsMsg:
		if msg.to == s && msg.number == s.search.number {
			return s.found(msg)
		}
	case offersMsg:
		if msg.to == s && s.typing != nil && s.typing.field.Value() == msg.text {
			s.typing.offers.all = msg.all
		}
	case searchMsg:
		if msg.to == s {
			return s.ask(msg.query)
		}
	case deedMsg:
		if msg.to == s {
			s.past.take(msg)
		}
	case tagMsg:
		if msg.to == s {
			if s.search.on {
				s.leaveSearch()
			}
			s.show.tag = msg.tag
			s.rearrange()
		}
	case peekMsg:
		if msg.to == s && msg.number == s.pane.number {
			return s.glimpse()
		}
	case glimpseMsg:
		if msg.to == s {
			s.pane.take(msg)
		}
	}
	return nil
}

// take shows new entries; the cursor stays on its article, or goes to the one that
// was brought back.
func (s *Screen) take(msg entriesMsg) tea.Cmd {
	s.loads.running, s.loads.done, s.loads.failed = false, true, msg.err != nil
	if msg.err != nil {
		return ui.Fail(msg.err, "{library.reload} tries again")
	}
	id := s.current().ID
	if s.past.want != "" {
		id, s.past.want = s.past.want, ""
	}
	s.stock, s.order = msg.stock, msg.order
	clear(s.loads.single)
	if msg.show != s.show {
		s.order = s.stock.sorted(s.show)
	}
	if !s.search.on {
		s.narrow()
		s.seek(id)
	}
	return nil
}

// takeOne shows one entry as it is now.
func (s *Screen) takeOne(msg entryMsg) tea.Cmd {
	i := s.stock.index(msg.id)
	if msg.err != nil || i < 0 {
		return s.Load()
	}
	was := s.stock.entries[i]
	s.stock.set(i, msg.entry)
	if s.show.admits(&was) == s.show.admits(&msg.entry) && s.show.compare(&was, &msg.entry) == 0 && was.Title == msg.entry.Title {
		return nil
	}
	if s.search.on {
		s.order = s.stock.sorted(s.show)
		return nil
	}
	s.rearrange()
	return nil
}

// rearrange makes the list anew; the cursor stays on its article.
func (s *Screen) rearrange() {
	id := s.current().ID
	s.order = s.stock.sorted(s.show)
	s.narrow()
	s.seek(id)
}

// narrow makes the list of what the filter leaves of the order.
func (s *Screen) narrow() {
	s.filter.apply(&s.stock, s.order)
	s.list = list.List{Len: len(s.filter.shown), Cursor: s.list.Cursor, Top: s.list.Top}
	s.list.To(s.list.Cursor)
}

// seek puts the cursor on the article with that ID, if it is shown.
func (s *Screen) seek(id string) {
	for i, at := range s.filter.shown {
		if s.stock.entries[at].ID == id {
			s.list.To(i)
			return
		}
	}
}

// current returns the entry under the cursor; the zero entry where there is none.
func (s *Screen) current() library.Entry {
	at := s.list.Cursor
	switch {
	case s.search.on && at < len(s.search.hits):
		return s.search.hits[at].Entry
	case !s.search.on && at < len(s.filter.shown):
		return s.stock.entries[s.filter.shown[at]]
	}
	return library.Entry{}
}
