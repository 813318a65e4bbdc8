package load

import (
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// extensions are the names of files that a folder is searched for.
var extensions = []string{"", ".docx", ".eml", ".epub", ".htm", ".html", ".markdown", ".mbox", ".md", ".mdown", ".mht", ".mhtml", ".odt", ".pdf", ".text", ".txt", ".xhtml"}

// Walk yields the files under dir that may be articles, by name, in the order of
// their paths; hidden files and folders, and other kinds of names, are passed over.
// A folder that cannot be read comes with its error, and the rest goes on.
func Walk(dir string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				if !yield(path, fmt.Errorf("read %s: %w", path, bare(err))) {
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
			yield(dir, fmt.Errorf("read %s: %w", dir, bare(err)))
		}
	}
}

// Readable reports whether a file may be an article, by its name.
func Readable(path string) bool {
	return !strings.HasPrefix(filepath.Base(path), ".") && slices.Contains(extensions, strings.ToLower(filepath.Ext(path)))
}

// regular reports whether path is a regular file or a link to one.
func regular(path string, d fs.DirEntry) bool {
	if d.Type()&fs.ModeSymlink == 0 {
		return d.Type().IsRegular()
	}
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
