// Package web imports web pages. The main text is found by go-readability, the blocks
// are read off the tree that it leaves; there is no Markdown in between. Title, author,
// date and publication are what the page says of itself in JSON-LD, OpenGraph and meta
// elements, as readability collects them.
//
// Blanks collapse as a browser collapses them. Scripts, styles, forms and what is
// hidden go. A page in which no article can be found gives its body's text.
package web

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"

	"byline/articles"
	"byline/articles/clean"
)

// ErrNoText says that a page holds no text.
var ErrNoText = errors.New("the page holds no text to read")

// Limits that no page written for people comes near.
const (
	maxDepth = 400     // elements within elements
	maxNodes = 400_000 // tags of a page that readability is asked about
)

// Import returns the article in page, UTF-8.
func Import(page []byte) (*articles.Article, error) {
	if deep(page) {
		return flat(page)
	}
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return flat(page)
	}
	base := address(doc)
	a := &articles.Article{Format: articles.HTML, Source: clean.Target(canonical(doc))}
	found, err := readability.FromDocument(doc, base)
	if err == nil {
		describe(a, found)
	}
	if err == nil && found.Node != nil {
		(&builder{article: a, base: base}).build(found.Node)
	}
	if strings.TrimSpace(a.Text) == "" {
		a.Blocks, a.Inline = nil, nil
		(&builder{article: a, base: base}).build(body(doc))
	}
	if strings.TrimSpace(a.Text) == "" {
		return nil, ErrNoText
	}
	headTitle(a)
	return a, nil
}

// deep reports whether page nests elements deeper, or holds more of them, than any
// reader does.
func deep(page []byte) bool {
	z := html.NewTokenizer(bytes.NewReader(page))
	depth, nodes := 0, 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return false
		case html.StartTagToken:
			if name, _ := z.TagName(); !void(string(name)) {
				depth++
			}
			nodes++
		case html.EndTagToken:
			depth = max(0, depth-1)
		}
		if depth > maxDepth || nodes > maxNodes {
			return true
		}
	}
}

func void(name string) bool {
	switch name {
	case "br", "hr", "img", "input", "meta", "link", "p", "li", "source", "wbr", "td", "tr", "dd", "dt", "option":
		return true
	}
	return false
}

// flat returns the text of a page without its structure: what comes of one that was
// made to bring readers down.
func flat(page []byte) (*articles.Article, error) {
	z := html.NewTokenizer(bytes.NewReader(page))
	b := &builder{article: &articles.Article{Format: articles.HTML}}
	skip := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); err != io.EOF {
				return nil, fmt.Errorf("read the page: %w", err)
			}
			b.flush(frame{})
			b.article.Text = b.text.String()
			if strings.TrimSpace(b.article.Text) == "" {
				return nil, ErrNoText
			}
			return b.article, nil
		case html.TextToken:
			if skip == 0 {
				b.words(string(z.Text()))
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			if silent(string(name)) {
				skip++
			} else if !inline(string(name)) {
				b.flush(frame{})
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); silent(string(name)) {
				skip = max(0, skip-1)
			}
		}
	}
}

// describe takes over what the page says of itself.
func describe(a *articles.Article, found readability.Article) {
	a.Title = clean.Line(strings.Join(strings.Fields(found.Title()), " "))
	a.Author = clean.Line(strings.TrimPrefix(strings.Join(strings.Fields(found.Byline()), " "), "By "))
	a.Site = clean.Line(strings.Join(strings.Fields(found.SiteName()), " "))
	if t, err := found.PublishedTime(); err == nil {
		a.Date = t.UTC()
	}
}

// headTitle makes the first heading the title where the page names none, and puts the
// title before a text that does not begin with it.
func headTitle(a *articles.Article) {
	if a.Title == "" && len(a.Blocks) > 0 && a.Blocks[0].Kind == articles.Heading {
		a.Title = clean.Line(a.Blocks[0].In(a.Text))
	}
	if a.Title == "" || strings.HasPrefix(a.Text, a.Title) {
		return
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
	a.Text = a.Title + "\n\n" + a.Text
	a.Blocks = append([]articles.Block{{Span: articles.Span{End: len(a.Title)}, Kind: articles.Heading, Level: 1}}, a.Blocks...)
}

// address returns the address that relative links of doc are to be read against.
func address(doc *html.Node) *url.URL {
	u, err := url.Parse(canonical(doc))
	if err != nil || u.Host == "" {
		return nil
	}
	return u
}

// canonical returns the address that the page gives as its own.
func canonical(doc *html.Node) string {
	for n := range doc.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case n.Data == "link" && strings.EqualFold(attr(n, "rel"), "canonical"):
			return attr(n, "href")
		case n.Data == "meta" && attr(n, "property") == "og:url":
			return attr(n, "content")
		}
	}
	return ""
}

func body(doc *html.Node) *html.Node {
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "body" {
			return n
		}
	}
	return doc
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
