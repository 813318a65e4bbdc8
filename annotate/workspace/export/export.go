// Package export writes documents to files: several into one, or each into files of its own,
// including the files that a format puts next to it. A file is replaced as a whole or not at all.
package export

import (
	"bytes"
	"cmp"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"byline/annotate/format"
	"byline/annotate/library"
	"byline/articles"
)

// Document writes what o.Kinds chooses of one document to the file at path, and the files that the format puts next to it.
// It refuses to overwrite a file, with [ErrExists], unless force is set.
func Document(f *format.Format, path string, force bool, o format.Options, d *format.Document) error {
	o.Single = true
	return Documents(f, path, force, o, func(w format.Writer) error { return w.Write(o.Kinds.Of(d)) })
}

// Documents is like Document for all documents that write gives to the writer, one after the other.
func Documents(f *format.Format, path string, force bool, o format.Options, write func(format.Writer) error) error {
	return WriteTo(path, force, func(to io.Writer) error {
		w := together{f.Begin(to, o)}
		var beside []*companion
		for _, c := range f.Beside {
			b := newCompanion(c, path, f.Extension)
			w, beside = append(w, b.Writer), append(beside, b)
		}
		if err := write(w); err != nil {
			return err
		}
		if err := w.Close(); err != nil {
			return err
		}
		for _, b := range beside {
			// What documents of a folder share is never refused: it adds to what is there.
			if b.optional && b.content.Len() == 0 {
				continue
			}
			if err := WriteFile(b.path, b.content.Bytes(), force || b.shared); err != nil {
				return err
			}
		}
		return nil
	})
}

// together writes each document to several writers.
type together []format.Writer

func (ws together) Write(d *format.Document) error {
	for _, w := range ws {
		if err := w.Write(d); err != nil {
			return err
		}
	}
	return nil
}

func (ws together) Close() error {
	for _, w := range ws {
		if err := w.Close(); err != nil {
			return err
		}
	}
	return nil
}

// A companion is a file beside another, in memory until the other is complete.
type companion struct {
	format.Writer
	path             string
	shared, optional bool
	content          bytes.Buffer
}

// newCompanion begins the companion c of the file at path, which is of a format with an extension.
func newCompanion(c format.Companion, path, extension string) *companion {
	b := &companion{path: filepath.Join(filepath.Dir(path), c.Name), shared: c.Name != "", optional: c.Optional}
	var before []byte
	if b.shared {
		before, _ = os.ReadFile(b.path) // whatever hinders it hinders writing too, which says so
	} else {
		base, ok := strings.CutSuffix(path, extension)
		if !ok {
			base = strings.TrimSuffix(path, filepath.Ext(path))
		}
		b.path = base + c.Extension
	}
	b.Writer = c.NewWriter(&b.content, before)
	return b
}

// Names gives the files of one run distinct names.
type Names struct{ taken map[string]bool }

// Of returns a file name for a, without extension, that no other article has.
func (n *Names) Of(a *articles.Article) string {
	if n.taken == nil {
		n.taken = map[string]bool{}
	}
	name := fileName(baseName(a.Source))
	if name == "" || n.taken[name] {
		name = fileName(a.Title)
	}
	if name == "" || n.taken[name] {
		name = strings.TrimPrefix(name+"-"+library.ShortID(a.ID), "-")
	}
	n.taken[name] = true
	return name
}

// fileName makes a file name of a title: letters and digits are kept, everything else becomes a
// hyphen, so that no title can point to another directory or hide the file.
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

// longestName is the most bytes of a file name without extension; file systems allow 255 with it.
const longestName = 100

// baseName returns the name of the file that an article was read from, without its extensions;
// empty if it is from elsewhere, or one of several in a file.
func baseName(source string) string {
	if strings.Contains(source, "://") || strings.ContainsAny(source, "#?") {
		return ""
	}
	if file, ok := strings.CutPrefix(source, "sample:"); ok {
		source = file
	}
	base := filepath.Base(filepath.FromSlash(source))
	if source == "" || source == "-" {
		return ""
	}
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// FileName returns the name for a file about a, without extension: that of the file that a was read
// from, else at most forty characters of its title; "article" if both are empty.
func FileName(a *articles.Article) string {
	return cmp.Or(fileName(baseName(a.Source)), shortName(a.Title))
}

// shortName makes a file name of at most forty characters of a title; "article" if that is empty.
func shortName(title string) string {
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
