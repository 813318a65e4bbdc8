package library

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library"
	"byline/annotate/library/query"
	"byline/ui"
	"byline/ui/list"
)

// A search is a look into all texts.
type search struct {
	on       bool
	query    string
	answered string // the query that hits answer
	hits     []library.Hit
	latest   bool   // in the order of time: no words were asked for that could rank them
	wrong    string // what is wrong with the query; empty for nothing
	number   int    // of the last question
	stop     context.CancelFunc
}

// mostHits is how many articles a search shows.
const mostHits = 100

type hitsMsg struct {
	to     *Screen
	number int
	query  string
	hits   []library.Hit
	err    error
}

// seekWords searches all texts while one types. What was found before stays on the
// screen until the answer is there.
func (s *Screen) seekWords(query string) tea.Cmd {
	if !s.search.on {
		s.list = list.List{} // of the hits, which are yet to come
	}
	s.search.on, s.search.query = true, query
	s.search.cancel()
	if strings.TrimSpace(query) == "" {
		s.search.hits, s.search.answered, s.search.wrong = nil, "", ""
		s.list = list.List{}
		return nil
	}
	return s.refind()
}

// refind asks the same again; nil where nothing is asked.
func (s *Screen) refind() tea.Cmd {
	if !s.search.on || strings.TrimSpace(s.search.query) == "" {
		return nil
	}
	s.search.cancel()
	ctx, stop := context.WithCancel(context.Background())
	s.search.stop = stop
	store, n, text := s.store, s.search.number, s.search.query
	return func() tea.Msg {
		defer stop()
		hits, err := store.Search(ctx, text, mostHits)
		return hitsMsg{s, n, text, hits, err}
	}
}

// cancel makes the answer to the last question unwanted.
func (f *search) cancel() {
	f.number++
	if f.stop != nil {
		f.stop()
		f.stop = nil
	}
}

// found shows what a search found; the cursor stays on its article where the same
// was asked again.
func (s *Screen) found(msg hitsMsg) tea.Cmd {
	if msg.err != nil {
		if errors.Is(msg.err, context.Canceled) {
			return nil
		}
		var wrong *query.Error
		if errors.As(msg.err, &wrong) {
			s.search.wrong, s.search.answered = wrong.Message, msg.query // what was found before stays
			return nil
		}
		return ui.Fail(msg.err, "")
	}
	e, _ := query.Parse(msg.query, query.Options{Now: s.dates.now(), Typing: true, AnyLabel: true})
	s.search.wrong, s.search.latest = "", e.Find() == "" || len(msg.hits) > 0 && msg.hits[0].Quote
	id, again := "", s.search.answered == msg.query
	if again {
		id = s.current().ID
	}
	s.search.hits, s.search.answered = msg.hits, msg.query
	s.list = list.List{Len: len(msg.hits), Tall: 2}
	for i := range msg.hits {
		if again && msg.hits[i].Entry.ID == id {
			s.list.To(i)
		}
	}
	return nil
}

// leaveSearch shows the list again, the cursor on the article that was found.
func (s *Screen) leaveSearch() {
	id := s.current().ID
	s.search.cancel()
	s.search = search{number: s.search.number}
	s.list = list.List{}
	s.narrow()
	s.seek(id)
}
