package feed

import (
	"testing"

	"byline/articles/clean/cleantest"
)

// Whatever stands before any word of a feed or a list of feeds, every string of it is fit for a terminal.
func TestHostileFeeds(t *testing.T) {
	t.Parallel()
	for name, data := range map[string]string{
		"rss": `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>News</title><link>http://example.org/</link><language>en</language><description>All</description>
<item><title>The sale</title><link>http://example.org/sale</link><guid isPermaLink="false">guid</guid><dc:creator>Ann Lee</dc:creator><author>ann@example.org (Ann Lee)</author><category>Town</category><pubDate>Mon, 09 Mar 2026 10:00:00 GMT</pubDate><description>Marta Quill left.</description>
<content:encoded><![CDATA[<p>Marta <a href="http://example.org/x">Quill</a> left.</p><img src="p.png" alt="press">]]></content:encoded></item></channel></rss>`,
		"atom": `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>News</title><link href="http://example.org/"/><id>feed</id><entry><title type="html">The sale</title><id>entry</id><link href="http://example.org/sale"/><author><name>Ann Lee</name></author><category term="Town"/><updated>2026-03-09T00:00:00Z</updated><summary>Left.</summary><content type="html">&lt;p&gt;Marta Quill left.&lt;/p&gt;</content></entry></feed>`,
		"json": `{"version":"https://jsonfeed.org/version/1.1","title":"News","home_page_url":"http://example.org/","items":[{"id":"id","url":"http://example.org/sale","title":"The sale","authors":[{"name":"Ann Lee"}],"language":"en","content_html":"<p>Marta Quill left.</p>","date_published":"2026-03-09T00:00:00Z","tags":["Town"]}]}`,
	} {
		read := 0
		for bad := range cleantest.Variants([]byte(data)) {
			f, err := Parse(t.Context(), bad, "http://example.org/feed", "")
			if err != nil {
				continue
			}
			read++
			for _, wrong := range cleantest.Unclean(f) {
				t.Errorf("%s: %s", name, wrong)
			}
		}
		if read < 20 {
			t.Errorf("%s: %d variants were read", name, read)
		}
	}
	list := 0
	for bad := range cleantest.Variants([]byte(`<opml version="2.0"><head><title>Feeds</title></head><body><outline text="News"><outline text="Town" title="Town" type="rss" xmlUrl="http://example.org/feed" htmlUrl="http://example.org/"/></outline></body></opml>`)) {
		subscriptions, err := ReadOPML(bad)
		if err != nil {
			continue
		}
		list += len(subscriptions)
		for _, wrong := range cleantest.Unclean(subscriptions) {
			t.Error(wrong)
		}
	}
	if list == 0 {
		t.Error("no list was read")
	}
}
