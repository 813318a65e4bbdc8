package db_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/articles"
)

var ctx = context.Background()

func open(t testing.TB, path string) *db.DB {
	t.Helper()
	s, err := db.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func fresh(t testing.TB) *db.DB {
	return open(t, filepath.Join(t.TempDir(), "new", "library.db"))
}

func story(title, text string) *articles.Article {
	a := &articles.Article{Title: title, Author: "Ann Lee", Site: "The Wire", Source: "/" + title, Format: articles.Markdown,
		Date: articles.Day(2026, 3, 9), Text: text}
	off := 0
	for p := range strings.SplitSeq(text, "\n\n") {
		b := articles.Block{Span: articles.Span{Start: off, End: off + len(p)}, Kind: articles.Row, Level: 2, Quote: 1, Marker: "3.", Head: true, Variant: "lc"}
		if len(p) > 3 {
			b.Cells = []articles.Span{{Start: off, End: off + 1}, {Start: off + 2, End: off + 3}}
		}
		a.Blocks = append(a.Blocks, b)
		a.Inline = append(a.Inline, articles.Inline{Span: b.Span, Kind: articles.Link, Target: "https://example.org"})
		off += len(p) + 2
	}
	return a
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestAddAndRead(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	a := story("Press", "Marta Quill sold it.\n\nNobody bought.")
	got := must[db.Added](t)(s.Add(ctx, a))
	if got != (db.Added{ID: articles.TextID(a.Text), Outcome: db.New, Version: 1}) {
		t.Fatalf("%+v", got)
	}
	b := must[*articles.Article](t)(s.Article(ctx, got.ID[:6]))
	a.ID = got.ID
	if fmt.Sprintf("%+v", a) != fmt.Sprintf("%+v", b) {
		t.Errorf("\n%+v\n%+v", a, b)
	}
	again := *a
	again.Source = "/elsewhere"
	if got := must[db.Added](t)(s.Add(ctx, &again)); got.Outcome != db.Same || got.ID != a.ID {
		t.Errorf("the same text again: %+v", got)
	}
	if _, err := s.Article(ctx, "nothing"); !errors.Is(err, db.ErrNotFound) {
		t.Error(err)
	}
}

func TestKept(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	a := story("Press", "Marta Quill sold it.\n\nNobody bought.")
	id := must[db.Added](t)(s.Add(ctx, a)).ID
	stored := must[*articles.Article](t)(s.Article(ctx, id))
	e := must[library.Entry](t)(s.Entry(ctx, id))
	blocks := func(a, b *articles.Article) bool { return &a.Blocks[0] == &b.Blocks[0] }
	again := *a
	again.Title, again.ID = "another", "none"
	if got := must[*articles.Article](t)(s.ReadSharing(ctx, e, &again)); !blocks(got, a) || fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", stored) {
		t.Errorf("\n%+v\n%+v", got, stored)
	}
	other := story("Press", "Nothing like it.")
	cut := *a
	cut.Blocks = a.Blocks[:1]
	for _, have := range []*articles.Article{other, &cut} {
		if got := must[*articles.Article](t)(s.ReadSharing(ctx, e, have)); blocks(got, have) || fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", stored) {
			t.Errorf("another article was taken for the stored one:\n%+v", got)
		}
	}
}

func TestChangedSourceKeepsDecisions(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	id := must[db.Added](t)(s.Add(ctx, story("Press", "First text."))).ID
	if err := s.Append(ctx, id, &annotate.Counts{People: 1, Claims: 2, Reviewed: 1}, db.Row{ID: "d1", Who: "me", Body: []byte("yes")}); err != nil {
		t.Fatal(err)
	}
	got := must[db.Added](t)(s.Add(ctx, story("Press", "Second text.")))
	if got.ID != id || got.Outcome != db.Changed || got.Version != 2 {
		t.Fatalf("%+v", got)
	}
	if a := must[*articles.Article](t)(s.Article(ctx, id)); a.Text != "Second text." {
		t.Error(a.Text)
	}
	if a := must[*articles.Article](t)(s.Version(ctx, id, 1)); a.Text != "First text." {
		t.Error(a.Text)
	}
	rows := must[[]db.Row](t)(s.Rows(ctx, id, 0))
	if len(rows) != 1 || rows[0].Version != 1 || string(rows[0].Body) != "yes" {
		t.Errorf("%+v", rows)
	}
	if e := must[library.Entry](t)(s.Entry(ctx, id)); e.Annotated {
		t.Error("counts of the old text are shown for the new one")
	}
	first := must[db.Added](t)(s.Add(ctx, &articles.Article{Title: "Other", Source: "-", Text: "First text."}))
	if first.ID == id || first.Outcome != db.New {
		t.Errorf("an article with another's old text: %+v", first)
	}
}

func TestStateOfAnArticle(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	id := must[db.Added](t)(s.Add(ctx, story("Press", "Text."))).ID
	for _, err := range []error{
		s.MarkOpened(ctx, id), s.SetPosition(ctx, id, library.Position{Top: 3, Cursor: 2}, .5),
		s.SetPosition(ctx, id, library.Position{Top: 1, Cursor: 2}, .2), setTags(s, id, []string{"b", " a ", ""}),
		s.SaveLayer(ctx, db.Layer{ID: id, Engine: "one", Version: 1, Data: []byte("layer"), Counts: annotate.Counts{People: 4}, Names: []db.Name{{Key: "quill", Type: "person", Name: "Quill", Count: 2, First: 7}}}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	e := must[[]library.Entry](t)(s.Entries(ctx))[0]
	if e.Status != library.Reading || e.Progress != .5 || !slices.Equal(e.Tags, []string{"a", "b"}) || e.Counts.People != 4 || e.Opened.IsZero() {
		t.Errorf("%+v", e)
	}
	if p := must[library.Position](t)(s.Position(ctx, id)); p.Top != 1 {
		t.Error(p)
	}
	if _, ok, _ := s.Layer(ctx, id, "two"); ok {
		t.Error("another engine's layer is returned")
	}
	if data, ok, _ := s.Layer(ctx, id, "one"); !ok || string(data) != "layer" {
		t.Error(data, ok)
	}
	if hits := must[[]library.Place](t)(s.PersonArticles(ctx, library.PersonID{Key: "quill", Type: annotate.Person}, 5)); len(hits) != 1 || hits[0].Count != 2 || hits[0].Entry.ID != id {
		t.Errorf("%+v", hits)
	}
	if err := s.Remove(ctx, id); err != nil {
		t.Fatal(err)
	}
	if left := must[[]library.Entry](t)(s.Entries(ctx)); len(left) != 0 {
		t.Error(left)
	}
	if err := s.Restore(ctx, id); err != nil || len(must[[]library.Entry](t)(s.Entries(ctx))) != 1 {
		t.Error("not restored", err)
	}
}

// The test binary runs itself as another process: one that appends until it is killed, or
// one that may only read.
func TestMain(m *testing.M) {
	if path := os.Getenv("STORE_TEST_APPEND"); path != "" {
		appendForever(path, os.Getenv("STORE_TEST_NAME"))
	}
	if path := os.Getenv("STORE_TEST_READ"); path != "" {
		if err := readOnly(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func appendForever(path, name string) {
	s, err := db.Open(ctx, path)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	e, err := s.Entries(ctx)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	rows, _ := strconv.Atoi(os.Getenv("STORE_TEST_ROWS")) // 0 for no end
	for i := 0; i == 0 || i != rows; i++ {
		id := fmt.Sprint(name, "-", i)
		if i%10 == 9 {
			if err := addAndRead(s, id); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
		}
		if err := s.Append(ctx, e[0].ID, nil, db.Row{ID: id, Who: name, At: time.Now(), Body: []byte(id)}); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println(id)
	}
	s.Close()
	os.Exit(0)
}

// addAndRead adds an article and changes everything that can be changed about it.
func addAndRead(s *db.DB, name string) error {
	added, err := s.Add(ctx, story(name, "Text of "+name))
	if err != nil {
		return err
	}
	err = errors.Join(s.MarkOpened(ctx, added.ID), setTags(s, added.ID, []string{name}), s.SetPosition(ctx, added.ID, library.Position{Top: 1}, .5),
		s.SaveLayer(ctx, db.Layer{ID: added.ID, Engine: "one", Version: 1, Names: []db.Name{{Key: "all"}}}))
	if hits, e := s.Search(ctx, `"`+name+`"`, 1); err == nil && (e != nil || len(hits) != 1) {
		return fmt.Errorf("%d articles named %s: %w", len(hits), name, e)
	}
	return err
}

// everyRow returns the IDs in the logs of all articles.
func everyRow(t *testing.T, s *db.DB) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, e := range must[[]library.Entry](t)(s.Entries(ctx)) {
		for _, r := range must[[]db.Row](t)(s.Rows(ctx, e.ID, 0)) {
			out[r.ID] = true
		}
	}
	return out
}

// TestKilledWhileAppending kills processes while they write: what they acknowledged is
// there, and no lock remains.
func TestKilledWhileAppending(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "library.db")
	must[db.Added](t)(open(t, path).Add(ctx, story("Press", "Text.")))
	var acknowledged []string
	for round := range 4 {
		var wg sync.WaitGroup
		var mu sync.Mutex
		for w := range 2 {
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), "STORE_TEST_APPEND="+path, fmt.Sprintf("STORE_TEST_NAME=%d.%d", round, w))
			out := must[io.ReadCloser](t)(cmd.StdoutPipe())
			var errs strings.Builder
			cmd.Stderr = &errs
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			wg.Go(func() {
				for lines, n := bufio.NewScanner(out), 0; lines.Scan(); n++ {
					mu.Lock()
					acknowledged = append(acknowledged, lines.Text())
					mu.Unlock()
					if n == 20+rand.IntN(60) || n == 100 {
						cmd.Process.Kill()
					}
				}
				cmd.Wait()
				if errs.Len() > 0 {
					t.Error(errs.String())
				}
			})
		}
		wg.Wait()
	}
	have := everyRow(t, open(t, path))
	if len(acknowledged) < 100 {
		t.Fatalf("only %d rows were appended", len(acknowledged))
	}
	for _, id := range acknowledged {
		if !have[id] {
			t.Errorf("%s was acknowledged and is not there", id)
		}
	}
}

func TestManyStartAtOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "library.db")
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			s, err := db.Open(ctx, path)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			for j := range 5 {
				if _, err := s.Add(ctx, story(fmt.Sprint(i, j), fmt.Sprint("Text ", i, j))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if n := len(must[[]library.Entry](t)(open(t, path).Entries(ctx))); n != 40 {
		t.Errorf("%d articles of 40", n)
	}
}

func TestAppendTwiceIsOnce(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	id := must[db.Added](t)(s.Add(ctx, story("Press", "Text."))).ID
	at := time.Date(2026, 3, 9, 10, 0, 0, int(7*time.Millisecond), time.UTC)
	first := []db.Row{{ID: "a", At: at, Who: "ann", Body: []byte("yes")}, {ID: "b", At: at, Who: "ann", Body: []byte{}}}
	again := []db.Row{{ID: "a", Who: "bo", Body: []byte("no")}, {ID: "b", Version: 9}}
	for _, rows := range [][]db.Row{first, again} {
		if err := s.Append(ctx, id, nil, rows...); err != nil {
			t.Fatal(err)
		}
	}
	rows := must[[]db.Row](t)(s.Rows(ctx, id, 0))
	for i := range first {
		first[i].Version = 1
		if len(rows) == len(first) {
			first[i].Seq = rows[i].Seq
		}
	}
	if fmt.Sprintf("%+v", rows) != fmt.Sprintf("%+v", first) || rows[0].Seq >= rows[1].Seq {
		t.Errorf("\n%+v\n%+v", rows, first)
	}
	if more := must[[]db.Row](t)(s.Rows(ctx, id, rows[0].Seq)); len(more) != 1 {
		t.Errorf("after the first: %+v", more)
	}
	if err := s.Append(ctx, "nothing", nil, db.Row{ID: "c"}); !errors.Is(err, db.ErrNotFound) {
		t.Errorf("a row for no article: %v", err)
	}
}
