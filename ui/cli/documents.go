package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"byline/annotate/format"
	"byline/annotate/format/formats"
	"byline/articles"
)

// A reading is how annotated files are read.
type reading struct {
	as      *format.Format // nil: told by what each holds
	loss    *format.Loss
	article func(id, title string) (*articles.Article, error) // of formats without text; may be nil
}

// A found document comes from a file.
type found struct {
	*format.Document
	from string // the file
	err  error
}

// documents yields the documents of names in their order: files, all annotated files of
// a folder, - for standard input.
func (p *program) documents(names []string, how reading) iter.Seq[found] {
	return func(yield func(found) bool) {
		for _, name := range names {
			for path, err := range annotatedFiles(name, how) {
				if err != nil {
					if !yield(found{from: path, err: err}) {
						return
					}
					continue
				}
				if !p.documentsOf(path, how, yield) {
					return
				}
			}
		}
	}
}

// annotatedFiles yields name, or where that is a folder the files in it that a format
// reads; what only lies beside another is passed over.
func annotatedFiles(name string, how reading) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		if !isDir(name) {
			yield(name, nil)
			return
		}
		err := filepath.WalkDir(name, func(path string, e fs.DirEntry, err error) error {
			switch {
			case err != nil:
				if !yield(path, fmt.Errorf("read %s: %w", path, bare(err))) {
					return fs.SkipAll
				}
			case path != name && strings.HasPrefix(e.Name(), "."):
				if e.IsDir() {
					return fs.SkipDir
				}
			case e.IsDir() || !e.Type().IsRegular() || !readable(path, how.as):
			case !yield(path, nil):
				return fs.SkipAll
			}
			return nil
		})
		if err != nil {
			yield(name, fmt.Errorf("read %s: %w", name, bare(err)))
		}
	}
}

// readable reports whether a file's name is that of a format that is read, or of as.
func readable(path string, as *format.Format) bool {
	if as != nil {
		return as.HasExtension(path)
	}
	return slices.ContainsFunc(formats.Readable(), func(f *format.Format) bool { return f.HasExtension(path) })
}

// documentsOf yields the documents of one file.
func (p *program) documentsOf(path string, how reading, yield func(found) bool) bool {
	file, err := p.openFile(path)
	if err != nil {
		return yield(found{from: path, err: fmt.Errorf("read %s: %w", path, bare(err))})
	}
	defer file.Close()
	in := bufio.NewReaderSize(file, 1<<16)
	as := how.as
	if as == nil {
		head, _ := in.Peek(format.SniffBytes) // less is no failure
		if as = formats.Sniff(path, head); as == nil {
			return yield(found{from: path, err: withHint(fmt.Errorf("read %s: its format is not known", path), "name it: --as FORMAT, one of %s", strings.Join(readNames(), ", "))})
		}
	}
	input := format.Input{Reader: in, Name: path, Loss: how.loss, Article: how.article}
	if path != "-" {
		input.Open = beside(path)
	}
	for d, err := range as.Read(input) {
		if !yield(found{d, path, err}) {
			return false
		}
	}
	return true
}

// beside returns a function that opens files of the folder that path is in, and no others.
func beside(path string) func(string) (io.ReadCloser, error) {
	return func(name string) (io.ReadCloser, error) {
		if name != filepath.Base(name) || !filepath.IsLocal(name) {
			return nil, fmt.Errorf("%q is no name of a file beside it", name)
		}
		f, err := os.Open(filepath.Join(filepath.Dir(path), name))
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", name, bare(err))
		}
		return f, nil
	}
}

// readNames lists the formats that are read.
func readNames() []string { return formats.Names(formats.Readable()) }

// readAs returns the format of that name that is read; nil for no name.
func readAs(name string) (*format.Format, error) {
	if name == "" {
		return nil, nil
	}
	f := formats.Named(name)
	if f == nil || f.Read == nil {
		return nil, wrongUsage("--as %s: byline does not read that; take %s", name, strings.Join(readNames(), ", "))
	}
	return f, nil
}

// report says what a format could not hold.
func (p *program) report(what string, loss *format.Loss) {
	for _, line := range loss.Lines() {
		fmt.Fprintf(p.errs, "byline: %s: %s\n", what, line)
	}
}

var errNoSuchArticle = errors.New("the library has no such article")
