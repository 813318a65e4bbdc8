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
// paths. It skips hidden files and folders, and other kinds of names. What has such a name and is not read is yielded with
// its error, and the walk continues: a folder that cannot be opened, a device, a link to nothing, to a folder, or out of dir.
// Whoever puts a link into a folder does not decide what is read of the rest of the disk.
func Walk(dir string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		root := dir
		if info, err := os.Lstat(dir); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			root += string(filepath.Separator) // the folder itself is followed: it was named
		}
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err == nil {
				err = checkFound(root, path, d)
			}
			switch {
			case errors.Is(err, fs.SkipDir):
				return err
			case errors.Is(err, errOther):
				return nil
			case err != nil:
				err = fmt.Errorf("read %s: %w", path, WithoutPath(err))
			}
			if !yield(path, err) {
				return fs.SkipAll
			}
			return nil
		})
		if err != nil {
			yield(dir, fmt.Errorf("read %s: %w", dir, WithoutPath(err)))
		}
	}
}

// errOther says that a name is that of a folder, or not that of an article.
var errOther = errors.New("no article")

// checkFound returns nil if what a walk of root came to is an article's file, fs.SkipDir for a hidden folder, and else why not.
func checkFound(root, path string, d fs.DirEntry) error {
	switch {
	case path != root && d.IsDir() && strings.HasPrefix(d.Name(), "."):
		return fs.SkipDir
	case d.IsDir() || !Readable(path):
		return errOther
	}
	return Within(root, path)
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

// Within returns nil if the file at path, found in the folder dir, is to be read: it is a regular file, or a link to one that is
// in dir as well. Else it returns why not.
func Within(dir, path string) error {
	info, err := os.Lstat(path)
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		return linkWithin(dir, path)
	}
	switch {
	case err != nil:
		return WithoutPath(err)
	case !info.Mode().IsRegular():
		return ErrIrregular
	}
	return nil
}

func linkWithin(dir, path string) error {
	to, err := filepath.EvalSymlinks(path)
	if err != nil {
		return fmt.Errorf("it is a link, and what it leads to cannot be read: %w", WithoutPath(err))
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return WithoutPath(err)
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return err
	}
	if to, err = filepath.Abs(to); err != nil {
		return err
	}
	info, err := os.Stat(to)
	inside, wrong := filepath.Rel(dir, to)
	switch {
	case wrong != nil || !filepath.IsLocal(inside):
		return fmt.Errorf("it is a link to %s, outside the folder, and is not followed: add that by its own name", to)
	case err != nil:
		return WithoutPath(err)
	case info.IsDir():
		return errors.New("it is a link to a folder, and is not followed")
	case !info.Mode().IsRegular():
		return ErrIrregular
	}
	return nil
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
