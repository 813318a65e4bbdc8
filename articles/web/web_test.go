package web_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"byline/articles"
	"byline/articles/web"
)

const prose = "Marta Quill, who ran the Courier for thirty years, sold its press on Monday, and nobody in town was surprised, least of all her. "

// page is a whole page around body.
func page(body string) string {
	return "<!doctype html><html><head><title>The Press</title></head><body><article><h1>The Press</h1><p>" + strings.Repeat(prose, 8) + "</p>" + body + "<p>END " + prose + "</p></article></body></html>"
}

func imported(t *testing.T, src string) *articles.Article {
	t.Helper()
	a, err := web.Import(t.Context(), []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Check(); err != nil {
		t.Error(err)
	}
	return a
}

// Pages that cost parsers quadratic time or deep recursion: the words at their end are still read.
func TestHostilePages(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long, and nothing in it runs at the same time")
	}
	many := strings.Repeat
	for name, body := range map[string]string{
		"deep divs": many("<div>", 100_000), "deep fonts": many("<font size=1>", 20_000), "deep lists": many("<ul><li>", 20_000), "deep quotes": many("<blockquote>", 20_000), "deep tables": many("<table><tr><td>", 5_000),
		"huge attribute": "<p title=\"" + many("x", 1<<20) + "\" style=\"" + many(" ", 200<<10) + "\">x</p>", "many attributes": "<p " + attributes(20_000) + ">x</p>", "many links": many("<a href=x>y</a> ", 5_000),
		"paragraphs": many("<p>x", 10_000), "breaks": many("<br>", 30_000), "rows": "<table>" + many("<tr><td>a<td>b", 5_000) + "</table>", "cells": "<table><tr>" + many("<td>a", 20_000) + "</table>",
		"one paragraph": "<p>" + many("word ", 100<<10) + "</p>", "one word": "<p>" + many("ü", 300<<10) + "</p>", "entities": "<p>" + many("&#27;", 100_000) + "</p>", "marks": "<p>a" + many("<b>\u0301</b>", 10_000) + "</p>",
		"end tags": many("</p>", 20_000), "comments": many("<!-- x -->", 20_000), "nested inline": "<p>" + many("<b><i>x", 150) + "</p>",
	} {
		t.Run(name, func(t *testing.T) {
			a := imported(t, page(body))
			if !strings.Contains(a.Text, "END Marta Quill") {
				t.Errorf("the end is missing of %d bytes", len(a.Text))
			}
			for _, b := range a.Blocks {
				if b.Kind != articles.Row && b.Len() > 16<<10 {
					t.Errorf("a block of %d bytes", b.Len())
				}
			}
		})
	}
}

func attributes(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "a%d=x ", i)
	}
	return b.String()
}

func TestNoText(t *testing.T) {
	t.Parallel()
	for _, src := range []string{"<html><body></body></html>", "<html><script>alert(1)</script></html>", "<p hidden>x</p>", strings.Repeat("<div>", 1000), ""} {
		if a, err := web.Import(t.Context(), []byte(src)); !errors.Is(err, web.ErrNoText) {
			t.Errorf("%.40q: %v, %v", src, a, err)
		}
	}
}

// The title comes before a text without a heading, once.
func TestTitleBeforeTheText(t *testing.T) {
	t.Parallel()
	body := "<p>" + strings.Repeat(prose, 8) + " <a href='http://example.org'>A link</a></p>"
	a := imported(t, "<html><head><title>The Press at Orrin Bay</title></head><body><article>"+body+"</article></body></html>")
	if !strings.HasPrefix(a.Text, "The Press at Orrin Bay\n\nMarta Quill") || a.Blocks[0].Kind != articles.Heading {
		t.Errorf("%.80q", a.Text)
	}
	if len(a.Inline) != 1 || a.Inline[0].In(a.Text) != "A link" {
		t.Errorf("%+v", a.Inline)
	}
	a = imported(t, page(""))
	if n := strings.Count(a.Text, "The Press"); n != 1 {
		t.Errorf("the title stands %d times in %.80q", n, a.Text)
	}
}

// A page that is read without its structure still has its title.
func TestTitleOfADeepPage(t *testing.T) {
	t.Parallel()
	a := imported(t, page(strings.Repeat("<div>", 1000)+"<title>Another</title>"))
	if a.Title != "The Press" || strings.Contains(a.Text, "Another") {
		t.Errorf("title %q", a.Title)
	}
}

// Whatever a page of up to 1 KB contains, the result is a valid article. A part is repeated up to seven times, and in one input of
// eight up to 255 times.
func FuzzImport(f *testing.F) {
	for _, s := range []string{"<p>a <b>b<p>c</b>", "<table><tr><th>a<td>b<tr><td>c</table>", "<ul><li>a<ol start=3><li>b</ul>", "<pre>a\n b</pre><hr><q>a<q>b</q></q>", "<title>&#27;</title><a href='javascript:x'>y</a>\u0301", "<div/><svg><title>a</title></svg><br>b<br><br>"} {
		f.Add([]byte(s), byte(1))
	}
	f.Fuzz(func(t *testing.T, part []byte, times byte) {
		n := int(times)
		if n < 0xe0 {
			n = n>>5 + 1
		}
		if len(part)*n > 1<<10 {
			return
		}
		a, err := web.Import(t.Context(), bytes.Repeat(part, n))
		if err != nil {
			return
		}
		if err := a.Check(); err != nil {
			t.Error(err)
		}
	})
}

func BenchmarkImport(b *testing.B) {
	src := []byte(page(strings.Repeat("<p>"+prose+"<a href='http://example.org'>She</a> said so.</p>", 600)))
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		if _, err := web.Import(b.Context(), src); err != nil {
			b.Fatal(err)
		}
	}
}

// newsPage is laid out like a news page: a story of 600 words among scripts, styles, menus, and
// teasers of other stories.
func newsPage() string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html><html lang=en><head><title>A strike in Halden - The Wire</title><meta property='og:title' content='A strike in Halden'>")
	for i := range 40 {
		fmt.Fprintf(&b, "<link rel=preload href='/static/%d.woff2' as=font><meta name='x:%d' content='something of little use to readers'>", i, i)
	}
	b.WriteString("<style>" + strings.Repeat(".card-title:hover{color:#123456;text-decoration:underline}", 700) + "</style>")
	b.WriteString("<script>window.state=" + strings.Repeat("{\"id\":12345,\"kind\":\"story\",\"tags\":[\"a\",\"b\"]},", 2500) + "</script></head><body><header><nav><ul>")
	for i := range 150 {
		fmt.Fprintf(&b, "<li class='menu-item'><a href='/section/%d' data-track='nav'>Section %d</a></li>", i, i)
	}
	b.WriteString("</ul></nav></header><main><article><h1>A strike in Halden</h1><div class=byline>By <a href=/ann>Ann Lee</a></div>")
	for i := range 20 {
		b.WriteString("<p>" + prose + "<a href='https://example.org'>She</a> said so.</p>")
		if i%6 == 5 {
			b.WriteString("<div class='ad' id=ad><script>show()</script></div><figure><img srcset='" + strings.Repeat("/i/1.jpg 100w,", 20) + "'><figcaption>The yard.</figcaption></figure>")
		}
	}
	b.WriteString("</article><aside>")
	for i := range 120 {
		fmt.Fprintf(&b, "<div class='card'><a href='/story/%d'><img src='/i/%d.jpg' loading=lazy><svg viewBox='0 0 24 24'><path d='%s'/></svg><h3 class='card-title'>Another story %d</h3></a><span class='time'>3 hours ago</span></div>", i, i, strings.Repeat("M12 2C6", 30), i)
	}
	b.WriteString("</aside></main><footer>" + strings.Repeat("<a href=/about>About</a> ", 60) + "</footer><script>" + strings.Repeat("function f(){return 1};", 4000) + "</script></body></html>")
	return b.String()
}

func BenchmarkNewsPage(b *testing.B) {
	src := []byte(newsPage())
	a, err := web.Import(b.Context(), src)
	if err != nil || strings.Contains(a.Text, "Another story") || a.Title != "A strike in Halden" {
		b.Fatalf("%+v, %v", a, err)
	}
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		if _, err := web.Import(b.Context(), src); err != nil {
			b.Fatal(err)
		}
	}
}

// A page for phones (AMP) is read without the parts that are not the story's text.
func TestAMP(t *testing.T) {
	t.Parallel()
	p := "<p>" + prose + "</p>"
	a, err := web.Import(t.Context(), []byte("<!doctype html><html ⚡><head><title>The Lock</title></head><body><amp-sidebar><ul><li>Menu</li></ul></amp-sidebar><article><h1>The Lock</h1>"+
		p+"<amp-ad type=x><div fallback>Advert</div></amp-ad>"+p+"<amp-img src=a.jpg alt=Picture></amp-img>"+p+"</article></body></html>"))
	if err != nil || strings.Contains(a.Text, "Advert") || strings.Contains(a.Text, "Menu") || strings.Count(a.Text, strings.TrimSpace(prose)) != 3 {
		t.Errorf("%q, %v", a.Text, err)
	}
}

// A document is read as a whole, including what readability would remove.
func TestDocument(t *testing.T) {
	t.Parallel()
	a, err := web.Document(t.Context(), []byte("<html><head><title>The Lock</title></head><body><p>One.</p><aside><p>Two.</p></aside><h2>Three</h2></body></html>"))
	if err != nil {
		t.Fatal(err)
	}
	if want := "One.\n\nTwo.\n\nThree"; a.Text != want || a.Title != "The Lock" {
		t.Errorf("text %q, title %q", a.Text, a.Title)
	}
	if _, err := web.Document(t.Context(), []byte("<p> </p>")); !errors.Is(err, web.ErrNoText) {
		t.Errorf("an empty document: %v", err)
	}
}

// Relative links lead where they do in a browser: from where the page was fetched, or its <base>.
func TestRelativeLinks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ head, at, href, want string }{
		{"", "https://example.org/news/today", "/second", "https://example.org/second"},
		{"", "https://example.org/news/today", "tomorrow?a=1", "https://example.org/news/tomorrow?a=1"},
		{`<link rel=canonical href="https://other.org/a">`, "", "b", "https://other.org/b"},
		{`<link rel=canonical href="https://other.org/a">`, "https://example.org/news/today", "b", "https://example.org/news/b"},
		{`<base href="/archive/">`, "https://example.org/news/today", "b", "https://example.org/archive/b"},
		{`<base href="https://cdn.example.org/x/">`, "", "b", "https://cdn.example.org/x/b"},
		{"", "", "/second", ""},
	} {
		page := "<!doctype html><html><head><title>A</title>" + c.head + "</head><body><p>See <a href=\"" + c.href + "\">this</a>.</p></body></html>"
		a, err := web.Document(web.At(t.Context(), c.at), []byte(page))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, l := range a.Inline {
			if l.Kind == articles.Link {
				got = l.Target
			}
		}
		if got != c.want {
			t.Errorf("%+v leads to %q", c, got)
		}
	}
}

// An item of a feed ends before the line that says where it appeared first.
func TestFeedLine(t *testing.T) {
	t.Parallel()
	a, err := web.Document(t.Context(), []byte("<p>"+prose+"</p><p>The post <a href='https://example.org/a'>The press is sold</a> appeared first on <a href='https://example.org'>Halden Courier</a>.</p>\n"))
	if err != nil || a.Text != strings.TrimSpace(prose) {
		t.Errorf("%q, %v", a.Text, err)
	}
}

// An article from the page's data says so.
func TestWarnings(t *testing.T) {
	t.Parallel()
	a, err := web.Import(t.Context(), []byte(`<html><head><script type="application/ld+json">{"articleBody":"`+strings.Repeat(prose, 4)+`"}</script></head><body><p>Log in.</p></body></html>`))
	if err != nil || len(a.Warnings) == 0 || !strings.Contains(a.Warnings[0], "page's data") {
		t.Errorf("%+v, %v", a, err)
	}
}
