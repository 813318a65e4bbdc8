package sync

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"maps"
	"testing"

	"byline/annotate"
)

// A failing disk fails at its nth operation, and with torn leaves half a file there.
type failing struct {
	disk
	left *int
	torn bool
}

var errFails = errors.New("the disk is gone")

func (d failing) fails() bool { *d.left--; return *d.left < 0 }

func (d failing) ReadDir(dir string) ([]fs.FileInfo, error) {
	if d.fails() {
		return nil, errFails
	}
	return d.disk.ReadDir(dir)
}

func (d failing) ReadFile(name string) ([]byte, error) {
	if d.fails() {
		return nil, errFails
	}
	return d.disk.ReadFile(name)
}

func (d failing) MkdirAll(dir string) error {
	if d.fails() {
		return errFails
	}
	return d.disk.MkdirAll(dir)
}

func (d failing) Create(name string, data []byte) (fs.FileInfo, error) {
	if d.fails() {
		if d.torn {
			_, _ = d.disk.Create(name, data[:len(data)/2])
		}
		return nil, errFails
	}
	return d.disk.Create(name, data)
}

func (d failing) Rename(from, to string) error {
	if d.fails() {
		return errFails
	}
	return d.disk.Rename(from, to)
}

func (d failing) Remove(name string) error {
	if d.fails() {
		return errFails
	}
	return d.disk.Remove(name)
}

// broken syncs with a folder, and ends at the nth operation of the disk or transaction of the library. It reports whether it
// came to the end.
func (d *desk) broken(t *testing.T, dir string, n int, torn bool) bool {
	t.Helper()
	f, root, err := openFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	f.disk = failing{f.disk, &n, torn}
	l := *d.Library
	write := l.Store.Write
	l.Store.Write = func(ctx context.Context, do func(*sql.Tx) error) error {
		if n--; n < 0 {
			return errFails
		}
		return write(ctx, do)
	}
	_, err = l.folder(t.Context(), f, "folder "+dir)
	return n >= 0 && err == nil
}

// A run that ends anywhere, by a fault of the disk, of the library or because it is killed, and is repeated, ends as one that was
// not interrupted.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	start := func() (ann, ben *desk, dir string) {
		ann, ben, dir = newDesk(t, "ann"), newDesk(t, "ben"), t.TempDir()
		id := ann.add(t, "https://example.org/a", "The Courier", story)
		ann.sync(t, dir)
		ben.sync(t, dir)
		ann.decide(t, id, annotate.Confirm, "Ferris", "")
		ann.add(t, "https://example.org/a", "The Courier", "Later. "+story)
		ann.add(t, "https://example.org/b", "Two", "Two of them. "+story)
		ben.decide(t, id, annotate.Reject, "Ferris", "")
		ben.sync(t, dir)
		return ann, ben, dir
	}
	for _, torn := range []bool{false, true} {
		for n := 0; ; n++ {
			if n%25 != 0 && testing.Short() {
				continue
			}
			ann, ben, dir := start()
			whole := ann.broken(t, dir, n, torn)
			for range 2 {
				ann.sync(t, dir)
				ben.sync(t, dir)
			}
			if len(ann.told)+len(ben.told) > 0 {
				t.Fatal(n, ann.told, ben.told)
			}
			if a, b := ann.export(t), ben.export(t); a != b {
				t.Fatalf("after %d operations: %s", n, difference(a, b))
			}
			if n%4 > 0 && !whole {
				continue
			}
			cy, other := newDesk(t, "cy"), t.TempDir()
			cy.sync(t, dir)
			cy.sync(t, other)
			if a, b := ann.export(t), cy.export(t); a != b {
				t.Fatalf("after %d operations, by the folder: %s", n, difference(a, b))
			}
			if got, want := withoutTemporary(files(t, dir)), files(t, other); !maps.Equal(got, want) {
				t.Fatalf("after %d operations: %v\n%v", n, got, want)
			}
			if whole {
				if n < 10 {
					t.Errorf("only %d operations", n)
				}
				break
			}
		}
	}
}

// withoutTemporary leaves out what killed runs left, which goes away after an hour.
func withoutTemporary(all map[string]string) map[string]string {
	maps.DeleteFunc(all, func(name, _ string) bool { return bytes.Contains([]byte(name), []byte("/"+temporary)) })
	return all
}
