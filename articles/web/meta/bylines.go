package meta

import (
	"regexp"
	"strings"

	nethtml "golang.org/x/net/html"

	"byline/articles/web/dom"
)

// isByline reports whether p may name authors.
func isByline(p place) bool {
	if p.marked() {
		return true
	}
	switch p.node.Data {
	case "body", "html", "article", "main", "section", "meta", "link", "img", "ul", "form", "input":
		return false
	case "address", "byline", "author":
		return true
	}
	return p.is&author != 0 || p.node.Data == "a" && toAuthor(dom.Attr(p.node, "href")) && !inProse(p.node)
}

// inProse reports whether a link stands among words, which name whom they are about.
func inProse(a *nethtml.Node) bool {
	words := 0
	for c := a.Parent.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == nethtml.TextNode {
			words += len(strings.TrimSpace(c.Data))
		}
	}
	return words > 40
}

// authorFolders are the folders of addresses in which sites keep the pages about their authors.
var authorFolders = set("author authors autor autoren autorin autores auteur auteurs autore autori journalist journalists journalisten journaliste reporter reporters writer writers contributor contributors columnist columnists byline bylines staff redakteur redakteure verfasser skribent skribenter periodista periodistas firmas")

// toAuthor reports whether an address is that of a page about an author.
func toAuthor(href string) bool {
	if len(href) > 300 {
		return false
	}
	href, _, _ = strings.Cut(href, "?")
	in := false
	for part := range strings.SplitSeq(href, "/") {
		if in && len(part) > 2 {
			return true
		}
		in = authorFolders[part]
	}
	return false
}

// marked reports whether p is an author by microdata, RDFa or a link's relation rather than by the name of a class.
func (p place) marked() bool {
	return hasWord(p.prop, "author") || hasWord(p.prop, "creator") || hasWord(strings.ToLower(dom.Attr(p.node, "rel")), "author")
}

// visibleAuthors claims what readers see: elements that are marked as bylines, and lines beside the headline that begin with
// "By" or the like.
func (f *facts) visibleAuthors(put func(string, byline, float64)) {
	for _, p := range f.bylines {
		kind := "byline"
		if p.marked() {
			kind = "marked"
		}
		if trust := f.trustOf(p); trust > 0 {
			b, worth := f.bylineOf(p)
			put(kind, b, worth*trust*f.near(p))
		}
	}
	label := -10 // where a line stood that was nothing but a label
	for _, p := range f.lines {
		rest, labelled := cutLabel(p.said)
		if labelled && rest == "" {
			label = p.at
			continue
		}
		if b, worth := f.lineOf(p, rest, labelled, p.at-label <= 4); worth > 0 {
			put("line", b, worth)
		}
	}
}

// trustOf returns how much an element is trusted for what is around it: what is marked by more than a class may stand beside the
// article.
func (f *facts) trustOf(p place) float64 {
	switch {
	case f.quoted(p):
		return 0
	case !f.aside(p):
		return 1
	case p.marked() && !p.where.aside.talks():
		return 0.3
	}
	return 0
}

// lineOf reads a line without the label in front: one that had a label, or follows a line that is one, or gives a date.
func (f *facts) lineOf(p place, rest string, labelled, follows bool) (byline, float64) {
	dated := !labelled && f.near(p) == 1 && len(p.said) < 80 && hasDate(p.said)
	if !labelled && !follows && !dated {
		return byline{}, 0
	}
	if dated {
		rest = dash.ReplaceAllString(rest, "|")
	}
	b := f.parseByline(rest)
	looks := likely(b.people)
	switch {
	case labelled && looks >= 0.6:
		return b, 0.6 * f.near(p)
	case follows && !labelled:
		return b, 0.5 * f.near(p)
	case dated && looks == 1 && len(b.people) > 0:
		return b, 0.4
	}
	return b, 0
}

var dash = regexp.MustCompile(`\s[-–—]\s`)

// hasDate reports whether a line has a date in it, in any language.
func hasDate(s string) bool {
	if !hasDigit(s) {
		return false
	}
	_, ok := parseMoment(s, "")
	return ok
}

// bylineOf reads an element that is marked as a byline, and says what it is worth.
func (f *facts) bylineOf(p place) (byline, float64) {
	n, worth := p.node, 0.5
	switch {
	case hasWord(p.prop, "author"):
		worth = 0.7
		if s := dom.Attr(n, "content"); s != "" && !isAddress(s) {
			return parseByline(s), worth
		}
		if inner := named(n); !inner.empty() {
			return inner, worth
		}
	case hasWord(strings.ToLower(dom.Attr(n, "rel")), "author"):
		worth = 0.6
	}
	if p.is&portrait != 0 {
		worth *= 0.5
	}
	if f.other(p) {
		worth *= 0.4
	}
	s := text(n)
	if len(s) > 2*maxShort {
		return byline{}, 0
	}
	b := f.parseByline(s)
	if len(b.people) > 8 {
		worth /= 4 // a list of everybody
	}
	return b, worth
}

// named returns the names that are marked as such in n.
func named(n *nethtml.Node) (b byline) {
	for c := range n.Descendants() {
		if c.Type == nethtml.ElementNode && dom.Attr(c, "itemprop") == "name" {
			s := dom.Attr(c, "content")
			if s == "" {
				s = text(c)
			}
			b.add(parseByline(s))
		}
	}
	return b
}

// near returns how much being beside the headline counts for a place.
func (f *facts) near(p place) float64 {
	if f.head == nil || p.node.Data == "meta" {
		return 0.8
	}
	own := p.where.article != nil && p.where.article == f.head.where.article && p.where.article.Data == "article"
	switch d := p.at - f.head.at; {
	case d >= -15 && d <= 40:
		return 1
	case d > 40 && d <= 120, own:
		return 0.8
	case d > 120:
		return 0.5
	}
	return 0.4
}
