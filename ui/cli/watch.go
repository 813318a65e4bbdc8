package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"

	"byline/articles"
	"byline/articles/load"
)

// settle is how long a file has to be left alone before it is read: programs write files in
// pieces.
const settle = 300 * time.Millisecond

// A watcher follows folders, with those in them, and tells of files that came or changed.
type watcher struct {
	*fsnotify.Watcher
	due map[string]time.Time // when a file that changed is to be read
}

// watch adds what comes into the folders names, or changes there, until ctx ends.
func (p *program) watch(ctx context.Context, library *shelf, names []string) error {
	fw, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch folders: %w", err)
	}
	defer fw.Close()
	w := &watcher{fw, map[string]time.Time{}}
	for _, name := range names {
		if !isDir(name) {
			return wrongUsage("--watch: %s is no folder", name)
		}
		if err := w.follow(name, false); err != nil {
			return err
		}
	}
	for {
		paths, err := w.next(ctx)
		if err != nil {
			return err
		}
		if err := p.addAll(ctx, library, filesIn(ctx, paths)); err != nil {
			return err
		}
		if err := p.annotateRest(ctx, library); err != nil {
			return err
		}
	}
}

// filesIn yields the articles of files; of one that is gone again, nothing.
func filesIn(ctx context.Context, paths []string) iter.Seq[input] {
	return func(yield func(input) bool) {
		for _, path := range paths {
			if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
				continue
			}
			for in := range listed(path, func() iter.Seq2[*articles.Article, error] { return load.Each(ctx, path) }) {
				if !yield(in) {
					return
				}
			}
		}
	}
}

// follow watches dir and the folders in it. Of a folder that came while others are watched,
// the files that are in it already are due.
func (w *watcher) follow(dir string, came bool) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && path == dir && !came:
			return fmt.Errorf("watch %s: %w", path, bare(err))
		case err != nil:
			return nil // it is gone again, or closed to us
		case (path != dir || came) && d.Name()[0] == '.':
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir():
			if err := w.Add(path); err != nil {
				return fmt.Errorf("watch %s: %w", path, bare(err))
			}
		case came:
			w.note(path)
		}
		return nil
	})
}

// note has a file read once it is left alone, if it may be an article.
func (w *watcher) note(path string) {
	if load.Readable(path) {
		w.due[path] = time.Now().Add(settle)
	}
}

// next waits for files that came or changed.
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
			if !e.Has(fsnotify.Create) && !e.Has(fsnotify.Write) {
				continue
			}
			if isDir(e.Name) {
				if err := w.follow(e.Name, true); err != nil {
					return nil, err
				}
				continue
			}
			w.note(e.Name)
		case now := <-tick.C:
			var ready []string
			for path, at := range w.due {
				if now.After(at) {
					ready = append(ready, path)
					delete(w.due, path)
				}
			}
			if len(ready) > 0 {
				slices.Sort(ready)
				return ready, nil
			}
		}
	}
}
