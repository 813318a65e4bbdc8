package web

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"byline/articles/web/dom"
)

// speaker is the name of the element that holds who speaks a block quote, once that is known.
const speaker = "byline-speaker"

// mostWords is the most words in the attribution of a quote.
const mostWords = 40

// findSpeakers moves who speaks each block quote in root into a speaker element at its end, wherever the page has it: in cite or
// footer, in the caption of the figure around it, in an element that is called author or so, in a last line
// that begins with a dash, as embedded posts have, or in an attribute.
func findSpeakers(root *html.Node) {
	var quotes []*html.Node
	for n := range root.Descendants() {
		if dom.Is(n, "blockquote") {
			quotes = append(quotes, n)
		}
	}
	for _, q := range quotes {
		if at, last := speakerIn(q); at != nil && saysMore(q, at, last) {
			moveSpeaker(q, at, last)
		} else if name := attributed(q); name != "" {
			n := &html.Node{Type: html.TextNode, Data: name}
			q.AppendChild(n)
			moveSpeaker(q, n, n)
		}
	}
}

// saysMore reports whether the block quote q has other text than the siblings from first to last: some pages set all of a quote in
// cite.
func saysMore(q, first, last *html.Node) bool {
	if !contains(q, first) {
		return true
	}
	all, own := len(strings.TrimSpace(dom.Text(q))), 0
	for n := first; n != nil; n = n.NextSibling {
		own += len(textOf(n))
		if n == last {
			break
		}
	}
	return all > own
}

func contains(n, inner *html.Node) bool {
	for ; inner != nil && inner != n; inner = inner.Parent {
	}
	return inner == n
}

// speakerIn returns the first and the last of the siblings that say who speaks the block quote q, nil if none do.
func speakerIn(q *html.Node) (first, last *html.Node) {
	for n := q.LastChild; n != nil; n = n.PrevSibling {
		if dom.Is(n, "footer", "cite", "figcaption") || isNamedSpeaker(n) {
			return n, n
		}
		if dom.Is(n, "blockquote") {
			break
		}
	}
	for n := range q.Descendants() {
		if n.Parent != q && (dom.Is(n, "footer") || isNamedSpeaker(n)) && !within(n, q, "blockquote") {
			return n, n
		}
	}
	if first, last = signature(q); first != nil {
		return first, last
	}
	if n := beside(q); n != nil {
		return n, n
	}
	return nil, nil
}

// within reports whether an element called name lies between n and q.
func within(n, q *html.Node, name string) bool {
	for n = n.Parent; n != nil && n != q; n = n.Parent {
		if dom.Is(n, name) {
			return true
		}
	}
	return false
}

// signature returns the end of the block quote q that is a signature: its last line, if that begins with a dash, or a cite
// that ends its last paragraph.
func signature(q *html.Node) (first, last *html.Node) {
	last = lastInline(q)
	for n := last; n != nil && isInline(n); n = n.PrevSibling {
		dashed := isDashed(textOf(n)) && !(n == last && isSentence(textOf(n))) // a line of a dialogue begins with a dash, too
		cited := n == last && dom.Is(n, "cite") && endsSentence(n.PrevSibling)
		if (dashed || cited) && isShort(n, last) {
			return n, last
		}
	}
	return nil, nil
}

// lastInline returns the last text or inline element in n, nil if what n ends with is empty.
func lastInline(n *html.Node) *html.Node {
	for {
		end := n.LastChild
		for end != nil && isBlank(end) {
			end = end.PrevSibling
		}
		if end == nil || isInline(end) {
			return end
		}
		n = end
	}
}

func isInline(n *html.Node) bool { return n.Type == html.TextNode || dom.IsInline(n.Data) }

// beside returns the element next to the block quote q that says who speaks it: the caption of a figure with no picture, or what is
// called so in an element that holds nothing else.
func beside(q *html.Node) *html.Node {
	around := q.Parent
	if around == nil {
		return nil
	}
	if dom.Is(around, "figure") && dom.First(around, "img") == nil {
		if n := dom.First(around, "figcaption"); n != nil && isShort(n, n) {
			return n
		}
	}
	n := q.NextSibling
	for n != nil && isBlank(n) {
		n = n.NextSibling
	}
	if n != nil && (dom.Is(n, "cite") || isNamedSpeaker(n)) && strings.Contains(strings.ToLower(dom.Attr(around, "class")), "quote") {
		return n
	}
	return nil
}

// isNamedSpeaker reports whether n is called the author of a quote, and is short enough for one.
func isNamedSpeaker(n *html.Node) bool {
	if n.Type != html.ElementNode || dom.Is(n, "blockquote", "a", "time") {
		return false
	}
	names := strings.ToLower(dom.Attr(n, "class") + " " + dom.Attr(n, "itemprop"))
	if names == " " {
		return false
	}
	for _, name := range [...]string{"author", "attribution", "speaker", "quotee", "citation", "quote-source", "quote__source", "quote-name", "quote__name", "quote-cite", "quote__cite", "signature", "byline"} {
		if strings.Contains(names, name) {
			return isShort(n, n)
		}
	}
	return false
}

// attributed returns who speaks the block quote q by its own attribute.
func attributed(q *html.Node) string {
	for _, key := range [...]string{"data-attribution", "data-author", "data-speaker", "data-source"} {
		if s := strings.TrimSpace(dom.Attr(q, key)); s != "" && len(strings.Fields(s)) <= mostWords && !strings.Contains(s, "://") {
			return s
		}
	}
	return ""
}

// moveSpeaker moves the siblings from first to last into a speaker element at the end of the block quote q.
func moveSpeaker(q, first, last *html.Node) {
	s := &html.Node{Type: html.ElementNode, Data: speaker}
	for n := first; n != nil; {
		next := n.NextSibling
		if n.Data == "figcaption" {
			n.Data = "div"
		}
		n.Parent.RemoveChild(n)
		s.AppendChild(n)
		if n == last {
			break
		}
		n = next
	}
	dropDay(s)
	q.AppendChild(s)
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	return dom.Text(n)
}

func isBlank(n *html.Node) bool {
	return n.Type == html.CommentNode || dom.Is(n, "br", "script") || strings.TrimSpace(textOf(n)) == ""
}

// isDashed reports whether s begins with a dash, as a signature does.
func isDashed(s string) bool {
	r, n := utf8.DecodeRuneInString(strings.TrimSpace(s))
	switch r {
	case '—', '–', '―':
		return true
	case '-', '~':
		rest := strings.TrimSpace(s)[n:]
		return strings.HasPrefix(rest, " ") || strings.HasPrefix(rest, "-")
	}
	return false
}

// isShort reports whether the siblings from first to last have at most as many words as an attribution.
func isShort(first, last *html.Node) bool {
	words := 0
	for n := first; n != nil; n = n.NextSibling {
		words += len(strings.Fields(textOf(n)))
		if n == last {
			break
		}
	}
	return words > 0 && words <= mostWords
}

// endsSentence reports whether the text in n, before a cite, is a whole sentence or nothing.
func endsSentence(n *html.Node) bool {
	if n == nil {
		return true
	}
	return dom.Is(n, "br") || strings.TrimSpace(textOf(n)) == "" || isSentence(textOf(n))
}

// isSentence reports whether s ends as a sentence does.
func isSentence(s string) bool {
	s = strings.TrimRight(s, " \t\n\r»”\"’)")
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "…")
}
