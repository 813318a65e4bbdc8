// Package sources reads what a person names (files, folders, addresses, standard input, streams of
// records) as articles, and adds them to the library of a workspace.
//
// Reading is parallel and streams: results come in the order of the names, and only enough is read
// ahead to keep the cores busy. What cannot be read is reported, and the rest is read.
package sources

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"byline/annotate/format"
	"byline/annotate/format/formats"
	"byline/annotate/workspace/pages"
	"byline/articles"
	"byline/articles/corpus"
	"byline/articles/fetch"
	"byline/articles/load"
)

// ErrDirectory says that a folder was given in place of a file.
var ErrDirectory = errors.New("is a directory")

// An Input is an article that was named but not read yet.
type Input struct {
	Name string // its file or address; for a record with its line: "archive.jsonl:7"
	Load func() (*articles.Article, error)
}

// Records says how streams of records are read.
type Records struct {
	corpus.Columns
	Format string // one of load.RecordFormats; empty: the names are those of articles, or end in .jsonl, .csv or .tsv
}

// A Reader reads files, folders and addresses by name. Stdin and Client must be set.
type Reader struct {
	Stdin   io.Reader
	Client  *fetch.Client
	Records Records
	// Fetched is called with each page that was fetched; may be nil.
	Fetched func(*pages.Download)
	// Warned is called with what a reader should know of how an article was read, perhaps from
	// several goroutines; may be nil.
	Warned func(name, why string)
}

// IsURL reports whether a name is an address to fetch.
func IsURL(name string) bool {
	scheme, _, ok := strings.Cut(name, "://")
	return ok && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// Name returns what somebody means by a name: the file of that name, or else an address, whose scheme may be missing.
func Name(name string) string {
	if _, err := os.Stat(name); err == nil {
		return name
	}
	if address, ok := fetch.Address(name); ok {
		return address
	}
	return name
}

// IsDir reports whether name is a directory, or a link to one.
func IsDir(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// Inputs yields the articles of names in order: one or several for a file, all those in a folder,
// one for each record of a stream or of a file whose name says that it holds some.
func (r *Reader) Inputs(ctx context.Context, names []string) iter.Seq[Input] {
	return func(yield func(Input) bool) {
		for _, name := range names {
			name = Name(name)
			from := r.filesOf
			if format := cmp.Or(r.Records.Format, load.RecordsIn(name)); format != "" {
				from = func(ctx context.Context, name string) iter.Seq[Input] { return r.recordsOf(ctx, name, format) }
			}
			for in := range from(ctx, name) {
				if !yield(r.warning(in)) {
					return
				}
			}
		}
	}
}

// warning returns in with its warnings passed on when it is loaded.
func (r *Reader) warning(in Input) Input {
	if r.Warned == nil {
		return in
	}
	return Input{in.Name, func() (*articles.Article, error) {
		a, err := in.Load()
		if a != nil {
			for _, why := range a.Warnings {
				r.Warned(fetch.WithoutSecrets(in.Name), why)
			}
		}
		return a, err
	}}
}

// filesOf yields the articles of a file, a folder, an address or standard input.
func (r *Reader) filesOf(ctx context.Context, name string) iter.Seq[Input] {
	switch {
	case name == "-":
		in, addresses := Addresses(r.Stdin)
		if len(addresses) > 0 {
			return r.Inputs(ctx, addresses)
		}
		return inputsOf(name, load.EachIn(ctx, in, name))
	case IsURL(name):
		return single(Input{name, func() (*articles.Article, error) {
			d, err := pages.Fetch(ctx, r.Client, fetch.Request{URL: name})
			if r.Fetched != nil && err == nil {
				r.Fetched(&d)
			}
			return d.Article, err
		}})
	case !IsDir(name):
		return fileInputs(ctx, name)
	}
	return func(yield func(Input) bool) {
		for path, err := range load.Walk(name) {
			of := single(Input{path, func() (*articles.Article, error) { return nil, err }})
			if err == nil {
				of = fileInputs(ctx, path)
			}
			for in := range of {
				if !yield(in) {
					return
				}
			}
		}
	}
}

// Addresses returns the web addresses in r, one a line, if it holds nothing else, and what r holds.
func Addresses(r io.Reader) (io.Reader, []string) {
	const most = 16 << 10
	in := bufio.NewReaderSize(r, most)
	head, err := in.Peek(4)
	if err == nil && !strings.EqualFold(string(head), "http") {
		return in, nil // do not wait for more
	}
	if head, err = in.Peek(most); !errors.Is(err, io.EOF) {
		return in, nil
	}
	var addresses []string
	for line := range strings.Lines(string(head)) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if !IsURL(line) || strings.ContainsAny(line, " \t") {
			return in, nil
		}
		addresses = append(addresses, line)
	}
	return in, addresses
}

// fileInputs yields the articles of a file.
func fileInputs(ctx context.Context, path string) iter.Seq[Input] {
	if load.HoldsSeveral(path) {
		return inputsOf(path, load.Each(ctx, path))
	}
	return single(Input{path, func() (*articles.Article, error) { return load.File(ctx, path) }})
}

// Files yields the articles of files that were found in the folders dirs; files that no longer exist are skipped, and what
// [load.Within] does not let through fails.
func Files(ctx context.Context, dirs, paths []string) iter.Seq[Input] {
	return func(yield func(Input) bool) {
		for _, path := range paths {
			if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
				continue
			}
			all := inputsOf(path, load.Each(ctx, path))
			if err := load.Within(folderOf(dirs, path), path); err != nil {
				all = single(failedInput(path, err))
			}
			for in := range all {
				if !yield(in) {
					return
				}
			}
		}
	}
}

// folderOf returns which of dirs path is in, else the folder that it is in.
func folderOf(dirs []string, path string) string {
	for _, dir := range dirs {
		if in, err := filepath.Rel(dir, path); err == nil && filepath.IsLocal(in) {
			return dir
		}
	}
	return filepath.Dir(path)
}

func single(in Input) iter.Seq[Input] { return func(yield func(Input) bool) { yield(in) } }

// inputsOf yields the articles of name, which may hold several, as inputs.
func inputsOf(name string, all iter.Seq2[*articles.Article, error]) iter.Seq[Input] {
	return func(yield func(Input) bool) {
		for a, err := range all {
			if !yield(Input{name, func() (*articles.Article, error) { return a, err }}) {
				return
			}
		}
	}
}

// failedInput returns an input that cannot be read.
func failedInput(name string, err error) Input {
	return Input{name, func() (*articles.Article, error) {
		return nil, fmt.Errorf("read %s: %w", name, load.WithoutPath(err))
	}}
}

// recordsOf yields the records of a file or of standard input.
func (r *Reader) recordsOf(ctx context.Context, name, format string) iter.Seq[Input] {
	return func(yield func(Input) bool) {
		file, err := OpenFile(name, r.Stdin)
		if err != nil {
			yield(failedInput(name, err))
			return
		}
		defer file.Close()
		if r.Records.Format == "" {
			if err := checkRecords(name); err != nil {
				yield(failedInput(name, err))
				return
			}
		}
		any := false
		for it := range load.Records(ctx, file, name, format, r.Records.Columns) {
			any = true
			if !yield(Input{it.Place, it.Load}) {
				return
			}
		}
		if !any && r.Records.Format == "" { // what --from says to hold records may have none
			yield(failedInput(name, errors.New("it holds no articles")))
		}
	}
}

// checkRecords returns an error if a file, which nobody said to hold articles, looks like annotations of them.
func checkRecords(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	head := make([]byte, format.SniffBytes)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return load.WithoutPath(err)
	}
	if as := formats.Sniff("", head[:n]); as != nil {
		return fmt.Errorf("it holds annotations (%s): \"byline import\" reads them, --from takes its texts alone", as.Name)
	}
	return nil
}

// OpenFile opens a file for reading; - is stdin. The error is [ErrDirectory] for a folder.
func OpenFile(name string, stdin io.Reader) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(stdin), nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		f.Close()
		return nil, ErrDirectory
	}
	return f, nil
}
