package load

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"

	"byline/articles"
	"byline/articles/archive"
	"byline/articles/epub"
	"byline/articles/mail"
	"byline/articles/office"
	"byline/articles/wiki"
)

// isZip reports whether data is a zip archive, as books and office documents are.
func isZip(data []byte) bool { return bytes.HasPrefix(data, []byte("PK\x03\x04")) }

// packed returns the articles in a zip archive: the chapters of a book, or one document.
func packed(name string, data []byte) ([]*articles.Article, error) {
	z, err := archive.Open(data)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w: %w", name, ErrBinary, err)
	}
	var list []*articles.Article
	switch {
	case z.Has("META-INF/container.xml") && !z.Has("content.xml"):
		list, err = epub.Import(data)
	case z.Has("word/document.xml"):
		list, err = alone(office.DOCX(data))
	case z.Has("content.xml"):
		list, err = alone(office.ODT(data))
	default:
		return nil, fmt.Errorf("read %s: %w (a zip archive, and neither a book nor a document)", name, ErrBinary)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return list, nil
}

func alone(a *articles.Article, err error) ([]*articles.Article, error) {
	return []*articles.Article{a}, err
}

// All returns the articles that data holds: one, or the chapters of a book, the messages of
// a mailbox, the pages of a wiki's dump. The sources of several are name and what tells them
// apart.
func All(name string, data []byte) ([]*articles.Article, error) {
	if several(name, data) == "" && !isZip(data) {
		return alone(Bytes(name, data))
	}
	var list []*articles.Article
	for a, err := range each(name, bytes.NewReader(data), several(name, data)) {
		if err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, nil
}

// A collection is a kind of file that holds several articles; empty for none.
type collection string

const (
	book    collection = "book"
	mailbox collection = "mailbox"
	dump    collection = "dump" // of a wiki
)

// several says what data, the beginning of a file, is one of.
func several(name string, data []byte) collection {
	switch {
	case isZip(data) && strings.EqualFold(filepath.Ext(name), ".epub"):
		return book
	case bytes.HasPrefix(data, []byte("From ")) && mail.Is(data):
		return mailbox
	case wiki.Is(data):
		return dump
	}
	return ""
}

// Several reports whether the file at path holds several articles.
func Several(path string) bool {
	f, err := openAny(path)
	if err != nil {
		return false
	}
	defer f.Close()
	_, _, kind := opened(f, path)
	return kind != ""
}

// opened returns r with what it is, of which head is the beginning. A dump may be compressed.
func opened(r io.Reader, name string) (br *bufio.Reader, head []byte, kind collection) {
	br = bufio.NewReaderSize(r, sample)
	head, _ = br.Peek(sample)
	var plain io.Reader
	switch {
	case bytes.HasPrefix(head, []byte("BZh")):
		plain = bzip2.NewReader(br)
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		z, err := gzip.NewReader(br)
		if err != nil {
			return br, head, ""
		}
		plain = z
	default:
		return br, head, several(name, head)
	}
	in := bufio.NewReaderSize(plain, sample)
	if inside, _ := in.Peek(sample); several(strings.TrimSuffix(name, filepath.Ext(name)), inside) == dump {
		return in, inside, dump
	}
	return bufio.NewReader(io.MultiReader(bytes.NewReader(head), br)), head, "" // as it was: a file that byline does not read
}

// Files returns the articles of the file at path, which may hold several.
func Files(path string) ([]*articles.Article, error) {
	var list []*articles.Article
	for a, err := range Each(path) {
		if err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, nil
}

// Each yields the articles of the file at path one by one; one that cannot be had comes with
// its error, and the others go on. A mailbox or a dump may be of any size.
func Each(path string) iter.Seq2[*articles.Article, error] {
	return func(yield func(*articles.Article, error) bool) {
		f, err := openAny(path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		br, _, kind := opened(f, path)
		if kind == "" {
			if err := small(f, path); err != nil {
				yield(nil, err)
				return
			}
		}
		for a, err := range each(absolute(path), br, kind) {
			if !yield(a, err) {
				return
			}
		}
	}
}

// EachIn is Each of what r holds, under name.
func EachIn(r io.Reader, name string) iter.Seq2[*articles.Article, error] {
	br, _, kind := opened(r, name)
	return each(name, br, kind)
}

// each yields the articles of r, which is what kind says.
func each(name string, r io.Reader, kind collection) iter.Seq2[*articles.Article, error] {
	return func(yield func(*articles.Article, error) bool) {
		list := whole(name, r)
		switch kind {
		case mailbox:
			list = mail.Mailbox(r)
		case dump:
			list = wiki.Dump(r)
		}
		for a, err := range list {
			if err == nil {
				a, err = finished(a, name)
			} else if kind != "" && kind != book {
				err = fmt.Errorf("read %s: %w", name, err)
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

// whole yields the articles of a file that has to be read as a whole.
func whole(name string, r io.Reader) iter.Seq2[*articles.Article, error] {
	return func(yield func(*articles.Article, error) bool) {
		data, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
		if err == nil && len(data) > maxBytes {
			err = ErrTooLarge
		}
		if err != nil {
			yield(nil, fmt.Errorf("read %s: %w", name, bare(err)))
			return
		}
		var list []*articles.Article
		if isZip(data) {
			list, err = packed(name, data)
		} else {
			list, err = alone(Bytes(name, data))
		}
		if err != nil {
			yield(nil, err)
			return
		}
		for _, a := range list {
			if !yield(a, nil) {
				return
			}
		}
	}
}
