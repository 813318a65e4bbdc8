package extract

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// How many words a pull quote has that is looked for in the text, and how many of them are looked for.
const (
	fewestPulled = 3
	mostPulled   = 40
)

// isPulled reports whether n is called a pull quote: words of the text, set once more in large letters.
func isPulled(n *html.Node) bool {
	for i := range n.Attr {
		if a := &n.Attr[i]; a.Key == "class" || a.Key == "id" {
			if s := strings.ToLower(a.Val); strings.Contains(a.Val, "ull") && (strings.Contains(s, "pullquote") || strings.Contains(s, "pull-quote") || strings.Contains(s, "pull_quote") || strings.Contains(s, "pulled-quote")) {
				return true
			}
		}
	}
	return false
}

// dropPulled removes the pull quotes in region whose words stand elsewhere in it. One that stands only there is text.
func (t *tree) dropPulled(region *html.Node) {
	var pulled []*html.Node
	for n := range region.Descendants() {
		if n.Type == html.ElementNode && len(pulled) < mostPulled && isPulled(n) && (len(pulled) == 0 || !contains(pulled[len(pulled)-1], n)) {
			pulled = append(pulled, n)
		}
	}
	if len(pulled) == 0 {
		return
	}
	var rest strings.Builder
	longest := make([]string, len(pulled)) // line of each
	for _, l := range linesOf(region) {
		i := slices.IndexFunc(pulled, func(n *html.Node) bool { return contains(n, l.in) })
		switch {
		case i < 0:
			rest.WriteString(squeezed(l.text))
		case len(l.text) > len(longest[i]):
			longest[i] = l.text
		}
	}
	for i, n := range pulled {
		if isIn(rest.String(), longest[i]) {
			t.remove(n)
		}
	}
}

// isIn reports whether a pull quote stands in a text, given as [squeezed] has it; words that were left out may stand between.
func isIn(text, quote string) bool {
	if len(strings.Fields(quote)) < fewestPulled {
		return false
	}
	for part := range strings.SplitSeq(strings.ReplaceAll(quote, "...", "…"), "…") {
		if !strings.Contains(text, squeezed(part)) {
			return false
		}
	}
	return true
}
