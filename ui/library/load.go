package library

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library"
	"byline/ui"
	"byline/ui/library/catalog"
)

// loading tracks which entries are being loaded, and the outcome.
type loading struct {
	all    ui.Latest
	single map[string]*ui.Latest // by ID
	state  state
}

// A state is the outcome of the last load of all entries.
type state uint8

const (
	waiting  state = iota // not loaded yet
	filling               // not loaded yet: the sample stories are being added
	arriving              // the newest are listed, the others are being loaded
	loaded
	failed
)

// pending reports whether there is nothing to list or to press keys on yet.
func (s state) pending() bool { return s == waiting || s == filling }

// A paged store can give the newest entries before all of them, and all of them one by one.
type paged interface {
	// Newest returns the n entries that were added last, and how many there are in all, and unread.
	Newest(ctx context.Context, n int) (list []library.Entry, all, unread int, err error)
	EachEntry(ctx context.Context, each func(*library.Entry)) error
}

// firstPage is how many entries are shown while the others are loaded.
const firstPage = 200

// Load loads the entries. They are folded and sorted in the background, so that showing them is
// quick however many there are. Of a large library the newest are shown first.
func (s *Screen) Load() tea.Cmd {
	for _, one := range s.loading.single {
		one.Stop()
	}
	clear(s.loading.single)
	ctx, by := s.loading.all.Next(s.life.Context()), s.list.catalog.Arrangement()
	all := loadAll(ctx, s, by, s.list.catalog.Total())
	store, ok := s.store.(paged)
	if !ok || s.loading.state != waiting || s.trash.shown() || by != (catalog.Arrangement{}) {
		return all
	}
	return func() tea.Msg {
		list, n, unread, err := store.Newest(ctx, firstPage)
		if err != nil || len(list) == n {
			return all()
		}
		c := catalog.New(list, by)
		c.Coming = catalog.Coming{Entries: n - len(list), Unread: unread - c.CountUnread()}
		return s.origin().answer(ctx, func() tea.Cmd {
			s.list.catalog.Replace(c)
			s.list.update("")
			s.loading.state = arriving
			return loadAll(ctx, s, by, n)
		})
	}
}

// loadAll returns a command that loads all entries, some n.
func loadAll(ctx context.Context, s *Screen, by catalog.Arrangement, n int) tea.Cmd {
	entries, bin := binned{s}.entries(), s.store.Trash
	return func() tea.Msg {
		c, err := catalog.Collect(func(each func(*library.Entry)) error { return entries(ctx, each) }, by, n)
		if err == nil && c.Total() == 0 {
			var es []library.Entry
			es, err = bin(ctx)
			c.Removed = len(es)
		}
		return s.origin().answer(ctx, func() tea.Cmd { return s.showEntries(c, err) })
	}
}

// loadOne loads the entry of one article, after a decision or while it is read: the cost does not
// depend on the size of the library.
func (s *Screen) loadOne(id string) tea.Cmd {
	if id == "" || s.loading.all.Open() || !s.list.catalog.Has(id) {
		return s.Load()
	}
	if s.loading.single[id] == nil {
		s.loading.single[id] = &ui.Latest{}
	}
	ctx, store := s.loading.single[id].Next(s.life.Context()), s.store
	return func() tea.Msg {
		e, err := store.Entry(ctx, id)
		return s.origin().answer(ctx, func() tea.Cmd { return s.showEntry(e, err) })
	}
}

// showEntries shows new entries; the cursor stays on its article, unless a change moves it.
func (s *Screen) showEntries(c catalog.Catalog, err error) tea.Cmd {
	s.loading.all.Answered()
	if s.loading.state = loaded; err != nil {
		s.loading.state = failed
		return ui.Fail(err, "{library.reload} tries again")
	}
	lacks := sayLacks(s.store)
	id := s.list.selected().ID
	s.list.catalog.Replace(c)
	if !s.list.search.on {
		s.list.update(id)
	}
	if then := s.history.then; then != nil {
		s.history.then = nil
		return tea.Batch(lacks, then(&s.list))
	}
	return lacks
}

// sayLacks says how many articles of a damaged library could not be read.
func sayLacks(store Store) tea.Cmd {
	if d, ok := store.(interface{ Partly() error }); ok {
		if why := d.Partly(); why != nil {
			return ui.Fail(why, `"byline check" says what is lost`)
		}
	}
	return nil
}

// showEntry updates one entry.
func (s *Screen) showEntry(e library.Entry, err error) tea.Cmd {
	if err != nil || !s.list.catalog.Has(e.ID) {
		return s.Load()
	}
	id := s.list.selected().ID
	if s.list.catalog.ReplaceEntry(e) && !s.list.search.on {
		s.list.update(id)
	}
	return nil
}
