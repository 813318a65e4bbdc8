// Package load turns files into articles: it finds out what a file holds, from its
// bytes first and its name second, decodes it to UTF-8 and hands it to the importer
// for its kind. It reads files and folders; it knows no network.
package load

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"byline/articles"
	"byline/articles/clean"
	"byline/articles/mail"
	"byline/articles/markdown"
	"byline/articles/pdf"
	"byline/articles/plain"
	"byline/articles/web"
)

// Errors that callers tell apart. Each comes wrapped with the name of what was read.
var (
	ErrBinary    = errors.New("it is binary, not text")
	ErrEmpty     = errors.New("it is empty")
	ErrTooLarge  = errors.New("it is larger than 256 MB")
	ErrIrregular = errors.New("it is not a regular file")
	ErrDirectory = errors.New("it is a directory")
	ErrSeveral   = errors.New("it holds several articles")
)

// stdin is the name of standard input.
const stdin = "-"

// maxBytes is the most that a file may hold.
const maxBytes = 256 << 20

// Bytes returns the article that data holds; name is used where data leaves open
// what it is, and as the title of what has none.
func Bytes(name string, data []byte) (*articles.Article, error) {
	if isZip(data) || several(name, data) != "" {
		return first(All(name, data))
	}
	var read func([]byte) (*articles.Article, error)
	switch {
	case pdf.Is(data):
		read = pdf.Import
	case isMail(name, data):
		read = mail.Import
	}
	if read != nil {
		a, err := read(data)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		return finished(a, name)
	}
	kind, text, err := sniff(name, data)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	a, err := importAs(kind, text)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return finished(a, name)
}

// Fetched returns the article of a page that was fetched from url, in the encoding that
// the server says, unless the page knows better. Its source is url.
func Fetched(url string, data []byte, encoding string) (*articles.Article, error) {
	if enc, name := charset.Lookup(encoding); enc != nil && name != "utf-8" && !utf8.Valid(data) && !declares(data) {
		if text, err := enc.NewDecoder().Bytes(data); err == nil {
			data = text
		}
	}
	return Bytes(url, data)
}

// declares reports whether a page says itself in what encoding it is.
func declares(data []byte) bool {
	head := bytes.ToLower(data[:min(len(data), 4<<10)])
	return bytes.Contains(head, []byte("charset=")) || bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) || bytes.Contains(head, []byte("encoding="))
}

// first returns the one article of a file; of a book that has several, none.
func first(list []*articles.Article, err error) (*articles.Article, error) {
	switch {
	case err != nil:
		return nil, err
	case len(list) > 1:
		return nil, fmt.Errorf("read %s: %w", list[0].Source, ErrSeveral)
	}
	return list[0], nil
}

func importAs(kind articles.Format, text []byte) (*articles.Article, error) {
	switch kind {
	case articles.Markdown:
		return markdown.Import(text), nil
	case articles.HTML:
		a, err := web.Import(text)
		if errors.Is(err, web.ErrNoText) {
			err = fmt.Errorf("%w: %w", ErrEmpty, err)
		}
		return a, err
	}
	return plain.Import(text), nil
}

// finished gives a its title and identity. Its source is name; only what comes by
// standard input keeps the address that it gives itself.
func finished(a *articles.Article, name string) (*articles.Article, error) {
	if strings.TrimSpace(a.Text) == "" {
		return nil, fmt.Errorf("read %s: %w", name, ErrEmpty)
	}
	if a.Title == "" {
		base := filepath.Base(name)
		if a.Title = strings.TrimSuffix(base, filepath.Ext(base)); name == stdin {
			a.Title = "Standard input"
		}
	}
	a.Title = clean.Line(a.Title) // which a part of a clean text need not be
	a.ID = articles.TextID(a.Text)
	if a.Format == articles.Wiki && !strings.HasPrefix(a.Source, "#") {
		return a, nil // a dump knows where its pages are
	}
	if part, ok := strings.CutPrefix(a.Source, "#"); ok {
		a.Source = name + "#" + part
	} else if a.Source == "" || name != stdin {
		a.Source = name // not what it says itself: many a copy says the same
	}
	return a, nil
}

// File returns the article in the file at path. Its source is the absolute path.
func File(path string) (*articles.Article, error) {
	f, err := open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return Reader(f, absolute(path))
}

// Reader returns the article that r holds, under name; "-" stands for standard input.
func Reader(r io.Reader, name string) (*articles.Article, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, bare(err))
	}
	if len(data) > maxBytes {
		return nil, fmt.Errorf("read %s: %w", name, ErrTooLarge)
	}
	return Bytes(name, data)
}

// What Head reads of a file, and how much text it makes of it: some screens.
const (
	headBytes = 1 << 20
	screens   = 24 << 10
)

// Head returns an article of the beginning of the file at path, for a first screen,
// and whether that is all there is. What the whole file holds begins with the same
// text and blocks. Of a web page, Head reads the whole, as of any file whose beginning
// holds no text.
func Head(path string) (a *articles.Article, whole bool, err error) {
	f, err := open(path)
	if err != nil {
		return nil, false, err
	}
	defer f.Close()
	name := absolute(path)
	if a := beginning(f, name); a != nil {
		return a, false, nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, false, fmt.Errorf("read %s: %w", name, bare(err))
	}
	a, err = Reader(f, name)
	return a, true, err
}

// beginning returns an article of the beginning of f, nil where only the whole will do.
func beginning(f io.Reader, name string) *articles.Article {
	data, err := io.ReadAll(io.LimitReader(f, headBytes))
	if err != nil {
		return nil
	}
	if isMail(name, data) || pdf.Is(data) {
		return nil
	}
	kind, text, err := sniff(name, data)
	if err != nil || kind == articles.HTML || len(data) < headBytes && len(text) <= screens {
		return nil
	}
	var a *articles.Article
	if kind == articles.Plain {
		a = plain.Head(text, screens)
	} else if a, err = markdownHead(text, f, len(data) == headBytes); err != nil {
		return nil
	}
	if a, err = finished(a, name); err != nil {
		return nil
	}
	return a
}

// markdownHead imports the beginning of text, behind which rest goes on if more. Where
// it asks for a link that text does not define, the definition may stand in the rest.
func markdownHead(text []byte, rest io.Reader, more bool) (*articles.Article, error) {
	a, open := markdown.Head(text, screens)
	if !open || !more {
		return a, nil
	}
	behind, err := io.ReadAll(io.LimitReader(rest, maxBytes))
	if err != nil {
		return nil, err
	}
	a, _ = markdown.Head(append(text, behind...), screens)
	return a, nil
}

// open opens a regular file that may be read as a whole.
func open(path string) (*os.File, error) {
	f, err := openAny(path)
	if err != nil {
		return nil, err
	}
	if err := small(f, path); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// small refuses a file that is too large to be read as a whole.
func small(f *os.File, path string) error {
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
		return nil, fmt.Errorf("read %s: %w", path, bare(err))
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, bare(err))
	}
	return f, nil
}

func absolute(path string) string {
	if path == stdin {
		return path
	}
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}

func bare(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// trimSpace is bytes.TrimSpace for the first bytes of a file, marks included.
func trimSpace(b []byte) []byte {
	return bytes.TrimSpace(bytes.TrimPrefix(b, []byte("\ufeff")))
}
