package people

import "byline/annotate"

// joinSpellings joins a bare surname to the only full name whose surname differs in one letter, if
// both are long. A final s stands for a family: "the Halvorsens".
func joinSpellings(g *grouping, rule int) {
	ends := g.surnameEnds()
	for c := range g.clusters {
		n := g.fullestName(c)
		if !g.alive(c) || n.isFull() || len(n.bare) < longWord || g.clusters[c].typ != annotate.Person {
			continue
		}
		if to := g.misspelt(c, n.bare, ends); to >= 0 {
			g.merge(to, c, rule)
		}
	}
}

// longWord is the length in bytes from which on a difference of one letter is a typo. It is more
// than twice kept, so that a typo leaves one end of a word unchanged.
const (
	longWord = 7
	kept     = 3
)

// surnameEnds returns the clusters of persons with long surnames by the first and the last
// bytes of these.
func (g *grouping) surnameEnds() map[string][]int {
	ends := map[string][]int{}
	for c := range g.clusters {
		n := g.fullestName(c)
		w := n.last()
		if !g.alive(c) || !n.isFull() || len(w) < longWord-1 || g.clusters[c].typ != annotate.Person {
			continue
		}
		for _, k := range [...]string{w[:kept] + "-", "-" + w[len(w)-kept:]} {
			if len(ends[k]) < namesakes {
				ends[k] = append(ends[k], c)
			}
		}
	}
	return ends
}

// misspelt returns the only cluster whose surname differs from w in one letter; −1 if there is
// none or more than one.
func (g *grouping) misspelt(c int, w string, ends map[string][]int) int {
	found := -1
	for _, k := range [...]string{w[:kept] + "-", "-" + w[len(w)-kept:]} {
		for _, o := range ends[k] {
			if o == c || o == found || !g.alive(o) || !oneLetterApart(g.fullestName(o).last(), w) || w == g.fullestName(o).last()+"s" {
				continue
			}
			if found >= 0 {
				return -1
			}
			found = o
		}
	}
	return found
}

// oneLetterApart reports whether a and b differ in exactly one letter, which is missing, added
// or another.
func oneLetterApart(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if a == b || len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}
