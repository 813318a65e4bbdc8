package names

import (
	"slices"

	"byline/annotate"
)

// lineup is how many names a list has at least that is one of players, a cast or a jury.
const lineup = 7

// withLineups returns found, names in d, with all of a list of names behind a colon as persons if enough of them are, "Orrin: Farr;
// Mullen, Shaw, Hall (Ely 70)": a town or an ordinary word may be the name of a player.
func withLineups(d *annotate.Doc, found []named) []named {
	for _, s := range d.Sentences {
		for t := s.Tokens.First; t < s.Tokens.End; t++ {
			if d.Word(t) != ":" {
				continue
			}
			items, end := lineupItems(d, annotate.Range{First: t + 1, End: s.Tokens.End})
			if len(items) >= lineup && arePersons(d, found, items) {
				found = withItems(found, items)
			}
			t = max(t, end-1)
		}
	}
	return found
}

// lineupItems returns the names of the list that begins with g, between commas, semicolons, brackets and minutes, and where it
// ends: at anything else.
func lineupItems(d *annotate.Doc, g annotate.Range) (items []annotate.Range, end int) {
	const longest = 3 // words of a name
	t := g.First
	for t < g.End {
		from := t
		for t < g.End && t-from < longest && isCapitalized(d.Word(t)) {
			t++
		}
		if t == from {
			break
		}
		items = append(items, annotate.Range{First: from, End: t})
		next := t
		for next < g.End && between(d.Word(next)) {
			next++
		}
		if next == t {
			break
		}
		t = next
	}
	return items, t
}

// between reports whether w stands between the names of players: a mark, a minute, what a player is.
func between(w string) bool {
	switch w {
	case ",", ";", "(", ")", "'", "’", "capt", "c", "gk", "and":
		return true
	}
	return '0' <= w[0] && w[0] <= '9'
}

// firstFrom returns the index of the first of found that begins at token t or later.
func firstFrom(found []named, t int) int {
	i, _ := slices.BinarySearchFunc(found, t, func(n named, t int) int { return n.First - t })
	return i
}

// arePersons reports whether half of items or more are persons in found, or a third in a list with semicolons or brackets between
// its names, like that of a team.
func arePersons(d *annotate.Doc, found []named, items []annotate.Range) bool {
	persons, of := 0, 2
	for _, g := range items {
		if i := firstFrom(found, g.First); i < len(found) && found[i].First == g.First && found[i].Type == annotate.Person {
			persons++
		}
		if w := d.Word(g.First - 1); w == ";" || w == "(" {
			of = 3
		}
	}
	return of*persons >= len(items)
}

// withItems returns found with the names in items as persons.
func withItems(found []named, items []annotate.Range) []named {
	const score = 0.9
	at := firstFrom(found, items[0].First)
	after := firstFrom(found, items[len(items)-1].End)
	var list []named
	for _, g := range items {
		if i := firstFrom(found, g.First); i < len(found) && found[i].Range == g && found[i].Type == annotate.Person {
			list = append(list, found[i])
			continue
		}
		list = append(list, named{Name{Range: g, Type: annotate.Person, Score: score, Shares: Shares{0: score, 4: 1 - score}}, players})
	}
	return slices.Concat(found[:at], list, found[after:])
}
