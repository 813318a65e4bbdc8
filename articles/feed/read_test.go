package feed

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"
)

// channel makes an RSS feed of items.
func channel(items ...string) string {
	return `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>The Wire</title>` +
		strings.Join(items, "\n") + "</channel></rss>"
}

// only parses a feed with one item.
func only(t *testing.T, data string) Item {
	t.Helper()
	f, err := Parse(t.Context(), []byte(data), "https://wire.example.org/feed", "")
	if err != nil || len(f.Items) != 1 {
		t.Fatalf("%.200s: %v, %+v", data, err, f)
	}
	if err := f.Items[0].Article.Check(); err != nil {
		t.Error(err)
	}
	return f.Items[0]
}

func TestTitles(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"<title>Review: &lt;i&gt;The Ferry&lt;/i&gt;</title>":                   "Review: The Ferry",
		"<title><![CDATA[Review: <em class='x'>The Ferry</em>]]></title>":       "Review: The Ferry",
		"<title>&amp;lt;b&amp;gt;Sold&amp;lt;/b&amp;gt; &amp;amp; shut</title>": "Sold & shut",
		"<title>&lt;![CDATA[Sold]]&gt;</title>":                                 "Sold",
		"<title>The press&lt;br/&gt;is sold</title>":                            "The press is sold",
		"<title>Why &lt;table&gt; is back</title>":                              "Why <table> is back",
		"<title>a &lt; b and b &gt; c</title>":                                  "a < b and b > c",
	} {
		if got := only(t, channel("<item>"+in+"<link>https://wire.example.org/1</link></item>")).Article; got.Title != want || got.Text != want {
			t.Errorf("%s is %q, %q", in, got.Title, got.Text)
		}
	}
	for _, atom := range []string{
		`<title type="html">Review: &lt;i&gt;The Ferry&lt;/i&gt;</title>`, `<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Review: <i>The Ferry</i></div></title>`, `<title>Review: The Ferry</title>`,
	} {
		if got := only(t, `<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><id>1</id>`+atom+`</entry></feed>`).Article.Title; got != "Review: The Ferry" {
			t.Errorf("%s is %q", atom, got)
		}
	}
}

func TestBodies(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct{ item, want string }{
		"plain paragraphs":     {"<description>The quay is shut.\n\nSo says Ann Lee.</description>", "The quay is shut.|So says Ann Lee."},
		"a plain list":         {"<description>What is sold:\n- the press\n- the house\n\nWhat is not: the paper.</description>", "What is sold:\\- the press\\- the house|What is not: the paper."},
		"wrapped lines":        {"<description>The council of the town met on Monday and shut the\nquay, which had been open for many years until then and\nnobody said why.</description>", "The council of the town met on Monday and shut the quay, which had been open for many years until then and nobody said why."},
		"escaped twice":        {"<description>&amp;lt;p&amp;gt;The quay &amp;lt;b&amp;gt;is&amp;lt;/b&amp;gt; shut.&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;So says Ann Lee.&amp;lt;/p&amp;gt;</description>", "The quay is shut.|So says Ann Lee."},
		"inline markup":        {"<description><![CDATA[The quay is <b>shut</b>.\n\nSo says Ann Lee.]]></description>", "The quay is shut.|So says Ann Lee."},
		"signs":                {"<description>A &amp;lt; B &amp;amp; C</description>", "A < B & C"},
		"a film's":             {"<media:group><media:title>x</media:title><media:description>The quay, seen from above.\n\nFilm: Ann Lee</media:description></media:group>", "The quay, seen from above.|Film: Ann Lee"},
		"a picture's":          {"<media:description>The quay.</media:description>", "The quay."},
		"a blog's last line":   {`<content:encoded><![CDATA[<p>The quay is shut.</p><p>The post <a href="https://x.example.org/1">Quay</a> appeared first on <a href="https://x.example.org">The Wire</a>.</p>]]></content:encoded>`, "The quay is shut."},
		"the same in German":   {`<description><![CDATA[<p>Zu.</p><p>Der Beitrag <a href="https://x.example.org/1">Kai</a> erschien zuerst auf <a href="https://x.example.org">Draht</a>.</p>]]></description>`, "Zu."},
		"a post that appeared": {"<description>&lt;p&gt;The first post appeared in May.&lt;/p&gt;</description>", "The first post appeared in May."},
	} {
		a := only(t, channel("<item><title>T</title>"+x.item+"</item>")).Article
		var got []string
		for _, b := range a.Blocks[1:] {
			got = append(got, strings.ReplaceAll(b.In(a.Text), "\n", "\\"))
		}
		if strings.Join(got, "|") != x.want {
			t.Errorf("%s: %s, want %s", name, strings.Join(got, "|"), x.want)
		}
	}
	for in, want := range map[string]string{`"content_text": "One.\n\nx <b>y</b> & z"`: "T\n\nOne.\n\nx <b>y</b> & z", `"content_html": "<p>One.</p><p>x <b>y</b></p>"`: "T\n\nOne.\n\nx y", `"content_text": "- a\n- b"`: "T\n\n- a\n- b"} {
		if got := only(t, `{"version": "https://jsonfeed.org/version/1.1", "title": "JSON", "items": [{"id": "1", "title": "T", `+in+`}]}`).Article.Text; got != want {
			t.Errorf("%s is %q", in, got)
		}
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"2 Nov 26 10:00 GMT": "2026-11-02T10:00Z", "02 Nov 99 10:00:05 EST": "1999-11-02T10:00:05-05:00", "Mo, 02 Nov 2026 10:00:00 +0100": "2026-11-02T10:00:00+01:00", "Mo, 02 Mär 2026 10:00:00 +0100": "2026-03-02T10:00:00+01:00",
		"lun., 02 nov. 2026 10:00:00 +0100": "2026-11-02T10:00:00+01:00", "mar., 11 août 2026 09:05:00 GMT": "2026-08-11T09:05:00Z", "Seg, 02 Nov 2026 10:00:00 -0300": "2026-11-02T10:00:00-03:00", "segunda-feira, 2 de novembro de 2026": "2026-11-02",
		"Di, 1. Dezember 2026 um 18:30": "2026-12-01T18:30", "lunes, 2 de noviembre de 2026 a las 10:00": "2026-11-02T10:00", "Monday, November 2nd, 2026 at 3:05 PM": "2026-11-02T15:05", "Nov 2, 2026 12:10 am": "2026-11-02T00:10",
		"пн, 02 ноя 2026 10:00:00 +0300": "2026-11-02T10:00:00+03:00", "2026-11-02T23:30:00-05:00": "2026-11-02T23:30:00-05:00", "Mon, 02 Nov 2026 10:00:00 CEST": "2026-11-02T10:00:00",
		"31 Nov 2026": "", "yesterday": "", "2 Foo 2026": "",
	} {
		if got := only(t, channel("<item><title>T</title><pubDate>"+in+"</pubDate></item>")).Article.Date.String(); got != want {
			t.Errorf("%s is %s, want %s", in, got, want)
		}
	}
}

func TestAuthors(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"<dc:creator>Ann Lee</dc:creator><dc:creator>Bo Berg</dc:creator><dc:creator>Cy Moe</dc:creator>": "Ann Lee, Bo Berg and Cy Moe",
		"<author>desk@example.org</author><dc:creator>Ann Lee</dc:creator>":                               "Ann Lee",
		"<author>ann@example.org (Ann Lee)</author>":                                                      "Ann Lee",
		"<author>desk@example.org</author>":                                                               "desk@example.org",
		"<dc:creator><![CDATA[<b>Ann Lee</b>]]></dc:creator>":                                             "Ann Lee",
		"": "",
	} {
		if got := only(t, channel("<item><title>T</title>"+in+"</item>")).Article; got.Author != want || fmt.Sprint(got.People()) == "" {
			t.Errorf("%s is by %q", in, got.Author)
		}
	}
	entry := `<entry><id>1</id><title>T</title>%s</entry>`
	for in, want := range map[string]string{"": "Bo Berg", "<author><name>Ann Lee</name></author><author><name>Cy Moe</name></author>": "Ann Lee and Cy Moe"} {
		if got := only(t, `<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><author><name>Bo Berg</name></author>`+fmt.Sprintf(entry, in)+`</feed>`).Article.Author; got != want {
			t.Errorf("%s is by %q", in, got)
		}
	}
}

// What is whole in a broken feed is read.
func TestBroken(t *testing.T) {
	t.Parallel()
	one, two := "<item><guid>1</guid><title>Café</title><description>One.</description></item>", "<item><guid>2</guid><title>Two</title><description>Two.</description></item>"
	whole := channel(one, two)
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.Replace(whole, `"1.0"?`, `"1.0" encoding="utf-16"?`, 1))
	if err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct{ data, want string }{
		"UTF-16":             {wide, "The Wire: Café, Two"},
		"a byte of Latin 1":  {channel("<item><title>Z\xfcrich – Łódź – Čapek – Ελλάδα</title></item>"), "The Wire: Zürich – Łódź – Čapek – Ελλάδα"},
		"a warning before":   {"<br />\n<b>Warning</b>: Undefined index in feed.php on line 3<br />\n" + whole, "The Wire: Café, Two"},
		"blank lines before": {"\n\n  " + whole, "The Wire: Café, Two"},
		"no end":             {strings.TrimSuffix(whole, "</channel></rss>"), "The Wire: Café, Two"},
		"cut in an item":     {whole[:strings.Index(whole, "Two.")], "The Wire: Café"},
		"cut in a tag":       {whole[:strings.Index(whole, "</title><description>Two.")+4], "The Wire: Café"},
		"one bad item":       {channel(one, "<item><title>Bad</wrong></item>", two), "The Wire: Café, Bad, Two"},
		"Atom without end":   {`<feed xmlns="http://www.w3.org/2005/Atom"><title>The Wire</title><entry><id>1</id><title>Café</title></entry><entry><id>2</id>`, "The Wire: Café"},
		"RDF without end":    {`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>The Wire</title></channel><item><title>Café</title></item><item>`, "The Wire: Café"},
		"a mark before JSON": {"\ufeff" + jsonFeed, "JSON: One"},
	} {
		f, err := Parse(t.Context(), []byte(x.data), "https://wire.example.org/feed", "")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var list []string
		for _, it := range f.Items {
			list = append(list, it.Article.Title)
		}
		if got := f.Title + ": " + strings.Join(list, ", "); got != x.want {
			t.Errorf("%s: %s, want %s", name, got, x.want)
		}
	}
	if f, err := Parse(t.Context(), []byte(`<html><head><title>x</title></head><body><rss version="2.0"><channel><title>y</title></channel></rss></body></html>`), "https://x.example.org", ""); err == nil {
		t.Errorf("a page is a feed: %+v", f)
	}
	if _, err := Parse(t.Context(), []byte(`<rss version="2.0"><channel><ti`), "https://x.example.org", ""); err == nil || strings.Contains(err.Error(), "\n") {
		t.Errorf("a torn feed: %v", err)
	}
}

// A JSON file is a feed if it says so or has items, not for its title.
func TestJSONOfNoFeed(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]error{
		`{"title": "The press is sold", "text": "It is."}`:                    ErrNoFeed,
		`{"title": "The press", "items": {"a": 1}, "version": 2}`:             ErrNoFeed,
		`{"title": "The press", "items": [{"id": "1", "title": "a"}]}`:        nil,
		`{"title": "The press", "version": "https://jsonfeed.org/version/1"}`: nil,
	} {
		if _, err := Parse(t.Context(), []byte(data), "", ""); !errors.Is(err, want) {
			t.Errorf("%s: %v", data, err)
		}
	}
}

// Characters that XML forbids cost no item; what is damaged beyond that is counted.
func TestDamagedItems(t *testing.T) {
	t.Parallel()
	feedOf := func(items string) string {
		return `<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour news</title>` + items + `</channel></rss>`
	}
	item := func(title string) string {
		return `<item><title>` + title + `</title><link>https://example.org/` + fmt.Sprint(len(title)) + `</link><description>Ann Lee said no.</description></item>`
	}
	for _, c := range []struct {
		name, data string
		titles     string
		lost       int
	}{
		{"a reference to escape", feedOf(item("One&#27;") + item("Two more&#x1B;[31m") + item("Three&#0;")), "One, Two more[31m, Three", 0},
		{"the character itself", feedOf(item("One\x1b") + item("Two\x02")), "One, Two", 0},
		{"half a surrogate, and what is none", feedOf(item("One&#xD800;") + item("Two&#xFFFF;")), "One, Two", 0},
		{"references that are allowed", feedOf(item("One &#8211; a &#x41;&#10;b")), "One – a A b", 0},
		{"cut off", strings.TrimSuffix(feedOf(item("One")+item("Two")+`<item><title>Thr`), "</channel></rss>"), "One, Two", 1},
		{"an element that is not closed", feedOf(item("One") + "<item><title>Two</item>" + item("Four")), "One, Two, Four", 0},
		{"what looks like an item", feedOf(`<item><title>One</title><description><![CDATA[<pre><item>x</item></pre>]]></description></item><!-- <item> -->`), "One", 0},
	} {
		f, err := Parse(t.Context(), []byte(c.data), "https://example.org/feed", "")
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var titles []string
		for _, it := range f.Items {
			titles = append(titles, it.Article.Title)
		}
		if got := strings.Join(titles, ", "); got != c.titles || f.Lost != c.lost {
			t.Errorf("%s: %q with %d lost, want %q with %d", c.name, got, f.Lost, c.titles, c.lost)
		}
	}
}
