package extract_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"byline/articles/web/dom"
	"byline/articles/web/extract"
)

func parse(t testing.TB, page string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// The page that was given stays as it is, for others to read.
func TestPageIsLeftAlone(t *testing.T) {
	t.Parallel()
	doc := parse(t, "<html><head><title>A</title></head><body><nav>x</nav><article><h1>A</h1><p class=lead>One thing and another, and then a third one.</p><p>"+strings.Repeat("a word, ", 60)+"</p><p>Read more: <a href=x>B</a></p></article></body></html>")
	before := render(t, doc)
	if r := extract.Find(extract.Page{Doc: doc}); r.Body == nil || strings.Contains(dom.Text(r.Body), "Read more") {
		t.Errorf("%+v", r)
	}
	if after := render(t, doc); after != before {
		t.Errorf("%s\nbecame\n%s", before, after)
	}
}

func render(t testing.TB, n *html.Node) string {
	t.Helper()
	var b strings.Builder
	if err := html.Render(&b, n); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// What is taken from a page's data is said to be.
func TestWarning(t *testing.T) {
	t.Parallel()
	story := strings.Repeat("The press was sold on Monday, and nobody in the town was surprised by that. ", 6)
	for page, warned := range map[string]bool{
		`<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","articleBody":"` + story + `"}]}</script><p>Log in.</p>`: true,
		`<article><h1>A</h1><p>` + story + `</p></article>`:                                                                            false,
		`<script type="application/ld+json">{"articleBody":`:                                                                           false,
	} {
		if r := extract.Find(extract.Page{Doc: parse(t, page)}); (r.Warning != "") != warned {
			t.Errorf("%.60s: %q", page, r.Warning)
		}
	}
}

// Pages on which a step that is not linear would take minutes.
func TestLargePages(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long, and nothing in it runs at the same time")
	}
	many := strings.Repeat
	for name, body := range map[string]string{
		"deep": many("<div>", 300) + many("<p>x</p>", 5_000), "deep related": many("<div class=related>", 390) + many("<p>one word and another</p>", 2000),
		"quotes": many("<blockquote><p>x</p><cite>y</cite></blockquote>", 10_000), "nested quotes": many("<blockquote>", 380) + many("x<br>— y", 3000), "lists": many("<ul><li><a href=x>y</a></li></ul>", 3_000),
		"cards": many("<div>", 350) + many("<div><h3><a href=x>y</a></h3>z</div>", 3_000), "inline": many("<b>", 350) + many("word <i>x</i> ", 5_000), "empty": many("<div><h3></h3></div>", 10_000),
		"headings": many("<h1>A word of a title</h1>", 5_000), "captions": many("<figcaption>x © y</figcaption>", 10_000), "lines": many("x<br>", 10_000), "articles": many("<article><p>one word and another</p></article>", 10_000),
	} {
		r := extract.Find(extract.Page{Doc: parse(t, "<html><head><title>A word of a title</title></head><body><p>"+many("The end of the story. ", 20)+"</p>"+body+"</body></html>")})
		if r.Body == nil {
			t.Errorf("%s: no text", name)
		}
	}
}

// Whatever is in a page of up to 8 KB, its article is a tree of its own. A part is repeated up to seven times, and in one input of
// eight up to 255 times, which takes a hundred times as long and seldom finds more.
func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"<article><h1>A</h1><p>b<p>c</article>", "<div class=related><ul><li><a href=x>y</a></ul></div>", "<blockquote><p>a<cite>b</cite></blockquote>", "<figure><img><figcaption>a © b</figcaption></figure>",
		"<script type='application/ld+json'>{\"articleBody\":\"a\"}</script>", "<noscript><p>a</p></noscript>", "<p>Read more: <a href=x>y</a>", "<h2>Related</h2><p>x", "<form><main><p>a</form>", "<p>© 2026",
	} {
		f.Add(s, byte(1))
	}
	f.Fuzz(func(t *testing.T, part string, times byte) {
		n := int(times)
		if n < 0xe0 {
			n = n>>5 + 1
		}
		if len(part)*n > 8<<10 {
			return
		}
		doc, err := html.Parse(strings.NewReader(strings.Repeat(part, n)))
		if err != nil {
			return // nested too deep: such a page is read without its structure
		}
		r := extract.Find(extract.Page{Doc: doc})
		if r.Body != nil && r.Body.Parent != nil {
			t.Error("the article is part of another tree")
		}
	})
}

func BenchmarkFind(b *testing.B) {
	var page strings.Builder
	page.WriteString("<html><head><title>A strike in Halden</title></head><body><nav>" + strings.Repeat("<a href=x>Section</a> ", 100) + "</nav><main><article><h1>A strike in Halden</h1>")
	for i := range 40 {
		fmt.Fprintf(&page, "<p>Paragraph %d of the story, which goes on for <a href=x>some</a> words, and then for some more, as stories do.</p>", i)
	}
	page.WriteString("</article></main></body></html>")
	doc := parse(b, page.String())
	for b.Loop() {
		extract.Find(extract.Page{Doc: doc})
	}
}
