package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"

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
		if header || len(c) < 7 || s.types != "" && !strings.Contains(s.types, c[1]) || slices.Contains(strings.Fields(s.skip), c[2]) {
			header = false
			return
		}
		es.add(es.row(s, c))
	})
}

func (es *entities) row(s *source, c []string) row {
	r := row{source: s, typ: typeOf[c[1]], country: c[3], kind: es.kinds[c[2]], several: strings.Contains(c[2], "generic")}
	if r.typ == known.Person {
		r.kind = known.Human
	}
	r.notes = notesOf(c[0], c[6])
	for _, n := range append([]string{c[0]}, split(c[4])...) {
		r.names = append(r.names, formsOf(n)...)
	}
	if s.short > 0 {
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
			facts = known.AlsoPerson
		case strings.Contains(note, "place"):
			facts = known.AlsoPlace
		case strings.Contains(note, "word"):
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
