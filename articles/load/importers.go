package load

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"byline/articles"
	"byline/articles/archive"
	"byline/articles/corpus"
	"byline/articles/epub"
	"byline/articles/mail"
	"byline/articles/markdown"
	"byline/articles/office"
	"byline/articles/pdf"
	"byline/articles/plain"
	"byline/articles/web"
	"byline/articles/wiki"
)

// An importer is a row of the table: how to recognize one kind of file, and how to read it.
type importer struct {
	name       string          // the name users give it, if it needs one
	format     articles.Format // of its articles
	extensions []string        // of its files, in lower case; included when a folder is searched
	many       bool            // a file holds several articles

	// One of these recognizes a file of this kind; a row with none is only used if it is named.
	bytes  func(f *file) trust       // from its first 16 KB, as they are
	inside func(z *archive.Zip) bool // from the contents of the zip archive that bytes found
	text   func(f *file) trust       // from its whole text, in UTF-8

	read func(ctx context.Context, in input) iter.Seq[Item]
	// head imports the beginning of a text, which continues in rest; nil if only the whole file
	// can be read.
	head func(ctx context.Context, text []byte, rest io.Reader) (*articles.Article, error)
}

// importers is the table. If two rows are equally sure about a file, the first one wins.
var importers = []importer{
	{name: "plain", format: articles.Plain, extensions: []string{".txt", ".text"}, text: byName(otherwise, nil), read: wholeFile(plain.Read), head: plainHead},
	{name: "markdown", format: articles.Markdown, extensions: []string{".md", ".markdown", ".mdown"}, text: byName(perhaps, isMarkdown), read: wholeFile(markdown.Import), head: markdownHead},
	{name: "html", format: articles.HTML, extensions: []string{".htm", ".html", ".xhtml"}, text: isPage, read: wholeFile(page)},
	{name: "epub", format: articles.EPUB, extensions: []string{".epub"}, many: true, bytes: isBook, inside: epub.Is, read: zipFile(epub.Import)},
	{name: "docx", format: articles.DOCX, extensions: []string{".docx"}, bytes: isZip, inside: office.IsDOCX, read: zipFile(oneDocument(office.DOCX))},
	{name: "odt", format: articles.ODT, extensions: []string{".odt"}, bytes: isZip, inside: office.IsODT, read: zipFile(oneDocument(office.ODT))},
	{name: "pdf", format: articles.PDF, extensions: []string{".pdf"}, bytes: isPDF, read: wholeFile(pdf.Import)},
	{name: "mailbox", format: articles.Email, extensions: []string{".mbox"}, many: true, bytes: certainIf(mail.IsMailbox), read: streamFile(mail.Mailbox)},
	{name: "email", format: articles.Email, extensions: []string{".eml", ".mht", ".mhtml"}, bytes: isMail, read: wholeFile(mail.Import)},
	{name: "wiki", format: articles.Wiki, many: true, bytes: certainIf(wiki.Is), read: streamFile(wiki.Dump)},
	{name: "jsonl", format: articles.Record, many: true, read: records(corpus.Lines)},
	{name: "csv", format: articles.Record, many: true, read: records(table(','))},
	{name: "tsv", format: articles.Record, many: true, read: records(table('\t'))},
}

// A trust says how sure a row is that a file is of its kind.
type trust int

const (
	no        trust = iota
	otherwise       // if no other row is surer
	perhaps         // there are signs of it
	likely          // the file starts like it
	named           // the file's name says so
	certain         // no other kind starts like this
)

// A file is what is known about a file when its kind is detected.
type file struct {
	ext   string // in lower case
	data  []byte
	named bool // ext is one of the row being asked
	text  bool // ext is one of a row for texts
}

// An input is what an importer gets to read.
type input struct {
	name    string
	as      string // the name without the ending of compressed files
	r       io.Reader
	data    []byte         // all of r, decoded to UTF-8 if it is a text; unless the importer reads a stream
	zip     *archive.Zip   // data, if it is an archive
	guess   string         // of a text: its encoding, if that was not known
	columns corpus.Columns // of records
}

// An Item is one article of a file that is not built yet.
type Item struct {
	Place string // the name of the file; for a record, with its line
	Load  func() (*articles.Article, error)
}

// find returns the row that is surest about a file of that name, according to what test returns;
// nil for none.
func find(name string, data []byte, test func(*importer) func(*file) trust) *importer {
	f := file{ext: strings.ToLower(filepath.Ext(name)), data: data}
	f.text = slices.ContainsFunc(importers, func(i importer) bool { return i.text != nil && slices.Contains(i.extensions, f.ext) })
	var best *importer
	most := no
	for i := range importers {
		row := &importers[i]
		is := test(row)
		if is == nil {
			continue
		}
		f.named = slices.Contains(row.extensions, f.ext)
		if t := is(&f); t > most {
			best, most = row, t
		}
	}
	return best
}

// byBytes returns the row for a file's first bytes; nil for a text, or for an unknown kind of
// file.
func byBytes(name string, head []byte) *importer {
	return find(name, head[:min(len(head), sample)], func(i *importer) func(*file) trust { return i.bytes })
}

// byText returns the row for a text.
func byText(name string, text []byte) *importer {
	return find(name, text, func(i *importer) func(*file) trust { return i.text })
}

// byName trusts the name of a file, or as much as other if is holds.
func byName(other trust, is func([]byte) bool) func(*file) trust {
	return func(f *file) trust {
		switch {
		case f.named:
			return named
		case is == nil || is(f.data):
			return other
		}
		return no
	}
}

// certainIf is certain of files for which is holds.
func certainIf(is func([]byte) bool) func(*file) trust {
	return func(f *file) trust {
		if is(f.data) {
			return certain
		}
		return no
	}
}

// isPage recognizes a whole page under any name. A fragment counts as a page unless the name says
// otherwise: Markdown may start with a tag, and plain text is never markup.
func isPage(f *file) trust {
	switch {
	case web.IsPage(f.data):
		return certain
	case strings.Contains(f.ext, "htm") && bytes.IndexByte(f.data, '<') >= 0:
		return named
	case web.IsFragment(f.data):
		return likely
	}
	return no
}

// isMarkdown reports whether a text that is no page looks like Markdown. Looking costs a tenth of what reading a page does.
func isMarkdown(text []byte) bool { return !web.IsPage(text) && markdown.Is(text) }

// isZip recognizes zip archives, such as books and office documents.
func isZip(f *file) trust {
	if bytes.HasPrefix(f.data, []byte("PK\x03\x04")) {
		return certain
	}
	return no
}

// isBook recognizes a book by its name. The contents of an archive with another name are known
// only once it is open.
func isBook(f *file) trust {
	if f.named {
		return isZip(f)
	}
	return no
}

// isPDF recognizes PDF documents, even after a few other bytes.
func isPDF(f *file) trust {
	switch {
	case bytes.HasPrefix(f.data, []byte("%PDF-")):
		return certain
	case pdf.Is(f.data):
		return named
	}
	return no
}

// isMail recognizes a message by its name, or by its header unless the name is that of a text.
func isMail(f *file) trust {
	switch {
	case f.named:
		return named
	case !f.text && mail.Is(f.data):
		return likely
	}
	return no
}

// wholeFile adapts a reader of one article that needs the whole file.
func wholeFile(read func(context.Context, []byte) (*articles.Article, error)) func(context.Context, input) iter.Seq[Item] {
	return func(ctx context.Context, in input) iter.Seq[Item] {
		return func(yield func(Item) bool) {
			yield(Item{in.name, func() (*articles.Article, error) { return read(ctx, in.data) }})
		}
	}
}

// zipFile adapts a reader of an archive.
func zipFile(read func(context.Context, *archive.Zip) ([]*articles.Article, error)) func(context.Context, input) iter.Seq[Item] {
	return func(ctx context.Context, in input) iter.Seq[Item] {
		return func(yield func(Item) bool) {
			list, err := read(ctx, in.zip)
			if err != nil {
				yield(failedItem(in.name, err))
				return
			}
			for _, a := range list {
				if !yield(Item{in.name, func() (*articles.Article, error) { return a, nil }}) {
					return
				}
			}
		}
	}
}

// oneDocument adapts a reader of an archive with a single document.
func oneDocument(read func(context.Context, *archive.Zip) (*articles.Article, error)) func(context.Context, *archive.Zip) ([]*articles.Article, error) {
	return func(ctx context.Context, z *archive.Zip) ([]*articles.Article, error) {
		a, err := read(ctx, z)
		return []*articles.Article{a}, err
	}
}

// streamFile adapts a reader of a file of any size.
func streamFile(read func(context.Context, io.Reader) iter.Seq2[*articles.Article, error]) func(context.Context, input) iter.Seq[Item] {
	return func(ctx context.Context, in input) iter.Seq[Item] {
		return func(yield func(Item) bool) {
			for a, err := range read(ctx, in.r) {
				if !yield(Item{in.name, func() (*articles.Article, error) { return a, err }}) {
					return
				}
			}
		}
	}
}

// records adapts a reader of the records of a corpus. The caller of load builds the articles.
func records(read func(context.Context, io.Reader) iter.Seq[corpus.Record]) func(context.Context, input) iter.Seq[Item] {
	return func(ctx context.Context, in input) iter.Seq[Item] {
		return func(yield func(Item) bool) {
			for r := range read(ctx, in.r) {
				place := fmt.Sprintf("%s:%d", in.name, r.Line)
				it := Item{place, func() (*articles.Article, error) {
					a, err := r.Article(in.columns)
					if err != nil {
						return nil, fmt.Errorf("read %s: %w", place, err)
					}
					return a, nil
				}}
				if !yield(it) {
					return
				}
			}
		}
	}
}

// table reads the rows of a table with the given separator.
func table(comma rune) func(context.Context, io.Reader) iter.Seq[corpus.Record] {
	return func(ctx context.Context, r io.Reader) iter.Seq[corpus.Record] { return corpus.Table(ctx, r, comma) }
}

func failedItem(place string, err error) Item {
	return Item{place, func() (*articles.Article, error) { return nil, err }}
}

// page imports a web page; without text it counts as an empty file.
func page(ctx context.Context, text []byte) (*articles.Article, error) {
	a, err := web.Import(ctx, text)
	if errors.Is(err, web.ErrNoText) {
		err = fmt.Errorf("%w: %w", ErrEmpty, err)
	}
	return a, err
}

func plainHead(_ context.Context, text []byte, _ io.Reader) (*articles.Article, error) {
	return plain.Head(text, screens), nil
}

// markdownHead imports the beginning of text. If it uses a link that text does not define, the
// definition may be in the rest.
func markdownHead(ctx context.Context, text []byte, rest io.Reader) (*articles.Article, error) {
	a, open, err := markdown.Head(ctx, text, screens)
	if err != nil || !open || rest == nil {
		return a, err
	}
	more, err := io.ReadAll(io.LimitReader(rest, maxBytes))
	if err != nil {
		return nil, err
	}
	a, _, err = markdown.Head(ctx, append(text, more...), screens)
	return a, err
}

// Formats returns the formats that articles have, in the order of the table.
func Formats() []articles.Format {
	var all []articles.Format
	for i := range importers {
		if f := importers[i].format; !slices.Contains(all, f) {
			all = append(all, f)
		}
	}
	return all
}

// RecordsIn returns which of [RecordFormats] the file at path is in, by the ending of its name; empty for another file, and for none.
func RecordsIn(path string) string {
	ext := strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")
	if ext == "ndjson" {
		ext = "jsonl"
	}
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() || !slices.Contains(RecordFormats(), ext) {
		return ""
	}
	return ext
}

// RecordFormats returns the names of the kinds of corpora, for [Records].
func RecordFormats() []string {
	var all []string
	for i := range importers {
		if importers[i].format == articles.Record {
			all = append(all, importers[i].name)
		}
	}
	return all
}
