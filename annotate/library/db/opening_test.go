package db_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"byline/annotate/library"
	"byline/annotate/library/db"
)

// TestHalfCopied opens what a copy that was not finished leaves: what is there is read and not written, and says why.
func TestHalfCopied(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	for _, title := range []string{"One", "Two", "Three"} {
		must[db.Added](t)(s.Add(ctx, story(title, title+" was said.")))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	whole := must[[]byte](t)(os.ReadFile(s.Path()))
	for _, cut := range []int{1000, 4096, 5000} {
		path := filepath.Join(t.TempDir(), "library.db")
		if err := os.WriteFile(path, whole[:len(whole)-cut], 0o600); err != nil {
			t.Fatal(err)
		}
		c := open(t, path)
		if !c.ReadOnly() || !errors.Is(c.Trouble(), db.ErrDamaged) {
			t.Errorf("cut by %d: read-only %v, %v", cut, c.ReadOnly(), c.Trouble())
		}
		if es, err := c.Entries(ctx); len(es) != 3 || err != nil {
			t.Errorf("cut by %d: %d of 3 articles, %v", cut, len(es), err)
		}
		if _, err := c.Add(ctx, story("Four", "More.")); !errors.Is(err, db.ErrDamaged) {
			t.Errorf("cut by %d, and written: %v", cut, err)
		}
		c.Close()
		if now := must[[]byte](t)(os.ReadFile(path)); string(now) != string(whole[:len(whole)-cut]) {
			t.Errorf("cut by %d: the file was written", cut)
		}
	}
}

// An empty file beside a log is what an interrupted copy leaves; SQLite would delete the log.
func TestEmptyBesideLog(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "library.db")
	for end, data := range map[string]string{"": "", "-wal": "what was decided"} {
		if err := os.WriteFile(path+end, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.Open(ctx, path); !errors.Is(err, db.ErrDamaged) {
		t.Errorf("opened: %v", err)
	}
	if log, err := os.ReadFile(path + "-wal"); string(log) != "what was decided" {
		t.Errorf("the log is %q, %v", log, err)
	}
}

func TestLinks(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	id := must[db.Added](t)(s.Add(ctx, story("One", "It was said."))).ID
	link := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink(s.Path(), link); err != nil {
		t.Skip(err)
	}
	must[library.Entry](t)(open(t, link).Entry(ctx, id)) // also what is in the log only
	if err := errors.Join(os.Remove(link), os.Symlink(s.Path()+"x", link)); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Open(ctx, link); err == nil || !strings.Contains(err.Error(), "it is a link to "+s.Path()+"x") {
		t.Errorf("a link to nothing: %v", err)
	}
}

// Looking at a library neither makes nor migrates nor writes one.
func TestLook(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "library.db")
	if _, err := db.OpenWith(ctx, path, db.Options{Look: true}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("of none: %v", err)
	}
	old := must[[]byte](t)(os.ReadFile("testdata/library-0004.db"))
	if err := os.WriteFile(path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	s := must[*db.DB](t)(db.OpenWith(ctx, path, db.Options{Look: true}))
	if err := s.SetMeta(ctx, "a", "b"); !errors.Is(err, db.ErrReadOnly) {
		t.Error(err)
	}
	s.Close()
	if now := must[[]byte](t)(os.ReadFile(path)); string(now) != string(old) {
		t.Error("the file was written")
	}
}

// What was a library and is damaged at its beginning, or was copied in part, is neither taken for a new one nor for none, and stays as it
// is.
func TestNotTakenForNew(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	must[db.Added](t)(s.Add(ctx, story("One", "One was said.")))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	whole := must[[]byte](t)(os.ReadFile(s.Path()))
	changed := func(change func(b []byte)) []byte {
		b := bytes.Clone(whole)
		change(b)
		return b
	}
	header := filepath.Join(t.TempDir(), "header.db")
	database(t, header, "PRAGMA journal_mode = WAL")
	for name, left := range map[string][]byte{
		"nothing":                             {},
		"a header, as without its log":        must[[]byte](t)(os.ReadFile(header)),
		"zeros for the header":                changed(func(b []byte) { clear(b[:100]) }),
		"zeros for the header's first words":  changed(func(b []byte) { clear(b[:16]) }),
		"another word in the header":          changed(func(b []byte) { b[3] = 'x' }),
		"a version of 0":                      changed(func(b []byte) { clear(b[60:64]) }),
		"a table of another name":             bytes.ReplaceAll(whole, []byte("tableversions"), []byte("tablewersions")),
		"no word of which tables there are":   changed(func(b []byte) { clear(b[100:4096]) }),
		"a page of zeros where a library was": make([]byte, 4096),
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "library.db")
			if err := os.WriteFile(path, left, 0o600); err != nil {
				t.Fatal(err)
			}
			c, err := db.Open(ctx, path)
			want := db.ErrDamaged
			if name == "a page of zeros where a library was" {
				want = db.ErrNotOurs // nothing tells that it was one
			}
			if err == nil && c.ReadOnly() { // what is left can be read
				err = c.Trouble()
				c.Close()
			}
			if !errors.Is(err, want) {
				t.Errorf("opened: %v", err)
			}
			if now := must[[]byte](t)(os.ReadFile(path)); !bytes.Equal(now, left) {
				t.Error("the file is not what it was")
			}
		})
	}
}

// Many start at once where there is no library: one is made, and nothing is left beside it.
func TestFirstStartOfMany(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "byline", "library.db")
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			s, err := db.Open(ctx, path)
			if err == nil {
				_, err = s.Add(ctx, story(fmt.Sprint("Story ", i), fmt.Sprint("Said by ", i)))
				err = errors.Join(err, s.Close())
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := len(must[[]library.Entry](t)(open(t, path).Entries(ctx))); n != 8 {
		t.Errorf("%d articles of 8", n)
	}
	if left := must[[]string](t)(filepath.Glob(filepath.Join(filepath.Dir(path), ".*"))); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
