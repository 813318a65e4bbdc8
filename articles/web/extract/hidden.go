package extract

import (
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"byline/articles/web/dom"
)

// fewBytes is less text than an article has of which nothing is missing.
const fewBytes = 600

// elsewhere returns the text that the page keeps where no tree has it: in its data for search engines, in a template
// that a script would fill in, or in what is for readers without scripts. It is nil if there is none, or
// no more than half as long again as the text that was found, of n bytes.
func elsewhere(doc *html.Node, n int) *html.Node {
	var best *html.Node
	for c := range doc.Descendants() {
		if c.Type != html.ElementNode || c.FirstChild == nil {
			continue
		}
		raw := c.FirstChild.Data
		if 2*len(raw) < 3*n {
			continue
		}
		var found *html.Node
		switch {
		case c.Data == "script" && dom.Attr(c, "type") == "application/ld+json":
			found = fromData(raw)
		case n > fewBytes:
		case c.Data == "noscript", c.Data == "script" && strings.Contains(dom.Attr(c, "type"), "template"):
			found = fragment(raw)
		}
		if found != nil {
			if k := lettersIn(found); 2*k > 3*n && k > fewBytes/4 {
				best, n = found, k
			}
		}
	}
	return best
}

// lettersIn returns how much text n has, in lines that read like prose.
func lettersIn(n *html.Node) int {
	sum := 0
	for _, l := range linesOf(n) {
		if l.isProse() {
			sum += len(l.text)
		}
	}
	return sum
}

// fromData returns the longest articleBody in JSON-LD, nil if there is none.
func fromData(raw string) *html.Node {
	if !strings.Contains(raw, `"articleBody"`) {
		return nil
	}
	var v any
	if json.Unmarshal([]byte(raw), &v) != nil {
		return nil
	}
	body := articleBody(v, 0)
	if body == "" {
		return nil
	}
	if strings.Contains(body, "<p") || strings.Contains(body, "<br") {
		return fragment(body)
	}
	out := &html.Node{Type: html.ElementNode, Data: "div"}
	for s := range strings.Lines(html.UnescapeString(body)) {
		p := &html.Node{Type: html.ElementNode, Data: "p"}
		p.AppendChild(&html.Node{Type: html.TextNode, Data: s})
		out.AppendChild(p)
	}
	return out
}

// articleBody returns the longest articleBody in v.
func articleBody(v any, depth int) string {
	best := ""
	if depth > 20 {
		return best
	}
	longer := func(s string) {
		if len(s) > len(best) {
			best = s
		}
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			longer(articleBody(e, depth+1))
		}
	case map[string]any:
		if s, ok := v["articleBody"].(string); ok {
			longer(s)
		}
		for _, e := range v {
			longer(articleBody(e, depth+1))
		}
	}
	return best
}

// fragment parses markup that stands in an element of a page, without what never belongs.
func fragment(raw string) *html.Node {
	at := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	nodes, err := html.ParseFragment(strings.NewReader(raw), at)
	if err != nil {
		return nil
	}
	page := &html.Node{Type: html.ElementNode, Data: "body"}
	for _, n := range nodes {
		page.AppendChild(n)
	}
	return copyPage(page, "", false).body
}
