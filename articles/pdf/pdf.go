// Package pdf imports PDF documents. It gets words and their positions from pdftotext, of Poppler
// or Xpdf, if the computer has it: that reads the most documents. Otherwise it uses a reader in
// Go, which does without columns, ligature tables of exotic fonts and other special cases.
//
// The article is made of the lines by their positions: running heads and page numbers are dropped,
// lines of a paragraph are joined, even across pages, words that were hyphenated at the end of a
// line are put together again, and lines in larger type are headings.
package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"byline/articles"
	"byline/articles/clean"
)

// Errors of documents.
var (
	errNoText = errors.New("the document holds no text; are its pages pictures?")
	errLocked = errors.New("the document is locked with a password")
	errSlow   = errors.New("reading it takes too long")
	errTooBig = errors.New("its pages hold too much")
)

// Limits of reading a document: time, and text.
const (
	patience  = 60 * time.Second
	mostLines = 1 << 20
	mostText  = 128 << 20 // bytes
)

// Is reports whether data begins as a PDF document does.
func Is(data []byte) bool { return bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")) }

// A document is the result of a reader: pages of lines.
type document struct {
	title, author string
	date          articles.Date
	pages         []page
}

// A page holds its lines in reading order, from top to bottom.
type page struct {
	height float64
	lines  []line
}

// A line is a line of text and its position, in points from the left and the top of the page.
type line struct {
	left, right, top, bottom float64
	block                    int // lines of one block belong together; 0 if unknown
	text                     string
}

// size returns the height of the line.
func (l *line) size() float64 { return l.bottom - l.top }

// Import returns the article in a document. It fails after a minute.
func Import(ctx context.Context, data []byte) (*articles.Article, error) {
	bounded, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err := checkStreams(bounded, data)
	var s *document
	if err == nil {
		s, err = read(bounded, data)
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	return s.article()
}

// read reads a document with pdftotext, or else with the reader in Go.
func read(ctx context.Context, data []byte) (*document, error) {
	s, err := readExternal(ctx, data)
	if s != nil && err == nil {
		return s, nil
	}
	s, own := internal(ctx, data)
	if own != nil && (err == nil || errors.Is(own, errLocked)) {
		err = own
	}
	if own != nil {
		return nil, err
	}
	return s, nil
}

// article makes an article of the lines.
func (s *document) article() (*articles.Article, error) {
	a := &articles.Article{Format: articles.PDF, Date: s.date, Author: authorOf(s.author)}
	s.dropHeads()
	l := newLayout(a, s)
	l.write()
	if a = l.out.Done(); strings.TrimSpace(a.Text) == "" {
		return nil, errNoText
	}
	a.Title = titleOf(s.title)
	for i := range a.Blocks {
		if a.Title == "" && a.Blocks[i].Kind == articles.Heading {
			a.Title = strings.TrimSpace(clean.Line(a.Blocks[i].In(a.Text)))
		}
	}
	if a.Title == "" {
		a.Title = firstWords(a.Text)
	}
	return a, nil
}

// titleOf returns the title in a document's metadata, empty if a program made it up.
func titleOf(s string) string {
	s = strings.TrimSpace(clean.Line(s))
	low := strings.ToLower(s)
	for _, sign := range []string{"microsoft word", "untitled", "powerpoint", ".doc", ".tex", ".dvi", ".indd", ".qxd", ".pdf", ".odt", ".pages"} {
		if strings.Contains(low, sign) {
			return ""
		}
	}
	return s
}

// madeUp matches what programs write where they know no author.
var madeUp = regexp.MustCompile(`(?i)^((ARRAY|HASH|SCALAR|CODE)\(0x[0-9a-f]+\)|\[object \w+\]|\(?(anonymous|unknown|unspecified|undefined|null|none|nil|user|owner|author|admin|administrator|root|guest|default|n/?a)( (author|user))?\)?|(microsoft |ms )?office[- ]?(user|anwender)?|\W*)$`)

// authorOf returns the author in a document's metadata, empty if a program made it up.
func authorOf(s string) string {
	if s = clean.Words(clean.Drawn(s)); madeUp.MatchString(s) {
		return ""
	}
	return s
}

// firstWords returns the start of a text, as a title.
func firstWords(text string) string {
	words := strings.Fields(text[:min(len(text), 400)])
	if len(words) > 12 {
		return strings.ToValidUTF8(strings.Join(words[:12], " ")+"…", "")
	}
	return strings.Join(words, " ")
}

// recoverTo turns a panic of a library into an error.
func recoverTo(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("it cannot be read: %v", p)
		if e, ok := p.(error); ok && errors.Is(e, errTooBig) {
			*err = errTooBig
		}
	}
}
