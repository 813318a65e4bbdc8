// Package dom asks the elements of a page, as golang.org/x/net/html parses it, what they are: an
// attribute, the text in them, whether anybody sees them. The packages that read pages share it.
package dom

import (
	"strings"

	"golang.org/x/net/html"
)

// Attr returns the attribute of n named key, "" if it has none.
func Attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

// Is reports whether n is an element with one of these names.
func Is(n *html.Node, names ...string) bool {
	if n == nil || n.Type != html.ElementNode {
		return false
	}
	for _, name := range names {
		if n.Data == name {
			return true
		}
	}
	return false
}

// First returns the first element called name in n, nil if there is none.
func First(n *html.Node, name string) *html.Node {
	for c := range n.Descendants() {
		if Is(c, name) {
			return c
		}
	}
	return nil
}

// Text returns all text in n, with line ends for br elements.
func Text(n *html.Node) string {
	var s strings.Builder
	for c := range n.Descendants() {
		switch {
		case c.Type == html.TextNode:
			s.WriteString(c.Data)
		case Is(c, "br"):
			s.WriteByte('\n')
		}
	}
	return s.String()
}

// IsSilent reports whether elements of this name contain no text to read.
func IsSilent(name string) bool {
	switch name {
	case "script", "style", "noscript", "template", "iframe", "object", "svg", "math", "button", "select", "textarea", "head", "nav", "audio", "video", "canvas", "title", "dialog", "rp",
		"amp-ad", "amp-analytics", "amp-audio", "amp-auto-ads", "amp-consent", "amp-embed", "amp-geo", "amp-iframe", "amp-list", "amp-pixel",
		"amp-sidebar", "amp-social-share", "amp-state", "amp-sticky-ad", "amp-user-notification", "amp-video":
		return true
	}
	return false
}

// IsHidden reports whether the page hides n.
func IsHidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			return a.Val == "true"
		case "class":
			if IsSpoken(a.Val) {
				return true
			}
		case "style":
			s := strings.ReplaceAll(strings.ToLower(a.Val[:min(len(a.Val), 1000)]), " ", "")
			if strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}

// IsSpoken reports whether a class is of text that only programs which read aloud are to find.
func IsSpoken(class string) bool {
	for name := range strings.FieldsSeq(class[:min(len(class), 1000)]) {
		switch name {
		case "sr-only", "screen-reader-text", "screen-reader-only", "screenreader-only", "visually-hidden", "visuallyhidden", "u-visually-hidden", "is-visually-hidden", "a11y-hidden", "element-invisible", "offscreen", "off-screen":
			return true
		}
	}
	return false
}

// IsInline reports whether an element of this name belongs inside a block.
func IsInline(name string) bool {
	switch name {
	case "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd",
		"mark", "math", "nobr", "q", "ruby", "rb", "rt", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "label":
		return true
	}
	return strings.HasPrefix(name, "mjx-") // of MathJax
}
