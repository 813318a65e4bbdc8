package extract

import (
	"strings"

	"golang.org/x/net/html"

	"byline/articles/web/dom"
)

// fewestCards is how many elements of one shape in a row are a list of other stories.
const fewestCards = 3

// dropCards removes the lists of other stories from region: elements of one shape in a row, each short, with a
// heading that is a link.
func (t *tree) dropCards(region *html.Node) {
	if t.headline == nil { // a page of other stories is no article
		return
	}
	total := t.size(region).prose()
	for n := range region.Descendants() {
		if n.Type != html.ElementNode || n.Parent == nil {
			continue
		}
		if dom.Is(n, "ul", "ol") && t.isIndex(n, region) {
			t.remove(n)
			continue
		}
		if cards := t.cardsIn(n); len(cards) >= fewestCards {
			sum := 0
			for _, k := range cards {
				sum += t.size(k).prose()
			}
			if 2*sum > total {
				continue
			}
			for _, k := range cards {
				t.remove(k)
			}
		}
	}
}

// cardsIn returns the children of n that present other stories and have one shape.
func (t *tree) cardsIn(n *html.Node) []*html.Node {
	var cards []*html.Node
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if !dom.Is(k, "li", "div", "article", "section", "a") || len(cards) > 0 && k.Data != cards[0].Data {
			continue
		}
		if t.isCard(k) {
			cards = append(cards, k)
		}
	}
	return cards
}

// isIndex reports whether the list n holds nothing but links, and is only a small part of region. A list within a list
// belongs to its item, and one after a colon to what announces it.
func (t *tree) isIndex(n, region *html.Node) bool {
	z := t.size(n)
	if z.text == 0 || z.linked() <= 0.9 || 4*z.text >= t.size(region).text || dom.Is(n.Parent, "li") || t.inCell(n) {
		return false
	}
	before := n.PrevSibling
	for before != nil && strings.TrimSpace(textIn(before)) == "" {
		before = before.PrevSibling
	}
	return !dom.Is(before, "p") || !strings.HasSuffix(strings.TrimSpace(dom.Text(before)), ":")
}

// dropMenus removes from region the cells of nothing but links beside one that holds the text, as tables that lay out a page have.
func (t *tree) dropMenus(region *html.Node) {
	for n := range region.Descendants() {
		if dom.Is(n, "td") && n.Parent != nil && t.size(n).linked() > 0.9 && t.size(n.Parent).prose() > manyInCell {
			t.remove(n)
		}
	}
}

// inCell reports whether n is in a cell of a row that holds little, as those of a table of facts do.
func (t *tree) inCell(n *html.Node) bool {
	for range 3 {
		if n = n.Parent; n == nil {
			return false
		}
		if dom.Is(n, "td", "th", "dd") {
			return t.size(n.Parent).text < fewInRow || n.Data == "dd"
		}
	}
	return false
}

// isCard reports whether n presents another story.
func (t *tree) isCard(n *html.Node) bool {
	const most = 300 // elements of a card
	z := t.size(n)
	if z.text == 0 || z.text > 500 || z.link == 0 {
		return false
	}
	seen := 0
	for c := range n.Descendants() {
		if seen++; seen > most {
			return false
		}
		if !dom.Is(c, "h2", "h3", "h4", "h5", "h6") {
			continue
		}
		h := t.size(c)
		return h.text > 0 && h.linked() > 0.8 && (t.headline == nil || c != t.headline)
	}
	return false
}
