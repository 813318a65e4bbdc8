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
	"errors"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	nethtml "golang.org/x/net/html"

	"byline/articles"
	"byline/articles/charset"
	"byline/articles/clean"
	"byline/articles/web"
)

// ErrNoFeed says that data is not a feed.
var ErrNoFeed = errors.New("not a feed: neither RSS nor Atom nor JSON Feed")

// mostItems is the most items that are read from a feed.
const mostItems = 5000

// A Feed is a publication's list of articles.
type Feed struct {
	Title string
	Site  string // the address of the publication's page
	Items []Item // in the feed's order, usually the latest first
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
	data = declaration.ReplaceAll(bytes.ToValidUTF8(text, []byte("\ufffd")), []byte("$1"))
	if gofeed.DetectFeedType(bytes.NewReader(data)) == gofeed.FeedTypeUnknown {
		return nil, ErrNoFeed
	}
	in, err := gofeed.NewParser().Parse(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("the feed cannot be read: %w", err)
	}
	if in.Title == "" && len(in.Items) == 0 {
		return nil, ErrNoFeed
	}
	base, _ := url.Parse(address)
	f = &Feed{Title: line(in.Title), Site: resolve(base, in.Link)}
	for _, it := range in.Items[:min(len(in.Items), mostItems)] {
		if it == nil {
			continue
		}
		item := itemOf(ctx, it, base)
		item.Article.Site = cmp.Or(f.Title, host(base))
		f.Items = append(f.Items, item)
	}
	return f, nil
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

func itemOf(ctx context.Context, it *gofeed.Item, base *url.URL) Item {
	item := Item{Link: resolve(base, it.Link)}
	if item.Link == "" {
		item.Link = resolve(nil, it.GUID) // in a feed whose GUIDs are addresses
	}
	content, body := strings.TrimSpace(it.Content), strings.TrimSpace(it.Content)
	if content == "" {
		body = strings.TrimSpace(it.Description)
	}
	a := pageOf(ctx, it.Title, body, item.Link)
	if a.Title = line(it.Title); a.Title == "" {
		a.Title = firstWords(a.Text)
	}
	a.Source, a.Author, a.Date, a.Format = item.Link, authors(it), dateOf(it), articles.HTML
	a.ID = articles.TextID(a.Text)
	item.Article = a
	words := a.Words()
	item.Whole = content != "" && words >= wholeWords/3 && !isTeaser(a.Text) || words >= wholeWords && !isTeaser(a.Text) || item.Link == ""
	item.GUID = cmp.Or(strings.TrimSpace(it.GUID), item.Link, a.ID)
	return item
}

// pageOf makes an article of a title and a feed's HTML.
func pageOf(ctx context.Context, title, body, link string) *articles.Article {
	page := "<html><head><base href=\"" + html.EscapeString(link) + "\"></head><body><h1>" + html.EscapeString(line(title)) + "</h1>\n" + body + "</body></html>"
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

func authors(it *gofeed.Item) string {
	var who []string
	for _, p := range it.Authors {
		if p != nil {
			if name := line(cmp.Or(p.Name, p.Email)); name != "" {
				who = append(who, name)
			}
		}
	}
	return strings.Join(who, " and ")
}

// dateOf returns when an item was published, by the feed's clock. Gofeed, which knows more ways to
// write a date, has it in UTC.
func dateOf(it *gofeed.Item) time.Time {
	for _, s := range []string{it.Published, it.Updated} {
		if t := articles.ParseDate(s); !t.IsZero() {
			return t
		}
	}
	for _, t := range []*time.Time{it.PublishedParsed, it.UpdatedParsed} {
		if t != nil && t.Year() > 1 {
			return t.UTC()
		}
	}
	return time.Time{}
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
