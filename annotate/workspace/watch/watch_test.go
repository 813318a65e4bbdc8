package watch

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

// TestWatcher checks that new files are reported in all folders, including new ones, and changed
// files again; hidden files and those that are not articles are not reported.
func TestWatcher(t *testing.T) {
	t.Parallel()
	fw, err := fsnotify.NewWatcher()
	if err != nil {
		t.Fatal(err)
	}
	defer fw.Close()
	dir := t.TempDir()
	w := &watcher{fw, map[string]time.Time{}}
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("old.txt", "It was there.")
	if err := w.follow(dir, false); err != nil {
		t.Fatal(err)
	}
	write("a.txt", "One.")
	write("sub/deep/b.md", "Two.")
	write("c.png", "no article")
	write(".hidden.txt", "no")
	write(".git/d.txt", "no")
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	seen := map[string]int{}
	await := func(want ...string) {
		t.Helper()
		for {
			missing := false
			for _, name := range want {
				missing = missing || seen[name] == 0
			}
			if !missing {
				return
			}
			paths, err := w.next(ctx)
			if err != nil {
				t.Fatal(err, seen)
			}
			for _, p := range paths {
				name, _ := filepath.Rel(dir, p)
				seen[name]++
			}
		}
	}
	await("a.txt", filepath.Join("sub", "deep", "b.md"))
	clear(seen)
	write("sub/deep/b.md", "Two, changed.")
	await(filepath.Join("sub", "deep", "b.md"))
	for _, name := range []string{"c.png", ".hidden.txt", filepath.Join(".git", "d.txt"), "old.txt"} {
		if seen[name] > 0 {
			t.Error(name, "is told of")
		}
	}
	cancel()
	if _, err := w.next(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
