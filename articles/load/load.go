// Package load turns files into articles: it detects the kind of a file, from its bytes first and
// its name second, decodes it to UTF-8 and passes it to the importer for its kind. It reads files
// and folders and never uses the network.
//
// The kinds of files are the rows of one table, in importers.go. Detection follows a fixed order:
// is the file compressed, and does a row read what is inside; do its first 16 KB belong to a row;
// if they are those of a zip archive, which row recognizes the contents; else it is a text, and
// the rows for texts are asked. Within each step the row that is surest gets the file.
//
// A new kind of file is a package of its own, with a function that reads it, and a row: its name
// and format, the extensions of its files, how to recognize them, and the function, adapted to the
// shape of the table by wholeFile, zipFile, streamFile or records. Folders, queries for formats
// and previews follow from the table.
package load

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"
	"unicode"

	"byline/articles"
	"byline/articles/archive"
	"byline/articles/charset"
	"byline/articles/clean"
	"byline/articles/corpus"
	"byline/articles/stream"
	"byline/articles/web"
)

// Errors that callers can test for. Each comes wrapped with the name of what was read.
var (
	ErrBinary    = charset.ErrBinary
	ErrWall      = web.ErrWall // of a page that shows only a notice
	ErrEmpty     = errors.New("it is empty")
	ErrTooLarge  = errors.New("it is larger than 256 MB")
	ErrIrregular = errors.New("it is not a regular file")
	ErrDirectory = errors.New("it is a directory")
	errSeveral   = errors.New("it holds several articles")
	errGarbled   = errors.New("most of its letters cannot be read")
)

// stdin is the name of standard input.
const stdin = "-"

// maxBytes is the largest file that is read as a whole.
const maxBytes = 256 << 20

// sample is how many bytes of a file are used to detect its kind.
const sample = 16 << 10

// Bytes returns the article in data; name decides if the data is ambiguous, and is the title of an
// article without one.
func Bytes(ctx context.Context, name string, data []byte) (*articles.Article, error) {
	var list []*articles.Article
	in, imp := inputOf(name, bytes.NewReader(data))
	if in.as == name {
		in.data = data // not compressed
	}
	for it := range items(ctx, in, imp) {
		a, err := it.Load()
		if err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	switch len(list) {
	case 0:
		return nil, fmt.Errorf("read %s: %w", name, ErrEmpty)
	case 1:
		return list[0], nil
	}
	return nil, fmt.Errorf("read %s: %w", list[0].Source, errSeveral)
}

// ParsePage returns the article of a page fetched from url, in the encoding that the server gave, if
// any. Its source is url.
func ParsePage(ctx context.Context, url string, data []byte, encoding string) (*articles.Article, error) {
	return Bytes(context.WithValue(web.At(ctx, url), served{}, encoding), url, data)
}

// served is the key of the encoding that a server gave in a context.
type served struct{}

// File returns the article in the file at path. Its source is the absolute path.
func File(ctx context.Context, path string) (*articles.Article, error) {
	f, err := open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return Reader(ctx, f, absolutePath(path))
}

// Reader returns the article in r, under name; "-" is standard input.
func Reader(ctx context.Context, r io.Reader, name string) (*articles.Article, error) {
	data, err := readAll(ctx, r)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return Bytes(ctx, name, data)
}

// readAll returns all of r, unless that is too much.
func readAll(ctx context.Context, r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(stream.Reader(ctx, r), maxBytes+1))
	if err != nil {
		return nil, WithoutPath(err)
	}
	if len(data) > maxBytes {
		return nil, ErrTooLarge
	}
	return data, nil
}

// HoldsSeveral reports whether the file at path holds several articles.
func HoldsSeveral(path string) bool {
	f, err := openAny(path)
	if err != nil {
		return false
	}
	defer f.Close()
	_, imp := inputOf(path, f)
	return imp != nil && imp.many
}

// Each yields the articles of the file at path one by one; one that cannot be read is yielded with
// its error, and the others follow. A mailbox or a dump may be of any size.
func Each(ctx context.Context, path string) iter.Seq2[*articles.Article, error] {
	return func(yield func(*articles.Article, error) bool) {
		f, err := openAny(path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		in, imp := inputOf(absolutePath(path), f)
		if imp == nil || !imp.many {
			if err := checkSize(f, path); err != nil {
				yield(nil, err)
				return
			}
		}
		loadEach(items(ctx, in, imp))(yield)
	}
}

// EachIn is like Each, for the contents of r under name.
func EachIn(ctx context.Context, r io.Reader, name string) iter.Seq2[*articles.Article, error] {
	in, imp := inputOf(name, r)
	return loadEach(items(ctx, in, imp))
}

// Records yields the records of a corpus in r, under name, in one of [RecordFormats]. They are as
// the corpus has them: a title, ID or source missing there is missing here.
func Records(ctx context.Context, r io.Reader, name, format string, by corpus.Columns) iter.Seq[Item] {
	for i := range importers {
		if imp := &importers[i]; imp.name == format && imp.format == articles.Record {
			return imp.read(ctx, input{name: name, r: r, columns: by})
		}
	}
	return func(yield func(Item) bool) {
		yield(failedItem(name, fmt.Errorf("read %s: there are no records in %q", name, format)))
	}
}

func loadEach(list iter.Seq[Item]) iter.Seq2[*articles.Article, error] {
	return func(yield func(*articles.Article, error) bool) {
		for it := range list {
			if !yield(it.Load()) {
				return
			}
		}
	}
}

// inputOf returns r under name with the row for its first bytes, nil for none. Of a compressed file it returns the
// contents, unless they are binary and no row reads them.
func inputOf(name string, r io.Reader) (input, *importer) {
	br := bufio.NewReaderSize(r, sample)
	head, _ := br.Peek(sample)
	plain := input{name: name, as: name, r: br}
	var inside io.Reader
	switch {
	case bytes.HasPrefix(head, []byte("BZh")):
		inside = bzip2.NewReader(br)
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		z, err := gzip.NewReader(br)
		if err != nil {
			return plain, nil
		}
		inside = z
	default:
		return plain, byBytes(name, head)
	}
	in := bufio.NewReaderSize(inside, sample)
	unpacked, _ := in.Peek(sample)
	as := strings.TrimSuffix(name, filepath.Ext(name))
	imp := byBytes(as, unpacked)
	if imp == nil && (len(unpacked) == 0 || bytes.IndexByte(unpacked, 0) >= 0) {
		plain.r = bufio.NewReader(io.MultiReader(bytes.NewReader(head), br))
		return plain, nil // unchanged: a file that byline does not read
	}
	return input{name: name, as: as, r: in}, imp
}

// items yields the articles of in, which imp recognized by its first bytes; nil stands for a text.
func items(ctx context.Context, in input, imp *importer) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		if imp == nil || !imp.many || imp.inside != nil {
			var err error
			if imp, err = readInput(ctx, &in, imp); err != nil {
				yield(failedItem(in.name, fmt.Errorf("read %s: %w", in.name, err)))
				return
			}
		}
		reading := true // and not in the hands of who takes the items
		defer func() {
			if !reading {
				return
			}
			if p := recover(); p != nil {
				yield(failedItem(in.name, fmt.Errorf("read %s: %w", in.name, broken(p))))
			}
		}()
		for it := range imp.read(ctx, in) {
			done := Item{it.Place, func() (*articles.Article, error) { return loadItem(it, &in) }}
			reading = false
			if !yield(done) {
				return
			}
			reading = true
		}
	}
}

// loadItem builds an article of in. A reader that panics fails for this article only: the other files are read.
func loadItem(it Item, in *input) (a *articles.Article, err error) {
	defer func() {
		if p := recover(); p != nil {
			a, err = nil, fmt.Errorf("read %s: %w", in.name, broken(p))
		}
	}()
	if a, err = it.Load(); err != nil {
		return nil, fmt.Errorf("read %s: %w", in.name, err)
	}
	if in.guess != "" {
		a.Warnings = append(a.Warnings, charset.Warning(in.guess))
	}
	return finish(a, in.name)
}

// broken returns the error of a reader that panicked with p, in one line.
func broken(p any) error {
	why, _, _ := strings.Cut(fmt.Sprint(p), "\n")
	return fmt.Errorf("its reader broke down, please report this: %s", clean.Line(why))
}

// readInput reads all of in, and returns the row for it: for an archive by its contents, for a
// text after decoding.
func readInput(ctx context.Context, in *input, imp *importer) (*importer, error) {
	if in.data == nil {
		data, err := readAll(ctx, in.r)
		if err != nil {
			return nil, err
		}
		in.data = data
	}
	switch {
	case imp == nil:
		text, guess, err := decodeText(ctx, in.data)
		if err != nil {
			return nil, err
		}
		in.data, in.guess = text, guess
		return byText(in.as, text), nil
	case imp.inside == nil:
		return imp, nil
	}
	var err error
	if in.zip, err = archive.Open(in.data); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBinary, err)
	}
	for i := range importers {
		if is := importers[i].inside; is != nil && is(in.zip) {
			return &importers[i], nil
		}
	}
	return nil, fmt.Errorf("%w (a zip archive, and neither a book nor a document)", ErrBinary)
}

// decodeText returns data as UTF-8, if it is text, and its encoding if that is a guess.
func decodeText(ctx context.Context, data []byte) (text []byte, guess string, err error) {
	if len(bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))) == 0 {
		return nil, "", ErrEmpty
	}
	h := charset.Hint{Page: web.IsPage(data) || web.IsFragment(data)}
	h.Name, _ = ctx.Value(served{}).(string)
	return charset.Decode(ctx, data, h)
}

// garbled returns an error if most letters of a text stand for what could not be read, and a warning if many do.
func garbled(text string) (warning string, err error) {
	bad := strings.Count(text, "\ufffd")
	if bad == 0 {
		return "", nil
	}
	all := 0
	for _, r := range text {
		if !unicode.IsSpace(r) {
			all++
		}
	}
	switch share := 100 * bad / max(1, all); {
	case share >= 50:
		return "", errGarbled
	case share >= 2:
		return fmt.Sprintf("%d%% of its letters cannot be read", share), nil
	}
	return "", nil
}

// finish sets a's title and identity. Its source is name; only standard input keeps the address
// that the article itself gives.
func finish(a *articles.Article, name string) (*articles.Article, error) {
	if strings.TrimSpace(a.Text) == "" {
		return nil, fmt.Errorf("read %s: %w", name, ErrEmpty)
	}
	warning, err := garbled(a.Text)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if warning != "" {
		a.Warnings = append(a.Warnings, warning)
	}
	if a.Title == "" {
		base := filepath.Base(name)
		if a.Title = strings.TrimSuffix(base, filepath.Ext(base)); name == stdin {
			a.Title = "Standard input"
		}
	}
	a.Title = clean.Line(a.Title) // part of a clean text need not be clean
	a.ID = articles.TextID(a.Text)
	if a.Format == articles.Wiki && !strings.HasPrefix(a.Source, "#") {
		return a, nil // a dump knows the addresses of its pages
	}
	if part, ok := strings.CutPrefix(a.Source, "#"); ok {
		a.Source = name + "#" + part
	} else if a.Source == "" || name != stdin {
		a.Source = name // not the address it gives: many copies may give the same
	}
	return a, nil
}

// How much of a file Head reads, and how much text it makes of it: a few screens.
const (
	headBytes = 1 << 20
	screens   = 24 << 10
)

// Head returns an article made of the beginning of the file at path, for a first screen, and
// whether that is all of it. The article of the whole file starts with the same text and blocks.
// Head reads the whole file if its beginning contains no text, or if its kind cannot be read in
// part, such as a web page.
func Head(ctx context.Context, path string) (a *articles.Article, whole bool, err error) {
	f, err := open(path)
	if err != nil {
		return nil, false, err
	}
	defer f.Close()
	name := absolutePath(path)
	if a := previewOf(ctx, f, name); a != nil {
		return a, false, nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, false, fmt.Errorf("read %s: %w", name, WithoutPath(err))
	}
	a, err = Reader(ctx, f, name)
	return a, true, err
}

// previewOf returns an article made of the beginning of f, nil if only the whole will do.
func previewOf(ctx context.Context, f io.Reader, name string) *articles.Article {
	f = stream.Reader(ctx, f)
	data, err := io.ReadAll(io.LimitReader(f, headBytes))
	if err != nil || byBytes(name, data) != nil {
		return nil
	}
	text, _, err := decodeText(ctx, data)
	if err != nil || len(data) < headBytes && len(text) <= screens {
		return nil
	}
	imp := byText(name, text)
	if imp.head == nil {
		return nil
	}
	if len(data) < headBytes {
		f = nil
	}
	a, err := imp.head(ctx, text, f)
	if err != nil {
		return nil
	}
	if a, err = finish(a, name); err != nil {
		return nil
	}
	return a
}
