package care_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"byline/annotate/library/db"
	"byline/annotate/library/db/care"
	"byline/articles"
)

var ctx = context.Background()

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// library returns a library of n articles with three decisions on each.
func library(t testing.TB, n int) *db.DB {
	t.Helper()
	d := must[*db.DB](t)(db.Open(ctx, filepath.Join(t.TempDir(), "library.db")))
	t.Cleanup(func() { d.Close() })
	var ids []string
	err := d.AddAll(ctx, func(yield func(*articles.Article) bool) {
		for i := range n {
			text := fmt.Sprintf("Story %d\n\n", i)
			for j := range 30 {
				text += fmt.Sprintf("Word %d of it was said by number %d. ", i*j*7919%1000, i+j)
			}
			a := &articles.Article{Title: fmt.Sprint("Story ", i), Source: fmt.Sprint("s", i), Format: articles.Plain, Text: strings.TrimSpace(text)}
			if !yield(a) {
				return
			}
		}
	}, func(_ *articles.Article, a db.Added) { ids = append(ids, a.ID) })
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		var rows []db.Row
		for j := range 3 {
			rows = append(rows, db.Row{ID: fmt.Sprint(i, "-", j), Who: "me", Body: []byte(`{"verb":"confirm"}`)})
		}
		if err := d.Append(ctx, id, nil, rows...); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// A copy is whole while another connection writes, and never over a file.
func TestCopyWhileWritten(t *testing.T) {
	t.Parallel()
	d := library(t, 100)
	id := must[string](t)(first(d))
	var wg sync.WaitGroup
	stop := make(chan struct{})
	wg.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			default:
			}
			_ = d.Append(ctx, id, nil, db.Row{ID: fmt.Sprint("more", n)})
		}
	})
	to := filepath.Join(t.TempDir(), "copy.db")
	s := must[*care.Snapshot](t)(care.Begin(ctx, d))
	c := must[care.Copy](t)(s.Write(ctx, to, false))
	if _, err := s.Write(ctx, to, false); !errors.Is(err, care.ErrExists) {
		t.Errorf("over a file: %v", err)
	}
	again := must[care.Copy](t)(s.Write(ctx, to, true))
	s.End(ctx)
	close(stop)
	wg.Wait()
	if c.Articles != 100 || c.Decisions < 300 || again.Decisions != c.Decisions {
		t.Errorf("%+v, then %+v of the same moment", c, again)
	}
	if _, err := must[*care.Snapshot](t)(care.Begin(ctx, d)).Write(ctx, d.Path(), true); err == nil {
		t.Error("written over the library itself")
	}
	r := must[*care.Report](t)(care.Check(ctx, open(t, to, true), care.Options{}))
	if _, faulty := r.Worst(); faulty || r.Texts != 100 {
		t.Errorf("the copy: %+v", r)
	}
	if left := must[[]string](t)(filepath.Glob(filepath.Join(filepath.Dir(to), ".byline-*"))); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func first(d *db.DB) (id string, err error) {
	err = d.SQL().QueryRow("SELECT id FROM articles ORDER BY num LIMIT 1").Scan(&id)
	return id, err
}

func open(t *testing.T, path string, look bool) *db.DB {
	t.Helper()
	d := must[*db.DB](t)(db.OpenWith(ctx, path, db.Options{Look: look}))
	t.Cleanup(func() { d.Close() })
	return d
}

func TestCopiesAreKept(t *testing.T) {
	t.Parallel()
	d := library(t, 3)
	now := time.Now()
	k := &care.Copies{Dir: filepath.Join(t.TempDir(), "backups"), Files: 3, Bytes: 1 << 30, Now: func() time.Time { return now }}
	if k.Due(ctx, d) {
		t.Error("a library of today is to be copied")
	}
	now = now.Add(8 * 24 * time.Hour)
	for range 5 {
		if len(k.List()) == 0 && !k.Due(ctx, d) {
			t.Error("a library of last week is not to be copied")
		}
		s := must[*care.Snapshot](t)(care.Begin(ctx, d))
		must[care.Copy](t)(k.Make(ctx, s, "weekly"))
		s.End(ctx)
		now = now.Add(time.Hour)
	}
	if all := k.List(); len(all) != 3 || !strings.Contains(all[0], now.Add(-time.Hour).Format("2006-01-02-15")) {
		t.Errorf("kept: %v", all)
	}
	if k.Due(ctx, d) {
		t.Error("copied again within the week")
	}
	now = now.Add(8 * 24 * time.Hour)
	if k.Due(ctx, d) {
		t.Error("copied again although nothing changed")
	}
	for range 2 { // in one second
		s := must[*care.Snapshot](t)(care.Begin(ctx, d))
		must[care.Copy](t)(k.Make(ctx, s, "asked"))
		s.End(ctx)
	}
	k.Bytes = 1 // less than one has
	s := must[*care.Snapshot](t)(care.Begin(ctx, d))
	defer s.End(ctx)
	if _, err := k.Make(ctx, s, "weekly"); err == nil || len(k.List()) != 3 {
		t.Errorf("a copy that is too large: %v, %d kept", err, len(k.List()))
	}
}

// Each fault of what is in a sound file is found, and mended.
func TestFaults(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		statement string
		kind      care.Kind
	}{
		"a text that is not what was stored":  {"UPDATE versions SET text = 'other words', marks = X'010000' WHERE article = 2", care.Lost},
		"a text that cannot be read":          {"UPDATE versions SET text = X'0101020304' WHERE article = 2", care.Lost},
		"blocks that cannot be read":          {"UPDATE versions SET marks = X'00' WHERE article = 2", care.Lost},
		"a text that is gone":                 {"DELETE FROM versions WHERE article = 2", care.Lost},
		"decisions whose article is gone":     {"DELETE FROM articles WHERE num = 2", care.Lost},
		"an article that is in no index":      {"DELETE FROM words WHERE rowid = 2", care.Derived},
		"a layer that cannot be read":         {"INSERT INTO layers (article, version, engine, data) VALUES (2, 1, 'one', X'00'); INSERT INTO counts (article, people, organizations, quotes, claims, reviewed, version, engine) VALUES (2, 0, 0, 0, 0, 0, 1, 1)", care.Derived},
		"an entry of the index of none there": {"INSERT INTO words (rowid, text, title) VALUES (900, 'a', 'b')", care.Derived},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := library(t, 5)
			file := must[*sql.DB](t)(sql.Open("sqlite", d.Path()))
			if _, err := file.Exec(c.statement); err != nil {
				t.Fatal(err)
			}
			file.Close()
			r := must[*care.Report](t)(care.Check(ctx, d, care.Options{}))
			if worst, faulty := r.Worst(); !faulty || worst != c.kind {
				t.Fatalf("found %+v", r.Faults)
			}
			must[*care.Mended](t)(care.Rebuild(ctx, d, r))
			r = must[*care.Report](t)(care.Check(ctx, d, care.Options{}))
			if _, faulty := r.Worst(); faulty || r.Articles != 5 || r.Decisions != 15 {
				t.Errorf("after: %+v", r)
			}
		})
	}
}

// TestSalvage damages files in every way: what comes out is sound, and loses little by little damage.
func TestSalvage(t *testing.T) {
	t.Parallel()
	d := library(t, 150)
	schema := schemaPages(t, d)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	whole := must[[]byte](t)(os.ReadFile(d.Path()))
	for name, damage := range map[string]func(r *rand.Rand, b []byte) []byte{
		"a few bytes": func(r *rand.Rand, b []byte) []byte { return flip(r, b, 5, schema) },
		"50 bytes":    func(r *rand.Rand, b []byte) []byte { return flip(r, b, 50, schema) },
		"its end":     func(_ *rand.Rand, b []byte) []byte { return b[:len(b)-1000] },
		"half":        func(_ *rand.Rand, b []byte) []byte { return b[:len(b)/2] },
		"a page": func(r *rand.Rand, b []byte) []byte {
			at := 1 + r.IntN(len(b)/4096-1)
			for schema[at+1] {
				at++ // without what says which tables there are, nothing is read: see package graft
			}
			clear(b[at*4096:][:4096])
			return b
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(4) {
				dir := t.TempDir()
				path := filepath.Join(dir, "library.db")
				if err := os.WriteFile(path, damage(rand.New(rand.NewPCG(seed, 1)), append([]byte{}, whole...)), 0o600); err != nil {
					t.Fatal(err)
				}
				from, err := db.OpenWith(ctx, path, db.Options{Look: true})
				if name == "half" && errors.Is(err, db.ErrDamaged) {
					continue // what says which tables there are is gone
				}
				if err != nil {
					t.Fatal(err)
				}
				defer from.Close()
				to := open(t, filepath.Join(dir, "saved.db"), false)
				s := must[*care.Saved](t)(care.Salvage(ctx, from, to, care.Options{}))
				r := must[*care.Report](t)(care.Check(ctx, to, care.Options{}))
				if _, faulty := r.Worst(); faulty {
					t.Errorf("seed %d: what was saved: %+v", seed, r.Faults)
				}
				if name != "half" && name != "50 bytes" && (s.Articles < 130 || s.Decisions < 380) {
					t.Errorf("seed %d: %d articles, %d decisions saved; %v", seed, s.Articles, s.Decisions, s.Unread)
				}
			}
		})
	}
}

// schemaPages returns the numbers of the pages, from 1, that say which tables there are.
func schemaPages(t *testing.T, d *db.DB) map[int]bool {
	t.Helper()
	rows := must[*sql.Rows](t)(d.SQL().QueryContext(ctx, "SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'"))
	defer rows.Close()
	out := map[int]bool{}
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			t.Fatal(err)
		}
		out[n] = true
	}
	if err := rows.Err(); err != nil || len(out) < 2 {
		t.Fatal(len(out), err)
	}
	return out
}

// flip changes n bytes behind the first page that are on none of the pages but.
func flip(r *rand.Rand, b []byte, n int, but map[int]bool) []byte {
	for n > 0 {
		at := 4096 + r.IntN(len(b)-4096)
		if !but[at/4096+1] {
			b[at] ^= byte(1 + r.IntN(255))
			n--
		}
	}
	return b
}

func TestAlone(t *testing.T) {
	t.Parallel()
	d := library(t, 1)
	if err := care.Alone(ctx, d.Path()); !errors.Is(err, db.ErrBusy) {
		t.Errorf("beside another: %v", err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if err := care.Alone(ctx, d.Path()); err != nil {
		t.Errorf("alone: %v", err)
	}
}

// BenchmarkCare copies and checks a library of 10,000 articles.
func BenchmarkCare(b *testing.B) {
	d := library(b, 10_000)
	b.Run("backup", func(b *testing.B) {
		dir := b.TempDir()
		for b.Loop() {
			s := must[*care.Snapshot](b)(care.Begin(ctx, d))
			must[care.Copy](b)(s.Write(ctx, filepath.Join(dir, "copy.db"), true))
			s.End(ctx)
		}
	})
	b.Run("check", func(b *testing.B) {
		for b.Loop() {
			must[*care.Report](b)(care.Check(ctx, d, care.Options{}))
		}
	})
}
