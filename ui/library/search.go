package library

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library"
	"byline/annotate/library/query"
	"byline/ui"
	"byline/ui/list"
)

// A search looks for words in all texts.
type search struct {
	on       bool
	query    string
	answered string // the query that hits belong to
	hits     []library.Hit
	rows     list.List // of the hits
	byTime   bool      // latest hit first: the query has no words to rank by
	wrong    string    // error in the query; empty for none
	asked    ui.Latest
}

// mostHits is the most articles that a search shows.
const mostHits = 100

// find searches all texts for query. The previous hits stay on the screen until the answer
// arrives.
func (s *Screen) find(query string) tea.Cmd {
	f := &s.list.search
	f.start(query)
	if f.blank() {
		return nil
	}
	return s.searchAgain()
}

// searchAgain repeats the search; it returns nil if there is none.
func (s *Screen) searchAgain() tea.Cmd {
	f := &s.list.search
	if !f.on || f.blank() {
		return nil
	}
	ctx, o, store, text, now := f.asked.Next(s.life.Context()), s.origin(), s.store, f.query, s.dates.Now
	return func() tea.Msg {
		hits, err := store.Search(ctx, text, mostHits)
		return o.answer(ctx, func() tea.Cmd {
			f.asked.Answered()
			return f.take(text, hits, err, now())
		})
	}
}

// start starts a search for query.
func (f *search) start(query string) {
	f.asked.Stop()
	if !f.on {
		f.rows = list.List{}
	}
	f.on, f.query = true, query
	if f.blank() {
		f.hits, f.answered, f.wrong = nil, "", ""
		f.rows = list.List{}
	}
}

// blank reports whether the query is empty.
func (f *search) blank() bool { return strings.TrimSpace(f.query) == "" }

// take shows the hits for text; if the same search was repeated, the cursor stays on its article.
func (f *search) take(text string, hits []library.Hit, err error, now time.Time) tea.Cmd {
	if err != nil {
		var wrong *query.Error
		if errors.As(err, &wrong) {
			f.wrong, f.answered = wrong.Message, text // keep the previous hits
			return nil
		}
		return ui.Fail(err, "")
	}
	e, _ := query.Parse(text, query.Options{Now: now, Typing: true, AnyLabel: true})
	id := ""
	if at := f.rows.Cursor; f.answered == text && at < len(f.hits) {
		id = f.hits[at].Entry.ID
	}
	again := f.answered == text
	f.wrong, f.hits, f.answered = "", hits, text
	f.byTime = e.Find() == "" || f.quotes()
	f.rows = list.List{Len: len(hits), Tall: 2}
	for i := range hits {
		if again && hits[i].Entry.ID == id {
			f.rows.To(i)
		}
	}
	return nil
}

// unfinished reports whether the last term of the query is still being typed, as "person:", so that
// nothing is known of it yet.
func (f *search) unfinished() bool {
	g := query.AtEnd(f.query, nil)
	named := !g.Naming || strings.HasSuffix(strings.TrimSpace(f.query), ":") // the field may be a label
	return f.query != "" && (named && g.Text == "" || strings.HasSuffix(f.query, ":") || lastTerm(f.query) == "-" || lastTerm(f.query) == "(")
}

// quotes reports whether the hits are quotes.
func (f *search) quotes() bool { return len(f.hits) > 0 && f.hits[0].Quote }

// ids returns the articles of the hits, each once.
func (f *search) ids() []string {
	var ids []string
	for i := range f.hits {
		if id := f.hits[i].Entry.ID; !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// count returns how many articles or quotes were found.
func (f *search) count() string {
	switch n := len(f.hits); {
	case f.answered == "":
		return ""
	case f.wrong != "":
		return f.wrong
	case f.quotes():
		return plural(n, "quote")
	case f.byTime && n >= 10*mostHits:
		return fmt.Sprintf("latest %d articles", n)
	case !f.byTime && n == mostHits:
		return fmt.Sprintf("best %d articles", mostHits)
	default:
		return plural(n, "article")
	}
}
