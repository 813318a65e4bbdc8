package people

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/lexicon/en"
)

// persons returns the clusters of persons whose fullest name has a first name and a surname, keyed
// by what of returns.
func (g *grouping) persons(of func(*name) string) map[string][]int {
	by := map[string][]int{}
	for c := range g.clusters {
		n := g.fullestName(c)
		if !g.alive(c) || g.clusters[c].typ != annotate.Person || !n.isFull() {
			continue
		}
		if k := of(n); len(by[k]) < namesakes {
			by[k] = append(by[k], c)
		}
	}
	return by
}

// namesakes is how many people with the same surname are distinguished. A text with more is not an
// article.
const namesakes = 50

// initials joins "Donald J. Quill", "Donald Quill", "D. Quill" and "Don Quill", and 'Donald "Duke" Quill' and "Duke Quill".
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
	if a, b = g.root(a), g.root(b); g.clusters[a].gender.Clashes(g.clusters[b].gender) {
		return
	}
	if !differInGeneration(g.clusters[a].mark, g.clusters[b].mark) && (sameBearer(g.fullestName(a).words, g.fullestName(b).words) || nicknamed(g.fullestName(a), g.fullestName(b)) || nicknamed(g.fullestName(b), g.fullestName(a))) {
		g.merge(a, b, rule)
	}
}

// nicknamed reports whether b is a, of the same surname, by the nickname in a: 'Constance "Connie" Quill' and "Connie Quill".
func nicknamed(a, b *name) bool {
	return a.called != "" && len(b.words) == 2 && sameFirst(a.called, b.words[0])
}

// differInGeneration reports whether marks distinguish a father from his son, or one king from
// another.
func differInGeneration(a, b string) bool { return a != b && generations[a] && generations[b] }

// sameBearer reports whether the full names a and b, with the same surname, differ only in what
// they omit or abbreviate.
func sameBearer(a, b []string) bool {
	if !sameFirst(a[0], b[0]) {
		return false
	}
	a, b = a[1:len(a)-1], b[1:len(b)-1]
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) > 0 && !sameFirst(a[0], b[0]) {
		return false // George W. and George H. W. Bush
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

// surnames assigns bare surnames to their latest compatible bearer.
func surnames(g *grouping, rule int) {
	by := g.persons((*name).last)
	g.claimSurnames(rule, by)
	tails := g.byTail()
	g.joinShortNames(rule, func(n *name) []int {
		if n.isFull() {
			return tails[n.bare]
		}
		return by[trimArticle(n.bare)]
	})
}

// claimSurnames assigns a word that was not taken for a person to the only bearer of that surname,
// if the bearer was named before and the contrary evidence is not much stronger.
func (g *grouping) claimSurnames(rule int, by map[string][]int) {
	for c := range g.clusters {
		cl, n := &g.clusters[c], g.fullestName(c)
		if !g.alive(c) || cl.typ == annotate.Person || n.isFull() || cl.sure || n.shouts {
			continue
		}
		if cands := by[n.bare]; len(cands) == 1 {
			p := &g.clusters[g.root(cands[0])]
			if p.first < cl.first && cl.weight <= 2*p.weight {
				g.merge(cands[0], c, rule)
			}
		}
	}
}

// byTail returns the clusters of persons with names of three words and more by the words after
// the first: "van der Quill".
func (g *grouping) byTail() map[string][]int {
	by := g.persons(func(n *name) string { return strings.Join(n.words[1:], " ") })
	for k := range by {
		if !strings.Contains(k, " ") {
			delete(by, k)
		}
	}
	return by
}

// firstNames assigns bare first names to their latest compatible bearer.
func firstNames(g *grouping, rule int) {
	by := g.persons(func(n *name) string { return nickname(n.words[0]) })
	g.joinShortNames(rule, func(n *name) []int {
		if n.isFull() {
			return nil
		}
		return by[nickname(n.bare)]
	})
}

// parts joins "Marta Quill Anders" with "Quill", "Marta Quill" and "Quill Anders": words of
// exactly one longer name, in its order.
func parts(g *grouping, rule int) {
	by := map[string][]int{}
	for c := range g.clusters {
		n := g.fullestName(c)
		if !g.alive(c) || g.clusters[c].typ != annotate.Person || len(n.words) > 8 {
			continue
		}
		for _, w := range n.words {
			if len(by[w]) < namesakes {
				by[w] = append(by[w], c)
			}
		}
	}
	for c := range g.clusters {
		n := g.fullestName(c)
		if !g.alive(c) || g.clusters[c].typ != annotate.Person || len(n.words) == 0 || len(n.words) > 3 {
			continue
		}
		if to := g.partOf(c, by[n.words[0]]); to >= 0 {
			g.merge(to, c, rule)
		}
	}
}

// partOf returns the only one of cands that has the words of c and others; −1 if there is none
// or more than one.
func (g *grouping) partOf(c int, cands []int) int {
	found := -1
	words := g.fullestName(c).words
	for _, o := range cands {
		o = g.root(o)
		long := g.fullestName(o).words
		if o == c || o == found || len(long) <= len(words) || len(long) < 3 || !isPart(words, long) {
			continue
		}
		if found >= 0 || g.clusters[c].gender.Clashes(g.clusters[o].gender) || differInGeneration(g.clusters[c].mark, g.clusters[o].mark) {
			return -1
		}
		found = o
	}
	return found
}

// isPart reports whether b has the words a in the same order, all of them long.
func isPart(a, b []string) bool {
	for _, w := range a {
		i := slices.Index(b, w)
		if i < 0 || len(w) < 3 {
			return false
		}
		b = b[i+1:]
	}
	return true
}

// joinShortNames moves the mentions of persons by a short name to one of its bearers.
func (g *grouping) joinShortNames(rule int, bearers func(*name) []int) {
	met := make([]encounters, len(g.clusters))
	for i := range g.names {
		c := g.root(g.of[i])
		if g.clusters[c].typ == annotate.Person {
			if to := g.pickBearer(i, bearers(g.fullestName(c)), met); to >= 0 && to != c {
				g.move(i, to, rule)
				c = to
				met[c].short = i + 1
			}
		}
		met[c].all++
	}
}

// encounters count the mentions of a cluster up to a place in the text.
type encounters struct {
	all   int // mentions
	short int // 1 + the last mention by the short name; 0 for none
}

func (a encounters) moreThan(b encounters) bool {
	return cmp.Or(cmp.Compare(a.short, b.short), cmp.Compare(a.all, b.all)) > 0
}

// pickBearer returns the candidate that mention i refers to: of the compatible ones the one last
// named by these words, else the one mentioned most so far, whom the text is about, else the only
// one; −1 if there is none.
func (g *grouping) pickBearer(i int, cands []int, met []encounters) int {
	n := g.names[i]
	gender := en.Unknown
	if n.title != "" {
		gender = genderOf("", n.title)
	}
	best, fit := -1, 0
	for _, c := range cands {
		c = g.root(c)
		if c == best || gender.Clashes(g.clusters[c].gender) || differInGeneration(n.mark, g.clusters[c].mark) {
			continue
		}
		fit++
		if best < 0 || met[c].moreThan(met[best]) {
			best = c
		}
	}
	if best >= 0 && met[best].all == 0 && fit > 1 {
		return -1
	}
	return best
}
