// Package epub imports e-books: EPUB 2 and 3. Each document of the spine that contains text is an
// article, a chapter, in reading order; what the spine calls not linear (notes, answers) keeps its
// place. The title of a chapter comes from the table of contents, else from its first heading.
// Covers and tables of contents are left out; of pages that are drawn, the words in the drawing are the text.
package epub

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html/charset"

	"byline/articles"
	"byline/articles/archive"
	"byline/articles/clean"
	"byline/articles/web"
)

// Errors of books.
var (
	errLocked = errors.New("the book is locked (DRM)")
	errNoText = errors.New("the book holds no text")
)

// The parts of a package document that are read.
type (
	container struct {
		Roots []struct {
			Path string `xml:"full-path,attr"`
		} `xml:"rootfiles>rootfile"`
	}
	book struct {
		Titles   []string `xml:"metadata>title"`
		Creators []string `xml:"metadata>creator"`
		Dates    []string `xml:"metadata>date"`
		Meta     []struct {
			Property string `xml:"property,attr"`
			Value    string `xml:",chardata"`
		} `xml:"metadata>meta"`
		Items []struct {
			ID         string `xml:"id,attr"`
			Href       string `xml:"href,attr"`
			Type       string `xml:"media-type,attr"`
			Properties string `xml:"properties,attr"`
		} `xml:"manifest>item"`
		Spine struct {
			TOC  string `xml:"toc,attr"`
			Refs []struct {
				ID string `xml:"idref,attr"`
			} `xml:"itemref"`
		} `xml:"spine"`
	}
	navPoint struct {
		Label   string `xml:"navLabel>text"`
		Content struct {
			Src string `xml:"src,attr"`
		} `xml:"content"`
		Points []navPoint `xml:"navPoint"`
	}
	ncx struct {
		Points []navPoint `xml:"navMap>navPoint"`
	}
)

// Is reports whether an archive is a book.
func Is(z *archive.Zip) bool { return z.Has("META-INF/container.xml") && !z.Has("content.xml") }

// Import returns the chapters of a book. Their source is "#" and the name of the file in
// the book, to be appended to that of the book.
func Import(ctx context.Context, z *archive.Zip) ([]*articles.Article, error) {
	if err := checkLock(z); err != nil {
		return nil, err
	}
	var c container
	if err := decode(z, "META-INF/container.xml", &c); err != nil {
		return nil, err
	}
	if len(c.Roots) == 0 {
		return nil, errors.New("read the book: its container names no package")
	}
	root := c.Roots[0].Path
	var b book
	if err := decode(z, root, &b); err != nil {
		return nil, err
	}
	r := &reader{zip: z, book: &b, dir: path.Dir(root), titles: map[string]string{}}
	r.contents(ctx)
	return r.chapters(ctx)
}

// checkLock returns an error if the text of a book is encrypted; its fonts may be.
func checkLock(z *archive.Zip) error {
	if z.Has("META-INF/rights.xml") {
		return errLocked
	}
	data, err := z.Read("META-INF/encryption.xml")
	if err != nil {
		return nil // there is none
	}
	for ref := range strings.SplitSeq(string(data), "URI=\"") {
		name, _, _ := strings.Cut(ref, "\"")
		if low := strings.ToLower(name); strings.HasSuffix(low, "html") || strings.HasSuffix(low, ".htm") {
			return errLocked
		}
	}
	return nil
}

// decode parses an XML file in its declared encoding. It knows no entities but those of XML and
// HTML.
func decode(z *archive.Zip, name string, into any) error {
	data, err := z.Read(name)
	if err != nil {
		return fmt.Errorf("read the book: %w", err)
	}
	dec := xml.NewDecoder(strings.NewReader(string(data)))
	dec.Strict, dec.Entity, dec.CharsetReader = false, xml.HTMLEntity, charset.NewReaderLabel
	if err := dec.Decode(into); err != nil {
		return fmt.Errorf("read the book: %s: %w", name, err)
	}
	return nil
}

// A reader reads the chapters of a book.
type reader struct {
	zip    *archive.Zip
	book   *book
	dir    string
	titles map[string]string // of files
	nav    string            // the file of the table of contents
}

// file returns the archive name that href refers to, relative to dir.
func file(dir, href string) string {
	href, _, _ = strings.Cut(href, "#")
	if name, err := url.PathUnescape(href); err == nil {
		href = name
	}
	return strings.TrimPrefix(path.Join("/", dir, href), "/")
}

// contents reads the titles in the table of contents.
func (r *reader) contents(ctx context.Context) {
	for _, i := range r.book.Items {
		name := file(r.dir, i.Href)
		switch {
		case strings.Contains(" "+i.Properties+" ", " nav "):
			r.nav = name
			if data, err := r.zip.Read(name); err == nil {
				r.links(ctx, string(data), path.Dir(name))
			}
		case i.Type == "application/x-dtbncx+xml" || i.ID == r.book.Spine.TOC:
			var n ncx
			if decode(r.zip, name, &n) == nil {
				r.points(n.Points, path.Dir(name), 0)
			}
		}
	}
}

// points records the titles of an EPUB 2.
func (r *reader) points(list []navPoint, dir string, depth int) {
	for _, p := range list {
		r.setTitle(file(dir, p.Content.Src), p.Label)
		if depth < 20 {
			r.points(p.Points, dir, depth+1)
		}
	}
}

// setTitle records a title; the first one of a file counts.
func (r *reader) setTitle(name, title string) {
	if title = strings.Join(strings.Fields(title), " "); r.titles[name] == "" {
		r.titles[name] = title
	}
}

// links records the titles in the links of a navigation document.
func (r *reader) links(ctx context.Context, page, dir string) {
	for rest := page; ; {
		_, after, ok := strings.Cut(rest, "<a ")
		if !ok {
			return
		}
		tag, body, ok := strings.Cut(after, ">")
		text, more, ok2 := strings.Cut(body, "</a>")
		if !ok || !ok2 {
			return
		}
		rest = more
		_, href, _ := strings.Cut(tag, "href=\"")
		href, _, _ = strings.Cut(href, "\"")
		if d, err := web.Document(ctx, []byte("<p>"+text+"</p>")); err == nil && href != "" {
			r.setTitle(file(dir, href), d.Text)
		}
	}
}

// documents returns the files of the book that may be chapters, by the names that its spine has for them.
func (r *reader) documents() map[string]string {
	names := map[string]string{}
	for _, i := range r.book.Items {
		if strings.Contains(i.Type, "html") || strings.Contains(i.Type, "svg") {
			names[i.ID] = file(r.dir, i.Href)
		}
	}
	return names
}

func (r *reader) chapters(ctx context.Context) ([]*articles.Article, error) {
	names, read := r.documents(), map[string]bool{"": true, r.nav: true}
	title := first(r.book.Titles)
	var out []*articles.Article
	var lost []error
	for n, ref := range r.book.Spine.Refs {
		name := names[ref.ID]
		if read[name] {
			continue
		}
		read[name] = true // a spine names each once
		a, err := r.chapter(ctx, name)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case errors.Is(err, web.ErrNoText) || errors.Is(err, archive.ErrMissing):
		case err != nil:
			lost = append(lost, err) // the other chapters are read
		default:
			r.describe(a, name, title, n+1)
			out = append(out, a)
		}
	}
	switch {
	case len(out) > 0 && len(lost) > 0:
		out[0].Warnings = append(out[0].Warnings, fmt.Sprintf("%d of the book's chapters cannot be read: %v", len(lost), lost[0]))
	case len(lost) > 0:
		return nil, fmt.Errorf("read the book: %w", lost[0])
	case len(out) == 0:
		return nil, errNoText
	}
	return out, nil
}

// chapter reads one file of the book.
func (r *reader) chapter(ctx context.Context, name string) (*articles.Article, error) {
	data, err := r.zip.Read(name)
	if err != nil {
		return nil, err
	}
	a, err := document(ctx, utf8Of(data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return a, nil
}

// utf8Of returns a document in UTF-8.
func utf8Of(data []byte) []byte {
	enc, name, _ := charset.DetermineEncoding(data, "")
	if name == "utf-8" || name == "windows-1252" { // the default
		return data
	}
	if text, err := enc.NewDecoder().Bytes(data); err == nil {
		return text
	}
	return data
}

// describe fills in what the book says about itself.
func (r *reader) describe(a *articles.Article, name, title string, n int) {
	a.Format, a.Source, a.Site = articles.EPUB, "#"+name, clean.Words(title)
	heading := ""
	if len(a.Blocks) > 0 && a.Blocks[0].Kind == articles.Heading {
		heading = a.Blocks[0].In(a.Text)
	}
	for _, t := range []string{r.titles[name], heading} {
		if t = clean.Words(t); t != "" {
			a.Title = t
			break
		}
	}
	if a.Title == "" || a.Title == clean.Words(title) && heading == "" {
		a.Title = strings.TrimSpace(fmt.Sprintf("%s, part %d", clean.Words(title), n))
	}
	var who []string
	for _, c := range r.book.Creators {
		if c = clean.Words(c); c != "" {
			who = append(who, c)
		}
	}
	a.Author = strings.Join(who, " and ")
	a.Date = r.date()
}

// date returns when the book was published. The year 101 is how Calibre says that it does not know.
func (r *reader) date() articles.Date {
	dates := r.book.Dates
	for _, name := range []string{"dcterms:issued", "dcterms:date", "dcterms:available"} {
		for _, m := range r.book.Meta {
			if m.Property == name {
				dates = append(dates, m.Value)
			}
		}
	}
	for _, s := range dates {
		if d := articles.ParseDate(s); !d.IsZero() && d.Time().Year() > 999 {
			return d
		}
	}
	return 0
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
