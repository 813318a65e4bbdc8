package load

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Walk yields the files under dir whose names may be those of articles, in the order of their
// paths. It skips hidden files and folders, and other kinds of names. A folder that cannot be read
// is yielded with its error, and the walk continues.
func Walk(dir string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				if !yield(path, fmt.Errorf("read %s: %w", path, WithoutPath(err))) {
					return fs.SkipAll
				}
				return nil
			case path != dir && strings.HasPrefix(d.Name(), "."):
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			case !Readable(path) || !regular(path, d):
				return nil
			case !yield(path, nil):
				return fs.SkipAll
			}
			return nil
		})
		if err != nil {
			yield(dir, fmt.Errorf("read %s: %w", dir, WithoutPath(err)))
		}
	}
}

// Readable reports whether a file may be an article by its name: it has an importer's extension,
// or none.
func Readable(path string) bool {
	ext := strings.ToLower(filepath.Ext(path))
	if ext == ".gz" || ext == ".bz2" {
		if ext = strings.ToLower(filepath.Ext(strings.TrimSuffix(path, filepath.Ext(path)))); ext == "" {
			return false
		}
	}
	return !strings.HasPrefix(filepath.Base(path), ".") &&
		(ext == "" || slices.ContainsFunc(importers, func(i importer) bool { return slices.Contains(i.extensions, ext) }))
}

// regular reports whether path is a regular file or a link to one.
func regular(path string, d fs.DirEntry) bool {
	if d.Type()&fs.ModeSymlink == 0 {
		return d.Type().IsRegular()
	}
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// open opens a regular file that is small enough to be read as a whole.
func open(path string) (*os.File, error) {
	f, err := openAny(path)
	if err != nil {
		return nil, err
	}
	if err := checkSize(f, path); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// checkSize rejects a file that is too large to be read as a whole.
func checkSize(f *os.File, path string) error {
	if info, err := f.Stat(); err == nil && info.Size() > maxBytes {
		return fmt.Errorf("read %s: %w", path, ErrTooLarge)
	}
	return nil
}

// openAny opens a regular file of any size.
func openAny(path string) (*os.File, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
	case info.IsDir():
		err = ErrDirectory
	case !info.Mode().IsRegular():
		err = ErrIrregular
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, WithoutPath(err))
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, WithoutPath(err))
	}
	return f, nil
}

func absolutePath(path string) string {
	if path == stdin {
		return path
	}
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}

// WithoutPath returns err without the path in it, which the callers add themselves.
func WithoutPath(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
