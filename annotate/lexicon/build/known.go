package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"byline/annotate/lexicon"
	"byline/annotate/lexicon/en"
	"byline/annotate/lexicon/known"
)

// buildKnown makes the tables of names that are known as a whole.
func buildKnown(from, to string) error {
	share, err := readShares(from)
	if err != nil {
		return err
	}
	es := &entities{named: map[name][]*entity{}, kinds: kindsOf()}
	var open map[lexicon.Key]known.Entry
	for i := range sources {
		if sources[i].shared && open == nil {
			open = (&listing{share: share}).table(es, false)
		}
		if err := es.read(from, &sources[i]); err != nil {
			return err
		}
	}
	for file, t := range map[string]map[lexicon.Key]known.Entry{"known.bin": open, "shared.bin": (&listing{share: share}).table(es, true)} {
		data := known.Table(t)
		if err := os.WriteFile(filepath.Join(to, file), data, 0o644); err != nil {
			return err
		}
		fmt.Printf("%s: %d entries, %d bytes\n", file, len(t), len(data))
	}
	return nil
}

// readShares returns how often words are in small letters in mid-sentence.
func readShares(from string) (map[string]float64, error) {
	share := map[string]float64{}
	for _, file := range []string{"forms_clean.tsv.gz", "forms_ambiguous.tsv.gz"} {
		err := table(nil).read(filepath.Join(from, file), func(_ table, c []string) {
			if x, err := strconv.ParseFloat(c[len(c)-1], 64); err == nil && len(c) == 4 {
				share[strings.ToLower(c[0])] = x
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return share, nil
}

// A listing is a table of known names in the making.
type listing struct {
	share   map[string]float64
	lines   map[lexicon.Key]*line
	longest map[lexicon.Key]int // by the first one or two tokens of forms
}

// A line is what is known about a form so far.
type line struct {
	facts  known.Facts
	tier   known.Tier
	main   known.Facts
	kind   known.Kind
	owner  *entity // the last of those of that tier
	owners int
	full   bool // it is the first name of an owner
	shared bool // it is in a list that is shared alike
}

// table returns the entries of the forms of all entities; if shared, of those that are in a list
// that is shared alike.
func (l *listing) table(es *entities, shared bool) map[lexicon.Key]known.Entry {
	l.lines, l.longest = map[lexicon.Key]*line{}, map[lexicon.Key]int{}
	for _, e := range es.all {
		for _, u := range e.uses {
			l.use(e, u)
		}
	}
	for _, e := range es.all {
		for _, u := range e.uses {
			if n := l.lines[u.form.key()]; n != nil && n.shared == shared {
				for _, k := range u.form.beginnings() {
					l.longest[k] = max(l.longest[k], len(u.form.tokens))
				}
			}
		}
	}
	entries := map[lexicon.Key]known.Entry{}
	for k, n := range l.longest {
		entries[k] = known.Entry{Facts: known.Facts(0).WithLongest(n)}
	}
	for k, n := range l.lines {
		if n.shared == shared {
			entries[k] = n.entry(entries[k].Facts)
		}
	}
	return entries
}

func (n *line) entry(f known.Facts) known.Entry {
	f |= n.facts
	e := known.Entry{}
	if n.owners == 1 && !n.owner.several {
		f |= known.OneOwner
		e.Owner = known.OwnerOf(n.owner.first)
	}
	if !n.full {
		f |= known.Short
	}
	e.Facts = f.With(n.tier, n.main, n.kind)
	return e
}

// use adds a form of an entity.
func (l *listing) use(e *entity, u use) {
	tier, facts := l.judge(e, u)
	if tier == known.None {
		return
	}
	k := u.form.key()
	n := l.lines[k]
	if n == nil {
		n = &line{}
		l.lines[k] = n
	}
	n.facts |= facts | e.typ
	n.shared = n.shared || u.source.shared
	n.full = n.full || !u.short
	switch {
	case tier > n.tier:
		n.owner, n.owners = e, 1
		n.tier, n.main, n.kind = tier, e.typ, e.kind
	case tier == n.tier && n.owner != e:
		n.owner = e
		n.owners++
	}
	switch {
	case tier == n.tier && n.main == e.typ && n.kind != e.kind:
		n.kind = known.NoKind
	}
}

// judge returns the tier of a form and the facts about it, or None if it is to be left out.
func (l *listing) judge(e *entity, u use) (known.Tier, known.Facts) {
	f := u.form
	class := f.class()
	facts := u.notes
	sure := u.source.tier == known.Sure // its notes tell of towns and rare names, but of clubs
	if class&(lexicon.City|lexicon.Region|lexicon.Country) != 0 && e.typ != known.Place && (!sure || e.kind == known.Club) {
		facts |= known.AlsoPlace
	}
	if len(f.tokens) > 1 {
		return u.source.tier, facts
	}
	word := f.tokens[0]
	share := l.share[strings.ToLower(word)]
	if strings.HasPrefix(strings.ToLower(word), "al-") {
		share = 0
	}
	switch {
	case share > 0.2 || class&lexicon.Small != 0 && share == 0:
		facts |= known.MostlySmall
	case share >= 0.02:
		facts |= known.SometimesSmall
	}
	if f.acronym() {
		return u.source.acronymTier(word), facts &^ (known.AlsoPlace | known.AlsoPerson)
	}
	person := lexicon.First | lexicon.Surname
	if sure {
		person = lexicon.CommonFirst | lexicon.CommonSurname
	}
	if class&person != 0 && e.typ != known.Person {
		facts |= known.AlsoPerson
	}
	return l.judgeWord(e, u, facts)
}

// class returns what the lexicon knows of the form, as far as it is not an acronym.
func (f form) class() lexicon.Class {
	if f.acronym() {
		return 0
	}
	return f.key().Class()
}

func (s *source) acronymTier(word string) known.Tier {
	switch n := utf8.RuneCountInString(strings.ReplaceAll(word, ".", "")); {
	case s.short == 0 && s.single == known.None || n < max(s.short, 2):
		return known.None
	case s.tier < known.Sure && n < 3:
		return known.None
	}
	return s.tier
}

// judgeWord judges a single word that is not an acronym.
func (l *listing) judgeWord(e *entity, u use, facts known.Facts) (known.Tier, known.Facts) {
	word := strings.ToLower(u.form.tokens[0])
	if w := en.Of(word); w.Class != 0 || utf8.RuneCountInString(word) < 3 || u.form.class()&lexicon.Demonym != 0 && e.typ != known.Other {
		return known.None, 0
	}
	if u.source.tier == known.Sure {
		return u.source.single, facts
	}
	const taken = known.MostlySmall | known.AlsoPerson | known.AlsoPlace
	if e.typ == known.Person || facts&taken != 0 || u.form.class()&(lexicon.City|lexicon.Region|lexicon.Country) != 0 {
		return known.None, 0
	}
	return u.source.single, facts
}
