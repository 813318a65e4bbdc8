package load

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"byline/articles"
	"byline/articles/archive"
	"byline/articles/epub"
	"byline/articles/office"
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

// All returns the articles that data holds: one, or the chapters of a book, whose sources
// are name and the part of the book.
func All(name string, data []byte) ([]*articles.Article, error) {
	if !isZip(data) {
		return alone(Bytes(name, data))
	}
	list, err := packed(name, data)
	if err != nil {
		return nil, err
	}
	for i, a := range list {
		if list[i], err = finished(a, name); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Several reports whether the file at path holds several articles, by its name: a book.
func Several(path string) bool { return strings.HasSuffix(strings.ToLower(path), ".epub") }

// Files returns the articles of the file at path, which may be a book.
func Files(path string) ([]*articles.Article, error) {
	f, err := open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, bare(err))
	}
	return All(absolute(path), data)
}
