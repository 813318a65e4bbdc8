// Package office imports text documents: DOCX (Office Open XML, ECMA-376) and ODT (OpenDocument
// 1.3). Paragraphs, headings with their level, lists with their markers, tables, quotations, links
// and emphasis become blocks and inlines; notes come after the text, with their numbers. Tracked
// deletions, comments, hidden text, field codes, headers and footers are left out; a warning counts the deletions and comments.
//
// The XML is read as a stream, with bounded depth; no entity is expanded but XML's own.
package office

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"byline/articles"
	"byline/articles/archive"
	"byline/articles/builder"
	"byline/articles/clean"
	"byline/articles/stream"
)

// errNoText says that a document has no text.
var errNoText = errors.New("the document holds no text")

// deepest bounds the nesting of elements.
const deepest = 200

// A handler receives the events of a part of a document.
type handler interface {
	start(e *xml.StartElement)
	end(name string)
	text(s string)
}

// parse feeds h with the elements of data, by their local names.
func parse(ctx context.Context, data []byte, h handler) error {
	dec := xml.NewDecoder(stream.Reader(ctx, bytes.NewReader(data)))
	depth := 0
	for {
		t, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth > deepest {
				return errors.New("elements are nested too deep")
			}
			h.start(&t)
		case xml.EndElement:
			depth--
			h.end(t.Name.Local)
		case xml.CharData:
			h.text(string(t))
		}
	}
}

func attr(e *xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// A page is a document under construction: the current paragraph and table, and the notes.
type page struct {
	out   *builder.Builder
	words *builder.Words
	block articles.Block
	rows  []*builder.Words // cells of the current row
	cells int              // open table cells
	first bool             // the next row is the first of its table
	notes []*builder.Words
	left  leftOut
}

// A leftOut counts what a document holds that is not read.
type leftOut struct{ comments, deletions, boxes int }

// warning says what is left out, "" for nothing.
func (l leftOut) warning() string {
	var said []string
	for _, x := range []struct {
		n         int
		one, many string
	}{{l.comments, "comment", "comments"}, {l.deletions, "tracked deletion", "tracked deletions"}, {l.boxes, "text box", "text boxes"}} {
		switch {
		case x.n == 1:
			said = append(said, "1 "+x.one)
		case x.n > 1:
			said = append(said, fmt.Sprintf("%d %s", x.n, x.many))
		}
	}
	if len(said) == 0 {
		return ""
	}
	return "not read: " + strings.Join(said, ", ")
}

func newPage(a *articles.Article) *page {
	return &page{out: builder.New(a, 0), words: &builder.Words{}}
}

// paragraph ends the current paragraph. In a table its words wait for the rest of the row.
func (p *page) paragraph() {
	if p.cells > 0 {
		p.words.WriteByte('\n')
		return
	}
	p.out.Add(p.words, p.block)
	p.words, p.block = &builder.Words{}, articles.Block{}
}

// cell ends a cell.
func (p *page) cell() {
	p.rows = append(p.rows, p.words)
	p.words = &builder.Words{}
}

// Tables in the cells of a table are flattened to words.

func (p *page) startTable() {
	if p.cells == 0 {
		p.first = true
	}
}

func (p *page) endCell() {
	if p.cells--; p.cells == 0 {
		p.cell()
	}
}

func (p *page) endRow() {
	if p.cells == 0 {
		p.row(false)
	}
}

// row ends a row.
func (p *page) row(head bool) {
	if p.out.Row(p.rows, articles.Block{Head: head}, p.first) {
		p.first = false
	}
	p.rows = nil
}

// finish appends the notes, and returns the article with its title.
func (p *page) finish() (*articles.Article, error) {
	for i, n := range p.notes {
		w := &builder.Words{}
		fmt.Fprintf(w, "[%d] %s", i+1, strings.TrimSpace(n.String()))
		p.out.Add(w, articles.Block{})
	}
	a := p.out.Done()
	if strings.TrimSpace(a.Text) == "" {
		return nil, errNoText
	}
	a.Title, a.Author = clean.Words(a.Title), clean.Words(a.Author)
	if a.Title == "" && a.Blocks[0].Kind == articles.Heading {
		a.Title = clean.Words(a.Blocks[0].In(a.Text))
	}
	if why := p.left.warning(); why != "" {
		a.Warnings = append(a.Warnings, why)
	}
	return a, nil
}

// A describer reads the author and date of a document.
type describer struct {
	a    *articles.Article
	open string
}

func (d *describer) start(e *xml.StartElement) { d.open = e.Name.Local }
func (d *describer) end(string)                { d.open = "" }

func (d *describer) text(s string) {
	switch d.open {
	case "title":
		d.a.Title += s
	case "creator", "initial-creator":
		if d.a.Author == "" {
			d.a.Author = s
		}
	case "modified", "created", "date", "creation-date":
		if t := articles.ParseDate(s); !t.IsZero() {
			d.a.Date = t
		}
	}
}

// describe reads the metadata of a document, if there is any.
func describe(ctx context.Context, z *archive.Zip, name string, a *articles.Article) {
	if data, err := z.Read(name); err == nil {
		_ = parse(ctx, data, &describer{a: a}) // what was read before an error is kept
	}
}
