package library

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/articles"
	"byline/ui"
	"byline/ui/list"
)

// A search is a look into all texts.
type search struct {
	on       bool
	query    string
	answered string // the query that hits answer
	hits     []articles.Hit
	number   int // of the last question
	stop     context.CancelFunc
}

// mostHits is how many articles a search shows.
const mostHits = 100

type hitsMsg struct {
	to     *Screen
	number int
	query  string
	hits   []articles.Hit
	err    error
}

// seekWords searches all texts while one types. What was found before stays on the
// screen until the answer is there.
func (s *Screen) seekWords(query string) tea.Cmd {
	s.search.on, s.search.query = true, query
	s.search.cancel()
	if strings.TrimSpace(query) == "" {
		s.search.hits, s.search.answered = nil, ""
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
	store, n, query := s.store, s.search.number, s.search.query
	return func() tea.Msg {
		defer stop()
		hits, err := store.Search(ctx, query, mostHits)
		return hitsMsg{s, n, query, hits, err}
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
		return ui.Fail(msg.err, "")
	}
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
