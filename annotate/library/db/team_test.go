package db_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/library/query"
	"byline/articles"
)

// Events are there once each, in whatever order they come; of two with one ID the same one stays.
func TestEvents(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 9, 10, 0, 0, 0, time.UTC)
	row := func(id, body string) db.Row { return db.Row{ID: id, At: at, Who: "carl", Body: []byte(body)} }
	orders := [][]db.Row{
		{row("1", "a"), row("2", "b"), row("2", "c"), row("3", "d")},
		{row("3", "d"), row("2", "c"), row("2", "b"), row("1", "a"), row("2", "c")},
	}
	for _, order := range orders {
		s, err := db.Open(ctx, filepath.Join(t.TempDir(), "library.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		for _, r := range order {
			if err := s.AppendEvents(ctx, nil, nil, r); err != nil {
				t.Fatal(err)
			}
		}
		all, err := s.Events(ctx, 0)
		if err != nil {
			t.Fatal(err)
		}
		bodies := map[string]string{}
		last := int64(0)
		for _, r := range all {
			bodies[r.ID] = string(r.Body)
			if r.Seq <= last || r.Who != "carl" || !r.At.Equal(at) {
				t.Errorf("%+v after %d", r, last)
			}
			last = r.Seq
		}
		if len(all) != 3 || bodies["1"] != "a" || bodies["2"] != "b" || bodies["3"] != "d" {
			t.Errorf("%v", bodies)
		}
		if more, err := s.Events(ctx, last); err != nil || len(more) > 0 {
			t.Errorf("after the last: %v, %v", more, err)
		}
	}
}

// finder returns a function that requires what a query finds, as entries and as hits.
func finder(t *testing.T) func(of *db.DB, q, want string) {
	return func(of *db.DB, q, want string) {
		t.Helper()
		e, err := query.Parse(q, query.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, e := range must[[]library.Entry](t)(of.Find(ctx, e)) {
			got += e.Title + " "
		}
		for _, h := range must[[]library.Hit](t)(of.Hits(ctx, e, 10)) {
			got += "+" + h.Entry.Title + " "
		}
		if strings.TrimSpace(got) != want {
			t.Errorf("%s finds %q, want %q", q, got, want)
		}
	}
}

// A person who is enrolled has a status, a position and counts of their own; everybody else has those of the library.
func TestOwn(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	id := must[db.Added](t)(s.Add(ctx, story("One", "One was said."))).ID
	other := must[db.Added](t)(s.Add(ctx, story("Two", "Two was said."))).ID
	late := story("Late", "Late was said.")
	noError := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	layer := func(id string, tallies ...db.Tally) {
		t.Helper()
		noError(s.SaveLayer(ctx, db.Layer{ID: id, Engine: "e", Version: 1, Data: []byte("x"), Counts: annotate.Counts{People: 3, Claims: 10, Reviewed: 9}, Tallies: append([]db.Tally{}, tallies...)}))
	}
	noError(s.SetStatus(ctx, id, library.Done))
	noError(s.SaveRoster(ctx, db.Roster{UpTo: 1, Members: []string{"ann", "bob"}, Self: "ann",
		Sets: map[string][]string{"May": {other, id, articles.TextID(late.Text)}, "Plain": {id}, "Not yet": {articles.TextID(late.Text)}, "Empty": nil}, Assigned: []db.Assignment{
			{Set: "May", Who: "ann", IDs: []string{other, id, articles.TextID(late.Text)}}, {Set: "May", Who: "bob", IDs: []string{id}}}}))
	layer(id, db.Tally{Who: "bob", Counts: annotate.Counts{People: 2, Claims: 8, Reviewed: 4}, Decided: 5, Sets: []string{"May"}}, db.Tally{Who: "carl"})
	layer(other)
	ann, bob, carl := s.As("ann"), s.As("bob"), s.As("carl")
	noError(bob.SetPosition(ctx, id, library.Position{Top: 3, Cursor: 4}, 0.5))
	noError(bob.MarkOpened(ctx, id))
	noError(carl.MarkOpened(ctx, other))
	for _, x := range []struct {
		of       *db.DB
		status   library.Status
		counts   annotate.Counts
		position library.Position
		progress float64
	}{
		{s, library.Done, annotate.Counts{People: 3, Claims: 10, Reviewed: 9}, library.Position{Cursor: -1}, 0},
		{carl, library.Done, annotate.Counts{People: 3, Claims: 10, Reviewed: 9}, library.Position{Cursor: -1}, 0},
		{ann, library.Reading, annotate.Counts{People: 3, Claims: 10}, library.Position{Cursor: -1}, 0}, // assigned when she had read it for herself
		{bob, library.Done, annotate.Counts{People: 2, Claims: 8, Reviewed: 4}, library.Position{Top: 3, Cursor: 4}, 0.5},
	} {
		es := must[[]library.Entry](t)(x.of.Entries(ctx))
		e := must[library.Entry](t)(x.of.Entry(ctx, id))
		for _, e := range []library.Entry{e, es[len(es)-1]} {
			if e.ID != id || e.Status != x.status || e.Counts != x.counts || e.Progress != x.progress {
				t.Errorf("%+v, want %+v", e, x)
			}
		}
		if p := must[library.Position](t)(x.of.Position(ctx, id)); p != x.position {
			t.Errorf("at %+v, want %+v", p, x.position)
		}
		_, all, unread, err := x.of.Newest(ctx, 5)
		n := 0
		for _, e := range es {
			if e.Status == library.Unread {
				n++
			}
		}
		if err != nil || all != 2 || unread != n {
			t.Errorf("%d of %d unread, listed %d, %v", unread, all, n, err)
		}
	}
	finds := finder(t)
	finds(s, "status:reading", "Two +Two")
	finds(bob, "status:done", "One +One")
	finds(bob, "status:unread", "Two +Two")
	finds(ann, "status:reading", "One +One")
	finds(bob, "reviewed:50%", "One +One")
	finds(ann, "reviewed:0", "Two One +Two +One")
	finds(ann, "assigned:me", "Two One +Two +One")
	finds(bob, "assigned:me", "One +One")
	finds(bob, "assigned:me -done-by:me", "")
	finds(ann, "assigned:bob done-by:bob set:May", "One +One")
	finds(ann, "set:May", "Two One +Two +One")
	finds(bob, "set:plain", "One +One") // nothing of it is assigned
	finds(bob, `-set:plain`, "Two +Two")
	finds(bob, `set:"Not yet"`, "")
	finds(bob, "set:Empty", "")
	finds(bob, "set:*", "Two One +Two +One")
	finds(bob, "unreviewed-by:me", "Two One +Two +One")
	finds(ann, "by-annotator:bob", "")
	if got := must[[]string](t)(s.ToDo(ctx, "ann")); !slices.Equal(got, []string{other, id}) {
		t.Errorf("ann is to do %v", got)
	}
	if got := must[[]string](t)(s.ToDo(ctx, "bob")); len(got) > 0 {
		t.Errorf("bob is to do %v", got)
	}
	want := []db.Progress{{Set: "May", Who: "ann", Assigned: 3, Absent: 1, Claims: 20}, {Set: "May", Who: "bob", Assigned: 1, Done: 1, Claims: 8, Reviewed: 4, Decided: 5}}
	if got := must[[]db.Progress](t)(s.Progress(ctx)); !slices.Equal(got, want) {
		t.Errorf("%+v\nwant %+v", got, want)
	}
	// What is older than what is stored is not stored; what was absent comes, and what is purged is absent.
	noError(s.SaveRoster(ctx, db.Roster{UpTo: 1}))
	must[db.Added](t)(s.Add(ctx, late))
	noError(s.Remove(ctx, other))
	noError(s.Purge(ctx, other))
	if got := must[[]db.Progress](t)(s.Progress(ctx)); len(got) != 2 || got[0].Assigned != 3 || got[0].Absent != 1 {
		t.Errorf("%+v", got)
	}
}

// team10k returns a library with 10,000 articles that are assigned to five people each, who decided on all.
func team10k(b *testing.B, blind bool) *db.DB {
	b.Helper()
	s := fresh(b)
	const n = 10_000
	names := []string{"ann", "bob", "cara", "dora", "emil"}
	var ids []string
	err := s.AddAll(ctx, func(yield func(*articles.Article) bool) {
		for i := range n {
			if !yield(story(fmt.Sprint("Story ", i), fmt.Sprint("Story ", i, " was said."))) {
				return
			}
		}
	}, func(_ *articles.Article, a db.Added) { ids = append(ids, a.ID) })
	if err != nil {
		b.Fatal(err)
	}
	r := db.Roster{UpTo: 1, Members: names}
	for _, who := range names {
		r.Assigned = append(r.Assigned, db.Assignment{Set: "May", Who: who, IDs: ids})
	}
	if blind {
		r.Blind = []db.BlindSet{{Name: "May"}}
	}
	if err := s.SaveRoster(ctx, r); err != nil {
		b.Fatal(err)
	}
	var list []db.Layer
	for i, id := range ids {
		l := db.Layer{ID: id, Engine: "e", Version: 1, Data: []byte("x"), Counts: annotate.Counts{Claims: 10}, Tallies: []db.Tally{}}
		if !blind {
			l.Suggested, l.Curated = &annotate.Counts{Claims: 10}, &annotate.Counts{Claims: 10, Reviewed: 3}
		}
		for k, who := range names {
			t := db.Tally{Who: who, Counts: annotate.Counts{Claims: 10, Reviewed: (i + k) % 11}, Decided: 10}
			if (i+k)%3 == 0 {
				t.Sets = []string{"May"}
			}
			l.Tallies = append(l.Tallies, t)
		}
		if list = append(list, l); len(list) == 500 || i == n-1 {
			if err := s.SaveLayers(ctx, list); err != nil {
				b.Fatal(err)
			}
			list = list[:0]
		}
	}
	return s
}

// BenchmarkProgress asks for the progress of five people with 10,000 articles each.
func BenchmarkProgress(b *testing.B) {
	s := team10k(b, false)
	for b.Loop() {
		got, err := s.Progress(ctx)
		if err != nil || len(got) != 5 || got[0].Assigned != 10_000 {
			b.Fatal(got, err)
		}
	}
}

// BenchmarkViews lists 10,000 articles of a team of five in every view, as one of them: open and sealed.
func BenchmarkViews(b *testing.B) {
	for _, blind := range []bool{false, true} {
		s := team10k(b, blind).As("ann")
		list := func(name string, s *db.DB) {
			b.Run(fmt.Sprintf("%s/blind=%v", name, blind), func(b *testing.B) {
				from := busy()
				for b.Loop() {
					n := 0
					if err := s.EachEntry(ctx, func(*library.Entry) { n++ }); err != nil || n != 10_000 {
						b.Fatal(n, err)
					}
				}
				b.ReportMetric((busy()-from)/float64(b.N), "cpu-ms/op")
			})
		}
		list("as", s)
		for _, v := range []library.View{library.Everyone, library.Mine, library.ViewOf("bob"), library.ViewOf("nobody"), library.Curated} {
			list(v.String(), s.Seeing(v))
		}
	}
}
