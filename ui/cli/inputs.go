package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"byline/articles"
	"byline/articles/fetch"
	"byline/articles/load"
)

// isDir reports whether name leads to a directory.
func isDir(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// inputs yields the articles behind names in their order: a file is one, a directory
// all in it, a stream of records one a line.
func (p *program) inputs(names []string, records bool) iter.Seq[input] {
	return func(yield func(input) bool) {
		for _, name := range names {
			from := p.filesOf(name)
			if records {
				from = p.recordsOf(name)
			}
			for in := range from {
				if !yield(in) {
					return
				}
			}
		}
	}
}

// filesOf yields the articles of a file, a directory or standard input.
func (p *program) filesOf(name string) iter.Seq[input] {
	one := func(in input) iter.Seq[input] { return func(yield func(input) bool) { yield(in) } }
	switch {
	case name == "-":
		return one(input{name, func() (*articles.Article, error) { return load.Reader(p.in, "-") }})
	case isURL(name):
		return one(input{name, func() (*articles.Article, error) {
			d, err := fetchArticle(context.Background(), fetch.Request{URL: name})
			warnPartial(p.errs, &d)
			return d.Article, err
		}})
	case !isDir(name) && load.Several(name):
		return chapters(name)
	case !isDir(name):
		return one(input{name, func() (*articles.Article, error) { return load.File(name) }})
	}
	return func(yield func(input) bool) {
		for path, err := range load.Walk(name) {
			in := input{path, func() (*articles.Article, error) { return load.File(path) }}
			if err != nil {
				in = failing(path, err)
			}
			of := one(in)
			if err == nil && load.Several(path) {
				of = chapters(path)
			}
			for in := range of {
				if !yield(in) {
					return
				}
			}
		}
	}
}

// chapters yields the articles of a book.
func chapters(path string) iter.Seq[input] {
	return func(yield func(input) bool) {
		list, err := load.Files(path)
		if err != nil {
			yield(input{path, func() (*articles.Article, error) { return nil, err }})
			return
		}
		for _, a := range list {
			if !yield(input{a.Source, func() (*articles.Article, error) { return a, nil }}) {
				return
			}
		}
	}
}

// recordsOf yields the records of a JSONL file or of standard input.
func (p *program) recordsOf(name string) iter.Seq[input] {
	return func(yield func(input) bool) {
		r, err := p.openFile(name)
		if err != nil {
			yield(failing(name, err))
			return
		}
		defer r.Close()
		for l := range lines(r, maxRecord) {
			place := fmt.Sprintf("%s:%d", name, l.n)
			in := input{place, func() (*articles.Article, error) { return l.article(place) }}
			if l.err != nil {
				in = failing(place, l.err)
			}
			if !yield(in) {
				return
			}
		}
	}
}

// article makes an article of a line.
func (l numbered) article(place string) (*articles.Article, error) {
	r, err := parseRecord(l.line)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", place, err)
	}
	return r.article(), nil
}

// openFile opens a file for reading; - is standard input.
func (p *program) openFile(name string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(p.in), nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		f.Close()
		return nil, withHint(errors.New("is a directory"), "name the files in it")
	}
	return f, nil
}
