package library_test

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	words "byline/annotate/library"
	"byline/annotate/library/query"
	"byline/ui/app"
	"byline/ui/library"
	"byline/ui/uitest"
)

// queries is a store that helps with queries and holds one saved query.
type queries struct {
	*store
	saved []words.SavedSearch
}

func (q *queries) Search(ctx context.Context, text string, limit int) ([]words.Hit, error) {
	if _, err := query.Parse(text, query.Options{Typing: true}); err != nil {
		return nil, err
	}
	if strings.HasPrefix(text, "by:") {
		return []words.Hit{
			{Entry: q.entries[1], Snippet: "Ann Lee: We go on.", Offset: 5, Quote: true},
			{Entry: q.entries[1], Snippet: "Ann Lee: We stop.", Offset: 9, Quote: true},
		}, nil
	}
	return q.store.Search(ctx, text, limit)
}

func (q *queries) Completions(_ context.Context, text string) ([]string, error) {
	switch text {
	case "b":
		return []string{"by:"}, nil
	case "by:p":
		return []string{`by:"Pia Quarternight"`, `by:"Paul of the Long Name"`, `by:"Petra Underhill"`, "by:Pavel"}, nil
	case "by:":
		return []string{`by:"Ann Lee"`, "by:Bo"}, nil
	}
	return nil, nil
}

func (q *queries) SavedSearches(context.Context) ([]words.SavedSearch, error) { return q.saved, nil }

func (q *queries) SaveSearch(_ context.Context, x words.SavedSearch) error {
	q.saved = append(q.saved, x)
	return nil
}

// TestQueries completes a query for quotes, opens the second hit, saves the query and runs it
// again.
func TestQueries(t *testing.T) {
	t.Parallel()
	q := &queries{store: newStore()}
	lib := library.New(context.Background(), q, q.store, "2006-01-02")
	lib.Help(q)
	opened := make(chan library.OpenMsg, 1)
	m, err := app.New(app.Options{
		Start: func() tea.Cmd { return lib.Load() },
		Wire: func(msg tea.Msg) (app.Answer, bool) {
			if o, ok := msg.(library.OpenMsg); ok {
				opened <- o
				return app.Answer{}, true
			}
			return app.Answer{}, false
		},
	}, lib)
	if err != nil {
		t.Fatal(err)
	}
	s, _ := uitest.Start(t, m, 90, 20)
	s.Wait(t, "The press")
	s.Type("fb")
	s.Wait(t, "─ tab by: ─")
	s.Type("\t")
	s.Wait(t, `─ tab by:"Ann Lee" · by:Bo ─`)
	s.Type("\t")
	s.Wait(t, `search by:"Ann Lee"`)
	s.Wait(t, "2 quotes")
	s.Wait(t, "latest first")
	s.Type("\t")
	s.Wait(t, "search by:Bo")
	s.Type("\x13")
	s.Wait(t, "Save search as:")
	s.Type("bo says\r")
	s.Wait(t, "Saved as @bo-says; F lists saved searches")
	s.Type(" persn:x ")
	s.Wait(t, "there is no field persn:; do you mean person:?")
	s.Type("\x1b")
	s.Wait(t, "3 articles")
	s.Type("F")
	s.Wait(t, "Saved searches")
	s.Type("bo\r")
	s.Wait(t, "search by:Bo  2 quotes")
	s.Type("j\r")
	if o := <-opened; o.Offset != 9 || o.Query != "" {
		t.Errorf("opens %+v", o)
	}
}

// TestUnfinishedQuery types a query letter by letter: nothing is said of what is still being typed,
// and the line of completions ends with a whole one.
func TestUnfinishedQuery(t *testing.T) {
	t.Parallel()
	q := &queries{store: newStore()}
	lib := library.New(context.Background(), q, q.store, "2006-01-02")
	lib.Help(q)
	m, err := app.New(app.Options{Start: func() tea.Cmd { return lib.Load() }}, lib)
	if err != nil {
		t.Fatal(err)
	}
	s, _ := uitest.Start(t, m, 60, 20)
	s.Wait(t, "The press")
	for _, text := range []string{"person:", "-", `org:"`, "harbour tag:", "weapon:"} {
		s.Type("f" + text)
		s.Wait(t, "search "+text)
		time.Sleep(50 * time.Millisecond) // whatever is said comes with the answer
		for _, wrong := range []string{"No matches", "0 articles"} {
			if strings.Contains(s.Text(), wrong) {
				t.Errorf("%q is answered with %q\n%s", text, wrong, s.Text())
			}
		}
		s.Type("\x1b")
		s.Wait(t, "3 articles")
	}
	s.Type("fzzz")
	s.Wait(t, "No matches.")
	s.Type("\x15by:p")
	s.Wait(t, `─ tab by:"Pia Quarternight" · 3 more ─`)
}
