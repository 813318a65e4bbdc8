package meta

import (
	"strings"

	"golang.org/x/net/html"
)

// text returns the words of n; elements that touch are on lines of their own.
func text(n *html.Node) string {
	var t lineText
	t.node(n, 0)
	return t.b.String()
}

// A lineText writes the text of elements: a line end between blocks, links, times and whatever
// would be glued together, a blank where the page has one.
type lineText struct {
	b     strings.Builder
	blank bool
	line  bool
	edge  bool // an element began or ended since the last word
	bare  bool // without kickers
}

func (t *lineText) node(n *html.Node, depth int) {
	if n.Type == html.TextNode {
		t.words(n.Data)
	}
	if n.Type != html.ElementNode || depth > 40 || t.b.Len() > 4<<10 || t.leavesOut(n, depth) {
		return
	}
	own := n.Data == "br" || n.Data == "time" || !phrase(n.Data)
	t.line, t.edge = t.line || own, true
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		t.node(c, depth+1)
	}
	t.line, t.edge = t.line || own, true
}

// leavesOut reports whether the text of n is not read.
func (t *lineText) leavesOut(n *html.Node, depth int) bool {
	switch n.Data {
	case "script", "style", "template", "noscript", "svg", "button", "select", "img", "iframe":
		return true
	}
	if depth == 0 {
		return false
	}
	is := classesOf(n)
	return is&unseen != 0 || t.bare && (n.Data == "small" || is&kicker != 0)
}

func (t *lineText) words(s string) {
	for i, w := range strings.Fields(s) {
		if i > 0 || s[0] <= ' ' {
			t.blank = true
		}
		switch {
		case t.b.Len() == 0:
		case t.line, t.edge && !t.blank && gluing(t.b.String(), w):
			t.b.WriteByte('\n')
		case t.blank:
			t.b.WriteByte(' ')
		}
		t.b.WriteString(w)
		t.blank, t.line, t.edge = false, false, false
	}
	if s != "" && s[len(s)-1] <= ' ' {
		t.blank = true
	}
}

// gluing reports whether two elements' words would make one word.
func gluing(before, after string) bool {
	last, first := before[len(before)-1], after[0]
	word := func(b byte) bool { return b >= 0x80 || b >= '0' && b <= '9' || letter(b|0x20) }
	return word(last) && word(first)
}
