// Package wiki imports dumps of wikis that run MediaWiki, such as Wikinews and Wikipedia publish:
// XML with the wikitext of all pages. A dump is read as a stream, page by page, in memory bounded
// by the longest page.
//
// Only MediaWiki itself understands all of wikitext, with templates that the dump defines
// elsewhere. This package reads what readers of articles need: headings, paragraphs, lists, bold
// and italic words, links. Of templates, {{w|…}} and the like, which Wikinews uses for names,
// become their words, quotations keep their speaker, and {{date|…}} sets the date of the article; others are
// dropped, as are references and categories. Tables are rows, and pictures their captions. Brackets
// that nothing closes reach no further than their paragraph.
package wiki

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/url"
	"strings"

	"byline/articles"
	"byline/articles/clean"
	"byline/articles/stream"
)

// maxPage is the largest page of a dump, in bytes of XML.
const maxPage = 64 << 20

// errLong says that a page is larger than that.
var errLong = fmt.Errorf("a page is longer than the %d MB that one may have", maxPage>>20)

// Is reports whether data starts like a dump.
func Is(data []byte) bool {
	head := bytes.TrimSpace(data[:min(len(data), 512)])
	if bytes.HasPrefix(head, []byte("<?xml")) {
		_, head, _ = bytes.Cut(head, []byte("?>"))
		head = bytes.TrimSpace(head)
	}
	return bytes.HasPrefix(head, []byte("<mediawiki"))
}

// The parts of a dump that are read.
type (
	siteinfo struct {
		Name string `xml:"sitename"`
		Base string `xml:"base"`
	}
	wikiPage struct {
		Title     string    `xml:"title"`
		Namespace int       `xml:"ns"`
		Redirect  *struct{} `xml:"redirect"`
		Revisions []struct {
			Time  string `xml:"timestamp"`
			Model string `xml:"model"`
			Text  string `xml:"text"`
		} `xml:"revision"`
	}
)

// Dump yields the articles of a dump; redirects, and pages about the wiki, are skipped. The source
// of an article is its address. An error ends the sequence.
func Dump(ctx context.Context, r io.Reader) iter.Seq2[*articles.Article, error] {
	return dump(ctx, r, maxPage)
}

func dump(ctx context.Context, r io.Reader, longest int) iter.Seq2[*articles.Article, error] {
	return func(yield func(*articles.Article, error) bool) {
		in := stream.NewBounded(stream.Reader(ctx, r), longest, errLong)
		dec := xml.NewDecoder(in)
		dec.Strict = false
		var site siteinfo
		for {
			t, err := dec.Token()
			if errors.Is(err, io.EOF) {
				return
			}
			var e xml.StartElement
			var is bool
			if e, is = t.(xml.StartElement); !is && err == nil {
				continue
			}
			var p wikiPage
			switch e.Name.Local {
			case "siteinfo":
				err = dec.DecodeElement(&site, &e)
			case "page":
				err = dec.DecodeElement(&p, &e)
			}
			if err != nil {
				yield(nil, fmt.Errorf("at byte %d: %w", dec.InputOffset(), err))
				return
			}
			in.Record()
			if a := p.article(&site); a != nil && !yield(a, nil) {
				return
			}
		}
	}
}

// article returns the article of a page, nil if it is not one.
func (p *wikiPage) article(site *siteinfo) *articles.Article {
	n := len(p.Revisions)
	if n == 0 || p.Namespace != 0 || p.Redirect != nil {
		return nil
	}
	last := &p.Revisions[n-1]
	if last.Model != "" && last.Model != "wikitext" || redirects(last.Text) {
		return nil
	}
	a := &articles.Article{Title: strings.TrimSpace(clean.Line(p.Title)), Site: strings.TrimSpace(clean.Line(site.Name)), Format: articles.Wiki}
	c := &converter{base: address(site.Base)}
	c.article(a, last.Text)
	if strings.TrimSpace(a.Text) == "" {
		return nil
	}
	if a.Date = c.date; a.Date.IsZero() {
		a.Date = articles.ParseDate(last.Time)
	}
	if a.Source = clean.Target(c.base + titlePath(p.Title)); a.Source == "" {
		a.Source = "#" + a.Title
	}
	return a
}

func redirects(text string) bool {
	text = strings.TrimSpace(text)
	return len(text) > 9 && strings.EqualFold(text[:9], "#redirect")
}

// address returns the prefix of the addresses of pages, taken from that of the main page.
func address(base string) string {
	if i := strings.LastIndexByte(base, '/'); i > len("https://") {
		return base[:i+1]
	}
	return ""
}

func titlePath(title string) string {
	return strings.ReplaceAll(url.PathEscape(strings.ReplaceAll(strings.TrimSpace(title), " ", "_")), "%2F", "/")
}
