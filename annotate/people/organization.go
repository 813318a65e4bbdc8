package people

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/lexicon/en"
)

// definitions joins a long name and the capitals in parentheses after it, or the other way
// round, "Social Democratic Party (PSD)": the letters need not match, since they are often of
// another language.
func definitions(g *grouping, rule int) {
	for i := 1; i < len(g.ms); i++ {
		if !g.inParentheses(i) {
			continue
		}
		long, short := i-1, i
		if abbreviation(g.names[long]) {
			long, short = i, i-1
		}
		a, b := g.root(g.of[long]), g.root(g.of[short])
		if !abbreviation(g.names[short]) || !g.names[long].isFull() || g.clusters[a].typ != g.clusters[b].typ {
			continue
		}
		if g.clusters[a].typ == annotate.Organization {
			g.merge(a, b, rule)
		}
	}
}

// abbreviation reports whether n is one word of some capitals.
func abbreviation(n *name) bool {
	return !n.isFull() && n.letter && len(n.bare) > 1 && len(n.bare) <= 10
}

// inParentheses reports whether mention i is in parentheses, alone or before a comma or
// semicolon, right after mention i−1.
func (g *grouping) inParentheses(i int) bool {
	from, to := g.ms[i-1].End, g.ms[i].Start
	if to-from < 1 || to-from > 3 || strings.TrimSpace(g.text[from:to]) != "(" {
		return false
	}
	rest := strings.TrimLeft(g.text[g.ms[i].End:min(len(g.text), g.ms[i].End+2)], " ")
	return rest != "" && strings.ContainsRune("),;", rune(rest[0]))
}

// acronyms joins "Orrin Bay Courier" and "OBC" or "O.B.C.", whichever comes first.
func acronyms(g *grouping, rule int) {
	long := g.byAcronym()
	for c := range g.clusters {
		cl := &g.clusters[c]
		n := g.fullestName(c)
		if !g.alive(c) || len(n.words) != 1 || !n.letter || len(n.bare) < 2 || cl.typ == annotate.Person && cl.sure {
			continue
		}
		if to, ok := long[strings.ReplaceAll(n.bare, "-", "")]; ok && (g.clusters[to].typ == cl.typ || cl.typ != annotate.Place) {
			g.merge(to, c, rule)
		}
	}
}

// byAcronym returns the first cluster with a long name, except persons, by possible short forms.
func (g *grouping) byAcronym() map[string]int {
	by := map[string]int{}
	for c := range g.clusters {
		n := g.fullestName(c)
		if !g.alive(c) || !n.isFull() || g.clusters[c].typ == annotate.Person {
			continue
		}
		for _, a := range acronymsOf(n) {
			if _, taken := by[a]; !taken {
				by[a] = c
			}
		}
	}
	return by
}

// acronymsOf returns the possible acronyms of n: the first letters of its capitalized words, and
// of all its words, each with and without a legal form, and with those of the parts of "Air-Sea".
func acronymsOf(n *name) []string {
	raw := strings.Fields(n.raw)
	short := raw
	if strings.EqualFold(short[0], "the") {
		short = short[1:]
	}
	for len(short) > 1 && forms[fold(short[len(short)-1])] {
		short = short[:len(short)-1]
	}
	var all []string
	for _, words := range [][]string{raw, short, strings.FieldsFunc(strings.Join(short, " "), func(r rune) bool { return r == ' ' || r == '-' || r == '–' })} {
		for _, a := range initialsOf(words) {
			if !slices.Contains(all, a) && len(a) > 1 {
				all = append(all, a)
			}
		}
	}
	return all
}

// initialsOf returns the first letters of the capitalized words, and of all words.
func initialsOf(words []string) []string {
	var capitals, all strings.Builder
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		all.WriteRune(unicode.ToLower(r))
		if unicode.IsUpper(r) {
			capitals.WriteRune(unicode.ToLower(r))
		}
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
		words := g.fullestName(c).words
		for n := 1; n < min(len(words), 8); n++ {
			k := strings.Join(words[:n], " ")
			by[k] = append(by[k], c)
		}
	}
	for c := range g.clusters {
		if !g.alive(c) || g.clusters[c].typ != annotate.Organization {
			continue
		}
		n := g.fullestName(c)
		if to := by[n.bare]; len(to) == 1 && to[0] != c && mayEnd(n.last()) && g.shortens(c, to[0]) {
			g.merge(to[0], c, rule)
		}
	}
}

// endings joins "Orrin Bay Gulls" and "Gulls": the last words of exactly one organization
// that was named before.
func endings(g *grouping, rule int) {
	by := map[string][]int{}
	for c := range g.clusters {
		if !g.alive(c) || g.clusters[c].typ != annotate.Organization {
			continue
		}
		words := g.fullestName(c).words
		for n := len(words) - 1; n > max(0, len(words)-8); n-- {
			if en.Of(words[n-1]).Is(en.Binds) {
				break // "School of Orrin University" is not a university
			}
			if k := strings.Join(words[n:], " "); len(by[k]) < 2 {
				by[k] = append(by[k], c)
			}
		}
	}
	for c := range g.clusters {
		if !g.alive(c) || g.clusters[c].typ != annotate.Organization {
			continue
		}
		n := g.fullestName(c)
		if to := by[n.bare]; len(to) == 1 && to[0] != c && len(n.last()) > 2 && n.bare != "house" && g.clusters[to[0]].first < g.clusters[c].first {
			g.merge(to[0], c, rule)
		}
	}
}

// shortens reports whether cluster c can be short for cluster long, whose name starts with it: it
// comes later, or leaves out only a word for the kind of organization. "Halden" before "Halden
// Press Japan" is another organization.
func (g *grouping) shortens(c, long int) bool {
	rest := g.fullestName(long).words[len(g.fullestName(c).words):]
	if strings.HasPrefix(rest[0], "'") {
		return false
	}
	return g.clusters[long].first < g.clusters[c].first || len(rest) == 1 && kinds[rest[0]]
}

// kinds are last words that only say what kind of organization it is.
var kinds = set("group holdings holding media party church airlines airways motors motor bank industries international technologies " +
	"university entertainment systems energy pharmaceuticals foods stores partners capital financial united city town fc")

// mayEnd reports whether w may end a short form. After other words the name continues.
func mayEnd(w string) bool {
	switch w {
	case "of", "for", "the", "and", "&", "on", "university", "ministry", "department", "bank", "house", "north", "south", "east", "west",
		"national", "international", "royal", "federal", "first", "general", "world", "supreme", "state", "city", "new", "american", "british":
		return false
	}
	return len(w) > 2
}
