package db_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/articles"
)

// contents returns the files of a folder and what they contain.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, f := range must[[]os.DirEntry](t)(os.ReadDir(dir)) {
		b, _ := os.ReadFile(filepath.Join(dir, f.Name())) // a folder, a pipe: nothing
		out[f.Name()] = string(b)
	}
	return out
}

// database creates a SQLite database that is not a library.
func database(t *testing.T, path string, statements ...string) {
	t.Helper()
	db := must[*sql.DB](t)(sql.Open("sqlite", (&url.URL{Scheme: "file", OmitHost: true, Path: path}).String()))
	defer db.Close()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		make func(t *testing.T, path string)
		want error
	}{
		"text":             {func(t *testing.T, p string) { os.WriteFile(p, bytes.Repeat([]byte("no database\n"), 200), 0o600) }, db.ErrNotOurs},
		"short":            {func(t *testing.T, p string) { os.WriteFile(p, []byte("SQL"), 0o600) }, db.ErrNotOurs},
		"folder":           {func(t *testing.T, p string) { os.Mkdir(p, 0o700) }, db.ErrNotOurs},
		"foreign database": {func(t *testing.T, p string) { database(t, p, "CREATE TABLE places (name)") }, db.ErrNotOurs},
		"foreign database with a version": {func(t *testing.T, p string) {
			database(t, p, "CREATE TABLE articles (name)", "PRAGMA user_version = 1")
		}, db.ErrNotOurs},
		"foreign database with a high version": {func(t *testing.T, p string) {
			database(t, p, "CREATE TABLE places (name)", "PRAGMA user_version = 900")
		}, db.ErrNotOurs},
		"newer": {func(t *testing.T, p string) { open(t, p).Close(); database(t, p, "PRAGMA user_version = 900") }, db.ErrNewer},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "x ?#%.db")
			c.make(t, path)
			before := contents(t, dir)
			s, err := db.Open(ctx, path)
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), path) {
				t.Errorf("%v, want %v", err, c.want)
			}
			if err == nil {
				s.Close()
			}
			if after := contents(t, dir); fmt.Sprint(after) != fmt.Sprint(before) {
				t.Errorf("the folder is not what it was: %.200q", after)
			}
		})
	}
}

func TestOnlyTheOwnerReads(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	must[db.Added](t)(s.Add(ctx, story("Press", "Text.")))
	for path, want := range map[string]os.FileMode{filepath.Dir(s.Path()): 0o700, s.Path(): 0o600, s.Path() + "-wal": 0o600} {
		if got := must[os.FileInfo](t)(os.Stat(path)).Mode().Perm(); got != want {
			t.Errorf("%s has the rights %o, not %o", path, got, want)
		}
	}
}

// TestClosedIsOneFile copies the file of a closed library, which is a copy of the library.
// A copy without a write-ahead log gets one again.
func TestClosedIsOneFile(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	id := must[db.Added](t)(s.Add(ctx, story("Press", "Text."))).ID
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if left := contents(t, filepath.Dir(s.Path())); len(left) != 1 {
		t.Errorf("%d files are left", len(left))
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	if err := os.WriteFile(copied, must[[]byte](t)(os.ReadFile(s.Path())), 0o600); err != nil {
		t.Fatal(err)
	}
	database(t, copied, "PRAGMA journal_mode = DELETE")
	c := open(t, copied)
	if a := must[*articles.Article](t)(c.Article(ctx, id)); a.Text != "Text." {
		t.Error(a.Text)
	}
	if err := c.SetMeta(ctx, "a", "b"); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(copied + "-wal"); err != nil {
		t.Error(err)
	}
}

// TestOlderFiles opens libraries as earlier versions of the schema left them.
func TestOlderFiles(t *testing.T) {
	t.Parallel()
	for _, old := range must[[]string](t)(filepath.Glob("testdata/library-*.db")) {
		t.Run(filepath.Base(old), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "library.db")
			if err := os.WriteFile(path, must[[]byte](t)(os.ReadFile(old)), 0o600); err != nil {
				t.Fatal(err)
			}
			s := open(t, path)
			es := must[[]library.Entry](t)(s.Entries(ctx))
			if len(es) != 1 || es[0].Title != "The Press at Orrin Bay" || es[0].Version != 2 || es[0].Counts.People != 2 || fmt.Sprint(es[0].Tags) != "[local]" {
				t.Fatalf("%+v", es)
			}
			id := es[0].ID
			rows := must[[]db.Row](t)(s.Rows(ctx, id, 0))
			if len(rows) != 2 || string(rows[0].Body) != "first" || rows[0].Version != 1 || rows[1].Version != 2 {
				t.Errorf("%+v", rows)
			}
			if a := must[*articles.Article](t)(s.Version(ctx, id, 1)); a.Text != "Marta Quill sold it." {
				t.Error(a.Text)
			}
			if data, ok, err := s.Layer(ctx, id, "one"); string(data) != "layer" || !ok || err != nil {
				t.Error(data, ok, err)
			}
			if h := must[[]library.Hit](t)(s.Search(ctx, "halden", 5)); len(h) != 1 {
				t.Errorf("%+v", h)
			}
			if p := must[library.Position](t)(s.Position(ctx, id)); p != (library.Position{Top: 4, Cursor: 6}) {
				t.Error(p)
			}
			if err := s.Append(ctx, id, nil, db.Row{ID: "d3"}); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestMakeOldFile writes the fixture of the current schema, before a new migration is
// added: STORE_TEST_FIXTURE=testdata/library-N.db go test -run MakeOld
func TestMakeOldFile(t *testing.T) {
	t.Parallel()
	path := os.Getenv("STORE_TEST_FIXTURE")
	if path == "" {
		t.Skip("no STORE_TEST_FIXTURE to write")
	}
	s := open(t, path)
	a := story("The Press at Orrin Bay", "Marta Quill sold it.")
	id := must[db.Added](t)(s.Add(ctx, a)).ID
	b := story(a.Title, "Marta Quill sold it to Halden.")
	for _, f := range []func() error{
		func() error { return s.Append(ctx, id, nil, db.Row{ID: "d1", Who: "me", Body: []byte("first")}) },
		func() error { _, err := s.Add(ctx, b); return err },
		func() error { return s.Append(ctx, id, nil, db.Row{ID: "d2", Who: "me", Body: []byte("second")}) },
		func() error { return setTags(s, id, []string{"local"}) },
		func() error { return s.SetPosition(ctx, id, library.Position{Top: 4, Cursor: 6}, .5) },
		func() error {
			return s.SaveLayer(ctx, db.Layer{ID: id, Engine: "one", Version: 2, Data: []byte("layer"), Counts: annotate.Counts{People: 2}})
		},
		s.Close,
	} {
		if err := f(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestDiskFull limits the size of a library: what does not fit is not stored in part, and
// what fits is still written.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	id := must[db.Added](t)(s.Add(ctx, story("Press", "Text."))).ID
	if err := db.Limit(s, 60); err != nil {
		t.Fatal(err)
	}
	long := story("Long", strings.Repeat("Some words of a story. ", 50_000))
	if _, err := s.Add(ctx, long); !errors.Is(err, db.ErrFull) {
		t.Errorf("an article that does not fit: %v", err)
	}
	told := 0
	err := s.AddAll(ctx, func(yield func(*articles.Article) bool) {
		_ = yield(story("Short", "A short one.")) && yield(long)
	}, func(*articles.Article, db.Added) { told++ })
	if !errors.Is(err, db.ErrFull) || told != 0 {
		t.Errorf("a batch that does not fit: %v, %d told as added", err, told)
	}
	if err := s.Append(ctx, id, nil, db.Row{ID: "d1"}, db.Row{ID: "d2", Body: make([]byte, 1<<20)}); !errors.Is(err, db.ErrFull) {
		t.Errorf("a row that does not fit: %v", err)
	}
	if err := s.Append(ctx, id, nil, db.Row{ID: "d3"}); err != nil {
		t.Error(err)
	}
	rows := must[[]db.Row](t)(s.Rows(ctx, id, 0))
	if es := must[[]library.Entry](t)(s.Entries(ctx)); len(es) != 1 || len(rows) != 1 || rows[0].ID != "d3" {
		t.Errorf("%+v\n%+v", es, rows)
	}
}

// TestReadOnly reads a library that belongs to another user. Root may write anything, so
// then the test continues as nobody in another process.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("rights differ")
	}
	s := fresh(t)
	must[db.Added](t)(s.Add(ctx, story("Press", "The harbour closes.")))
	left := filepath.Join(filepath.Dir(filepath.Dir(s.Path())), "left", "library.db")
	if err := os.Mkdir(filepath.Dir(left), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, end := range []string{"", "-wal"} { // what a killed process leaves
		if err := os.WriteFile(left+end, must[[]byte](t)(os.ReadFile(s.Path()+end)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := readElsewhere(t, s.Path()); err != nil {
		t.Errorf("while another process has it open: %v", err)
	}
	if err := readElsewhere(t, left); err != nil {
		t.Errorf("with the last writes in a log that was left: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := readElsewhere(t, s.Path()); err != nil {
		t.Error(err)
	}
}

// readElsewhere reads the library at path as a user who may not write it.
func readElsewhere(t *testing.T, path string) error {
	t.Helper()
	dir := filepath.Dir(path)
	home := filepath.Dir(dir)
	files := must[[]string](t)(filepath.Glob(filepath.Join(dir, "*")))
	rights := map[string]os.FileMode{filepath.Dir(home): 0o755, home: 0o755, dir: 0o555}
	for _, f := range files {
		rights[f] = 0o444
	}
	for f, mode := range rights {
		if err := os.Chmod(f, mode); err != nil {
			t.Fatal(err)
		}
	}
	defer os.Chmod(dir, 0o700)
	if os.Getuid() != 0 {
		return readOnly(path)
	}
	bin := filepath.Join(home, "test")
	if err := os.WriteFile(bin, must[[]byte](t)(os.ReadFile(must[string](t)(os.Executable()))), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(bin, 0o755); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(bin)
	cmd.Env = append(os.Environ(), "STORE_TEST_READ="+path)
	cmd.Dir = "/"
	asNobody(cmd)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

// readOnly reads a library that cannot be written.
func readOnly(path string) error {
	s, err := db.Open(ctx, path)
	if err != nil {
		return err
	}
	defer s.Close()
	es, err := s.Entries(ctx)
	if err != nil || len(es) != 1 || !s.ReadOnly() {
		return fmt.Errorf("%d entries, read-only %v: %w", len(es), s.ReadOnly(), err)
	}
	if hits, err := s.Search(ctx, "harbour", 5); err != nil || len(hits) != 1 {
		return fmt.Errorf("%d hits: %w", len(hits), err)
	}
	if _, err := s.DataVersion(ctx); err != nil {
		return err
	}
	if err := s.Append(ctx, es[0].ID, nil, db.Row{ID: "a"}); !errors.Is(err, db.ErrReadOnly) {
		return fmt.Errorf("append: %w", err)
	}
	if _, err := db.Open(ctx, filepath.Join(filepath.Dir(path), "new.db")); !errors.Is(err, db.ErrReadOnly) {
		return fmt.Errorf("a new library where nothing can be written: %w", err)
	}
	return nil
}
