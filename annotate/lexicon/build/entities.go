package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"byline/annotate/lexicon"
	"byline/annotate/lexicon/known"
)

// An entity is what one or more rows of the lists are about.
type entity struct {
	typ     known.Facts
	kind    known.Kind
	country string
	several bool // a name that holds for any country
	first   lexicon.Key
	uses    []use
}

// A use is a form in a list.
type use struct {
	form   form
	source *source
	short  bool
	notes  known.Facts
}

// A name is a key of one type.
type name struct {
	typ known.Facts
	key lexicon.Key
}

// entities are those of the lists so far.
type entities struct {
	all   []*entity
	named map[name][]*entity // by every form that is no acronym
	kinds map[string]known.Kind
}

// A row is a line of a list.
type row struct {
	source  *source
	typ     known.Facts
	kind    known.Kind
	country string
	several bool
	notes   map[lexicon.Key]known.Facts
	names   []form // the first name and the aliases
	short   []form // acronyms
}

// read adds the rows of a list.
func (es *entities) read(folder string, s *source) error {
	header := true
	return table(nil).read(filepath.Join(folder, s.file+".tsv.gz"), func(_ table, c []string) {
		if !header && len(c) > 6 && in(s.types, c[1]) && in(s.kinds, c[2]) {
			es.add(es.row(s, c))
		}
		header = false
	})
}

// in reports whether word is one of words, or these are none.
func in(words, word string) bool {
	return words == "" || slices.Contains(strings.Fields(words), word)
}

func (es *entities) row(s *source, c []string) row {
	r := row{source: s, typ: typeOf[c[1]], country: c[3], kind: es.kinds[c[2]], several: strings.Contains(c[2], "generic")}
	if r.typ == known.Person {
		r.kind = known.Human
	}
	r.notes = notesOf(c[0], c[6])
	names := []string{c[0]}
	if !s.first {
		names = append(names, split(c[4])...)
	}
	if s.phrases == known.Sure {
		for _, n := range names {
			names = append(names, r.otherNames(n, c[2])...)
		}
	}
	for _, n := range names {
		if r.typ == known.Person {
			n = person(n)
		}
		r.names = append(r.names, formsOf(n)...)
	}
	if r.kind == known.NoKind && r.typ == known.Organization {
		r.kind = guessKind(c[0])
	}
	if s.capital > known.None {
		for _, n := range split(c[5]) {
			r.short = append(r.short, formsOf(n)...)
		}
	}
	return r
}

// quoted is the form that a note is about.
var quoted = regexp.MustCompile(`^"([^"]+)"`)

// notesOf reads what a row notes about its forms: about the one that a note begins with in quotation
// marks, else about the first name.
func notesOf(first, text string) map[lexicon.Key]known.Facts {
	notes := map[lexicon.Key]known.Facts{}
	for note := range strings.SplitSeq(text, ";") {
		about := first
		if m := quoted.FindStringSubmatch(strings.TrimSpace(note)); m != nil {
			about = m[1]
		}
		var facts known.Facts
		switch {
		case strings.Contains(note, "person"):
			if !strings.Contains(about, " ") || guessKind(about) == known.NoKind { // but for "Wagner Group"
				facts = known.AlsoPerson
			}
		case strings.Contains(note, "place"):
			facts = known.AlsoPlace
		case strings.Contains(note, "word") && !strings.ContainsFunc(about[1:], unicode.IsUpper): // but for "iPhone", "al-Qaida"
			facts = known.AlsoWord
		}
		for _, f := range formsOf(about) {
			notes[f.key()] |= facts
		}
	}
	return notes
}

func split(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

// add adds a row to the entity it is about, or as a new one.
func (es *entities) add(r row) {
	if len(r.names) == 0 {
		return
	}
	e := es.find(r)
	if e == nil {
		e = &entity{typ: r.typ, kind: r.kind, country: r.country, several: r.several, first: r.names[0].key()}
		es.all = append(es.all, e)
	}
	if e.country == "" {
		e.country = r.country
	}
	if e.kind == known.NoKind {
		e.kind = r.kind
	}
	first := r.names[0].key()
	for i, f := range r.names {
		e.uses = append(e.uses, use{form: f, source: r.source, short: f.key() != first && i > 0, notes: r.notes[f.key()]})
		if n := (name{r.typ, f.key()}); !slices.Contains(es.named[n], e) {
			es.named[n] = append(es.named[n], e)
		}
	}
	for _, f := range r.short {
		e.uses = append(e.uses, use{form: f, source: r.source, short: true, notes: r.notes[f.key()]})
	}
}

// find returns the entity that a row is about: one of its type and country that has the row's
// first name, or whose first name is an alias of the row; nil if there is none.
func (es *entities) find(r row) *entity {
	if r.several {
		return nil
	}
	for i, f := range r.names {
		for _, e := range es.named[name{r.typ, f.key()}] {
			if (e.country == r.country || e.country == "" || r.country == "" || r.typ == known.Person) && (i == 0 || e.first == f.key()) && !e.several {
				return e
			}
		}
	}
	return nil
}
