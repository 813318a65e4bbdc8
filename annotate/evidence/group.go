package evidence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/lexicon"
	"byline/annotate/lexicon/known"
)

// The ways in which another name may be related to a group.
const (
	begins  = iota // it begins with the words of the group
	ends           // it ends with them
	letters        // they are its first letters, or stand in brackets behind it
	owner          // both are forms of one known name
	Ways
)

// A Group is the mentions of an article in the same words.
type Group struct {
	Members []int
	Clues   []Clue    // in the words of the name
	Related [Ways]int // by way: 1 + the group of a longer name; 0 for none
	words   []string
	owner   uint32 // of the known name; 0 for none
}

// Groups returns the groups of the mentions ms of a text, in the order of their first mentions.
func Groups(text string, ms []annotate.Mention) []Group {
	index := map[string]int{}
	var gs []Group
	for i := range ms {
		raw := ms[i].In(text)
		k := key(raw)
		at, ok := index[k]
		if !ok {
			at = len(gs)
			index[k] = at
			gs = append(gs, Group{words: strings.Fields(k)})
			gs[at].Clues = nameClues(raw)
			gs[at].owner = ownerOf(raw)
		}
		gs[at].Members = append(gs[at].Members, i)
	}
	relate(gs)
	relateOwners(gs)
	for i := 1; i < len(ms); i++ {
		if inBrackets(text, ms, i) {
			long, short := index[key(ms[i-1].In(text))], index[key(ms[i].In(text))]
			if long != short {
				gs[short].Related[letters] = long + 1
			}
		}
	}
	for i := range gs {
		gs[i].Clues = append(gs[i].Clues, gs[i].count()...)
	}
	return gs
}

// count returns clues of how often a group is mentioned and what else has its words.
func (g *Group) count() (c clues) {
	n := min(len(g.Members), 3)
	if len(g.Members) > 5 {
		n = 4
	}
	c.add(70, uint64(n))
	related := 0
	for k, r := range g.Related {
		if r > 0 {
			related |= 1 << k
		}
	}
	c.add(71, uint64(related))
	return c
}

// key returns the words of a name for comparison: in small letters, without dots, an article before and a
// possessive behind them.
func key(raw string) string {
	k := strings.ToLower(strings.ReplaceAll(strings.ReplaceAll(raw, ".", ""), "’", "'"))
	k = strings.TrimSuffix(k, "'s")
	if rest, ok := strings.CutPrefix(k, "the "); ok && rest != "" {
		k = rest
	}
	if k == "" {
		return raw
	}
	return k
}

// relate finds for each group the longer names that it may be short for: of several, the one
// mentioned most.
func relate(gs []Group) {
	var by [Ways]map[string]int
	for k := range by {
		by[k] = map[string]int{}
	}
	note := func(way, g int, short string) {
		if o, ok := by[way][short]; !ok || len(gs[g].Members) > len(gs[o].Members) {
			by[way][short] = g
		}
	}
	for g := range gs {
		w := gs[g].words
		if len(w) < 2 || len(w) > most {
			continue
		}
		for n := 1; n < len(w); n++ {
			note(begins, g, strings.Join(w[:n], " "))
			note(ends, g, strings.Join(w[n:], " "))
		}
		note(letters, g, initials(w))
	}
	for g := range gs {
		k := strings.Join(gs[g].words, " ")
		for way := range by {
			if o, ok := by[way][k]; ok && o != g && len(k) > 1 {
				gs[g].Related[way] = o + 1
			}
		}
	}
}

// relateOwners relates each group to the first other form of the same known name.
func relateOwners(gs []Group) {
	first := map[uint32]int{}
	for g := range gs {
		if gs[g].owner == 0 {
			continue
		}
		if o, ok := first[gs[g].owner]; ok {
			gs[g].Related[owner] = o + 1
			if gs[o].Related[owner] == 0 {
				gs[o].Related[owner] = g + 1
			}
		} else {
			first[gs[g].owner] = g
		}
	}
}

// ownerOf returns the number of the known name of which raw is a form.
func ownerOf(raw string) uint32 {
	if !strings.Contains(raw, " ") {
		return known.WordOwner(raw)
	}
	var k lexicon.Key
	for w := range strings.FieldsSeq(raw) {
		k = k.Add(w)
	}
	return known.Owner(k)
}

// initials returns the first letters of words, without the small ones.
func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		switch w {
		case "of", "the", "and", "for", "de", "&":
			continue
		}
		r, _ := utf8.DecodeRuneInString(w)
		b.WriteRune(r)
	}
	return b.String()
}

// inBrackets reports whether mention i is some capitals in brackets right behind mention i−1.
func inBrackets(text string, ms []annotate.Mention, i int) bool {
	from, to := ms[i-1].End, ms[i].Start
	if to <= from || to-from > 3 || strings.TrimSpace(text[from:to]) != "(" {
		return false
	}
	w := ms[i].In(text)
	return len(w) <= 10 && !strings.Contains(w, " ") && countCapitals(w) > 1 && strings.Contains(ms[i-1].In(text), " ")
}

func countCapitals(s string) (n int) {
	for _, r := range s {
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n
}
