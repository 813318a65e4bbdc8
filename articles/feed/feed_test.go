package feed

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

const rss = `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The Wire &amp;amp; Sons</title><link>https://wire.example.org/</link>
<item><title>A strike &lt;b&gt;</title><link>/strike?a=1&amp;b=2</link><guid isPermaLink="false">one</guid><pubDate>Mon, 09 Mar 2026 11:30:00 +0100</pubDate><dc:creator>Ann Lee</dc:creator>
<description>&lt;p&gt;The harbour of &lt;a href="/halden"&gt;Halden&lt;/a&gt; stood still…&lt;/p&gt;</description></item>
<item><title>Whole</title><link>javascript:alert(1)</link><guid>two</guid><content:encoded><![CDATA[<p>Bo Green said: “No.”</p><script>alert(1)</script>]]></content:encoded></item>
<item><title>Long</title><link>https://wire.example.org/long</link><description>WORDS</description></item>
</channel></rss>`

const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom</title><link href="https://a.example.org/"/><entry><id>tag:1</id><title>One</title><link href="https://a.example.org/1"/>
<updated>2026-03-09T10:30:00Z</updated><author><name>Bo Green</name></author><summary>Only this.</summary></entry></feed>`

const jsonFeed = `{"version": "https://jsonfeed.org/version/1.1", "title": "JSON", "items": [{"id": "1", "url": "https://j.example.org/1", "title": "One", "content_text": "Words.", "date_published": "2026-03-09T10:30:00Z"}]}`

// show tells the items of a feed.
func show(f *Feed) string {
	out := f.Title + " " + f.Site
	for _, it := range f.Items {
		a := it.Article
		out += fmt.Sprintf("\n%s|%s|%s|%s|%s|%v|%.80q", it.GUID, it.Link, a.Title, a.Author, a.Date, it.Whole, a.Text)
	}
	return out
}

func TestParse(t *testing.T) {
	t.Parallel()
	long := strings.ReplaceAll(rss, "WORDS", strings.Repeat("word ", 300))
	for _, x := range []struct{ data, want string }{
		{long, "The Wire & Sons https://wire.example.org/\n" +
			`one|https://wire.example.org/strike?a=1&b=2|A strike <b>|Ann Lee|2026-03-09T11:30:00+01:00|false|"A strike <b>\n\nThe harbour of Halden stood still…"` + "\n" +
			`two||Whole|||true|"Whole\n\nBo Green said: “No.”"` + "\n" +
			`https://wire.example.org/long|https://wire.example.org/long|Long|||true|"Long\n\nword word word word word word word word word word word word word word word"`},
		{atom, "Atom https://a.example.org/\n" + `tag:1|https://a.example.org/1|One|Bo Green|2026-03-09T10:30:00Z|false|"One\n\nOnly this."`},
		{jsonFeed, "JSON \n" + `1|https://j.example.org/1|One||2026-03-09T10:30:00Z|false|"One\n\nWords."`},
	} {
		f, err := Parse(t.Context(), []byte(x.data), "https://wire.example.org/feed.xml", "")
		if err != nil {
			t.Error(err)
			continue
		}
		if got := show(f); got != x.want {
			t.Errorf("%s\nwant\n%s", got, x.want)
		}
		for _, it := range f.Items {
			if err := it.Article.Check(); err != nil {
				t.Error(err)
			}
		}
	}
	for _, none := range []string{"", "<html><body>x</body></html>", "words", "{}", "%PDF-1.4"} {
		if f, err := Parse(t.Context(), []byte(none), "https://x.example.org", ""); !errors.Is(err, ErrNoFeed) {
			t.Errorf("%q: %+v, %v", none, f, err)
		}
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	page := `<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"><LINK REL="ALTERNATE" type="application/atom+xml" href="https://b.example.org/atom">
		<link rel=stylesheet type="text/css" href=x.css><link rel="alternate" type="application/rss+xml" href="file:///etc/passwd"></head>`
	if got := fmt.Sprint(Find([]byte(page), "https://a.example.org/b/")); got != "[https://a.example.org/feed.xml https://b.example.org/atom]" {
		t.Error(got)
	}
}

func TestOPML(t *testing.T) {
	t.Parallel()
	const in = `<?xml version="1.0"?><opml version="1.0"><head><title>x</title></head><body><outline text="News"><outline text="A &amp; B" type="rss" xmlUrl="https://a.example.org/f" htmlUrl="https://a.example.org/"/>
		<outline title="Again" xmlUrl="https://a.example.org/f"/><outline xmlUrl="file:///etc/passwd"/></outline><outline text="C" xmlUrl="https://c.example.org/f"/></body></opml>`
	list, err := ReadOPML([]byte(in))
	want := []Subscription{{"A & B", "https://a.example.org/f", "https://a.example.org/"}, {"C", "https://c.example.org/f", ""}}
	if err != nil || fmt.Sprint(list) != fmt.Sprint(want) {
		t.Errorf("%v, %v", list, err)
	}
	var b bytes.Buffer
	if err := WriteOPML(&b, "Mine", list); err != nil {
		t.Fatal(err)
	}
	again, err := ReadOPML(b.Bytes())
	if err != nil || fmt.Sprint(again) != fmt.Sprint(want) {
		t.Errorf("%s\n%v, %v", b.String(), again, err)
	}
	if _, err := ReadOPML([]byte("<opml><body>" + strings.Repeat("<outline>", 100_000))); err == nil {
		t.Error("deep folders are read")
	}
}

// A feed is read in the encoding of the server or of its declaration, whichever its bytes are in; one bad byte is no reason to refuse it.
func TestEncodings(t *testing.T) {
	t.Parallel()
	page := func(declared string) string {
		return `<?xml version="1.0"` + declared + `?><rss version="2.0"><channel><title>Газета маленького города</title><item><guid>1</guid><title>Пресса продана</title></item></channel></rss>`
	}
	cyrillic, _ := charmap.Windows1251.NewEncoder().String(page(""))
	declared, _ := charmap.Windows1251.NewEncoder().String(page(` encoding="windows-1251"`))
	for what, c := range map[string][2]string{
		"header":                     {cyrillic, "windows-1251"},
		"declaration":                {declared, ""},
		"declaration, but UTF-8":     {page(` encoding="windows-1251"`), ""},
		"UTF-8 with one byte wrong":  {strings.Replace(page(""), "</guid>", "\xff</guid>", 1), ""},
		"declared UTF-16, but UTF-8": {page(` encoding="utf-16"`), ""},
	} {
		f, err := Parse(t.Context(), []byte(c[0]), "https://x.example.org/", c[1])
		if err != nil || f.Title != "Газета маленького города" || len(f.Items) != 1 || f.Items[0].Article.Title != "Пресса продана" {
			t.Errorf("%s: %v, %+v", what, err, f)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(rss))
	f.Add([]byte(atom))
	f.Add([]byte(jsonFeed))
	f.Add([]byte("<b>x</b>" + rss[:len(rss)/2] + "\xfc"))
	f.Add([]byte("<rss><channel><item><title>a</b></item><item><pubDate>Mo, 2. März 26 10:00</pubDate><description>- a\n\n&amp;lt;p&amp;gt;b</description></item>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 8<<10 {
			return
		}
		in, err := Parse(t.Context(), data, "https://x.example.org/", "")
		if err != nil {
			return
		}
		for _, it := range in.Items {
			if err := it.Article.Check(); err != nil {
				t.Error(err)
			}
		}
	})
}

func FuzzOPML(f *testing.F) {
	f.Add([]byte(`<opml><body><outline text="a" xmlUrl="https://a/b"/></body></opml>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := ReadOPML(data)
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := WriteOPML(&b, "x", list); err != nil {
			t.Error(err)
		}
		if again, err := ReadOPML(b.Bytes()); err != nil || len(again) != len(list) {
			t.Errorf("%v, %v, %v", list, again, err)
		}
	})
}

// Of a feed with very many items the first are read, and how many are not is said, in all forms of feeds.
func TestManyItems(t *testing.T) {
	t.Parallel()
	const beyond = 3
	for _, form := range []struct{ open, item, shut string }{
		{"<rss version=\"2.0\"><channel><title>Big</title>", "<item><title>x</title><description>Words.</description></item>", "</channel></rss>"},
		{"<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Big</title>", "<entry><title>x</title><content>Words.</content></entry>", "</feed>"},
		{`{"version":"https://jsonfeed.org/version/1.1","title":"Big","items":[{"id":"0","content_text":"Words."}`, `,{"id":"1","content_text":"Words."}`, "]}"},
	} {
		n := mostItems + beyond
		if form.open[0] == '{' {
			n-- // one is in the head
		}
		f, err := Parse(t.Context(), []byte(form.open+strings.Repeat(form.item, n)+form.shut), "http://example.org/feed", "")
		if err != nil || len(f.Items) != mostItems || f.More != beyond || f.Title != "Big" {
			t.Errorf("%.20s: %v, %+v", form.open, err, f)
		}
	}
}
