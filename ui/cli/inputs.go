package cli

import (
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"byline/articles"
	"byline/articles/corpus"
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
func (p *program) inputs(ctx context.Context, names []string, o records) iter.Seq[input] {
	return func(yield func(input) bool) {
		for _, name := range names {
			from := p.filesOf(ctx, name)
			if o.format != "" {
				from = p.recordsOf(ctx, name, o)
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
func (p *program) filesOf(ctx context.Context, name string) iter.Seq[input] {
	one := func(in input) iter.Seq[input] { return func(yield func(input) bool) { yield(in) } }
	switch {
	case name == "-":
		return listed(name, func() iter.Seq2[*articles.Article, error] { return load.EachIn(ctx, p.in, name) })
	case isURL(name):
		return one(input{name, func() (*articles.Article, error) {
			d, err := fetchArticle(ctx, fetch.Request{URL: name})
			warnPartial(p.errs, &d)
			return d.Article, err
		}})
	case !isDir(name) && load.Several(name):
		return listed(name, func() iter.Seq2[*articles.Article, error] { return load.Each(ctx, name) })
	case !isDir(name):
		return one(input{name, func() (*articles.Article, error) { return load.File(ctx, name) }})
	}
	return func(yield func(input) bool) {
		for path, err := range load.Walk(name) {
			in := input{path, func() (*articles.Article, error) { return load.File(ctx, path) }}
			if err != nil {
				in = failing(path, err)
			}
			of := one(in)
			if err == nil && load.Several(path) {
				of = listed(path, func() iter.Seq2[*articles.Article, error] { return load.Each(ctx, path) })
			}
			for in := range of {
				if !yield(in) {
					return
				}
			}
		}
	}
}

// listed yields the articles of name, which may hold several, as inputs.
func listed(name string, all func() iter.Seq2[*articles.Article, error]) iter.Seq[input] {
	return func(yield func(input) bool) {
		for a, err := range all() {
			if !yield(input{name, func() (*articles.Article, error) { return a, err }}) {
				return
			}
		}
	}
}

// records says how streams of records are read.
type records struct {
	corpus.Columns
	format string // jsonl, csv or tsv; empty for none
}

// flags adds to a command what says how records are read.
func (o *records) flags(c *cobra.Command) {
	f := c.Flags()
	for _, x := range []struct {
		to         *string
		name, what string
	}{
		{&o.Text, "text", "the text"}, {&o.Title, "title", "the title"}, {&o.ID, "id", "an id, by which a record is known again"},
		{&o.Author, "author", "the author"}, {&o.Date, "date", "the date"}, {&o.Source, "source", "the address"}, {&o.Site, "site", "the publication"},
	} {
		f.StringVar(x.to, x.name, "", "of records, the `FIELD` that holds "+x.what+" (else under its usual names)")
	}
}

// check refuses formats that are not read, and fields without records.
func (o *records) check(more ...string) error {
	formats := append(load.RecordFormats(), more...)
	switch {
	case o.format != "" && !slices.Contains(formats, o.format):
		return wrongUsage("--from %s: byline does not read that; take %s or %s", o.format, strings.Join(formats[:len(formats)-1], ", "), formats[len(formats)-1])
	case o.Columns != corpus.Columns{} && !slices.Contains(load.RecordFormats(), o.format):
		return wrongUsage("the fields of records are named, but there are none: give --from jsonl, csv or tsv")
	}
	return nil
}

// recordsOf yields the records of a file or of standard input.
func (p *program) recordsOf(ctx context.Context, name string, o records) iter.Seq[input] {
	return func(yield func(input) bool) {
		r, err := p.openFile(name)
		if err != nil {
			yield(failing(name, err))
			return
		}
		defer r.Close()
		for it := range load.Records(ctx, r, name, o.format, o.Columns) {
			if !yield(input{it.Place, it.Load}) {
				return
			}
		}
	}
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
