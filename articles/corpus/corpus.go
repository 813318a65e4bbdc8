// Package corpus reads articles that come as records of one stream: lines of JSON
// (JSONL, NDJSON) and rows of a table (CSV, TSV). Which field holds the text, which the
// title, is told by [Columns]; without them the usual names are looked for.
//
// Streams are read record by record, in memory that the longest record bounds. What is
// wrong with one record leaves the others.
package corpus

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"byline/articles"
	"byline/articles/clean"
	"byline/articles/plain"
	"byline/articles/stream"
)

// Columns name the fields of a record. Of JSON, a name may lead into objects, "meta.title";
// of a table, it may be the number of a column, from 1. Empty ones are looked for under the
// names that fields usually have.
type Columns struct{ Text, Title, ID, Author, Date, Source, Site string }

// usual are the names under which a field is looked for, in this order.
var usual = struct{ text, title, id, author, date, source, site []string }{
	text:   []string{"text", "body", "content", "article", "maintext", "fulltext", "article_text"},
	title:  []string{"title", "headline", "heading"},
	id:     []string{"id", "_id", "guid", "article_id"},
	author: []string{"author", "authors", "byline", "by"},
	date:   []string{"date", "published", "date_publish", "publication_date", "pubdate", "datetime"},
	source: []string{"source", "url", "link"},
	site:   []string{"site", "publication", "publisher", "outlet", "source_domain"},
}

// LongestRecord is the most bytes of a record: it bounds a line of a stream, and with it the memory and the time that one takes: it is longer than any article.
const LongestRecord = 16 << 20

// Errors of records.
var (
	errLong   = errors.New("too long")
	errNoText = errors.New("no object with a text")
)

// longerThan returns the error of a record of more than most bytes.
func longerThan(most int) error {
	return fmt.Errorf("%w: it has more than the %d MB that a record may have", errLong, most>>20)
}

// A Record is one article of a stream that is yet to be made of its fields, or what is wrong
// with it.
type Record struct {
	Line   int   // on which it begins, from 1
	Offset int64 // of a line: where it begins, in bytes from where reading began
	Err    error
	line   []byte         // of JSON
	cells  []string       // of a table
	head   map[string]int // of a table: where each column is
}

// Size returns the bytes of r as it is read.
func (r *Record) Size() int {
	n := len(r.line)
	for _, c := range r.cells {
		n += len(c)
	}
	return n
}

// Article makes an article of the record. Its ID is the record's own, or else that of its
// text; its source is what the record names.
func (r *Record) Article(c Columns) (*articles.Article, error) {
	if r.Err != nil {
		return nil, r.Err
	}
	field := r.cell
	if r.cells == nil {
		var object map[string]json.RawMessage
		if err := json.Unmarshal(r.line, &object); err != nil {
			return nil, notJSON(err)
		}
		field = func(name string) (string, bool, error) { return member(object, name) }
	}
	f := fields{get: field}
	text, ok := f.lookup(c.Text, usual.text)
	if f.err == nil && !ok {
		return nil, r.missingText(c.Text)
	}
	id, _ := f.lookup(c.ID, usual.id)
	title, _ := f.lookup(c.Title, usual.title)
	a := plain.Import([]byte(text))
	a.Author, _ = f.line(c.Author, usual.author)
	a.Site, _ = f.line(c.Site, usual.site)
	a.Source, _ = f.line(c.Source, usual.source)
	date, _ := f.lookup(c.Date, usual.date)
	if f.err != nil {
		return nil, f.err
	}
	a.Format, a.Date = articles.Record, articles.ParseDate(date)
	if a.ID = clean.Line(id); a.ID == "" {
		a.ID = articles.TextID(a.Text)
	}
	if title = clean.Line(title); title != "" {
		a.Title = title
	}
	return a, nil
}

// missingText says that a record has no text, and what it has.
func (r *Record) missingText(name string) error {
	if r.cells != nil {
		return fmt.Errorf("no column %q, which should hold the text", cmp.Or(name, usual.text[0]))
	}
	if name != "" {
		return fmt.Errorf("no %q, which should hold the text", name)
	}
	return fmt.Errorf(`%w: none of %s`, errNoText, `"`+strings.Join(usual.text[:3], `", "`)+`"`)
}

// fields looks for fields of a record, and keeps the first error.
type fields struct {
	get func(name string) (string, bool, error)
	err error
}

// lookup returns the field with that name, or, where none is given, the first of the usual ones.
func (f *fields) lookup(name string, usual []string) (string, bool) {
	if name != "" {
		usual = []string{name}
	}
	for _, n := range usual {
		s, ok, err := f.get(n)
		if err != nil && f.err == nil {
			f.err = err
		}
		if ok {
			return s, true
		}
	}
	return "", false
}

func (f *fields) line(name string, usual []string) (string, bool) {
	s, ok := f.lookup(name, usual)
	return strings.TrimSpace(clean.Line(s)), ok
}

// cell returns a cell of a row, by the name of its column, without case, or its number.
func (r *Record) cell(name string) (string, bool, error) {
	i, ok := r.head[strings.ToLower(name)]
	if !ok {
		n, err := strconv.Atoi(name)
		i, ok = n-1, err == nil && n > 0
	}
	if !ok || i >= len(r.cells) {
		return "", false, nil
	}
	return r.cells[i], true, nil
}

// Table yields the records of a table with comma between the cells of a row; the first row
// names the columns. A record of more than [LongestRecord], such as an open quotation mark makes of the
// rest of a file, or an error of r is yielded and ends them.
func Table(ctx context.Context, r io.Reader, comma rune) iter.Seq[Record] {
	return tableUpTo(ctx, r, comma, LongestRecord)
}

// tableUpTo is Table with records of up to longest bytes.
func tableUpTo(ctx context.Context, r io.Reader, comma rune, longest int) iter.Seq[Record] {
	return func(yield func(Record) bool) {
		in := stream.NewBounded(utf8Reader(stream.Reader(ctx, r)), longest, longerThan(longest))
		cr := csv.NewReader(in)
		cr.Comma, cr.FieldsPerRecord, cr.LazyQuotes = comma, -1, true
		var head map[string]int
		for line := 0; ; {
			cells, err := cr.Read()
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(Record{Line: line + 1, Err: err})
				return
			}
			in.Record()
			line, _ = cr.FieldPos(0)
			if head == nil {
				head = columns(cells)
				continue
			}
			if !yield(Record{Line: line, cells: cells, head: head}) {
				return
			}
		}
	}
}

// columns says where the column of each name is; the first of several.
func columns(names []string) map[string]int {
	head := map[string]int{}
	for i, name := range names {
		name = strings.ToLower(strings.TrimSpace(clean.Line(name)))
		if _, ok := head[name]; !ok {
			head[name] = i
		}
	}
	return head
}

// sample is how much of a table is looked at to find out its encoding.
const sample = 64 << 10

// utf8Reader returns r as UTF-8: by the mark at its beginning, as UTF-8 where it is that, else
// from Windows-1252, which spreadsheets write in Western Europe and America.
func utf8Reader(r io.Reader) io.Reader {
	br := bufio.NewReaderSize(r, sample)
	head, _ := br.Peek(sample)
	full := len(head) == sample
	marked := bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff"))
	for n := 0; n < utf8.UTFMax && !utf8.Valid(head) && full; n++ {
		head = head[:len(head)-1] // which may end in a rune
	}
	if !marked && !utf8.Valid(head) {
		return charmap.Windows1252.NewDecoder().Reader(br)
	}
	return transform.NewReader(br, unicode.BOMOverride(transform.Nop))
}
