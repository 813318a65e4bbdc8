package extract

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"byline/articles/web/dom"
)

// A tree is a copy of a page without what never belongs to an article.
type tree struct {
	doc, body *html.Node
	nodes     []*html.Node // the elements in document order
	sizes     []size       // of nodes
	captions  []*html.Node // elements that are captions by their names
	spared    []*html.Node // elements that hold much, though their names are against them
	headline  *html.Node   // the h1 of the article, nil if it cannot be told
	title     string       // of the page, as it says itself
	about     string       // its own description
	by        *writers
}

// A size is how much text an element holds, in bytes without white space at the ends of each piece.
type size struct {
	text int // all of it
	link int // of it, inside links
}

// prose returns how much of the text is outside links.
func (s size) prose() int { return s.text - s.link }

// linked returns the share of links.
func (s size) linked() float64 { return float64(s.link) / float64(max(1, s.text)) }

// mark is the attribute that numbers the elements of a copy.
const mark = "data-byline"

// deepest is how deep the elements of a copy are nested; what lies deeper is left out.
const deepest = 500

// fewSlight is the most text, in bytes, of an element that does not belong if it is short.
const fewSlight = 200

// A copier copies a page.
type copier struct {
	*tree
	doubtful  []doubt // elements that probably do not belong
	concealed []int   // elements that the page hides, though they hold paragraphs
	all       bool    // they are looked at like others
	seen      verdicts
}

// A doubt is an element whose names speak against it.
type doubt struct {
	n     int // its index
	names verdict
}

// copyPage copies the page doc, whose headline is title; hidden says that what it hides is copied as well.
func copyPage(doc *html.Node, title string, hidden bool) *tree {
	c := copier{tree: &tree{doc: &html.Node{Type: html.DocumentNode}}, all: hidden, seen: verdicts{}}
	root := &html.Node{Type: html.ElementNode, Data: "html"}
	c.doc.AppendChild(root)
	if head := dom.First(doc, "head"); head != nil {
		c.head(head)
	}
	if title != "" {
		c.title = title
	}
	c.body = &html.Node{Type: html.ElementNode, Data: "body"}
	root.AppendChild(c.body)
	body := doc
	if !dom.Is(doc, "body") {
		body = dom.First(doc, "body")
	}
	if body != nil {
		c.body.Attr = body.Attr
		c.children(body, c.body, place{})
	}
	c.findHeadline()
	c.settle()
	return c.tree
}

// head reads what a page says its title is and what it is about.
func (t *tree) head(head *html.Node) {
	for n := head.FirstChild; n != nil; n = n.NextSibling {
		if !dom.Is(n, "title", "meta") {
			continue
		}
		switch p := dom.Attr(n, "property") + dom.Attr(n, "name"); {
		case n.Data == "title" && t.title == "", p == "og:title":
			t.title = dom.Text(n) + dom.Attr(n, "content")
		case p == "og:description", p == "description" && t.about == "":
			t.about = dom.Attr(n, "content")
		}
	}
}

// A place is where an element stands.
type place struct {
	depth  int
	linked bool // inside a link
	quoted bool // inside a block quote or a figure
	hidden bool // inside an element that the page hides
}

// within returns the place of what is in k.
func (at place) within(k *html.Node) place {
	at.linked = at.linked || k.Data == "a" && dom.Attr(k, "href") != ""
	at.quoted = at.quoted || k.Data == "blockquote" || k.Data == "figure"
	return at
}

// children copies the children of n into to, and returns how much text they hold.
func (c *copier) children(n, to *html.Node, at place) size {
	var sum size
	if at.depth++; at.depth > deepest {
		return sum
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		var s size
		switch k.Type {
		case html.TextNode:
			s.text = len(strings.TrimSpace(k.Data))
			if at.linked {
				s.link = s.text
			}
			to.AppendChild(&html.Node{Type: html.TextNode, Data: k.Data})
		case html.ElementNode:
			s = c.element(k, to, at)
		}
		sum.text += s.text
		sum.link += s.link
	}
	return sum
}

// element copies k into to.
func (c *copier) element(k, to *html.Node, at place) size {
	names := c.seen.of(k)
	if names == gone || never(k, at) || k.Data == "template" && !c.all {
		return size{}
	}
	i := len(c.nodes)
	out := copyElement(k, i)
	if dom.IsHidden(k) {
		if at.hidden || !holdsText(k) {
			return size{}
		}
		at.hidden = true
		c.concealed = append(c.concealed, i)
		out.Attr = slices.DeleteFunc(out.Attr, func(a html.Attribute) bool { return a.Key == "hidden" || a.Key == "aria-hidden" || a.Key == "style" })
	}
	to.AppendChild(out)
	c.nodes = append(c.nodes, out)
	c.sizes = append(c.sizes, size{})
	c.note(k, i, names, at)
	s := c.children(k, out, at.within(k))
	if k.Data == "header" && s.prose() == 0 && isBare(out) {
		to.RemoveChild(out) // the name of the publication, and menus
		return size{}
	}
	c.sizes[i] = s
	return s
}

// copyElement returns a copy of k without its children, with its number.
func copyElement(k *html.Node, i int) *html.Node {
	out := &html.Node{Type: html.ElementNode, Data: k.Data, DataAtom: k.DataAtom, Namespace: k.Namespace}
	read := 1
	for j := range k.Attr {
		if isRead(k.Attr[j].Key) {
			read++
		}
	}
	out.Attr = append(make([]html.Attribute, 0, read), html.Attribute{Key: mark, Val: strconv.Itoa(i)})
	for j := range k.Attr {
		if isRead(k.Attr[j].Key) {
			out.Attr = append(out.Attr, k.Attr[j])
		}
	}
	if k.Data == "form" || k.Data == "template" || k.Data == "span" && isBlock(k) {
		out.Data, out.DataAtom = "div", 0
	}
	return out
}

// isRead reports whether an attribute is one that is read: those of scripts are not, and an element has up to twenty.
func isRead(key string) bool {
	switch {
	case strings.HasPrefix(key, "data-"):
		return readData[key]
	case strings.HasPrefix(key, "aria-"):
		return key == "aria-hidden" || key == "aria-modal"
	}
	return !strings.HasPrefix(key, "on") && key != "tabindex" && key != "target"
}

// readData are the attributes for scripts that are read: who speaks a quote, and where pictures are that a script loads.
var readData = map[string]bool{
	"data-attribution": true, "data-author": true, "data-source": true, "data-speaker": true,
	"data-src": true, "data-srcset": true, "data-lazy-src": true, "data-original": true,
}

// note notes element i, the copy of k, if its names speak against it.
func (c *copier) note(k *html.Node, i int, names verdict, at place) {
	switch out := c.nodes[i]; {
	case names == caption && dom.Is(out, "p", "div", "span", "small", "h2", "h3", "h4", "h5", "h6", "em", "cite"):
		c.captions = append(c.captions, out)
	case names == outside, names == foreign, names == slight && !at.quoted && isSetApart(k):
		c.doubtful = append(c.doubtful, doubt{i, names})
	}
}

// isBare reports whether n has neither a headline nor a picture.
func isBare(n *html.Node) bool {
	for c := range n.Descendants() {
		if dom.Is(c, "h1", "h2", "img") {
			return false
		}
	}
	return true
}

// saysSomething reports whether a line in n is a sentence.
func saysSomething(n *html.Node) bool {
	for _, l := range linesOf(n) {
		if l.words >= 8 && l.endsSentence() {
			return true
		}
	}
	return false
}

// isSetApart reports whether k is no part of a paragraph, and does not say who speaks the quote before it.
func isSetApart(k *html.Node) bool {
	before := k.PrevSibling
	for before != nil && before.Type != html.ElementNode {
		before = before.PrevSibling
	}
	if dom.Is(before, "blockquote", "q") {
		return false
	}
	return !dom.IsInline(k.Data) || !dom.Is(k.Parent, "p", "li", "td", "h1", "h2", "h3", "h4", "h5", "h6") && !dom.IsInline(k.Parent.Data)
}

// never reports whether k never belongs to an article.
func never(k *html.Node, at place) bool {
	if dom.IsSilent(k.Data) && k.Data != "math" && k.Data != "template" {
		return true
	}
	switch k.Data {
	case "footer":
		return !at.quoted
	case "input", "link", "meta", "label":
		return true
	}
	switch dom.Attr(k, "role") {
	case "navigation", "menu", "menubar", "search", "dialog", "alertdialog", "contentinfo":
		return true
	}
	return dom.Attr(k, "aria-modal") == "true"
}

// isBlock reports whether k is drawn as a block by its own style.
func isBlock(k *html.Node) bool {
	style := dom.Attr(k, "style")
	return style != "" && len(style) < 1000 && strings.Contains(strings.ReplaceAll(style, " ", ""), "display:block")
}

// settle removes the doubtful elements that do not hold the article.
func (c *copier) settle() {
	c.reveal()
	total := 0
	for k := c.body.FirstChild; k != nil; k = k.NextSibling {
		total += c.size(k).prose()
	}
	for _, d := range c.doubtful {
		n := c.nodes[d.n]
		holds := c.headline != nil && contains(n, c.headline)
		above := c.headline != nil && d.n < index(c.headline)
		switch {
		case d.names == slight && !holds && n.Parent != nil:
			if c.sizes[d.n].text <= fewSlight && !saysSomething(n) {
				c.remove(n)
			}
		case holds, n.Parent == nil, !above && d.names == outside && 3*c.sizes[d.n].prose() > total:
			c.spared = append(c.spared, n)
		default:
			c.remove(n)
		}
	}
}

// remove takes the element n out of the copy.
func (t *tree) remove(n *html.Node) {
	s := t.size(n)
	for p := n.Parent; p != nil; p = p.Parent {
		if i := index(p); i >= 0 {
			t.sizes[i].text -= s.text
			t.sizes[i].link -= s.link
		}
	}
	n.Parent.RemoveChild(n)
}

// size returns the size of n; that of a text is its own.
func (t *tree) size(n *html.Node) size {
	if n.Type == html.TextNode {
		return size{text: len(strings.TrimSpace(n.Data))}
	}
	if i := index(n); i >= 0 {
		return t.sizes[i]
	}
	return size{}
}

// index returns the number of an element of a copy, or of readability's copy of that; -1 if it has none.
func index(n *html.Node) int {
	for i := range n.Attr {
		if n.Attr[i].Key == mark {
			if k, err := strconv.Atoi(n.Attr[i].Val); err == nil {
				return k
			}
		}
	}
	return -1
}

func contains(n, inner *html.Node) bool {
	for ; inner != nil; inner = inner.Parent {
		if inner == n {
			return true
		}
	}
	return false
}
