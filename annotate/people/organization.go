package people

import (
	"strings"
	"unicode"

	"byline/annotate"
)

// acronyms joins "Orrin Bay Courier" and "OBC" or "O.B.C.", whichever comes first.
func acronyms(g *grouping, rule int) {
	long := map[string]int{}
	for c := range g.clusters {
		n := g.full(c)
		if !g.alive(c) || !n.full() || g.clusters[c].typ == annotate.Person {
			continue
		}
		for _, a := range acronymsOf(n) {
			if _, taken := long[a]; !taken {
				long[a] = c
			}
		}
	}
	for c := range g.clusters {
		cl := &g.clusters[c]
		n := g.full(c)
		if !g.alive(c) || len(n.words) != 1 || !n.letter || len(n.bare) < 2 || cl.typ == annotate.Person && cl.sure {
			continue
		}
		if to, ok := long[n.bare]; ok && (g.clusters[to].typ == cl.typ || cl.typ != annotate.Place) {
			g.merge(to, c, rule)
		}
	}
}

// acronymsOf returns the letters that may stand for n: the first ones of its words with a
// capital, and those of all its words.
func acronymsOf(n *name) []string {
	var capitals, all strings.Builder
	for w := range strings.FieldsSeq(n.raw) {
		for i, r := range w {
			if i > 0 {
				break
			}
			all.WriteRune(unicode.ToLower(r))
			if unicode.IsUpper(r) {
				capitals.WriteRune(unicode.ToLower(r))
			}
		}
	}
	if all.Len() == capitals.Len() {
		return []string{capitals.String()}
	}
	return []string{capitals.String(), all.String()}
}

// shortForms joins "Halden Media" and "Halden": the first words of exactly one
// organization.
func shortForms(g *grouping, rule int) {
	by := map[string][]int{}
	for c := range g.clusters {
		if !g.alive(c) || g.clusters[c].typ != annotate.Organization {
			continue
		}
		words := g.full(c).words
		for n := 1; n < min(len(words), 8); n++ {
			k := strings.Join(words[:n], " ")
			by[k] = append(by[k], c)
		}
	}
	for c := range g.clusters {
		if !g.alive(c) || g.clusters[c].typ != annotate.Organization {
			continue
		}
		n := g.full(c)
		if to := by[n.bare]; len(to) == 1 && to[0] != c && telling(n.last()) {
			g.merge(to[0], c, rule)
		}
	}
}

// telling reports whether w may end a short form; what goes on after it belongs to it
// otherwise.
func telling(w string) bool {
	switch w {
	case "of", "for", "the", "and", "&", "on", "university", "ministry", "department", "bank", "house", "north", "south", "east", "west",
		"national", "international", "royal", "federal", "first", "general", "world", "supreme", "state", "city", "new", "american", "british":
		return false
	}
	return len(w) > 2
}
