package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate/lexicon"
	"byline/annotate/lexicon/known"
)

// A tally counts what some forms did.
type tally struct {
	forms   int
	names   map[known.Facts]int // names in the texts that are such a form, by type
	certain int                 // of these, those that the tables call by their type and nothing else
	// places where a form stands whose type is certain, by what is there
	right, inside, wrong, border, none int
}

// A measure counts by list and by kind what the tables of package known bring.
type measure struct {
	list    map[lexicon.Key]string // the first list of each form
	tallies map[string]*tally      // by list, with the writing of the form; and by kind
	gold    map[known.Facts]int
	errors  map[string]int
}

// measureKnown prints what the lists in folder from bring in the annotated texts of files.
func measureKnown(from string, files []string, out io.Writer) error {
	m := &measure{list: map[lexicon.Key]string{}, tallies: map[string]*tally{}, gold: map[known.Facts]int{}, errors: map[string]int{}}
	if err := m.readLists(from); err != nil {
		return err
	}
	for _, f := range files {
		if err := readGold(f, m.text); err != nil {
			return err
		}
	}
	m.print(out)
	return nil
}

func (m *measure) readLists(from string) error {
	es := &entities{named: map[name][]*entity{}, kinds: kindsOf()}
	for i := range sources {
		if err := es.read(from, &sources[i]); err != nil {
			return err
		}
	}
	rank := map[string]int{}
	for i, s := range sources {
		rank[s.file] = i
	}
	for _, e := range es.all {
		for _, u := range e.uses {
			k := u.form.key()
			list := u.source.file + u.form.writing()
			if had, ok := m.list[k]; known.Of(k)&known.Types != 0 && (!ok || rank[u.source.file] < rank[strings.Fields(had)[0]]) {
				m.list[k] = list
			}
		}
	}
	for k := range m.list {
		m.count(k, func(t *tally) { t.forms++ })
	}
	return nil
}

// writing tells how a form is written.
func (f form) writing() string {
	switch {
	case f.acronym():
		return " acronyms"
	case len(f.tokens) == 1:
		return " words"
	}
	return " phrases"
}

// count calls add for all tallies that the form of k belongs to.
func (m *measure) count(k lexicon.Key, add func(*tally)) {
	f := known.Of(k)
	all := "all as organizations"
	if f.Main() != known.Organization {
		all = "all as others"
	}
	for _, n := range []string{m.list[k], "kind " + f.Kind().String(), all} {
		if m.tallies[n] == nil {
			m.tallies[n] = &tally{names: map[known.Facts]int{}}
		}
		add(m.tallies[n])
	}
}

// keyOf returns the key of tokens, which is that of an acronym if they are one that is listed.
func keyOf(tokens []string) lexicon.Key {
	f := form{tokens}
	if k := known.Acronym(tokens[0]); len(tokens) == 1 && known.Of(k) != 0 && hasCapital(tokens[0][1:]) {
		return k
	}
	return f.folded()
}

// text counts in a text.
func (m *measure) text(t goldText) {
	at := map[int]goldName{}
	for _, g := range t.names {
		for i := g.first; i < g.end; i++ {
			at[i] = g
		}
		m.gold[g.typ]++
		words := t.tokens[g.first:g.end]
		if len(words) > 2 && strings.EqualFold(words[0], "the") {
			words = words[1:]
		}
		k := keyOf(words)
		if f := known.Of(k); f&known.Types != 0 {
			m.count(k, func(y *tally) {
				y.names[g.typ]++
				if f.Certain() && f.Only() == g.typ {
					y.certain++
				}
			})
		} else if g.typ == known.Organization {
			m.errors["not listed\t\t\t"+strings.Join(words, " ")]++
		}
	}
	for i := 0; i < len(t.tokens); {
		i += max(1, m.place(t.tokens, at, i))
	}
}

// place counts the longest form that stands at token i and returns how many tokens it has.
func (m *measure) place(tokens []string, at map[int]goldName, i int) int {
	if !hasCapital(tokens[i]) {
		return 0
	}
	n, key := 0, lexicon.Key(0)
	for j := i + 1; j <= min(len(tokens), i+known.MaxTokens); j++ {
		r, _ := utf8.DecodeRuneInString(tokens[j-1])
		if k := keyOf(tokens[i:j]); known.Of(k)&known.Types != 0 && (!unicode.IsLower(r) || j == i+1) {
			n, key = j-i, k
		}
	}
	f := known.Of(key)
	if n == 0 || !f.Certain() {
		return n
	}
	what := judgement(tokens, at, i, i+n, f.Only())
	m.count(key, func(y *tally) { *y.of(what)++ })
	if what != "right" {
		m.errors[what+"\t"+m.list[key]+"\t"+f.Kind().String()+"\t"+strings.Join(tokens[i:i+n], " ")]++
	}
	return n
}

// judgement tells what stands at tokens first to end in gold: a name of that type, a part of one
// ("inside"), another type's or a part of one ("wrong"), names with other borders, or none.
func judgement(tokens []string, at map[int]goldName, first, end int, typ known.Facts) string {
	g, ok := at[first]
	within := ok && g.first <= first && g.end >= end
	if within && (g.first == first || strings.EqualFold(tokens[g.first], "the") && g.first == first-1) && g.end == end && g.typ == typ {
		return "right"
	}
	switch {
	case within && g.typ == typ:
		return "inside"
	case within:
		return "wrong"
	}
	for j := first; j < end; j++ {
		if _, ok := at[j]; ok {
			return "border"
		}
	}
	return "none"
}

func (y *tally) of(what string) *int {
	switch what {
	case "right":
		return &y.right
	case "inside":
		return &y.inside
	case "wrong":
		return &y.wrong
	case "border":
		return &y.border
	}
	return &y.none
}

// print prints the tallies, and the errors from the most frequent down.
func (m *measure) print(out io.Writer) {
	types := []known.Facts{known.Person, known.Organization, known.Place, known.Other}
	fmt.Fprintf(out, "%-42s %7s %6s %6s %6s %6s %7s | %6s %6s %6s %6s %6s\n", "", "forms", "PER", "ORG", "LOC", "MISC",
		"certain", "right", "inside", "wrong", "border", "none")
	fmt.Fprintf(out, "%-42s %7s", "in the texts", "")
	for _, t := range types {
		fmt.Fprintf(out, " %6d", m.gold[t])
	}
	fmt.Fprintln(out)
	for _, n := range slices.Sorted(maps.Keys(m.tallies)) {
		y := m.tallies[n]
		fmt.Fprintf(out, "%-42s %7d", n, y.forms)
		for _, t := range types {
			fmt.Fprintf(out, " %6d", y.names[t])
		}
		fmt.Fprintf(out, " %7d | %6d %6d %6d %6d %6d\n", y.certain, y.right, y.inside, y.wrong, y.border, y.none)
	}
	errors := slices.SortedFunc(maps.Keys(m.errors), func(a, b string) int {
		if m.errors[a] != m.errors[b] {
			return m.errors[b] - m.errors[a]
		}
		return strings.Compare(a, b)
	})
	for _, e := range errors {
		fmt.Fprintf(out, "%d\t%s\n", m.errors[e], e)
	}
}
