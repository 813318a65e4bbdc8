package extract

import (
	"strings"

	"golang.org/x/net/html"

	"byline/articles/web/dom"
)

// findHeadline sets the headline: the h1 or h2 that shares most words with the page's title; without such, the only h1.
func (t *tree) findHeadline() {
	title := wordSet(t.title)
	var ones []*html.Node
	best := 0
	for _, n := range t.nodes {
		if !dom.Is(n, "h1", "h2") {
			continue
		}
		text := dom.Text(n)
		if n.Data == "h1" && strings.TrimSpace(text) != "" {
			ones = append(ones, n)
		}
		if same := shared(wordSet(text), title); same > best || same > 0 && same == best && n.Data == "h1" && t.headline.Data != "h1" {
			t.headline, best = n, same
		}
	}
	if t.headline == nil && len(ones) == 1 {
		t.headline = ones[0]
	}
}

// shared returns how many words of a are in b, 0 if they are no more than half of a, or one.
func shared(a, b map[string]bool) int {
	n := 0
	for w := range a {
		if b[w] {
			n++
		}
	}
	if len(a) < 2 || 2*n <= len(a) {
		return 0
	}
	return n
}

// wordSet returns the words of s in lower case.
func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(s[:min(len(s), 1000)]), func(r rune) bool { return !isWord(r) }) {
		set[w] = true
	}
	return set
}

// How much a lead may have.
const (
	leadLines    = 8
	leadWords    = 140
	leadDistance = 40 // in lines, from the headline to the text
)

// lead returns the headline and the lead that stand before the text in region, with what is between them left out.
func (s *sifter) lead(region *html.Node) (out []*html.Node) {
	all, found := linesUntil(s.body, func(l *line) bool {
		return contains(region, l.in) && s.inKept(l) && l.isProse()
	})
	if !found {
		return nil
	}
	head := s.headLine(all)
	if head >= 0 {
		out = append(out, s.headline)
	}
	removeOverlines(all[:max(head, 0)], region)
	near := head >= 0 && len(all)-head <= leadDistance
	about := squeezed(s.about)
	words := 0
	for i := range all {
		l := &all[i]
		if s.isHead(l) || contains(region, l.in) && s.inKept(l) || !l.isLead(near && i > head, about, s.by) {
			continue
		}
		if words += l.words; words > leadWords || len(out) > leadLines {
			break
		}
		out = append(out, l.lift())
	}
	return out
}

// removeOverlines removes the names of sections, dates and the like in region from lines above the headline.
func removeOverlines(all []line, region *html.Node) {
	for i := range all {
		if l := &all[i]; contains(region, l.in) && l.isOverline() {
			l.remove()
		}
	}
}

// isOverline reports whether l, above the headline, is the name of a section, a date or the like.
func (l *line) isOverline() bool { return l.words <= 8 && !l.endsSentence() && !l.code && !l.caption }

// headLine returns the number of the line that is the headline, -1 if there is none.
func (s *sifter) headLine(all []line) int {
	for i := range all {
		if s.isHead(&all[i]) {
			return i
		}
	}
	return -1
}

// isHead reports whether l is the headline, or in it.
func (s *sifter) isHead(l *line) bool { return s.headline != nil && contains(s.headline, l.in) }

// isDescribed reports whether l begins the page's description of itself, without blanks.
func (l *line) isDescribed(about string) bool {
	return len(about) > 30 && l.words >= 5 && strings.HasPrefix(about, squeezed(l.text[:min(len(l.text), 60)]))
}

// inKept reports whether l is directly in an element that was chosen.
func (s *sifter) inKept(l *line) bool {
	i := index(l.in)
	return i >= 0 && s.kept.own[i]
}

// isLead reports whether a line before the text is a lead: it begins the page's description of itself, or it is
// near, below the headline, and no byline.
func (l *line) isLead(near bool, about string, by *writers) bool {
	if l.isDescribed(about) {
		return true
	}
	least := 6
	if l.isCalledLead() {
		least = 3
	}
	if !near || l.caption || l.code || 3*l.linked > len(l.text) || l.sense() < least || len(when.FindAllString(l.text, 2)) > 1 {
		return false
	}
	return l.kind(spot{before: true, by: by}) == text && !l.isSigned()
}

// leadNames are in the classes of leads.
var leadNames = [...]string{"subtitle", "standfirst", "dek", "deck", "lede", "chapo", "vorspann", "subheadline", "subhead", "untertitel", "sottotitolo", "bajada", "ingress", "strapline"}

// isCalledLead reports whether a class of l, or of what is around it, says that it is a lead.
func (l *line) isCalledLead() bool {
	for n, up := l.in, 0; n != nil && up < 2; n, up = n.Parent, up+1 {
		class := strings.ToLower(dom.Attr(n, "class"))
		for _, name := range leadNames {
			if class != "" && strings.Contains(class, name) {
				return true
			}
		}
	}
	return false
}

// isSigned reports whether the page says that l is about its author or its date.
func (l *line) isSigned() bool {
	n := l.in
	for range 3 {
		if n == nil {
			return false
		}
		for _, key := range []string{"class", "id", "itemprop", "rel"} {
			if v := strings.ToLower(dom.Attr(n, key)); strings.Contains(v, "author") || strings.Contains(v, "byline") || strings.Contains(v, "autor") || strings.Contains(v, "contributor") || strings.Contains(v, "date") {
				return true
			}
		}
		n = n.Parent
	}
	for _, k := range l.nodes {
		if dom.Is(k, "a") && dom.Attr(k, "rel") == "author" {
			return true
		}
	}
	return false
}

// lift takes the line out of its place, into a paragraph of its own.
func (l *line) lift() *html.Node {
	p := &html.Node{Type: html.ElementNode, Data: "p"}
	for _, n := range l.nodes {
		move(n, p)
	}
	return p
}

// squeezed returns the letters and digits of s, in lower case.
func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if isWord(r) {
			return r
		}
		return -1
	}, strings.ToLower(s))
}
