package meta

import (
	"strings"

	"golang.org/x/net/html"
)

// Classes are what the class, the id and the test id of an element say that it is.
type classes uint16

const (
	beside    classes = 1 << iota // not the article: menus, comments, lists of others
	talk                          // what readers say about it
	foot                          // the foot of something
	about                         // it says who wrote the article, and when
	quotation                     // a quotation or a caption
	author                        // it names an author
	portrait                      // it is about an author, but is not the name
	date                          // it holds a date
	published                     // it holds the date of publication
	updated                       // it holds the date of a change
	unseen                        // only screen readers say it
	kicker                        // a small line over or under a headline, within its element
	heading                       // it is called a title
	logo                          // it names the site
	motto                         // it stands under the name of the site
	ownFoot                       // the foot of an article
)

// classWords are the beginnings of the words by which pages call their elements.
var classWords = func() wordTable {
	t := wordTable{}
	t.put(talk, "comment kommentar disqus respond reaction")
	t.put(beside, `related recommend sidebar teaser newsletter promo breadcrumb trending popular latest read-more readmore
		more-from more-stories menu navigation carousel outbrain taboola`)
	t.put(foot, "footer")
	t.put(ownFoot, "post-footer postfooter entry-footer article-footer articlefooter story-footer content-footer")
	t.put(about, "meta author byline info date")
	t.put(quotation, "quote caption tweet pullquote blockquote")
	t.put(author, `byline author autor auteur redakteur writer creator p-author posted-by postedby submitted firma vcard contributor journalist verfasser skribent
		reporter fn post-info postauthor articleauthor entryauthor storyauthor newsauthor blogauthor by-line by-author byauthor written-by writtenby post-by
		redacteur redactor redaktor columnista escritor forfatter kirjoittaja toimittaja penulis yazar signature`)
	t.put(portrait, `bio avatar image img photo description social desc follow twitter email mail icon more list about box authority authoriz info-box share comment
		thumb picture`)
	t.put(date, `date published publish posted datum fecha pubdate time timestamp dateline updated created meta veroeffentlicht article-info submitted byline author day`)
	t.put(published, "publish date datum posted entry-date")
	t.put(updated, "updated modified")
	t.put(unseen, "sr-only screen-reader visually-hidden visuallyhidden element-invisible invisible offscreen a11y")
	t.put(kicker, `kicker overline topline dachzeile roof eyebrow subtitle subline subhead supertitle suptitle headline-intro category rubric tag ressort pretitle
		label vorspann overhead toptitle small h1small h4 h5 h6 fake`)
	t.put(heading, "entry-title post-title posttitle title headline")
	t.put(motto, "site-description blog-description tagline")
	t.put(logo, "logo site-title site-name sitename blog-title blogtitle blog-name brand masthead site-heading")
	return t
}()

// A wordTable finds words by their first two bytes.
type wordTable map[[2]byte][]classWord

type classWord struct {
	begins string
	is     classes
}

func (t wordTable) put(is classes, words string) {
	for w := range strings.FieldsSeq(words) {
		at := [2]byte{w[0], w[1]}
		t[at] = append(t[at], classWord{w, is})
	}
}

// in returns what the words of names say. A word begins behind anything but a letter, and with a capital: "comment" is in "post-comments"
// and "postComments", not in "nocomment".
func (t wordTable) in(names string) (is classes) {
	written := names[:min(len(names), 400)]
	names = strings.ToLower(written)
	for i := 0; i+1 < len(names); i++ {
		if i > 0 && letter(names[i-1]) && (len(names) != len(written) || letter(written[i]) || !letter(written[i-1])) {
			continue
		}
		for _, w := range t[[2]byte{names[i], names[i+1]}] {
			if strings.HasPrefix(names[i:], w.begins) {
				is |= w.is
			}
		}
	}
	return is
}

func letter(b byte) bool { return b >= 'a' && b <= 'z' }

func classesOf(n *html.Node) classes { return classCache(nil).of(n) }

// A classCache remembers what names say: pages use few of them, many times.
type classCache map[string]classes

func (c classCache) of(n *html.Node) (is classes) {
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "class", "id", "data-testid":
			names := n.Attr[i].Val
			said, seen := c[names]
			if !seen {
				if said = classWords.in(names); c != nil {
					c[names] = said
				}
			}
			is |= said
		}
	}
	return is
}
