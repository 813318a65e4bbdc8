package db_test

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/articles"
)

// TestFourProcesses has four processes write rows, articles and layers at once.
func TestFourProcesses(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "library.db")
	must[db.Added](t)(open(t, path).Add(ctx, story("Press", "Text.")))
	const processes, rows = 4, 40
	var wg sync.WaitGroup
	for w := range processes {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "STORE_TEST_APPEND="+path, fmt.Sprintf("STORE_TEST_NAME=w%d", w), fmt.Sprintf("STORE_TEST_ROWS=%d", rows))
		wg.Go(func() {
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	wg.Wait()
	s := open(t, path)
	n := len(everyRow(t, s))
	if n != processes*rows {
		t.Errorf("%d rows of %d", n, processes*rows)
	}
	if places := must[[]library.Place](t)(s.PersonArticles(ctx, library.PersonID{Key: "all"}, 100)); len(places) != processes*rows/10 {
		t.Errorf("%d articles with layers of %d", len(places), processes*rows/10)
	}
}

// TestAddingLetsOthersWrite adds articles until another connection has logged a decision.
func TestAddingLetsOthersWrite(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	id := must[db.Added](t)(s.Add(ctx, story("Press", "Text."))).ID
	other := open(t, s.Path())
	logged := make(chan error, 1)
	told := 0
	err := s.AddAll(ctx, until(logged), func(a *articles.Article, _ db.Added) {
		if told++; told != 1 {
			return
		}
		if _, err := other.Entry(ctx, articles.TextID(a.Text)); err != nil {
			t.Errorf("an article that was told as added: %v", err)
		}
		go func() { logged <- other.Append(ctx, id, nil, db.Row{ID: "d1"}) }()
	})
	if err != nil {
		t.Fatal(err)
	}
	if rows := must[[]db.Row](t)(s.Rows(ctx, id, 0)); len(rows) != 1 {
		t.Errorf("%+v", rows)
	}
	if n := len(must[[]library.Entry](t)(s.Entries(ctx))); n != told+1 {
		t.Errorf("%d articles, %d were told as added", n-1, told)
	}
}

// until yields articles until done has something. A hundred thousand without that mean
// that the lock is never released.
func until(done chan error) iter.Seq[*articles.Article] {
	return func(yield func(*articles.Article) bool) {
		for i := range 100_000 {
			select {
			case err := <-done:
				if err != nil {
					yield(&articles.Article{Source: "-", Text: err.Error()})
				}
				return
			default:
			}
			if !yield(story(fmt.Sprint(i), fmt.Sprint(i, strings.Repeat(" some words", 500)))) {
				return
			}
		}
	}
}

func TestDataVersion(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	id := must[db.Added](t)(s.Add(ctx, story("Press", "Text."))).ID
	other := open(t, s.Path())
	before := must[int64](t)(s.DataVersion(ctx))
	if err := s.Append(ctx, id, nil, db.Row{ID: "mine"}); err != nil {
		t.Fatal(err)
	}
	if now := must[int64](t)(s.DataVersion(ctx)); now != before {
		t.Error("what this store wrote itself is news")
	}
	if err := other.Append(ctx, id, nil, db.Row{ID: "theirs"}); err != nil {
		t.Fatal(err)
	}
	if now := must[int64](t)(s.DataVersion(ctx)); now == before {
		t.Error("what another wrote is no news")
	}
}

// TestAllAtOnce uses one DB from many goroutines, for the race detector.
func TestAllAtOnce(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	id := must[db.Added](t)(s.Add(ctx, story("Press", "Text of all."))).ID
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 10 {
				name := fmt.Sprintf("g%d-%d", g, i)
				_, err := s.DataVersion(ctx)
				_, err2 := s.Entries(ctx)
				_, err3 := s.Article(ctx, id)
				err = errors.Join(err, err2, err3, addAndRead(s, name), s.Append(ctx, id, nil, db.Row{ID: name}))
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if rows := must[[]db.Row](t)(s.Rows(ctx, id, 0)); len(rows) != 40 {
		t.Errorf("%d rows of 40", len(rows))
	}
}

// TestSameTextNewTitle adds an article again with the same text and another title.
func TestSameTextNewTitle(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	a := story("Press", "Marta Quill sold it.")
	id := must[db.Added](t)(s.Add(ctx, a)).ID
	layer := db.Layer{ID: id, Engine: "one", Version: 1, Data: []byte("x"), Counts: annotate.Counts{People: 1}}
	if err := s.SaveLayer(ctx, layer); err != nil {
		t.Fatal(err)
	}
	renamed := *a
	renamed.Title = "The Foundry"
	if got := must[db.Added](t)(s.Add(ctx, &renamed)); got != (db.Added{ID: id, Outcome: db.Same, Version: 1}) {
		t.Errorf("%+v", got)
	}
	if h := must[[]library.Hit](t)(s.Search(ctx, "foundry", 1)); len(h) != 1 || h[0].Entry.Title != "The Foundry" || !h[0].Entry.Annotated {
		t.Errorf("%+v", h)
	}
	if h := must[[]library.Hit](t)(s.Search(ctx, "press", 1)); len(h) != 0 {
		t.Error("the old title is found")
	}
	cut := renamed
	cut.Inline = nil
	must[db.Added](t)(s.Add(ctx, &cut))
	if _, ok, _ := s.Layer(ctx, id, "one"); ok || len(must[*articles.Article](t)(s.Article(ctx, id)).Inline) != 0 {
		t.Error("the layer of other blocks is kept")
	}
	elsewhere := *a
	elsewhere.Source = "/elsewhere"
	must[db.Added](t)(s.Add(ctx, &elsewhere))
	if e := must[library.Entry](t)(s.Entry(ctx, id)); e.Title != "The Foundry" {
		t.Errorf("another source gives the title %q", e.Title)
	}
}
