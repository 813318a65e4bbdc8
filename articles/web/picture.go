package web

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"byline/articles/web/dom"
)

// picture notes the picture of an img element, unless it is a sign beside words, part of the page's
// furniture, or in a figure whose caption stands for it.
func (b *blockReader) picture(n *html.Node) {
	alt, hasAlt := dom.Attr(n, "alt"), false
	for _, a := range n.Attr {
		hasAlt = hasAlt || a.Key == "alt"
	}
	switch {
	case isSmall(n) || dom.Attr(n, "role") == "presentation":
		return
	case hasAlt && strings.TrimSpace(alt) == "" && b.run.Len() > 0:
		return // beside words, and the page says that it adds nothing to them
	case isCaptioned(n):
		return
	}
	address := b.address(n)
	if address == "" && strings.TrimSpace(alt) == "" {
		return
	}
	b.run.Picture(address, alt)
	b.run.pictured = true
}

// isSmall reports whether a page draws an image no larger than a sign.
func isSmall(n *html.Node) bool {
	const sign = 40 // pixels
	for _, key := range []string{"width", "height"} {
		if px, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(dom.Attr(n, key)), "px")); err == nil && px <= sign {
			return true
		}
	}
	return false
}

// isCaptioned reports whether the caption of a figure stands for its one image n.
func isCaptioned(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Data != "figure" {
			continue
		}
		for c := range p.Descendants() {
			if c.Type == html.ElementNode && c.Data == "figcaption" {
				return c.Parent == p && imageOf(p) == n && strings.TrimSpace(dom.Text(c)) != ""
			}
		}
		return false
	}
	return false
}

// imageOf returns the image in n, a figure; nil if it has none or several.
func imageOf(n *html.Node) *html.Node {
	var image *html.Node
	for c := range n.Descendants() {
		if c.Type != html.ElementNode || c.Data != "img" || sourceOf(c) == "" {
			continue
		}
		if image != nil {
			return nil
		}
		image = c
	}
	return image
}

// onDisk is the attribute that keeps where an image of a page that was not fetched is beside it;
// finding the article makes the address absolute.
const onDisk = "byline-src"

// keepRelative notes in the images of a page where they are beside it.
func keepRelative(doc *html.Node) {
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || n.Data != "img" {
			continue
		}
		if src := strings.TrimSpace(dom.Attr(n, "src")); src != "" && !strings.HasPrefix(src, "/") && !strings.Contains(src, ":") {
			n.Attr = append(n.Attr, html.Attribute{Key: onDisk, Val: src})
		}
	}
}

// address returns the address of an image, absolute if that of the page is known.
func (b *blockReader) address(n *html.Node) string {
	at := b.target(sourceOf(n))
	if src := dom.Attr(n, onDisk); src != "" && src != at {
		b.out.Beside(at, src)
	}
	return at
}

// sourceOf returns the address of an image, also of one that a script would load later.
func sourceOf(n *html.Node) string {
	src := strings.TrimSpace(dom.Attr(n, "src"))
	if src != "" && !isStandIn(src) {
		return src
	}
	for _, key := range []string{"data-src", "data-original", "data-lazy-src"} {
		if later := strings.TrimSpace(dom.Attr(n, key)); later != "" {
			return later
		}
	}
	for _, key := range []string{"srcset", "data-srcset"} {
		first, _, _ := strings.Cut(strings.TrimSpace(dom.Attr(n, key)), " ")
		if first = strings.TrimSuffix(first, ","); first != "" && !isStandIn(first) {
			return first
		}
	}
	return ""
}

// isStandIn reports whether an address is a picture of a few pixels, there until a script runs.
func isStandIn(src string) bool {
	const few = 300 // bytes
	return strings.HasPrefix(src, "data:") && len(src) < few
}
