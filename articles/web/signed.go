package web

import (
	"strings"

	"golang.org/x/net/html"

	"byline/articles/web/dom"
	"byline/articles/web/meta"
)

// dropDay removes the date at the end of a speaker element, which posts of networks have behind the name: "— Jan Roth (@janroth) Nov 2".
func dropDay(s *html.Node) {
	for range 8 {
		n := s.LastChild
		for n != nil && isBlank(n) {
			n = n.PrevSibling
		}
		switch {
		case n == nil:
			return
		case n.Type == html.TextNode:
			n.Data = withoutDay(n.Data)
			return
		case !meta.IsDate(dom.Text(n)):
			s = n
		case n.PrevSibling == nil:
			return
		default:
			n.Parent.RemoveChild(n)
		}
	}
}

// withoutDay returns s without a date behind a mark at its end.
func withoutDay(s string) string {
	if i := strings.LastIndexAny(s, ")|·•"); i > 0 && meta.IsDate(s[i:]) {
		return s[:i+1]
	}
	for i, mark := range s { // commas are in dates, too
		if mark == ',' && i > 0 && meta.IsDate(s[i:]) {
			return s[:i]
		}
	}
	return s
}
