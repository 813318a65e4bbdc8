package db_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"byline/annotate/library"
	"byline/annotate/library/db"
)

// killed copies a library as it lies on the disk, which is what a kill leaves, and returns where.
func killed(t *testing.T, file, log string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "library.db")
	for end, from := range map[string]string{"": file, "-wal": log + "-wal"} {
		data, err := os.ReadFile(from)
		if err != nil && end == "" {
			t.Fatal(err)
		}
		if err := os.WriteFile(path+end, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// opens reports with which error a library that was left can be opened.
func opens(t *testing.T, path string) error {
	t.Helper()
	s, err := db.Open(ctx, path)
	if err != nil {
		return err
	}
	defer s.Close()
	_, err = s.Entries(ctx)
	return err
}

// TestOwnLog kills libraries that two processes write at any time, with all, some or nothing of the log written into the file: the
// log is taken for their own each time.
func TestOwnLog(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2) {
		random := rand.New(rand.NewPCG(seed, 1))
		a := fresh(t)
		b := must[*db.DB](t)(db.Open(ctx, a.Path()))
		defer b.Close()
		var ids []string
		for i := range 40 {
			s := []*db.DB{a, b}[random.IntN(2)]
			var err error
			switch n := random.IntN(10); {
			case n == 0:
				db.Fold(s)
			case n == 1:
				err = db.FoldEvery(s, 1+random.IntN(20))
			case n < 5 || len(ids) == 0:
				size := 1 << random.IntN(15)
				added, e := s.Add(ctx, story(fmt.Sprint("T", i), fmt.Sprintf("%0*d", size, i)))
				ids, err = append(ids, added.ID), e
			case n == 5:
				err = s.SetMeta(ctx, "k", fmt.Sprint(i))
			default:
				err = setTags(s, ids[random.IntN(len(ids))], []string{fmt.Sprint("t", i)})
			}
			if err != nil {
				t.Fatal(err)
			}
			if err := opens(t, killed(t, a.Path(), a.Path())); err != nil {
				t.Fatalf("seed %d, step %d: %v", seed, i, err)
			}
		}
	}
}

// incompressible returns a text for which a library has to grow.
func incompressible() string {
	b := make([]byte, 20_000)
	for i := range b {
		b[i] = 'a' + byte(rand.IntN(26))
	}
	return string(b)
}

// TestForeignLog puts logs beside files that are not theirs: of another library that is as old, of one that is older or younger, and of
// the same library beside a copy of before or after.
func TestForeignLog(t *testing.T) {
	t.Parallel()
	grown := func(articles int) *db.DB {
		s := fresh(t)
		for i := range articles {
			must[db.Added](t)(s.Add(ctx, story(fmt.Sprint("T", i), fmt.Sprintf("Text %d of %p.", i, s))))
		}
		return s
	}
	one, two, many := grown(3), grown(3), grown(60)
	for _, s := range []*db.DB{one, two} { // until then a file is that of no library: all of it is in the log
		if !db.Fold(s) {
			t.Fatal("nothing was folded in")
		}
		must[db.Added](t)(s.Add(ctx, story("last", incompressible())))
	}
	before := killed(t, one.Path(), one.Path())
	if !db.Fold(many) {
		t.Fatal("nothing was folded in")
	}
	for range 2 {
		must[db.Added](t)(many.Add(ctx, story("last", incompressible())))
	}
	earlier := killed(t, many.Path(), "none") // its file, with nothing of the log
	if !db.Fold(many) {
		t.Fatal("nothing was folded in")
	}
	for range 4 {
		must[db.Added](t)(many.Add(ctx, story("after", incompressible())))
	}
	for name, c := range map[string][2]string{
		"another as old": {one.Path(), two.Path()}, "an older": {one.Path(), many.Path()}, "a younger": {many.Path(), one.Path()},
		"the same, restored": {earlier, many.Path()}, "the same, from before": {many.Path(), before},
	} {
		path := killed(t, c[0], c[1])
		log := must[[]byte](t)(os.ReadFile(path + "-wal"))
		if err := opens(t, path); !errors.Is(err, db.ErrForeign) {
			t.Errorf("%s: opened with %v", name, err)
		}
		if now := must[[]byte](t)(os.ReadFile(path + "-wal")); string(now) != string(log) {
			t.Errorf("%s: the log was written", name)
		}
		if _, err := db.OpenWith(ctx, path, db.Options{Look: true}); !errors.Is(err, db.ErrForeign) {
			t.Errorf("%s, looked at: %v", name, err)
		}
		if err := os.Remove(path + "-wal"); err != nil {
			t.Fatal(err)
		}
		if err := opens(t, path); err != nil {
			t.Errorf("%s, without the log: %v", name, err)
		}
	}
}

// Of two libraries that are the same but for their number, where nothing in the log but that tells them apart, the log is told, whatever
// was written first after it was begun.
func TestForeignLogOfTwins(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(s *db.DB) error{
		"a value": func(s *db.DB) error { return s.SetMeta(ctx, "k", "v") },
		"a tag": func(s *db.DB) error {
			return setTags(s, must[[]library.Entry](t)(s.Entries(ctx))[0].ID, []string{"t"})
		},
		"a layer": func(s *db.DB) error {
			return s.SaveLayer(ctx, db.Layer{ID: must[[]library.Entry](t)(s.Entries(ctx))[0].ID, Engine: "one", Version: 1})
		},
	} {
		one, two := fresh(t), fresh(t)
		for _, s := range []*db.DB{one, two} {
			must[db.Added](t)(s.Add(ctx, story("One", "It was said.")))
			if !db.Fold(s) {
				t.Fatal("nothing was folded in")
			}
			if err := write(s); err != nil {
				t.Fatal(err)
			}
		}
		if err := opens(t, killed(t, one.Path(), two.Path())); !errors.Is(err, db.ErrForeign) {
			t.Errorf("%s: opened with %v", name, err)
		}
		if err := opens(t, killed(t, two.Path(), two.Path())); err != nil {
			t.Errorf("%s, its own: %v", name, err)
		}
	}
}
