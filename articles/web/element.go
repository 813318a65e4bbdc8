package web

import (
	"strings"

	"golang.org/x/net/html"
)

// isSilent reports whether elements of this name contain no text to read.
func isSilent(name string) bool {
	switch name {
	case "script", "style", "noscript", "template", "iframe", "object", "svg", "math", "button", "select", "textarea", "head", "nav", "audio", "video", "canvas", "title", "dialog", "rp",
		"amp-ad", "amp-analytics", "amp-audio", "amp-auto-ads", "amp-consent", "amp-embed", "amp-geo", "amp-iframe", "amp-list", "amp-pixel",
		"amp-sidebar", "amp-social-share", "amp-state", "amp-sticky-ad", "amp-user-notification", "amp-video":
		return true
	}
	return false
}

// isHidden reports whether the page hides n.
func isHidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			return a.Val == "true"
		case "style":
			s := strings.ReplaceAll(strings.ToLower(a.Val[:min(len(a.Val), 1000)]), " ", "")
			if strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}

// inline reports whether an element of this name belongs inside a block.
func inline(name string) bool {
	switch name {
	case "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd",
		"mark", "q", "ruby", "rt", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "label":
		return true
	}
	return false
}

// attr returns the attribute of n named key, "" if it has none.
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
