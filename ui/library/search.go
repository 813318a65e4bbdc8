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
	"byline/ui/library/catalog"
	"byline/ui/list"
)

// A search looks for words in all texts.
type search struct {
	on       bool
	query    string
	answered string // the query that hits belong to
	hits     catalog.Hits
	rows     list.List // of the hits that are shown
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
	if f.query != query {
		f.hits.Filter("")
	}
	f.on, f.query = true, query
	if f.blank() {
		f.hits, f.answered, f.wrong = catalog.Hits{}, "", ""
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
	if at := f.rows.Cursor; f.answered == text && at < len(f.hits.Shown) {
		id = f.hits.Shown[at].Entry.ID
	}
	f.hits.Replace(hits, e.Find() != "")
	f.wrong, f.answered = "", text
	f.showAll(id)
	return nil
}

// filter lists only the hits in articles that match text, with the cursor on that with an ID, if it is there.
func (f *search) filter(text, id string) {
	f.hits.Filter(text)
	f.showAll(id)
}

// showAll counts the rows anew, and moves the cursor to the article with that ID.
func (f *search) showAll(id string) {
	f.rows = list.List{Len: len(f.hits.Shown), Tall: 2}
	if at := f.hits.Last(id); at >= 0 {
		f.rows.To(at)
	}
}

// unfinished reports whether the last term of the query is still being typed, as "person:", so that
// nothing is known of it yet.
func (f *search) unfinished() bool {
	g := query.AtEnd(f.query, nil)
	named := !g.Naming || strings.HasSuffix(strings.TrimSpace(f.query), ":") // the field may be a label
	return f.query != "" && (named && g.Text == "" || strings.HasSuffix(f.query, ":") || lastTerm(f.query) == "-" || lastTerm(f.query) == "(")
}

// ids returns the articles of the hits, each once.
func (f *search) ids() []string {
	var ids []string
	for i := range f.hits.Shown {
		if id := f.hits.Shown[i].Entry.ID; !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// count returns how many articles or quotes were found, and how many of them are shown.
func (f *search) count() string {
	n, out := len(f.hits.All), ""
	switch {
	case f.answered == "":
		return ""
	case f.wrong != "":
		return f.wrong
	case f.hits.Quotes:
		out = plural(n, "quote")
	case f.hits.ByTime && n >= 10*mostHits:
		out = fmt.Sprintf("latest %d articles", n)
	case !f.hits.ByTime && n == mostHits:
		out = fmt.Sprintf("best %d articles", mostHits)
	default:
		out = plural(n, "article")
	}
	if f.hits.FilterText() != "" {
		return fmt.Sprintf("%d of %s", len(f.hits.Shown), out)
	}
	return out
}
