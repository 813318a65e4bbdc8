// Package feed reads the feeds of publications, in RSS, Atom and JSON Feed, and the lists of feeds
// that feed readers exchange, OPML.
//
// The formats are parsed by gofeed, which copes with feeds as they are really written; here an
// item becomes an article made of everything the feed says about it.
package feed

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed"
	nethtml "golang.org/x/net/html"

	"byline/articles"
	"byline/articles/charset"
	"byline/articles/clean"
	"byline/articles/web"
)

// ErrNoFeed says that data is not a feed.
var ErrNoFeed = errors.New("not a feed: neither RSS nor Atom nor JSON Feed")

// mostItems is the most items that are read from a feed, the first ones.
const mostItems = 5000

// A Feed is a publication's list of articles.
type Feed struct {
	Title string
	Site  string // the address of the publication's page
	Items []Item // in the feed's order, usually the latest first
	More  int    // how many items it has beyond those that are read
	Lost  int    // how many of them could not be read, as the feed is damaged
}

// An Item is an article of a feed.
type Item struct {
	GUID    string // identifies the item
	Link    string // of its page, http or https; may be empty
	Article *articles.Article
	Whole   bool // the article is complete, not a teaser or a summary
}

// Parse parses a feed that was fetched from address, in the encoding that the server gave, if any. A few bytes that are wrong in
// it do not make it unreadable.
func Parse(ctx context.Context, data []byte, address, encoding string) (f *Feed, err error) {
	defer func() {
		if p := recover(); p != nil {
			f, err = nil, fmt.Errorf("the feed cannot be read: %v", p)
		}
	}()
	text, _, err := charset.Decode(ctx, data, charset.Hint{Name: encoding, Page: true})
	if err != nil {
		return nil, ErrNoFeed
	}
	data = printable(declaration.ReplaceAll(begin(mend(text)), []byte("$1")))
	switch gofeed.DetectFeedType(bytes.NewReader(data)) {
	case gofeed.FeedTypeUnknown:
		return nil, ErrNoFeed
	case gofeed.FeedTypeJSON:
		if !isJSONFeed(data) {
			return nil, ErrNoFeed
		}
	}
	data, more := firstItems(data)
	in, err := read(data)
	if err != nil {
		return nil, fmt.Errorf("the feed cannot be read: %w", err)
	}
	if in.Title == "" && len(in.Items) == 0 {
		return nil, ErrNoFeed
	}
	r := reader{feed: in, texts: plainTexts(data, len(in.Items))}
	r.base, _ = url.Parse(address) // nil if it is none
	f = &Feed{Title: title(in.Title), Site: resolve(r.base, in.Link), More: more + max(0, len(in.Items)-mostItems), Lost: max(0, itemsIn(data)-len(in.Items))}
	for i, it := range in.Items[:min(len(in.Items), mostItems)] {
		if it == nil {
			continue
		}
		item := r.item(ctx, i)
		item.Article.Site = cmp.Or(f.Title, host(r.base))
		f.Items = append(f.Items, item)
	}
	return f, nil
}

// isJSONFeed reports whether data, JSON, says that it is a feed, or has items as feeds do.
func isJSONFeed(data []byte) bool {
	var in struct {
		Version any
		Items   any
	}
	if json.Unmarshal(data, &in) != nil {
		return true // whoever parses it says what is wrong
	}
	version, _ := in.Version.(string)
	_, items := in.Items.([]any)
	return items || strings.Contains(version, "jsonfeed.org")
}

// declaration matches the encoding in an XML declaration, which is not that of the text any more.
var declaration = regexp.MustCompile(`^((?:\x{feff})?\s*<\?xml\b[^>]*?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')`)

func line(s string) string { return strings.TrimSpace(clean.Line(html.UnescapeString(s))) }

func host(u *url.URL) string {
	if u == nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

// resolve returns an address in a feed as an absolute one; empty if it is not that of a page.
func resolve(base *url.URL, ref string) string {
	u, err := url.Parse(strings.TrimSpace(ref))
	if err != nil || ref == "" {
		return ""
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return clean.Target(u.String())
}

// wholeWords is the length, in words, from which a description counts as a full article if the
// feed does not say so.
const wholeWords = 250

// A reader makes articles of the items of a feed.
type reader struct {
	feed  *gofeed.Feed
	base  *url.URL
	texts []string // the plain text of items that have no other
}

// plainTexts returns the texts of n items that a JSON feed says are plain; nil for other feeds.
func plainTexts(data []byte, n int) []string {
	var in struct {
		Items []struct {
			HTML string `json:"content_html"`
			Text string `json:"content_text"`
		} `json:"items"`
	}
	if data = bytes.TrimSpace(data); !bytes.HasPrefix(data, []byte("{")) || json.Unmarshal(data, &in) != nil || len(in.Items) != n {
		return nil
	}
	texts := make([]string, n)
	for i, it := range in.Items {
		if strings.TrimSpace(it.HTML) == "" {
			texts[i] = it.Text
		}
	}
	return texts
}

func (r *reader) item(ctx context.Context, i int) Item {
	it := r.feed.Items[i]
	item := Item{Link: resolve(r.base, it.Link)}
	if item.Link == "" {
		item.Link = resolve(nil, it.GUID) // in a feed whose GUIDs are addresses
	}
	content := strings.TrimSpace(it.Content)
	body := page(cmp.Or(content, strings.TrimSpace(it.Description), strings.TrimSpace(mediaOf(it))))
	if i < len(r.texts) && strings.TrimSpace(r.texts[i]) != "" {
		body = paragraphs(r.texts[i])
	}
	name := title(it.Title)
	a := pageOf(ctx, name, body, item.Link)
	if a.Title = name; a.Title == "" {
		a.Title = firstWords(a.Text)
	}
	a.Source, a.Date, a.Format = item.Link, dateOf(it), articles.HTML
	who := r.authors(it)
	if a.Author = articles.Byline(who); len(who) > 1 {
		a.Authors = who
	}
	a.ID = articles.TextID(a.Text)
	item.Article = a
	words := a.Words()
	item.Whole = content != "" && words >= wholeWords/3 && !isTeaser(a.Text) || words >= wholeWords && !isTeaser(a.Text) || item.Link == ""
	item.GUID = cmp.Or(strings.TrimSpace(clean.Line(it.GUID)), item.Link, a.ID)
	return item
}

// pageOf makes an article of a title and a feed's HTML.
func pageOf(ctx context.Context, title, body, link string) *articles.Article {
	page := "<html><head><base href=\"" + html.EscapeString(link) + "\"></head><body><h1>" + html.EscapeString(title) + "</h1>\n" + body + "</body></html>"
	if a, err := web.Document(ctx, []byte(page)); err == nil {
		return a
	}
	return &articles.Article{}
}

// isTeaser reports whether a text ends like the start of a longer one.
func isTeaser(text string) bool {
	text = strings.TrimRight(text, " \n]»)")
	for _, end := range []string{"…", "[...", "...", "Read more", "Continue reading", "Weiterlesen", "Lire la suite"} {
		if strings.HasSuffix(text, end) {
			return true
		}
	}
	return false
}

// authors returns who wrote an item: all whom it names, else those of the whole feed, which stand for them in Atom and JSON.
// An address counts only if there is no name.
func (r *reader) authors(it *gofeed.Item) []string {
	people := it.Authors
	if it.DublinCoreExt != nil {
		for _, list := range [...][]string{it.DublinCoreExt.Creator, it.DublinCoreExt.Author} {
			for _, name := range list {
				people = append(people, &gofeed.Person{Name: name})
			}
		}
	}
	if len(people) == 0 && r.feed.FeedType != "rss" {
		people = r.feed.Authors
	}
	var names, addresses []string
	for _, p := range people {
		switch {
		case p == nil:
		case title(p.Name) == "" || strings.Contains(p.Name, "@"):
			addresses = append(addresses, line(cmp.Or(p.Email, p.Name)))
		case !slices.Contains(names, title(p.Name)):
			names = append(names, title(p.Name))
		}
	}
	if len(names) == 0 && len(addresses) > 0 && addresses[0] != "" {
		return addresses[:1]
	}
	return names
}

func firstWords(text string) string {
	words := strings.Fields(text[:min(len(text), 400)])
	return strings.ToValidUTF8(strings.Join(words[:min(len(words), 12)], " "), "")
}

// Find returns the addresses of the feeds that a page links to, made absolute.
func Find(page []byte, address string) []string {
	base, err := url.Parse(address)
	if err != nil {
		return nil
	}
	var out []string
	z := nethtml.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case nethtml.ErrorToken:
			return out
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			t := z.Token()
			if t.Data != "link" {
				continue
			}
			attr := map[string]string{}
			for _, a := range t.Attr {
				attr[a.Key] = a.Val
			}
			kind := strings.ToLower(attr["type"])
			if strings.Contains(strings.ToLower(attr["rel"]), "alternate") &&
				(strings.Contains(kind, "rss+xml") || strings.Contains(kind, "atom+xml") || strings.Contains(kind, "feed+json")) {
				if u := resolve(base, attr["href"]); u != "" {
					out = append(out, u)
				}
			}
		}
	}
}
