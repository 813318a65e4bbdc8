// Package watch reports new and changed files in folders that may be articles.
package watch

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"

	"byline/annotate/workspace/sources"
	"byline/articles/load"
)

// settle is how long a file must be unchanged before it is read: programs write files in pieces.
const settle = 300 * time.Millisecond

// A watcher follows folders and their sub-folders, and collects new and changed files.
type watcher struct {
	*fsnotify.Watcher
	due map[string]time.Time // when a changed file is to be read
}

// Folders watches the named folders and their sub-folders until ctx ends. Each is called with the
// new and changed files, sorted, once they have been unchanged for a moment; its error stops the
// watching.
func Folders(ctx context.Context, names []string, each func(paths []string) error) error {
	if err := Check(names); err != nil {
		return err
	}
	fw, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch folders: %w", err)
	}
	defer fw.Close()
	w := &watcher{fw, map[string]time.Time{}}
	for _, name := range names {
		if err := w.follow(name, false); err != nil {
			return err
		}
	}
	for {
		paths, err := w.next(ctx)
		if err != nil {
			return err
		}
		if err := each(paths); err != nil {
			return err
		}
	}
}

// Check returns an error for the first name that is not that of a folder.
func Check(names []string) error {
	for _, name := range names {
		if !sources.IsDir(name) {
			return fmt.Errorf("%s is no folder", name)
		}
	}
	return nil
}

// follow watches dir and the folders in it. If the folder appeared while watching, the files
// already in it are due.
func (w *watcher) follow(dir string, came bool) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && path == dir && !came:
			return fmt.Errorf("watch %s: %w", path, load.WithoutPath(err))
		case err != nil:
			return nil // it is gone again, or not readable
		case (path != dir || came) && d.Name()[0] == '.':
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir():
			if err := w.Add(path); err != nil {
				return fmt.Errorf("watch %s: %w", path, load.WithoutPath(err))
			}
		case came:
			w.note(path)
		}
		return nil
	})
}

// note schedules a file to be read once it is unchanged, if it may be an article.
func (w *watcher) note(path string) {
	if load.Readable(path) {
		w.due[path] = time.Now().Add(settle)
	}
}

// next waits for new or changed files.
func (w *watcher) next(ctx context.Context) ([]string, error) {
	tick := time.NewTicker(settle / 3)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case err := <-w.Errors:
			return nil, fmt.Errorf("watch folders: %w", err)
		case e := <-w.Events:
			if err := w.handle(e); err != nil {
				return nil, err
			}
		case now := <-tick.C:
			if ready := w.ready(now); len(ready) > 0 {
				return ready, nil
			}
		}
	}
}

// handle follows a new folder, and notes a new or changed file.
func (w *watcher) handle(e fsnotify.Event) error {
	switch {
	case !e.Has(fsnotify.Create) && !e.Has(fsnotify.Write):
	case sources.IsDir(e.Name):
		return w.follow(e.Name, true)
	default:
		w.note(e.Name)
	}
	return nil
}

// ready removes and returns the files that are due now, sorted.
func (w *watcher) ready(now time.Time) []string {
	var ready []string
	for path, at := range w.due {
		if now.After(at) {
			ready = append(ready, path)
			delete(w.due, path)
		}
	}
	slices.Sort(ready)
	return ready
}
