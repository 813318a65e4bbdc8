package db_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/articles"
)

// A life is what somebody does with a library, on a disk that records it.
type life struct {
	*testing.T
	disk     *disk
	path, id string
	shown    int
	decide   func(s *db.DB, r db.Row) error
}

// decision returns the row of decision n, whose body is longer than a page for some.
func decision(n int) db.Row {
	return db.Row{ID: fmt.Sprintf("d%03d", n), Who: "me", Body: []byte(fmt.Sprintf("%0*d", 40+n%5*1500, n))}
}

// decides makes n decisions; each is shown when it has returned.
func (l *life) decides(s *db.DB, n int) {
	l.Helper()
	for range n {
		if err := l.decide(s, decision(l.shown+1)); err != nil {
			l.Fatal(err)
		}
		l.shown++
		l.disk.mark(l.shown)
	}
}

func (l *life) open() *db.DB {
	l.Helper()
	return must[*db.DB](l)(db.OpenOn(ctx, l.path, "recorder", func(string) { l.disk.do(step{kind: 'D'}) }, l.disk.moved))
}

// adds adds n articles, which nobody decided.
func (l *life) adds(s *db.DB, n, from int) {
	l.Helper()
	err := s.AddAll(ctx, func(yield func(*articles.Article) bool) {
		for i := range n {
			if !yield(story(fmt.Sprint("Story ", from+i), fmt.Sprint("What was said, ", from+i))) {
				return
			}
		}
	}, nil)
	if err != nil {
		l.Fatal(err)
	}
}

func (l *life) try(err error) {
	l.Helper()
	if err != nil {
		l.Fatal(err)
	}
}

// live adds articles and decides, with all that moves the write-ahead log: folding it in while nothing happens
// and in the middle of decisions, another process, an end and another start.
func (l *life) live() {
	s := l.open()
	l.id = must[db.Added](l)(s.Add(ctx, story("Press", "Marta Quill sold the press."))).ID
	l.decides(s, 3)
	l.adds(s, 5, 0)
	l.try(s.SaveLayer(ctx, db.Layer{ID: l.id, Engine: "one", Version: 1, Data: []byte("layer"), Counts: annotate.Counts{People: 2}}))
	l.decides(s, 2)
	if !db.Fold(s) {
		l.Error("the log is not folded in")
	}
	l.decides(s, 2)
	l.try(s.SetPosition(ctx, l.id, library.Position{Top: 4}, .5))

	other := l.open()
	l.adds(other, 2, 10)
	l.decides(other, 2)
	l.decides(s, 1)
	l.try(other.Close())

	l.try(db.FoldEvery(s, 6))
	for i := range 4 {
		l.decides(s, 2)
		l.adds(s, 1, 20+i)
	}
	l.try(s.Close())
	s = l.open()
	l.decides(s, 2)
	l.adds(s, 1, 30) // after a decision, to be followed by one: the connection changes its level and back
	l.decides(s, 2)
	l.try(s.Close())
}

// reopen opens a library without waiting for the disk.
func reopen(path string) (*db.DB, error) {
	return db.OpenOn(ctx, path, "recorder", func(string) {}, nil)
}

// left checks what a power cut has left in a folder: a sound library with every decision that was shown.
func left(dir, id string, shown int) error {
	path := filepath.Join(dir, "library.db")
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) && shown > 0 {
		return errors.New("the library is gone")
	}
	s, err := reopen(path)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := sound(path); err != nil {
		return err
	}
	if id == "" || shown == 0 {
		return nil
	}
	rows, err := s.Rows(ctx, id, 0)
	if err != nil {
		return err
	}
	for n := range shown {
		want := decision(n + 1)
		i := slices.IndexFunc(rows, func(r db.Row) bool { return r.ID == want.ID })
		if i < 0 {
			return fmt.Errorf("of %d decisions that were shown, %s is gone", shown, want.ID)
		}
		if string(rows[i].Body) != string(want.Body) {
			return fmt.Errorf("decision %s is not what it was", want.ID)
		}
	}
	return nil
}

// sound has SQLite check a database.
func sound(path string) error {
	c, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer c.Close()
	var says string
	if err := c.QueryRow("PRAGMA integrity_check(1)").Scan(&says); err != nil || says != "ok" {
		return fmt.Errorf("it is damaged: %s: %w", says, err)
	}
	return nil
}

// newLife returns the life of a new library.
func newLife(t *testing.T) *life {
	dir := must[string](t)(filepath.EvalSymlinks(t.TempDir()))
	return &life{T: t, disk: record(t, dir), path: filepath.Join(dir, "library.db"), decide: func(s *db.DB, r db.Row) error {
		id := must[[]library.Entry](t)(s.Entries(ctx))
		return s.Append(ctx, id[len(id)-1].ID, nil, r)
	}}
}

// TestPowerCut cuts the power after every write and sync: whatever reached the disk of what was not synced, every
// decision that was shown is there.
func TestPowerCut(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("opens a library after each of some hundred steps")
	}
	l := newLife(t)
	l.live()
	failed := l.disk.cuts(t, 0, 3, func(dir string, shown int) error { return left(dir, l.id, shown) })
	if failed > 0 {
		t.Errorf("%d power cuts lost something", failed)
	}
	t.Logf("%d steps, %d decisions", len(l.disk.steps), l.shown)
}

// TestPowerCutWithoutSync decides as what nobody decided is written, with synchronous NORMAL: the library stays
// sound, and the same power cuts take decisions. So TestPowerCut can fail.
func TestPowerCutWithoutSync(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("opens a library after each of some hundred steps")
	}
	l := newLife(t)
	l.decide = func(s *db.DB, r db.Row) error {
		return db.AppendSoon(ctx, s, must[[]library.Entry](t)(s.Entries(ctx))[0].ID, nil, r)
	}
	s := l.open()
	l.id = must[db.Added](t)(s.Add(ctx, story("Press", "Marta Quill sold the press."))).ID
	from := len(l.disk.steps)
	l.decides(s, 3)
	l.try(s.Close())
	gone, broken := 0, 0
	l.disk.cuts(t, from, 1, func(dir string, shown int) error {
		if left(dir, l.id, shown) != nil {
			gone++
		}
		if left(dir, "", 0) != nil {
			broken++
		}
		return nil
	})
	if gone == 0 || broken > 0 {
		t.Errorf("%d power cuts took decisions, %d damaged the library", gone, broken)
	}
}

// TestPowerCutMigrating cuts the power while a library of an earlier schema is opened: it is of the old schema or
// the new one, with its decisions.
func TestPowerCutMigrating(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("opens a library after each of some hundred steps")
	}
	l := newLife(t)
	old := must[[]byte](t)(os.ReadFile("testdata/library-0004.db"))
	l.try(os.WriteFile(l.path, old, 0o600))
	l.disk.put("library.db", old)
	from := len(l.disk.steps)
	s := l.open()
	l.try(s.Close())
	failed := l.disk.cuts(t, from, 2, func(dir string, _ int) error {
		if err := left(dir, "", 0); err != nil {
			return err
		}
		s, err := reopen(filepath.Join(dir, "library.db"))
		if err != nil {
			return err
		}
		defer s.Close()
		es, err := s.Entries(ctx)
		if err != nil || len(es) != 1 {
			return fmt.Errorf("%d articles: %w", len(es), err)
		}
		rows, err := s.Rows(ctx, es[0].ID, 0)
		if err == nil && len(rows) != 2 {
			err = fmt.Errorf("%d decisions", len(rows))
		}
		return err
	})
	if failed > 0 {
		t.Errorf("%d power cuts lost something", failed)
	}
}
