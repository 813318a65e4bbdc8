package meta_test

import (
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"byline/articles/web/meta"
)

// read reads a page made of the head and the body given.
func read(t *testing.T, head, body string) meta.Page {
	t.Helper()
	doc, err := html.Parse(strings.NewReader("<!doctype html><html lang=en><head>" + head + "</head><body>" + body + "</body></html>"))
	if err != nil {
		t.Fatal(err)
	}
	from, _ := url.Parse("https://courier.example/news/the-press")
	p, _ := meta.Read(doc, from)
	return p
}

func ld(s string) string { return `<script type="application/ld+json">` + s + `</script>` }

const article = "<article><h1>The press is sold</h1><p>The town of Halden loses its last printed paper this week.</p></article>"

func TestAuthors(t *testing.T) {
	t.Parallel()
	in := func(byline string) string {
		return "<article><h1>The press is sold</h1>" + byline + "<p>The town of Halden loses its last printed paper this week.</p></article>"
	}
	for _, c := range []struct{ name, head, body, want string }{
		{"JSON-LD object", ld(`{"@type":"NewsArticle","author":{"@type":"Person","name":"Ann Lee"}}`), article, "Ann Lee"},
		{"JSON-LD text", ld(`{"@type":"NewsArticle","author":"Ann Lee"}`), article, "Ann Lee"},
		{"JSON-LD types", ld(`{"@type":["NewsArticle","Article"],"author":{"@type":["Person"],"name":"Ann Lee"}}`), article, "Ann Lee"},
		{"JSON-LD list", ld(`{"@type":"NewsArticle","author":[{"@type":"Person","name":"Ann Lee"},{"@type":"Person","name":"Bo Gray"}]}`), article, "Ann Lee; Bo Gray"},
		{"JSON-LD list of texts", ld(`[{"@type":"NewsArticle","author":["Ann Lee","Bo Gray"]}]`), article, "Ann Lee; Bo Gray"},
		{"JSON-LD graph", ld(`{"@graph":[{"@type":"WebSite","name":"Halden Courier"},{"@type":"Article","author":{"@id":"#a"}},{"@type":"Person","@id":"#a","name":"Ann Lee"}]}`), article, "Ann Lee"},
		{"JSON-LD with a line end and a comma too many", ld("{\"@type\":\"Article\",\"headline\":\"The press\nis sold\",\"author\":\"Ann Lee\",}"), article, "Ann Lee"},
		{"JSON-LD escaped", ld(`{"@type":"Article","author":"Ann O&#039;Lee"}`), article, "Ann O'Lee"},
		{"JSON-LD desk and reporter", ld(`{"@type":"Article","author":[{"@type":"Organization","name":"Larvik Post"},{"@type":"Person","name":"Ann Lee"}]}`), article, "Ann Lee / Larvik Post"},
		{"meta", "<meta name=author content='Ann Lee'>", article, "Ann Lee"},
		{"several meta", "<meta name=author content='Ann Lee'><meta name=author content='Bo Gray'>", article, "Ann Lee; Bo Gray"},
		{"catalogue", "<meta name=DC.creator content='Lee, Ann'>", article, "Ann Lee"},
		{"sailthru", "<meta name=sailthru.author content='Ann Lee, Bo Gray'>", article, "Ann Lee; Bo Gray"},
		{"profile", "<meta property=article:author content='https://social.example/annlee'>", in("<p class=byline>By Ann Lee</p>"), "Ann Lee"},
		{"card", "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Ann Lee'>", article, "Ann Lee"},
		{"glued date", "", in("<div class=byline>By <span>Ann Lee</span><span>November 2, 2026</span></div>"), "Ann Lee"},
		{"glued site", "", in("<div class=author><div>Ann Lee</div><div>Halden Courier</div></div>"), "Ann Lee"},
		{"date behind a dash", "", in("<p class=author>Ann Lee — November 2, 2026</p>"), "Ann Lee"},
		{"label of its own", "", in("<span class=byline-label>By</span> <a class=byline-name href=/ann>Ann Lee</a>"), "Ann Lee"},
		{"label in a line before", "", in("<div>By</div><div><a href=/ann>Ann Lee</a></div>"), "Ann Lee"},
		{"German", "", in("<p>Von Ann Lee und Bo Gray</p>"), "Ann Lee; Bo Gray"},
		{"French", "", in("<p>Par Ann Lee et Bo Gray</p>"), "Ann Lee; Bo Gray"},
		{"Spanish", "", in("<p>Por Ann Lee</p>"), "Ann Lee"},
		{"author with a colon", "", in("<p>| Autor: Ann Lee |</p>"), "Ann Lee"},
		{"text by", "", in("<p>Text: Ann Lee</p>"), "Ann Lee"},
		{"capitals", "", in("<p class=byline>BY ANN LEE-MOE AND BO O'GRAY</p>"), "Ann Lee-Moe; Bo O'Gray"},
		{"particle", "<meta name=author content='Ann van der Lee'>", article, "Ann van der Lee"},
		{"role", "", in("<p class=byline>By Ann Lee, Senior Reporter, and Bo Gray, Photographer</p>"), "Ann Lee; Bo Gray"},
		{"microdata", "", in("<div itemprop=author itemscope><img alt=x><span itemprop=name>Ann Lee</span><span>Editor</span></div>"), "Ann Lee"},
		{"RDFa", "", in("<span property='schema:author'>Ann Lee</span>"), "Ann Lee"},
		{"rel", "", in("<a rel=author href=/ann>Ann Lee</a>"), "Ann Lee"},
		{"agency", "", in("<p class=byline>Von Ann Lee, dpa</p>"), "Ann Lee / dpa"},
		{"agency alone", "<meta name=author content=Reuters>", article, " / Reuters"},
		{"date in the line", "", in("<small>04.02.2026 | 13:10 Uhr | Ann Lee</small>"), "Ann Lee"},
		{"nobody", "", article, ""},
		{"speaker of a quote", "", in("<blockquote><p>We had no choice.</p><div class=author>Jan Roth</div></blockquote>"), ""},
		{"speaker of a figure", "", in("<figure><blockquote><p>We had no choice.</p></blockquote><figcaption class=author>Jan Roth</figcaption></figure>"), ""},
		{"photographer", "", in("<figure><img><figcaption class=byline>By Jan Roth</figcaption></figure>"), ""},
		{"commenter", "", article + "<section class=comments><div class=author>Jan Roth</div></section>", ""},
		{"other articles", "", article + "<aside><article><h2>Another</h2><p class=byline>By Jan Roth</p></article></aside>", ""},
		{"labels only", "", in("<p class=byline><span>Posted on</span><span>Follow</span></p>"), ""},
		{"sentence", "", in("<p>By then it was clear that the paper would not be saved by anybody.</p>"), ""},
		{"link to an author's page", "", in("<div><a href='/authors/ann-lee'>Ann Lee</a></div>"), "Ann Lee"},
		{"link to the page of somebody in the news", "", in("<p><a href='/people/jan-roth'>Jan Roth</a></p>"), ""},
		{"link to an author in prose", "", in("<p>The book that <a href='/authors/jan-roth'>Jan Roth</a> wrote about the town was printed on the same press.</p>"), ""},
		{"data of scripts", "<script>dataLayer = [{'pageType': 'story', \"author\": \"Ann Lee\"}]</script>", article, "Ann Lee"},
		{"code of scripts", "<script>function author(a) { return a.author == 'Jan Roth' }</script>", article, ""},
		{"page with a sidebar", "", "<div class=with-sidebar>" + in("<p class=byline>By Ann Lee</p>") + "</div>", "Ann Lee"},
		{"not UTF", "<meta name=author content='Ann&shy; L&#8203;ee'>", article, "Ann Lee"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := read(t, c.head, c.body)
			got := strings.Join(p.Authors, "; ")
			if len(p.Agencies) > 0 {
				got += " / " + strings.Join(p.Agencies, "; ")
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestPublished(t *testing.T) {
	t.Parallel()
	line := func(s string) string {
		return "<article><h1>The press is sold</h1>" + s + "<p>The town of Halden loses its last printed paper this week.</p></article>"
	}
	for _, c := range []struct{ name, head, body, want string }{
		{"JSON-LD", ld(`{"@type":"NewsArticle","datePublished":"2026-11-02T10:00:00Z"}`), article, "2026-11-02"},
		{"types", ld(`{"@type":["NewsArticle","Article"],"datePublished":"2026-11-02"}`), article, "2026-11-02"},
		{"American evening", ld(`{"@type":"NewsArticle","datePublished":"2026-11-02T23:30:00-05:00"}`), article, "2026-11-02"},
		{"European night", "<meta property=article:published_time content='2026-11-02T00:30:00+01:00'>", article, "2026-11-02"},
		{"UTC, and the day as printed", ld(`{"@type":"NewsArticle","datePublished":"2026-11-03T02:30:00Z"}`), line("<p class=date>November 2, 2026</p>"), "2026-11-02"},
		{"open graph", "<meta property=article:published content='2026-11-02'>", article, "2026-11-02"},
		{"meta", "<meta name=date content='2026-11-02'>", article, "2026-11-02"},
		{"pubdate", "<meta name=pubdate content='20261102'>", article, "2026-11-02"},
		{"Dublin Core", "<meta name=DC.date.issued content='2026-11-02'>", article, "2026-11-02"},
		{"parsely", "<meta name=parsely-pub-date content='2026-11-02T10:00:00Z'>", article, "2026-11-02"},
		{"microdata", "", line("<meta itemprop=datePublished content='2026-11-02'>"), "2026-11-02"},
		{"time", "", line("<time datetime='2026-11-02T10:00:00Z'>yesterday</time>"), "2026-11-02"},
		{"time without attribute", "", line("<time>2 November 2026</time>"), "2026-11-02"},
		{"class", "", line("<span class=entry-date>Nov. 2, 2026, 10:15 a.m.</span>"), "2026-11-02"},
		{"German", "", line("<p>Halden, 2. November 2026, 10:15 Uhr</p>"), "2026-11-02"},
		{"German figures", "", line("<p>02.11.2026 – 10:15</p>"), "2026-11-02"},
		{"French", "", line("<p>Publié le 2 novembre 2026 à 10h15</p>"), "2026-11-02"},
		{"Spanish", "", line("<p>2 de noviembre de 2026</p>"), "2026-11-02"},
		{"Russian", "", line("<p>2 ноября 2026</p>"), "2026-11-02"},
		{"Polish", "", line("<p>2 października 2026</p>"), "2026-10-02"},
		{"Japanese", "", line("<p>2026年11月2日</p>"), "2026-11-02"},
		{"American figures", "", line("<p class=date>11/2/2026</p>"), "2026-11-02"},
		{"address", "<link rel=canonical href='https://courier.example/2026/11/02/the-press'>", article, "2026-11-02"},
		{"copyright", "", article + "<footer>© 2020–2026 Halden Courier</footer>", ""},
		{"comment", "", article + "<div class=comments><time datetime='2026-12-24'>x</time></div>", ""},
		{"none", "", article, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := read(t, c.head, c.body)
			got := ""
			if !p.Published.IsZero() {
				got = p.Published.Day().String()
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestTitle(t *testing.T) {
	t.Parallel()
	og := func(title string) string {
		return "<meta property=og:title content='" + title + "'><meta property=og:site_name content='Halden Courier'>"
	}
	for _, c := range []struct{ name, head, body, want string }{
		{"own headline", og("Town mourns its press - Halden Courier") + "<title>Town mourns its press - Halden Courier</title>", article, "The press is sold"},
		{"colon", og("The press is sold : Halden Courier"), "<p>x</p>", "The press is sold"},
		{"in front", og("Halden Courier – The press is sold"), "<p>x</p>", "The press is sold"},
		{"dot", og("The press is sold · Halden Courier"), "<p>x</p>", "The press is sold"},
		{"bullet", og("The press is sold • Halden Courier"), "<p>x</p>", "The press is sold"},
		{"bar", og("The press is sold|Halden Courier"), "<p>x</p>", "The press is sold"},
		{"tilde", og("The press is sold ~ Halden Courier"), "<p>x</p>", "The press is sold"},
		{"bars", og("The press is sold || Halden Courier"), "<p>x</p>", "The press is sold"},
		{"site of the address", "<title>The press is sold - courier.example</title>", "<p>x</p>", "The press is sold"},
		{"part with a dash", og("The press - a loss"), "<p>x</p>", "The press - a loss"},
		{"only a title", "<title>The press is sold | Halden Courier</title>", "<p>x</p>", "The press is sold"},
		{"h1 of the site", "<title>The press is sold | Halden Courier</title>", "<h1><a href='/'>Halden Courier</a></h1><h2 class=entry-title>The press is sold</h2>", "The press is sold"},
		{"kicker", "<title>The press is sold</title>", "<h1><span class=kicker>Media</span> The press is sold</h1>", "The press is sold"},
		{"small kicker", "<title>The press is sold</title>", "<h1><small>Media</small><br>The press is sold</h1>", "The press is sold"},
		{"JSON-LD", ld(`{"@type":"NewsArticle","headline":"The press is sold"}`) + "<title>The press is sold - Local news, sports, weather</title>", "<p>x</p>", "The press is sold"},
		{"several h1", og("The press is sold"), "<h1>News</h1><article><h1>The press is sold</h1></article><h1>More</h1>", "The press is sold"},
		{"h1 of a menu", og("The press is sold"), "<nav><h1>Sections</h1></nav><p>x</p>", "The press is sold"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := read(t, c.head, c.body).Title; got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestOthers(t *testing.T) {
	t.Parallel()
	p := read(t, `<link rel=canonical href="/news/the-press?utm=1#top"><meta property=article:section content=Local>`+
		ld(`{"@type":"NewsArticle","publisher":{"@type":"Organization","name":"Halden Courier"},"datePublished":"2026-11-02T10:00:00+01:00","dateModified":"2026-11-03T11:00:00+01:00"}`), article)
	if p.Site != "Halden Courier" || p.Section != "Local" || p.Language != "en" || p.Canonical != "https://courier.example/news/the-press?utm=1" {
		t.Errorf("%+v", p)
	}
	if p.Published.String() != "2026-11-02T10:00:00+01:00" || p.Updated.String() != "2026-11-03T11:00:00+01:00" {
		t.Errorf("published %v, updated %v", p.Published, p.Updated)
	}
	p = read(t, `<link rel=canonical href="https://courier.example/">`, article)
	if p.Canonical != "" {
		t.Errorf("the front page's address is that of an article: %q", p.Canonical)
	}
}

// Whatever a page is, it is read to the end, and says nothing that is not one line.
func FuzzRead(f *testing.F) {
	f.Add("<title>a - b</title><h1>a</h1><p>By Ann Lee, 2 May 2026</p>" + ld(`{"@type":["Article"],"author":[{"name":["a","b"]},1,null],"datePublished":{}}`))
	f.Add("<meta name=author content='von , und;|'><time datetime='9999-99-99T99:99'>0</time>" + ld(`[[{"@graph":[{"@id":"a","author":{"@id":"a"}}]}]]`))
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > 8<<10 {
			return
		}
		doc, err := html.Parse(strings.NewReader(src))
		if err != nil {
			return
		}
		_, withEdges := meta.Read(doc, nil)
		text := strings.Split(src, "\n")
		p := withEdges(meta.Text{First: text, Last: text})
		for _, s := range append(append([]string{p.Title, p.Site, p.Section, p.Language, p.Canonical}, p.Authors...), p.Agencies...) {
			if strings.ContainsAny(s, "\n\x00\x1b") {
				t.Errorf("%q", s)
			}
		}
	})
}

// A date in figures is read as the page's language, its text, its country or another place of it says.
func TestFigures(t *testing.T) {
	t.Parallel()
	english := "<p>The town of Halden loses the last of its printed papers this week, and it was to the town that the owner of it spoke.</p>"
	german := "<p>Die Stadt Halden verliert in dieser Woche ihre letzte gedruckte Zeitung, und niemand in der Stadt war davon überrascht.</p>"
	for _, c := range []struct{ lang, address, head, text, want string }{
		{"", "https://courier.example/a", "", english, "2025-12-03"},
		{"", "https://courier.example.uk/a", "", english, "2025-03-12"},
		{"", "https://courier.example/a", "", german, "2025-03-12"},
		{"en", "https://courier.example/a", "", english, "2025-12-03"},
		{"en", "https://courier.example.au/a", "", english, "2025-03-12"},
		{"en-GB", "https://courier.example/a", "", english, "2025-03-12"},
		{"en-US", "https://courier.example/a", `<meta name="date" content="2025-03-12">`, english, "2025-03-12"},
		{"de", "https://courier.example/a", ld(`{"@type":"Article","dateModified":"2025-12-03T10:00:00+01:00"}`), german, "2025-03-12"},
	} {
		doc, err := html.Parse(strings.NewReader("<html lang='" + c.lang + "'><head><title>The press is sold</title>" + c.head + "</head><body><article><h1>The press is sold</h1><p>12/03/2025</p>" + c.text + "</article></body></html>"))
		if err != nil {
			t.Fatal(err)
		}
		from, err := url.Parse(c.address)
		if err != nil {
			t.Fatal(err)
		}
		if p, _ := meta.Read(doc, from); p.Published.Day().String() != c.want {
			t.Errorf("%q at %s: %s, want %s", c.lang, c.address, p.Published.Day().String(), c.want)
		}
	}
}

// The day that a page prints as that of publication is it, even if its data say that the article was changed on that day only; a day that
// it prints as that of a change is not.
func TestDatedAnew(t *testing.T) {
	t.Parallel()
	data := ld(`{"@type":"Article","headline":"The press is sold","datePublished":"2024-05-06T10:00:00+01:00","dateModified":"2026-11-02T10:00:00+01:00"}`)
	for printed, want := range map[string]string{
		"<p>2 November 2026</p>":                           "2026-11-02",
		"<p>Updated 2 November 2026</p>":                   "2024-05-06",
		"<p>6 May 2024</p><p>2 November 2026</p>":          "2024-05-06",
		"<p>Open from 2 to 9 November 2026, every day</p>": "2024-05-06",
		"": "2024-05-06",
	} {
		if p := read(t, "<title>The press is sold</title>"+data, "<article><h1>The press is sold</h1>"+printed+text+"</article>"); p.Published.Day().String() != want {
			t.Errorf("%s: %s, want %s", printed, p.Published.Day().String(), want)
		}
	}
}

// The headline that readers see wins over a title that only names the kind of page, and a heading that names the site or its section does not
// win over the title.
func TestHeadings(t *testing.T) {
	t.Parallel()
	long := "<title>Nordvik buys the Courier and its press</title>"
	for _, c := range []struct{ head, body, want string }{
		{"<title>Press release</title>", "<h1 itemprop=headline>Nordvik buys a paper</h1>", "Nordvik buys a paper"},
		{"<title>Odd page</title>", "<h1>Nordvik buys a paper</h1>", "Nordvik buys a paper"},
		{"<title>News | Halden Courier</title>", "<h1>Nordvik buys a paper</h1>", "Nordvik buys a paper"},
		{long, "<h1>Media Centre</h1>", "Nordvik buys the Courier and its press"},
		{long, "<h1><a class=logo href=/en>courier back to home</a></h1><h1>Nordvik buys the Courier and its press</h1>", "Nordvik buys the Courier and its press"},
		{long + `<meta property="og:site_name" content="Halden Press News"><meta property="og:title" content="Nordvik buys the Courier and its press">`, "<h1>Press News</h1>", "Nordvik buys the Courier and its press"},
		{long + `<meta name="application-name" content="Nordvik buys the Courier and its press"><meta property="og:title" content="Nordvik buys the Courier and its press">`, "<h1>The Saturday Show</h1>", "Nordvik buys the Courier and its press"},
		{long, "<h1>Navigation and service</h1><h1>Nordvik buys the Courier, and its press</h1><h1>Foot of the page</h1>", "Nordvik buys the Courier, and its press"},
		{long, "<h1><small>News 2.11.2026</small> Nordvik buys the Courier and its press</h1><h1>Others</h1>", "Nordvik buys the Courier and its press"},
		{long, "<h2 class=headline>Contact</h2><h3>Nordvik buys the Courier and its press</h3>", "Nordvik buys the Courier and its press"},
	} {
		if p := read(t, c.head, c.body+text+text); p.Title != c.want {
			t.Errorf("%s%s: %q", c.head, c.body, p.Title)
		}
	}
}

// The publication is called by its name alone; its section is one that says something; a page is not English because its system says so.
func TestPublication(t *testing.T) {
	t.Parallel()
	head := "<title>The press of Halden is sold - Halden Courier</title>"
	for _, c := range []struct{ head, site, section string }{
		{`<meta property="og:site_name" content="The press of Halden is sold | Halden Courier"><meta property="og:title" content="The press of Halden is sold | Halden Courier">`, "Halden Courier", ""},
		{`<meta name="application-name" content="The press of Halden is sold - Halden Courier">`, "Halden Courier", ""},
		{`<meta property="og:site_name" content="The press of Halden is sold"><meta property="og:title" content="The press of Halden is sold">`, "Halden Courier", ""},
		{`<meta property="og:site_name" content="Courier | News, Sport | Halden">`, "Courier", ""},
		{`<meta property="og:site_name" content="Courier - the paper of the coast">`, "Courier", ""},
		{`<meta property="og:site_name" content="www.courier.example">`, "courier.example", ""},
		{"", "Halden Courier", ""},
		{`<meta property="article:section" content="tags">` + ld(`{"@type":"NewsArticle","articleSection":"Business"}`), "Halden Courier", "Business"},
		{ld(`{"@type":"NewsArticle","articleSection":"Articles,Highlight,Legal"}`), "Halden Courier", "Legal"},
		{`<meta property="article:section" content="Uncategorized">`, "Halden Courier", ""},
		{ld(`{"@type":"BreadcrumbList","itemListElement":[{"name":"Home"},{"item":{"name":"Sport"}},{"name":"The press of Halden is sold"}]}`), "Halden Courier", "Sport"},
	} {
		p := read(t, head+c.head, "<article><h1>The press of Halden is sold</h1>"+text+"</article>")
		if p.Site != c.site || p.Section != c.section {
			t.Errorf("%s: site %q, section %q", c.head, p.Site, p.Section)
		}
	}
	german := "<p>" + strings.Repeat("Die Stadt Halden verliert in dieser Woche ihre letzte gedruckte Zeitung, und niemand war davon überrascht. ", 8) + "</p>"
	if p := read(t, head, "<article><h1>Die Presse</h1>"+german+"</article>"); p.Language != "" {
		t.Errorf("language %q", p.Language)
	}
	if p := read(t, head, "<article><h1>The press</h1>"+strings.Repeat(text, 8)+"</article>"); p.Language != "en" {
		t.Errorf("language %q", p.Language)
	}
}
