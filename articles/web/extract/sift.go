package extract

import (
	"golang.org/x/net/html"

	"byline/articles/web/dom"
)

// A sifter takes from a region what does not belong.
type sifter struct {
	*tree
	kept choice
}

// sift returns the article in region.
func (t *tree) sift(region *html.Node, kept choice) *html.Node {
	s := sifter{tree: t, kept: kept}
	s.nameCaptions()
	s.dropMenus(region)
	s.dropCards(region)
	s.dropPulled(region)
	lead := s.lead(region)
	s.children(region)
	body := &html.Node{Type: html.ElementNode, Data: "div"}
	for _, n := range lead {
		move(n, body)
	}
	move(region, body)
	return body
}

func move(n, to *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
	to.AppendChild(n)
}

// nameCaptions makes figcaption elements of those that are captions by their names. Readability, which
// counts elements by what they are called, has been asked before.
func (s *sifter) nameCaptions() {
	for _, n := range s.captions {
		if dom.First(n, "img") == nil && dom.First(n, "p") == nil {
			n.Data, n.DataAtom = "figcaption", 0
		}
	}
}

// children removes the children of n that do not belong.
func (s *sifter) children(n *html.Node) {
	i := index(n)
	own := i < 0 || s.kept.own[i]
	for k := n.FirstChild; k != nil; {
		next := k.NextSibling
		switch k.Type {
		case html.ElementNode:
			if s.belongs(k) {
				s.children(k)
			} else if !s.worth(k, own) {
				n.RemoveChild(k)
			}
		}
		k = next
	}
}

// belongs reports whether the element k, or something in it, was chosen.
func (s *sifter) belongs(k *html.Node) bool {
	i := index(k)
	return i >= 0 && s.kept.has[i]
}

// fewInRow is less text than a row has that lays out a page.
const fewInRow = 400

// worth reports whether the element k, which was not chosen, reads like part of the text; own says that the
// element around it was chosen.
func (s *sifter) worth(k *html.Node, own bool) bool {
	if dom.IsInline(k.Data) || dom.Is(k, "br", "hr") {
		return true
	}
	z := s.size(k)
	if z.text == 0 {
		return false
	}
	if most, ok := s.mostLinked(k, own); ok && z.linked() < most {
		return true
	}
	if s.isCell(k) || own && (k.Data == "p" || z.text > 40) && isSaid(k) {
		return true
	}
	return z.linked() < 0.3 && z.text > 80 && readsLikeProse(k) || s.isMore(k, z)
}

// isCell reports whether k is a cell of a row that belongs, and holds little.
func (s *sifter) isCell(k *html.Node) bool {
	return dom.Is(k, "td", "th") && s.belongs(k.Parent) && s.size(k.Parent).text < fewInRow
}

// isMore reports whether k, of size z, is short and belongs: as a pull quote whose words stand nowhere else, or by those beside it.
func (s *sifter) isMore(k *html.Node, z size) bool {
	few := z.linked() < 0.3
	return few && isPulled(k) || (few || saysAll(k)) && s.isKin(k)
}

// isKin reports whether the element k, which holds a sentence, is one of several of its kind beside it that hold the text, however short:
// an entry of a live blog, an answer.
func (s *sifter) isKin(k *html.Node) bool {
	if !dom.Is(k, "div", "article", "section", "li", "dd", "dt", "tr", "td") || !saysShortly(k) {
		return false
	}
	class := dom.Attr(k, "class")
	kin, listed := 0, dom.Is(k, "article", "li", "dd", "dt", "tr", "td")
	if class == "" && !listed {
		return false
	}
	for _, at := range []func(*html.Node) *html.Node{previous, next} {
		n := k
		for range 4 { // others of another kind may stand between
			if n = at(n); n == nil {
				break
			}
			if n.Data == k.Data && dom.Attr(n, "class") == class && s.belongs(n) && s.size(n).linked() < 0.3 {
				kin++
				break
			}
		}
	}
	return kin > 0
}

func previous(n *html.Node) *html.Node {
	for n = n.PrevSibling; n != nil && n.Type != html.ElementNode; n = n.PrevSibling {
	}
	return n
}

func next(n *html.Node) *html.Node {
	for n = n.NextSibling; n != nil && n.Type != html.ElementNode; n = n.NextSibling {
	}
	return n
}

// saysAll reports whether all lines in n but headings end as sentences do, and none is all a link but one of several.
func saysAll(n *html.Node) bool {
	linked, all := 0, 0
	for _, l := range linesOf(n) {
		switch {
		case l.heading:
		case !l.endsSentence() || l.words < 3:
			return false
		default:
			if all++; l.inLink() {
				linked++
			}
		}
	}
	return all > 0 && 2*linked <= all
}

// saysShortly reports whether a line in n ends as a sentence does.
func saysShortly(n *html.Node) bool {
	for _, l := range linesOf(n) {
		if !l.heading && l.words > 1 && l.endsSentence() {
			return true
		}
	}
	return false
}

// mostLinked returns the share of links below which k is worth keeping by what it is; false if that does not decide.
func (s *sifter) mostLinked(k *html.Node, own bool) (float64, bool) {
	switch k.Data {
	case "blockquote", "pre", "math":
		return 0.9, true
	case "p", "figcaption":
		return 0.5, true
	case "ul", "ol", "dl":
		if own && dom.Is(k.Parent, "li", "dd") {
			return 0.9, true
		}
	}
	if own && isLeaf(k) {
		return 0.5, true
	}
	quote := dom.First(k, "blockquote")
	return 0.9, quote != nil && 2*s.size(quote).text > s.size(k).text
}

// isSaid reports whether all that n holds is whole sentences, so that it is no list of headlines even where all of it is linked.
func isSaid(n *html.Node) bool {
	all := linesOf(n)
	for i := range all {
		if l := &all[i]; l.words < 8 || l.heading || !l.endsSentence() {
			return false
		}
	}
	return len(all) > 0 && len(all) < 4
}

// isLeaf reports whether no block is in n.
func isLeaf(n *html.Node) bool {
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.Type == html.ElementNode && k.Data != "br" && (!dom.IsInline(k.Data) || holdsBlock(k, 0)) {
			return false
		}
	}
	return true
}

// readsLikeProse reports whether most of the text in n is in whole paragraphs.
func readsLikeProse(n *html.Node) bool {
	paragraphs, all := 0, 0
	for _, l := range linesOf(n) {
		all += l.words
		if l.isProse() || l.quoted {
			paragraphs += l.words
		}
	}
	return 10*paragraphs > 6*all
}
