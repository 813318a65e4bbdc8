package people

import (
	"strings"
	"unicode/utf8"

	"byline/annotate"
)

// persons returns the clusters of persons whose fullest name is full, by what of does
// with it.
func (g *grouping) persons(of func(*name) string) map[string][]int {
	by := map[string][]int{}
	for c := range g.clusters {
		n := g.full(c)
		if !g.alive(c) || g.clusters[c].typ != annotate.Person || !n.full() {
			continue
		}
		if k := of(n); len(by[k]) < namesakes {
			by[k] = append(by[k], c)
		}
	}
	return by
}

// namesakes is how many people with the same surname are told apart; a text with more
// is no article.
const namesakes = 50

// initials joins "Donald J. Quill", "Donald Quill", "D. Quill" and "Don Quill".
func initials(g *grouping, rule int) {
	by := g.persons((*name).last)
	for i := range g.names {
		cs := by[g.names[i].last()]
		delete(by, g.names[i].last())
		for a := range cs {
			for b := range a {
				g.joinInitials(cs[b], cs[a], rule)
			}
		}
	}
}

func (g *grouping) joinInitials(a, b, rule int) {
	if a, b = g.root(a), g.root(b); apart(g.clusters[a].gender, g.clusters[b].gender) {
		return
	}
	if !generation(g.clusters[a].mark, g.clusters[b].mark) && sameBearer(g.full(a).words, g.full(b).words) {
		g.merge(a, b, rule)
	}
}

// generation reports whether marks tell a father from his son, or a king from another.
func generation(a, b string) bool { return a != b && generations[a] && generations[b] }

// sameBearer reports whether the full names a and b, whose surnames are the same,
// differ only in what they leave out or abbreviate.
func sameBearer(a, b []string) bool {
	if !sameFirst(a[0], b[0]) {
		return false
	}
	a, b = a[1:len(a)-1], b[1:len(b)-1]
	if len(a) > len(b) {
		a, b = b, a
	}
	for _, w := range a {
		for len(b) > 0 && !sameFirst(w, b[0]) {
			b = b[1:]
		}
		if len(b) == 0 {
			return false
		}
		b = b[1:]
	}
	return true
}

// sameFirst reports whether a and b may be the same first name.
func sameFirst(a, b string) bool {
	if a == b || nickname(a) == nickname(b) {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	return utf8.RuneCountInString(a) == 1 && strings.HasPrefix(b, a)
}

// surnames gives every bare surname to the latest compatible bearer of it.
func surnames(g *grouping, rule int) {
	by := g.persons((*name).last)
	tails := g.tails()
	g.bare(rule, func(n *name) []int {
		if n.full() {
			return tails[n.bare]
		}
		return by[unarticled(n.bare)]
	})
}

// tails returns the clusters of persons with names of three words and more by what stands
// behind the first one: "van der Quill".
func (g *grouping) tails() map[string][]int {
	by := g.persons(func(n *name) string { return strings.Join(n.words[1:], " ") })
	for k := range by {
		if !strings.Contains(k, " ") {
			delete(by, k)
		}
	}
	return by
}

// firstNames gives every bare first name to the latest compatible bearer of it.
func firstNames(g *grouping, rule int) {
	by := g.persons(func(n *name) string { return nickname(n.words[0]) })
	g.bare(rule, func(n *name) []int {
		if n.full() {
			return nil
		}
		return by[nickname(n.bare)]
	})
}

// bare gives the mentions of clusters that are short names to one of the bearers.
func (g *grouping) bare(rule int, bearers func(*name) []int) {
	seen := make([]int, len(g.clusters)) // 1 + the mention of a cluster that was passed last
	for i := range g.names {
		c := g.root(g.of[i])
		if g.clusters[c].typ == annotate.Person {
			if to := g.bearer(i, bearers(g.full(c)), seen); to >= 0 && to != c {
				g.move(i, to, rule)
				c = to
			}
		}
		seen[c] = i + 1
	}
}

// bearer returns the one of the candidates that was mentioned last before mention i, or
// the only one, if it is compatible; −1 if none is.
func (g *grouping) bearer(i int, cands, seen []int) int {
	gender := Unknown
	if t := g.names[i].title; t != "" {
		gender = Guess("", t)
	}
	best, fit := -1, 0
	for _, c := range cands {
		if c = g.root(c); apart(gender, g.clusters[c].gender) || generation(g.names[i].mark, g.clusters[c].mark) {
			continue
		}
		fit++
		if best < 0 || seen[c] > seen[best] {
			best = c
		}
	}
	if best >= 0 && seen[best] == 0 && fit > 1 {
		return -1
	}
	return best
}
