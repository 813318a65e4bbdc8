package extract

import (
	"strings"

	"golang.org/x/net/html"
)

// A verdict is what the names of an element say about it.
type verdict uint8

// The verdicts, from the weakest to the strongest.
const (
	open    verdict = iota
	caption         // it is the caption of a picture
	slight          // it does not belong if it is short
	outside         // it does not belong, unless it holds much of the page's text
	foreign         // it does not belong, however much it holds
	gone            // nobody reads it as text of the page
)

// named maps words in classes and ids to what they say. Names are cut at every sign and at capitals:
// "relatedPosts-list" is related, posts, list.
var named = map[string]verdict{
	"cookie": gone, "cookies": gone, "cookiebar": gone, "cookiebanner": gone, "cookieconsent": gone, "consent": gone, "gdpr": gone, "onetrust": gone, "didomi": gone,
	"usercentrics": gone, "cookiebot": gone, "cookielaw": gone, "screenreader": gone, "sronly": gone, "visuallyhidden": gone, "skiplink": gone, "editsection": gone,

	"comments": foreign, "comment": foreign, "commentlist": foreign, "disqus": foreign, "respond": foreign, "kommentare": foreign, "kommentar": foreign, "commentaires": foreign, "comentarios": foreign, "livefyre": foreign,

	"newsletter": outside, "newsletters": outside, "newsletterbox": outside, "subscribe": outside, "subscription": outside, "signup": outside, "optin": outside, "mailchimp": outside, "mailpoet": outside,
	"share": outside, "sharing": outside, "shares": outside, "social": outside, "socials": outside, "sharedaddy": outside, "addthis": outside, "addtoany": outside, "sharebar": outside, "sharer": outside, "shariff": outside, "likes": outside,
	"related": outside, "relateds": outside, "recommended": outside, "recommendations": outside, "recommendation": outside, "recirc": outside, "recirculation": outside, "outbrain": outside, "taboola": outside, "yarpp": outside, "jp-relatedposts": outside, "relatedposts": outside, "readmore": outside, "morestories": outside, "lnkrel": outside, "teasers": outside, "listposts": outside,
	"breadcrumb": outside, "breadcrumbs": outside, "pagination": outside, "pager": outside, "paginate": outside, "toolbar": outside, "menu": outside, "nav": outside, "navi": outside, "navbar": outside, "navigation": outside, "sitemap": outside,
	"sidebar": outside, "legends": outside, "aside": outside, "rail": outside, "footer": outside, "masthead": outside, "topbar": outside,
	"ad": outside, "ads": outside, "advert": outside, "adverts": outside, "advertisement": outside, "advertising": outside, "advertorial": outside, "anzeige": outside, "werbung": outside, "sponsor": outside, "sponsored": outside, "sponsors": outside, "promo": outside, "promotion": outside, "promos": outside, "affiliate": outside, "adsense": outside, "publicidad": outside,
	"popup": outside, "modal": outside, "overlay": outside, "disclaimer": outside, "disclosure": outside, "donate": outside, "donation": outside,
	"tags": outside, "taglist": outside, "tagcloud": outside, "keywords": outside, "hashtags": outside, "topics": outside,
	"credit": outside, "credits": outside, "photocredit": outside, "bildquelle": outside, "photographer": outside, "authorbox": outside, "authorbio": outside, "bio": outside, "biography": outside, "copyright": outside, "copyrights": outside, "licence": outside, "license": outside, "rating": outside, "ratings": outside, "votes": outside, "voting": outside, "print": outside, "printer": outside, "backlink": outside, "toc": outside,

	"author": slight, "authors": slight, "autor": slight, "autoren": slight, "byline": slight, "bylines": slight, "contributor": slight, "contributors": slight, "metadata": slight, "metainfo": slight, "timestamp": slight, "pubdate": slight, "publishdate": slight, "pubinfo": slight, "datetime": slight, "infoline": slight, "readtime": slight, "readingtime": slight, "kicker": slight, "eyebrow": slight, "banner": slight,
	"trending": outside, "mostread": outside, "mostpopular": outside, "mostviewed": outside, "topstories": outside, "ticker": outside, "feedback": outside, "follow": outside, "survey": outside, "cta": outside, "jwplayer": outside, "videojs": outside, "vjs": outside, "profile": slight, "upsell": outside, "inlinepromo": outside, "crosslinks": outside, "crosslink": outside, "linkbox": outside, "linklist": outside, "moreon": outside, "seealso": outside, "readnext": outside,

	"caption": caption, "captions": caption, "figcaption": caption, "imagecaption": caption, "imgcaption": caption, "photocaption": caption, "bildunterschrift": caption, "bildunterzeile": caption, "bildunterschriften": caption, "bildtext": caption, "bildtitel": caption, "bilduntertitel": caption, "imagedescription": caption, "imgdesc": caption, "legende": caption, "cutline": caption, "legend": caption,
}

// pairs are verdicts on two words in a row.
var pairs = map[string]verdict{
	"screen reader": gone, "sr only": gone, "visually hidden": gone, "visuallyhidden focusable": gone, "skip link": gone, "eu cookie": gone,
	"comment list": foreign, "comments area": foreign, "related posts": foreign, "related articles": foreign, "related news": foreign, "related stories": foreign, "recommended posts": foreign,
	"teaser item": outside, "teaser list": outside, "list posts": outside, "posts list": outside,
	"author box": outside, "author bio": outside, "author info": outside, "author description": outside, "about author": outside, "author about": outside, "author card": outside, "author profile": outside,
	"read more": outside, "read next": outside, "read also": outside, "see also": outside, "more stories": outside, "more news": outside, "most read": outside, "view more": outside, "also read": outside, "you may": outside, "rec posts": outside, "next post": outside, "prev post": outside, "other news": outside, "latest news": outside, "similar posts": outside, "lire aussi": outside,
	"sign up": outside, "opt in": outside, "follow us": outside, "call to": outside, "entry meta": outside, "post meta": outside, "meta info": outside, "media caption": caption, "caption text": caption, "image description": caption, "bild unterschrift": caption,
	"tag list": outside, "tag links": outside, "cat links": outside, "back to": outside, "table of": outside, "letters cta": outside,
}

// negations are words before another that say that it is not there, or only that it may be elsewhere.
var negations = map[string]bool{"no": true, "has": true, "with": true, "without": true, "not": true, "is": true, "hide": true, "tag": true, "category": true, "and": true}

// A verdicts remembers what names say: pages use few of them, many times.
type verdicts map[string]verdict

// of returns what the classes and the id of n say about it.
func (seen verdicts) of(n *html.Node) verdict {
	switch n.Data {
	case "html", "body", "main", "h1", "a", "em", "strong", "b", "i":
		return open
	case "aside":
		if isPulled(n) {
			return open
		}
		return outside
	}
	if strings.HasPrefix(n.Data, "mjx-") { // MathJax gives its formulas a menu
		return open
	}
	v := open
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "class", "id":
			v = max(v, seen.value(n.Attr[i].Val, n.Data == "article"))
		case "role":
			if n.Attr[i].Val == "complementary" {
				v = max(v, outside)
			}
		}
	}
	return v
}

// value returns what a class or an id says.
func (seen verdicts) value(names string, article bool) verdict {
	said, known := seen[names]
	if known && !article || len(names) >= 1000 || isSlug(names) {
		return said
	}
	said = judgeValue(names, article)
	if !article {
		seen[names] = said
	}
	return said
}

// isSlug reports whether an id is made from a heading, as "sharing-with-others" is: it says what the text is about.
func isSlug(id string) bool {
	for {
		i := strings.IndexByte(id, '-')
		if i < 0 {
			return false
		}
		id = id[i+1:]
		for _, w := range [...]string{"a-", "the-", "of-", "with-", "and-", "to-", "for-", "in-", "your-", "der-", "die-", "und-", "de-", "la-", "en-", "et-"} {
			if strings.HasPrefix(id, w) {
				return !strings.ContainsAny(id, " _")
			}
		}
	}
}

// judgeValue judges one attribute. The classes of an article element say what it is about, too.
func judgeValue(value string, article bool) verdict {
	v := open
	for name := range strings.FieldsSeq(value) {
		if article && !strings.HasPrefix(name, "comment") && !strings.Contains(name, "related") && !strings.Contains(name, "teaser") {
			continue
		}
		v = max(v, judgeName(name))
	}
	return v
}

// judgeName judges one class or id.
func judgeName(name string) verdict {
	v := open
	last := ""
	for name != "" {
		var word string
		word, name = nextWord(name)
		if word == "" {
			continue
		}
		if pair := pairs[last+" "+word]; last != "" && pair > open {
			v = max(v, pair)
			last = word
			continue
		}
		if negations[last] {
			if last == "tag" || last == "category" {
				return v
			}
			last = word
			continue
		}
		v = max(v, named[word])
		last = word
	}
	return v
}

// nextWord cuts the first word, in lower case, from name.
func nextWord(name string) (word, rest string) {
	i := 0
	for i < len(name) && !letter(name[i]) {
		i++
	}
	start := i
	for i < len(name) && letter(name[i]) {
		if i > start && upper(name[i]) && !upper(name[i-1]) {
			break
		}
		i++
	}
	return strings.ToLower(name[start:i]), name[i:]
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || upper(c) || c >= 0x80 }

func upper(c byte) bool { return c >= 'A' && c <= 'Z' }
