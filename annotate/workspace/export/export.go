// Package export writes documents to files: several into one, or each into files of its
// own, with what a format puts next to it. A file is either what it was or whole.
package export

import (
	"io"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"byline/annotate/format"
	"byline/annotate/library"
	"byline/articles"
)

// Document writes one document to the file at path, and what the format puts next to it. A
// file that exists is refused, with [ErrExists], unless force.
func Document(f *format.Format, path string, force bool, o format.Options, d *format.Document) error {
	base, ok := strings.CutSuffix(path, f.Extension)
	if !ok {
		base = strings.TrimSuffix(path, filepath.Ext(path))
	}
	for _, c := range f.Beside {
		to := filepath.Join(filepath.Dir(path), c.Name)
		if c.Name == "" {
			to = base + c.Extension
		}
		// A file of a fixed name is the same for all in its folder.
		if err := WriteTo(to, force || c.Name != "", func(w io.Writer) error { return c.Write(w, d) }); err != nil {
			return err
		}
	}
	return WriteTo(path, force, func(w io.Writer) error { return f.WriteOne(w, o, d) })
}

// Names gives the files of one run their names, each another.
type Names struct{ taken map[string]bool }

// Of returns a name, without extension, for the file of a that no other article has.
func (n *Names) Of(a *articles.Article) string {
	if n.taken == nil {
		n.taken = map[string]bool{}
	}
	name := fileName(a.Title)
	if name == "" || n.taken[name] {
		name = strings.TrimPrefix(name+"-"+library.ShortID(a.ID), "-")
	}
	n.taken[name] = true
	return name
}

// fileName makes a name for a file of a title: letters and digits as they are, the
// rest a hyphen, so that no title leads to another directory or hides the file.
func fileName(title string) string {
	var b strings.Builder
	gap := false
	for _, r := range title {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) {
			gap = b.Len() > 0
			continue
		}
		if b.Len() > longestName {
			break
		}
		if gap {
			b.WriteByte('-')
		}
		gap = false
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// longestName is the length in bytes after which a file's name ends: with an extension it
// stays well below the 255 bytes that file systems allow.
const longestName = 100

// ShortName makes a file name of at most forty characters of a title; "article" for none.
func ShortName(title string) string {
	const longest = 40
	name := []rune(fileName(title))
	if len(name) > longest {
		name = name[:longest]
		if i := slices.Index(name[longest/2:], '-'); i >= 0 {
			for last := len(name) - 1; last > longest/2; last-- {
				if name[last] == '-' {
					name = name[:last]
					break
				}
			}
		}
	}
	if len(name) == 0 {
		return "article"
	}
	return string(name)
}
