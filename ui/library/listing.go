package library

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library"
	"byline/annotate/library/query"
	"byline/articles/clean"
	"byline/ui"
	"byline/ui/library/catalog"
	"byline/ui/list"
)

// A listing is the rows on the screen, of the catalog or during a search of the hits, with the
// cursor.
type listing struct {
	catalog catalog.Catalog
	rows    list.List // of the catalog
	search  search
}

// list returns the rows on the screen and the cursor on them.
func (l *listing) list() *list.List {
	if l.search.on {
		return &l.search.rows
	}
	return &l.rows
}

// selected returns the entry under the cursor; the zero entry if there is none.
func (l *listing) selected() library.Entry {
	at := l.list().Cursor
	switch {
	case l.search.on && at < len(l.search.hits.Shown):
		return l.search.hits.Shown[at].Entry
	case !l.search.on && at < l.catalog.Len():
		return *l.catalog.At(at)
	}
	return library.Entry{}
}

// ids returns the listed articles, each once.
func (l *listing) ids() []string {
	if l.search.on {
		return l.search.ids()
	}
	return l.catalog.IDs()
}

// Listed returns the IDs of the listed articles, in the order of the list.
func (s *Screen) Listed() []string { return s.list.ids() }

// Select moves the cursor to the article with that ID, if it is listed.
func (s *Screen) Select(id string) {
	l := &s.list
	if !l.search.on {
		l.update(id)
		return
	}
	if at := slices.IndexFunc(l.search.hits.Shown, func(h library.Hit) bool { return h.Entry.ID == id }); at >= 0 {
		l.search.rows.To(at)
	}
}

// goToFirst moves the cursor to the first listed of the articles with these IDs, and reports whether one is.
func (l *listing) goToFirst(ids []string) bool {
	if l.search.on {
		return false
	}
	first := -1
	for _, id := range ids {
		if at := l.catalog.Find(id); at >= 0 && (first < 0 || at < first) {
			first = at
		}
	}
	if first >= 0 {
		l.rows.To(first)
	}
	return first >= 0
}

// open opens the article under the cursor, at the words that were found in it.
func (l *listing) open(now time.Time) tea.Cmd {
	e := l.selected()
	switch {
	case e.ID == "" && l.catalog.Total() == 0:
		return ui.Tell("The library is empty; {library.add} adds an article")
	case e.ID == "":
		return ui.Tell("Nothing matches this filter or search; {library.clear} shows all")
	}
	if l.search.on {
		found, _ := query.Parse(l.search.answered, query.Options{Now: now, Typing: true, AnyLabel: true})
		return ui.Send(OpenMsg{e.ID, l.search.hits.Shown[l.search.rows.Cursor].Offset, found.Find(), l.ids()})
	}
	return ui.Send(OpenMsg{ID: e.ID, Offset: -1, List: l.ids()})
}

// move moves the cursor, and reports whether a is a move.
func (l *listing) move(a ui.Action) bool {
	rows := l.list()
	n, ok := map[ui.Action]int{
		moveDown: 1, moveUp: -1, pageDown: rows.Page() - 1, pageUp: 1 - rows.Page(), toFirst: -rows.Len, toLast: rows.Len,
	}[a]
	if ok {
		rows.Move(n)
	}
	return ok
}

// update counts the rows of the catalog again and moves the cursor to the article with that ID, if
// it is listed.
func (l *listing) update(id string) {
	l.rows = list.List{Len: l.catalog.Len(), Cursor: l.rows.Cursor, Top: l.rows.Top}
	l.rows.To(l.rows.Cursor)
	if at := l.catalog.Find(id); at >= 0 {
		l.rows.To(at)
	}
}

// leaveSearch lists the catalog again, with the cursor on the article that was found.
func (l *listing) leaveSearch() {
	if !l.search.on {
		return
	}
	id := l.selected().ID
	l.search.asked.Stop()
	l.search = search{}
	l.rows = list.List{}
	l.update(id)
}

// filter lists the entries that match text, with the cursor on the first.
func (l *listing) filter(text string) {
	l.catalog.Filter(text)
	l.update("")
	l.rows.To(0)
}

// similar returns a command that looks for what resembles the filter and adds it to the list, where that was left for later.
func (l *listing) similar(o origin) tea.Cmd {
	look := l.catalog.Similar()
	if look == nil {
		return nil
	}
	ctx := o.life.Context()
	return func() tea.Msg {
		add := look(ctx)
		if add == nil {
			return nil
		}
		return o.answer(ctx, func() tea.Cmd {
			if add() {
				l.rows = list.List{Len: l.catalog.Len(), Cursor: l.rows.Cursor, Top: l.rows.Top}
			}
			return nil
		})
	}
}

// arrange changes the arrangement; the cursor stays on its article.
func (l *listing) arrange(by catalog.Arrangement) {
	id := l.selected().ID
	l.catalog.Arrange(by)
	l.update(id)
}

// statuses are what the key for the next status cycles through; empty is all.
var statuses = []library.Status{"", library.Unread, library.Reading, library.Done}

// handle handles the actions that change the order and selection of the list. They end a search.
func (l *listing) handle(a ui.Action) (cmd tea.Cmd, ok bool) {
	if !slices.Contains([]ui.Action{sortByNext, reverseOrder, nextStatus, clearSelection}, a) {
		return nil, false
	}
	if id := l.selected().ID; a == clearSelection && l.search.hits.FilterText() != "" {
		l.search.filter("", id)
		return nil, true
	}
	searching := l.search.on
	l.leaveSearch()
	switch by := l.catalog.Arrangement(); a {
	case sortByNext:
		return l.sortBy(by.Sort.Next()), true
	case reverseOrder:
		return l.reverse(), true
	case nextStatus:
		at := slices.Index(statuses, by.Status)
		l.showOnly(statuses[(at+1)%len(statuses)])
	case clearSelection:
		if !searching {
			return l.clear(), true
		}
	}
	return nil, true
}

func (l *listing) showOnly(st library.Status) {
	by := l.catalog.Arrangement()
	by.Status = st
	l.arrange(by)
}

// sortBy sorts by what, or reverses the order if the list is already sorted by it.
func (l *listing) sortBy(what catalog.Sorting) tea.Cmd {
	by := l.catalog.Arrangement()
	if by.Sort == what {
		return l.reverse()
	}
	by.Sort = what
	l.arrange(by)
	return ui.Tell("Sorted by " + what.String())
}

// reverse reverses the order.
func (l *listing) reverse() tea.Cmd {
	by := l.catalog.Arrangement()
	by.Reverse = !by.Reverse
	l.arrange(by)
	order := ""
	if by.Reverse {
		order = ", reversed"
	}
	return ui.Tell("Sorted by " + by.Sort.String() + order)
}

// clear removes the filter or, if there is none, tag and status.
func (l *listing) clear() tea.Cmd {
	by := l.catalog.Arrangement()
	switch {
	case l.catalog.FilterText() != "":
		id := l.selected().ID
		l.catalog.Filter("")
		l.update(id)
	case by.Tag != "" || by.Status != "":
		by.Tag, by.Status = "", ""
		l.arrange(by)
	default:
		return ui.Tell("{app.back} quits")
	}
	return nil
}

// chooseTag shows the tags of the catalog as a list of choices.
func (l *listing) chooseTag(o origin) tea.Cmd {
	tags := l.catalog.Tags()
	if len(tags) == 0 {
		return ui.Tell("No article has tags; {library.tags} sets them")
	}
	only := func(tag string) tea.Cmd {
		return o.choice(func() tea.Cmd {
			l.leaveSearch()
			by := l.catalog.Arrangement()
			by.Tag = tag
			l.arrange(by)
			return nil
		})
	}
	msg := ui.ChooseMsg{Title: "Only articles tagged", Choices: []ui.Choice{{Label: "All articles", Do: only("")}}}
	for _, t := range tags {
		msg.Choices = append(msg.Choices, ui.Choice{Label: clean.Line(t), Do: only(t)})
	}
	return ui.Send(msg)
}
