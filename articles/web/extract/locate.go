package extract

import (
	"log/slog"
	"net/url"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
)

// A choice is which elements of a tree hold the text, by their numbers.
type choice struct {
	own []bool // it was chosen, with the text directly in it
	has []bool // it, or something in it, was chosen
	n   int
}

// locate asks readability.
func (t *tree) locate(base *url.URL) choice {
	c := choice{own: make([]bool, len(t.nodes)), has: make([]bool, len(t.nodes))}
	p := readability.NewParser()
	p.KeepClasses = true
	p.DisableJSONLD = true
	p.Logger = slog.New(slog.DiscardHandler) // its own writes each line before it throws it away
	found, err := p.ParseDocument(t.doc, base)
	if err != nil || found.Node == nil {
		return c
	}
	for n := range found.Node.Descendants() {
		if n.Type == html.ElementNode {
			c.choose(t, index(n))
		}
	}
	c.choose(t, index(found.Node))
	return c
}

// choose adds element i.
func (c *choice) choose(t *tree, i int) {
	if i < 0 || i >= len(c.own) || c.own[i] {
		return
	}
	c.own[i] = true
	c.n++
	for n := t.nodes[i]; n != nil; n = n.Parent {
		k := index(n)
		if k < 0 || c.has[k] {
			return
		}
		c.has[k] = true
	}
}

// cover returns the smallest element that holds all chosen ones, nil if none is.
func (c *choice) cover(t *tree) *html.Node {
	n := t.body
	if c.n == 0 {
		return nil
	}
	for {
		var only *html.Node
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			if i := index(k); i >= 0 && c.has[i] {
				if only != nil {
					return n
				}
				only = k
			}
		}
		i := index(n)
		if only == nil || i >= 0 && c.own[i] {
			return n
		}
		n = only
	}
}

// settleSpared removes the elements whose names are against them and that readability did not choose either.
func (t *tree) settleSpared(kept choice) {
	for _, n := range t.spared {
		if kept.n > 0 && n.Parent != nil && !kept.has[index(n)] && (t.headline == nil || !contains(n, t.headline)) {
			t.remove(n)
		}
	}
}
