package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"byline/articles/web/dom"
)

// A line is a run of text that stands by itself: a paragraph, a heading, a list item, what is
// between two line breaks.
type line struct {
	nodes   []*html.Node // siblings
	in      *html.Node   // the element around them
	text    string
	linked  int // bytes inside links
	words   int
	heading bool
	caption bool
	quoted  bool
	code    bool
}

// linesOf returns the lines in root, in order.
func linesOf(root *html.Node) []line {
	var c lineCollector
	c.children(root, line{in: root}, 0)
	return c.lines
}

// linesUntil returns the lines in root before the first that is the last.
func linesUntil(root *html.Node, last func(*line) bool) (before []line, found bool) {
	c := lineCollector{last: last}
	c.children(root, line{in: root}, 0)
	return c.lines, c.done
}

// A lineCollector collects lines until one is the last.
type lineCollector struct {
	lines []line
	last  func(*line) bool
	done  bool
}

// children collects the lines in n; at is what holds for all of them.
func (c *lineCollector) children(n *html.Node, at line, depth int) {
	if depth > deepest {
		return
	}
	at.in, at.nodes = n, nil
	switch n.Data {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		at.heading = true
	case "figcaption", "caption":
		at.caption = true
	case "blockquote":
		at.quoted = true
	case "pre":
		at.code = true
	case "table":
		at.code = !laysOut(n)
	}
	for k := n.FirstChild; k != nil && !c.done; k = k.NextSibling {
		if k.Type == html.TextNode || k.Type == html.ElementNode && dom.IsInline(k.Data) && !holdsBlock(k, 0) {
			at.nodes = append(at.nodes, k)
			continue
		}
		c.end(&at)
		if k.Type == html.ElementNode && k.Data != "br" {
			c.children(k, at, depth+1)
		}
	}
	c.end(&at)
}

// manyInCell is more text, in bytes, than a cell has of a table that is no layout.
const manyInCell = 400

// laysOut reports whether the table n lays out a page rather than facts: a cell of it holds paragraphs.
func laysOut(n *html.Node) bool {
	for c := range n.Descendants() {
		if dom.Is(c, "td") && holdsMore(c, manyInCell) {
			return true
		}
	}
	return false
}

// holdsMore reports whether n has more than some bytes of text.
func holdsMore(n *html.Node, most int) bool {
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			if most -= len(strings.TrimSpace(c.Data)); most < 0 {
				return true
			}
		}
	}
	return false
}

// holdsBlock reports whether the inline element n has a block in it, as pages do that link whole paragraphs.
func holdsBlock(n *html.Node, depth int) bool {
	if depth > 8 {
		return false
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.Type == html.ElementNode && (!dom.IsInline(k.Data) || holdsBlock(k, depth+1)) {
			return true
		}
	}
	return false
}

// end ends a line.
func (c *lineCollector) end(at *line) {
	l := *at
	at.nodes = nil
	for _, n := range l.nodes {
		l.linked += linkedIn(n, 0)
	}
	if l.text, l.words = wordsIn(l.nodes); l.words == 0 {
		return
	}
	if c.done = c.done || c.last != nil && c.last(&l); c.done {
		return
	}
	c.lines = append(c.lines, l)
}

// wordsIn returns the text of siblings with one blank between words, and how many words it has.
func wordsIn(nodes []*html.Node) (string, int) {
	s := ""
	switch len(nodes) {
	case 0:
		return "", 0
	case 1:
		s = textIn(nodes[0])
	default:
		var b strings.Builder
		for _, n := range nodes {
			b.WriteString(textIn(n))
		}
		s = b.String()
	}
	s = strings.TrimSpace(s)
	if n := spaced(s); n > 0 {
		return s, n
	}
	fields := strings.Fields(s)
	return strings.Join(fields, " "), len(fields)
}

// spaced returns how many words s has if it is ASCII with nothing but single blanks between them, else 0.
func spaced(s string) int {
	n := 1
	for i := range len(s) {
		switch c := s[i]; {
		case c > ' ' && c < utf8.RuneSelf:
		case c == ' ' && s[i-1] != ' ':
			n++
		default:
			return 0
		}
	}
	if s == "" {
		return 0
	}
	return n
}

func textIn(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	return dom.Text(n)
}

// linkedIn returns how much text in n is inside links.
func linkedIn(n *html.Node, depth int) int {
	if n.Type != html.ElementNode || depth > deepest {
		return 0
	}
	if n.Data == "a" && dom.Attr(n, "href") != "" {
		return len(strings.TrimSpace(dom.Text(n)))
	}
	sum := 0
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		sum += linkedIn(k, depth+1)
	}
	return sum
}

// inLink reports whether the line lies in a link or is one.
func (l *line) inLink() bool {
	if 10*l.linked >= 8*len(l.text) {
		return true
	}
	for n := l.in; n != nil && dom.IsInline(n.Data); n = n.Parent {
		if n.Data == "a" {
			return true
		}
	}
	return false
}

// remove takes the line out of the page, and the elements that are empty without it.
func (l *line) remove() {
	for _, n := range l.nodes {
		if n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
	for n := l.in; n != nil && n.Parent != nil && isEmpty(n); {
		p := n.Parent
		p.RemoveChild(n)
		n = p
	}
}

func isEmpty(n *html.Node) bool {
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.Type == html.ElementNode && k.Data != "br" || strings.TrimSpace(k.Data) != "" && k.Type == html.TextNode {
			return false
		}
	}
	return true
}

// isProse reports whether l is a paragraph of a text.
func (l *line) isProse() bool {
	return l.words >= 20 && !l.heading && !l.caption && 3*l.linked < 2*len(l.text)
}

// sectionEnd returns the line after the last that belongs to the section that line i heads: those up to the next
// heading or paragraph of the text. It is i if the section holds too much of all words.
func sectionEnd(all []line, i, total int) int {
	words := 0
	j := i + 1
	for ; j < len(all) && !all[j].heading && !(all[j].isProse() && !all[j].inLink()); j++ {
		words += all[j].words
	}
	if 3*words > total {
		return i + 1
	}
	return j
}
