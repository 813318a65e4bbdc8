package extract

import (
	"strings"

	"golang.org/x/net/html"

	"byline/articles/web/dom"
)

// Pages hide paragraphs of an article behind a button that says "read more", or all of it until a script has run or
// a notice is closed. They hide other things as well: the same text for another width of the screen, notices, forms.

// fewVisible is less text, in bytes outside links, than a page has whose article can be seen.
const fewVisible = 200

// holdsText reports whether the hidden element n holds paragraphs, and not what only programs that read aloud are to find.
func holdsText(n *html.Node) bool {
	if dom.IsSpoken(dom.Attr(n, "class")) || dom.IsInline(n.Data) {
		return false
	}
	long, paragraphs := 0, 0
	for c := range n.Descendants() {
		if c.Type == html.TextNode && len(c.Data) > 60 && !dom.Is(c.Parent, "script", "style", "a", "noscript", "textarea") {
			long += len(c.Data)
			paragraphs++
		}
	}
	return long > fewVisible || n.Data == "p" && paragraphs > 0
}

// reveal removes the hidden elements but those that go on with paragraphs that are seen.
func (c *copier) reveal() {
	for _, i := range c.concealed {
		if n := c.nodes[i]; !c.all && !c.goesOn(n) {
			c.remove(n)
		}
	}
}

// goesOn reports whether the hidden element n stands behind paragraphs that are seen, in the same element, and says something else.
func (c *copier) goesOn(n *html.Node) bool {
	prose, seen := 0, ""
	for k := n.PrevSibling; k != nil && prose < 2000; k = k.PrevSibling {
		if dom.Is(k, "p") && c.size(k).linked() < 0.5 {
			prose += c.size(k).prose()
			seen = squeezed(dom.Text(k)) + seen
		}
	}
	if prose < 80 {
		return false
	}
	for _, l := range linesOf(n) {
		if l.isProse() {
			return !strings.Contains(seen, squeezed(l.text[:min(len(l.text), 60)]))
		}
	}
	return false
}
