package importer

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"byline/annotate/format"
	"byline/annotate/format/formats"
	"byline/annotate/workspace/sources"
	"byline/articles"
	"byline/articles/load"
)

// A Reading says how annotated files are read.
type Reading struct {
	Stdin   io.Reader
	As      *format.Format // nil: detected from the contents of each file
	Loss    *format.Loss
	Article func(id, title string) (*articles.Article, error) // for formats without text; may be nil
}

// A Found document was read from a file.
type Found struct {
	*format.Document
	From string // the file
	Err  error  // if not nil, there is no document
}

// A FormatError says that the format of a file could not be detected.
type FormatError struct{ File string }

func (e *FormatError) Error() string {
	if strings.EqualFold(filepath.Ext(e.File), ".spacy") {
		return "read " + e.File + ": the binary files of spaCy are not read; write each Doc with to_json as a line of JSON"
	}
	return "read " + e.File + ": its format is not known"
}

// Documents yields the documents of names in order. A name is a file, a folder, which stands for
// all annotated files in it, or - for standard input.
func (r Reading) Documents(names []string) iter.Seq[Found] {
	return func(yield func(Found) bool) {
		for _, name := range names {
			for path, err := range filesOf(name, r.As) {
				if err != nil {
					if !yield(Found{From: path, Err: err}) {
						return
					}
					continue
				}
				if !r.documentsOf(path, yield) {
					return
				}
			}
		}
	}
}

// filesOf yields what annotatedFiles does, or an error if that is nothing.
func filesOf(name string, as *format.Format) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		found := false
		for path, err := range annotatedFiles(name, as) {
			found = true
			if !yield(path, err) {
				return
			}
		}
		if !found {
			yield(name, fmt.Errorf("read %s: no file in it has the name of a format that is read; name the files themselves", name))
		}
	}
}

// annotatedFiles yields name, or if that is a folder the files in it that a format reads; files
// that only accompany another are skipped.
func annotatedFiles(name string, as *format.Format) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		if !sources.IsDir(name) {
			yield(name, nil)
			return
		}
		err := filepath.WalkDir(name, func(path string, e fs.DirEntry, err error) error {
			switch {
			case err != nil:
				if !yield(path, fmt.Errorf("read %s: %w", path, load.WithoutPath(err))) {
					return fs.SkipAll
				}
			case path != name && strings.HasPrefix(e.Name(), "."):
				if e.IsDir() {
					return fs.SkipDir
				}
			case e.IsDir() || !e.Type().IsRegular() || !readable(path, as):
			case !yield(path, nil):
				return fs.SkipAll
			}
			return nil
		})
		if err != nil {
			yield(name, fmt.Errorf("read %s: %w", name, load.WithoutPath(err)))
		}
	}
}

// readable reports whether the name of a file is that of a readable format, or of as, and not one that byline gives to
// what lies beside files of a format.
func readable(path string, as *format.Format) bool {
	if slices.ContainsFunc(formats.Readable(), func(f *format.Format) bool {
		return slices.ContainsFunc(f.Beside, func(c format.Companion) bool { return c.Name != "" && c.Name == filepath.Base(path) })
	}) {
		return false
	}
	if as != nil {
		return as.HasExtension(path)
	}
	return slices.ContainsFunc(formats.Readable(), func(f *format.Format) bool { return f.HasExtension(path) })
}

// documentsOf yields the documents of one file.
func (r Reading) documentsOf(path string, yield func(Found) bool) bool {
	file, err := sources.OpenFile(path, r.Stdin)
	if err != nil {
		return yield(Found{From: path, Err: fmt.Errorf("read %s: %w", path, load.WithoutPath(err))})
	}
	defer file.Close()
	// Windows programs begin a file with a byte order mark, and save some in UTF-16.
	in := bufio.NewReaderSize(transform.NewReader(file, unicode.BOMOverride(transform.Nop)), 1<<16)
	as := r.As
	if as == nil {
		head, _ := in.Peek(format.SniffBytes) // a shorter file is fine
		if as = formats.Sniff(path, head); as == nil {
			return yield(Found{From: path, Err: &FormatError{path}})
		}
	}
	input := format.Input{Reader: in, Name: path, Loss: r.Loss, Article: r.Article}
	if path != "-" {
		input.Open = siblingOpener(path)
	}
	none := true
	for d, err := range as.Read(input) {
		none = false
		if d != nil {
			printable(d)
		}
		if !yield(Found{d, path, err}) {
			return false
		}
	}
	return !none || yield(Found{From: path, Err: fmt.Errorf("read %s: there is no article in it", path)})
}

// siblingOpener returns a function that opens files in the folder of path only.
func siblingOpener(path string) func(string) (io.ReadCloser, error) {
	return func(name string) (io.ReadCloser, error) {
		if name != filepath.Base(name) || !filepath.IsLocal(name) {
			return nil, fmt.Errorf("%q is not the name of a file beside it", name)
		}
		f, err := os.Open(filepath.Join(filepath.Dir(path), name))
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", name, load.WithoutPath(err))
		}
		return f, nil
	}
}
