// Package web imports web pages. Its part extract finds the article, and the blocks are read from
// the tree that it returns; there is no Markdown in between.
//
// White space collapses as in a browser, and a q element gets its marks. Scripts, styles,
// controls, menus and hidden elements are dropped. If no article is found in a page, the text of
// its body is used; a page that nests elements by the hundred yields its text only.
//
// Its sub-packages: extract finds the article in a page; meta reads headline, authors, dates and the rest
// of what a page says about itself; dom asks elements what they are; score, a command, measures how well
// both are done in a folder of pages.
package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"byline/articles"
	"byline/articles/clean"
	"byline/articles/stream"
	"byline/articles/web/dom"
	"byline/articles/web/extract"
	"byline/articles/web/meta"
)

// ErrNoText says that a page has no text.
var ErrNoText = errors.New("the page holds no text to read")

// Limits far above any page written for people.
const (
	maxDepth = 400     // elements within elements
	maxNodes = 400_000 // elements of a page that is passed to readability
)

// Import returns the article in page, UTF-8. Its source is the canonical address in the page, if
// any. The error is [ErrWall] if the page shows only a notice: about cookies, scripts, robots.
func Import(ctx context.Context, page []byte) (*articles.Article, error) {
	doc, err := parse(ctx, page)
	if err != nil {
		return nil, err
	}
	if doc == nil {
		return importFlat(ctx, page)
	}
	base := address(ctx, doc)
	about := articles.Article{Format: articles.HTML, Source: clean.Target(canonicalURL(doc))}
	if from, _ := ctx.Value(fetchedFrom{}).(string); from == "" {
		keepRelative(doc)
	}
	self, withEdges := meta.Read(doc, fetched(ctx))
	describe(&about, self)
	said := extract.Page{Doc: doc, Base: base, Authors: slices.Concat(about.Authors, about.Agencies), Site: about.Site, Title: about.Title}
	found, err := stream.Do(ctx, func() (extract.Result, error) { return extract.Find(said), nil })
	if err != nil {
		return nil, err
	}
	describe(&about, withEdges(meta.Text{First: found.First, Last: found.Last}))
	roots := []*html.Node{found.Body, body(doc)}
	for _, root := range roots {
		if root == nil {
			continue
		}
		a := about
		if found.Warning != "" && root == found.Body {
			a.Warnings = append(a.Warnings, found.Warning)
		}
		b := newBlockReader(ctx, &a, base)
		if err := b.build(root); err != nil {
			return nil, err
		}
		if b.out.Done(); strings.TrimSpace(a.Text) != "" {
			if err := wall(&a); err != nil {
				return nil, err
			}
			headTitle(&a)
			if why := cutOff(&a, doc); why != "" {
				a.Warnings = append(a.Warnings, why)
			}
			return &a, nil
		}
	}
	return nil, noText(doc)
}

// Document returns the whole body of page, UTF-8, as an article: a chapter of a book, a message.
// It does not look for a main text, and leaves out only what no reader sees. Its title is that of
// the document, else its first heading.
func Document(ctx context.Context, page []byte) (*articles.Article, error) {
	doc, err := parse(ctx, page)
	if err != nil {
		return nil, err
	}
	if doc == nil {
		return importFlat(ctx, page)
	}
	a := &articles.Article{Format: articles.HTML}
	if n := dom.First(doc, "title"); n != nil {
		a.Title = line(dom.Text(n))
	}
	keepRelative(doc)
	b := newBlockReader(ctx, a, address(ctx, doc))
	dropFeedLine(body(doc))
	if err := b.build(body(doc)); err != nil {
		return nil, err
	}
	if b.out.Done(); strings.TrimSpace(a.Text) == "" {
		return nil, ErrNoText
	}
	if a.Title == "" && a.Blocks[0].Kind == articles.Heading {
		a.Title = line(a.Blocks[0].In(a.Text))
	}
	return a, nil
}

// dropFeedLine removes the last paragraph of body if it says where the item of a feed appeared first.
func dropFeedLine(body *html.Node) {
	for n := body.LastChild; n != nil; n = n.PrevSibling {
		switch {
		case isBlank(n):
		case n.Data == "p" && extract.IsFeedLine(dom.Text(n)):
			body.RemoveChild(n)
			return
		default:
			return
		}
	}
}

// parse returns the tree of page, nil if the page is too deep or too large for one. The only error is that of
// ctx. The parser gives up by itself where elements are nested too deep.
func parse(ctx context.Context, page []byte) (*html.Node, error) {
	if bytes.Count(page, []byte("<")) > 2*maxNodes {
		return nil, ctx.Err()
	}
	doc, err := html.Parse(stream.Reader(ctx, bytes.NewReader(page)))
	if err != nil || isTooDeep(doc, maxDepth) {
		return nil, ctx.Err()
	}
	return doc, nil
}

// isTooDeep reports whether elements in n are nested deeper than most.
func isTooDeep(n *html.Node, most int) bool {
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.FirstChild != nil && (most == 0 || isTooDeep(k, most-1)) {
			return true
		}
	}
	return false
}

// importFlat returns the text of a page without its structure, for pages made to bring parsers
// down.
func importFlat(ctx context.Context, page []byte) (*articles.Article, error) {
	z := html.NewTokenizer(stream.Reader(ctx, bytes.NewReader(page)))
	about := articles.Article{Format: articles.HTML}
	b := newBlockReader(ctx, &about, nil)
	skip := "" // the element whose text is left out
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		if kind != html.TextToken {
			skip = b.flatTag(z, kind, skip)
			continue
		}
		switch {
		case skip == "":
			b.run.words(string(z.Text()))
		case skip == "title" && about.Title == "":
			about.Title = line(string(z.Text()))
		}
	}
	if err := z.Err(); err != io.EOF {
		return nil, fmt.Errorf("read the page: %w", err)
	}
	b.flush(blockContext{})
	a := b.out.Done()
	if strings.TrimSpace(a.Text) == "" {
		return nil, ErrNoText
	}
	return a, nil
}

// flatTag handles a tag of a page without structure, and returns the element whose text is left
// out from there on.
func (b *blockReader) flatTag(z *html.Tokenizer, kind html.TokenType, skip string) string {
	raw, _ := z.TagName()
	name := string(raw)
	switch {
	case kind == html.EndTagToken && name == skip:
		return ""
	case kind == html.StartTagToken && skip == "" && (name == "script" || name == "style" || name == "title" || name == "template"):
		return name
	case !dom.IsInline(name):
		b.flush(blockContext{})
	}
	return skip
}

// describe fills in what the page says about itself.
func describe(a *articles.Article, p meta.Page) {
	a.Title, a.Site, a.Date = p.Title, p.Site, p.Published
	a.Credits = articles.Credits{Authors: p.Authors, Agencies: p.Agencies, URL: clean.Target(p.Canonical), Section: p.Section, Language: p.Language, Updated: p.Updated}
	a.Author = articles.Byline(a.Bylines())
}

// line returns s as one line of reasonable length.
func line(s string) string {
	const longest = 500
	s = clean.Words(clean.Drawn(s))
	for i := range s {
		if i > longest {
			return s[:i] + "…"
		}
	}
	return s
}

// headTitle uses the first heading as the title if the page has none, and puts the title before a
// text that does not start with it.
func headTitle(a *articles.Article) {
	if a.Title == "" && a.Blocks[0].Kind == articles.Heading {
		a.Title = line(a.Blocks[0].In(a.Text))
	}
	if a.Title == "" || strings.HasPrefix(a.Text, a.Title) {
		return
	}
	for _, b := range a.Blocks[:min(len(a.Blocks), 3)] { // a kicker or a date may stand over it
		if b.Kind == articles.Heading && says(line(b.In(a.Text)), a.Title) {
			return
		}
	}
	by := len(a.Title) + len("\n\n")
	for i := range a.Blocks {
		a.Blocks[i].Span = a.Blocks[i].Shift(by)
		for j := range a.Blocks[i].Cells {
			a.Blocks[i].Cells[j] = a.Blocks[i].Cells[j].Shift(by)
		}
	}
	for i := range a.Inline {
		a.Inline[i].Span = a.Inline[i].Shift(by)
	}
	for i := range a.Pictures {
		a.Pictures[i].Span = a.Pictures[i].Shift(by)
	}
	a.Text = a.Title + "\n\n" + a.Text
	a.Blocks = append([]articles.Block{{Span: articles.Span{End: len(a.Title)}, Kind: articles.Heading, Level: 1}}, a.Blocks...)
}

// says reports whether a heading is the title, or the title in other words: with marks at other places, or nearly all words the same.
func says(heading, title string) bool {
	if strings.Contains(heading, title) || letters(heading) == letters(title) {
		return true
	}
	in := map[string]bool{}
	for w := range strings.FieldsSeq(strings.ToLower(heading)) {
		in[strings.Trim(w, ".,:;!?–—|-“”\"'’‘«»")] = true
	}
	same, all := 0, 0
	for w := range strings.FieldsSeq(strings.ToLower(title)) {
		if all++; in[strings.Trim(w, ".,:;!?–—|-“”\"'’‘«»")] {
			same++
		}
	}
	return all >= 4 && 4*same >= 3*max(all, len(in))
}

// letters returns the letters and digits of s, in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// fetchedFrom is the key of the address in a context.
type fetchedFrom struct{}

// At returns a context in which pages were fetched from an address: their relative links are resolved
// against it.
func At(ctx context.Context, address string) context.Context {
	return context.WithValue(ctx, fetchedFrom{}, address)
}

// fetched returns the address of [At], nil if there is none.
func fetched(ctx context.Context) *url.URL {
	from, _ := ctx.Value(fetchedFrom{}).(string)
	u, err := url.Parse(from)
	if err != nil || u.Host == "" {
		return nil
	}
	return u
}

// address returns the base address for the relative links of doc: where it was fetched from, or else what
// it declares as its own, and on that its <base>. It is nil if none of them is absolute.
func address(ctx context.Context, doc *html.Node) *url.URL {
	u, err := fetched(ctx), error(nil)
	if u == nil {
		u, err = url.Parse(canonicalURL(doc))
	}
	if base, wrong := url.Parse(baseOf(doc)); wrong == nil && base.String() != "" {
		if err != nil {
			u, err = base, nil
		} else {
			u = u.ResolveReference(base)
		}
	}
	if err != nil || u.Host == "" {
		return nil
	}
	return u
}

// baseOf returns what the page's <base> refers to.
func baseOf(doc *html.Node) string {
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "base" && dom.Attr(n, "href") != "" {
			return strings.TrimSpace(dom.Attr(n, "href"))
		}
	}
	return ""
}

// canonicalURL returns the address that the page declares as its own.
func canonicalURL(doc *html.Node) string {
	for n := range doc.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case n.Data == "link" && strings.EqualFold(dom.Attr(n, "rel"), "canonical"):
			return dom.Attr(n, "href")
		case n.Data == "meta" && dom.Attr(n, "property") == "og:url":
			return dom.Attr(n, "content")
		}
	}
	return ""
}

func body(doc *html.Node) *html.Node {
	if n := dom.First(doc, "body"); n != nil {
		return n
	}
	return doc
}
