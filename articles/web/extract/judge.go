package extract

import (
	"strings"

	"golang.org/x/net/html"

	"byline/articles/web/dom"
)

// judge chooses the element that holds the article: the one that readability's choice lies in, or
// the one that the page declares.
func (t *tree) judge(kept choice) *html.Node {
	found := kept.cover(t)
	declared := t.declared()
	switch {
	case declared == nil && found == nil:
		if t.total() > 0 {
			return t.body
		}
		return nil
	case declared == nil:
		return t.widened(t.besideHeadline(found))
	case found == nil, contains(found, declared):
		// A declared body that holds nearly all of what was found is the better border.
		if found == nil || 10*t.chosen(declared, kept) >= 8*t.chosen(found, kept) {
			return declared
		}
		return found
	case contains(declared, found):
		if t.size(declared).prose() > 2*t.size(found).prose() && !isArticle(declared) {
			return found
		}
		return declared
	}
	// They lie apart. The one that is declared wins, unless it is only a teaser of what was found.
	if inside := t.size(found).prose(); inside > 600 && inside > 4*t.size(declared).prose() {
		return found
	}
	return declared
}

// besideHeadline returns found, or what holds the headline with a text if found lies elsewhere.
func (t *tree) besideHeadline(found *html.Node) *html.Node {
	if t.headline == nil || contains(found, t.headline) {
		return found
	}
	for n := t.headline.Parent; n != nil && n != t.body && !contains(n, found); n = n.Parent {
		if 2*t.size(n).prose() > t.size(found).prose() {
			return n
		}
	}
	return found
}

// widened returns the element around found if what holds found there is one of several sections of the same kind that hold
// text, of which readability chose one.
func (t *tree) widened(found *html.Node) *html.Node {
	for n := found; n != t.body && n.Parent != nil; n = n.Parent {
		if n.Data == "tr" && t.isStack(n.Parent) {
			return n.Parent
		}
		if more := t.beside(n); more > 0 && 2*more > t.size(n).prose() {
			return n.Parent
		}
	}
	return found
}

// beside returns how much prose the sections of the same kind beside n hold, 0 if n is no section of a kind.
func (t *tree) beside(n *html.Node) (more int) {
	class := dom.Attr(n, "class")
	if class == "" || !dom.Is(n, "div", "section") {
		return 0
	}
	for k := n.Parent.FirstChild; k != nil; k = k.NextSibling {
		if k != n && k.Data == n.Data && dom.Attr(k, "class") == class {
			if z := t.size(k); z.linked() < 0.2 && z.prose() > 150 && readsLikeProse(k) {
				more += z.prose()
			}
		}
	}
	return more
}

// fewestRows is how many rows a table has that stacks the parts of a newsletter.
const fewestRows = 4

// isStack reports whether n has rows of one cell each, as newsletters have, and is not mostly links.
func (t *tree) isStack(n *html.Node) bool {
	rows := 0
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.Type != html.ElementNode {
			continue
		}
		cells := 0
		for c := k.FirstChild; c != nil; c = c.NextSibling {
			if dom.Is(c, "td", "th") {
				cells++
			}
		}
		if k.Data != "tr" || cells != 1 {
			return false
		}
		rows++
	}
	return rows >= fewestRows && t.size(n).linked() < 0.3
}

// isArticle reports whether n is declared as an article, not only as what a page is mainly about.
func isArticle(n *html.Node) bool {
	return n.Data == "article" || strings.Contains(dom.Attr(n, "itemprop"), "articleBody")
}

func (t *tree) total() int {
	sum := 0
	for k := t.body.FirstChild; k != nil; k = k.NextSibling {
		sum += t.size(k).text
	}
	return sum
}

// chosen returns how much of the prose in n is in chosen elements.
func (t *tree) chosen(n *html.Node, kept choice) int {
	sum := 0
	for c := range n.Descendants() {
		if c.Type != html.TextNode {
			continue
		}
		if i := index(c.Parent); i >= 0 && kept.own[i] {
			sum += len(strings.TrimSpace(c.Data))
		}
	}
	return sum
}

// declared returns the element that the page says is its article: the only one with
// itemprop=articleBody, else the article element that holds the headline, or most of the page's
// prose, else main. It is nil if there is none, or several that no rule tells apart.
func (t *tree) declared() *html.Node {
	var bodies, arts, mains []*html.Node
	for _, n := range t.nodes {
		switch {
		case n.Parent == nil:
		case strings.Contains(dom.Attr(n, "itemprop"), "articleBody"):
			bodies = outermost(bodies, n)
		case n.Data == "article":
			arts = outermost(arts, n)
		case n.Data == "main", dom.Attr(n, "role") == "main":
			mains = outermost(mains, n)
		}
	}
	if len(bodies) == 1 && t.size(bodies[0]).prose() > 0 {
		return bodies[0]
	}
	if n := t.dominant(arts); n != nil {
		return n
	}
	if len(arts) < 2 && len(mains) == 1 && t.size(mains[0]).prose() > 0 {
		return mains[0]
	}
	return nil
}

// outermost appends n unless it lies in the last of list.
func outermost(list []*html.Node, n *html.Node) []*html.Node {
	if len(list) > 0 && contains(list[len(list)-1], n) {
		return list
	}
	return append(list, n)
}

// dominant returns the one of list that holds the headline or far more prose than the others.
func (t *tree) dominant(list []*html.Node) *html.Node {
	var best *html.Node
	most, sum := 0, 0
	for _, n := range list {
		p := t.size(n).prose()
		sum += p
		if p > most {
			best, most = n, p
		}
		if t.headline != nil && contains(n, t.headline) && p > 0 {
			return n
		}
	}
	if 3*most > 2*sum {
		return best
	}
	return nil
}
