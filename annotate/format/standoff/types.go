package standoff

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/format"
)

// Label returns the label that annotation tools have for a type: "Person",
// "Weapon_system". It consists of letters, digits, "-" and "_".
func Label(typ annotate.Type) string {
	var b strings.Builder
	for _, r := range string(typ) {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '-' {
			r = '_'
		}
		b.WriteRune(r)
	}
	r, n := utf8.DecodeRuneInString(b.String())
	return string(unicode.ToUpper(r)) + b.String()[n:]
}

// CorpusTag returns the tag that corpora of names have for a type: PER, ORG, LOC, MISC,
// or the type itself in capitals.
func CorpusTag(t annotate.Type) string {
	switch t {
	case annotate.Person:
		return "PER"
	case annotate.Organization:
		return "ORG"
	case annotate.Place:
		return "LOC"
	case annotate.Other:
		return "MISC"
	}
	return strings.ToUpper(strings.Map(underscore, string(t)))
}

// underscore returns r, or '_' for white space.
func underscore(r rune) rune {
	if unicode.IsSpace(r) {
		return '_'
	}
	return r
}

// Rank returns the place of a type in lists: person, organization, place, other, then
// types of the user's own.
func Rank(t annotate.Type) int {
	i := slices.Index([]annotate.Type{annotate.Person, annotate.Organization, annotate.Place, annotate.Other}, t)
	if i < 0 {
		return 4
	}
	return i
}

// IsForm reports whether s is a form of a mention other than a name, or a type of a quote.
func IsForm(s string) bool {
	return slices.Contains([]string{string(annotate.Nominal), string(annotate.Pronoun), string(annotate.Direct), string(annotate.Mixed), string(annotate.Indirect)}, s)
}

// foreignTypes are the engine's types by the names that corpora and tools have for them.
var foreignTypes = map[string]annotate.Type{
	"person": annotate.Person, "per": annotate.Person, "people": annotate.Person, "pers": annotate.Person, "persname": annotate.Person,
	"organization": annotate.Organization, "organisation": annotate.Organization, "org": annotate.Organization, "orgname": annotate.Organization, "company": annotate.Organization,
	"place": annotate.Place, "location": annotate.Place, "loc": annotate.Place, "gpe": annotate.Place, "placename": annotate.Place,
	"other": annotate.Other, "misc": annotate.Other, "miscellaneous": annotate.Other,
}

// TypeNamed returns the type of a label: one of the engine's if it is a usual name for
// it, else the label in lower case as a type of the user's own.
func TypeNamed(label string) annotate.Type {
	low := strings.ToLower(strings.TrimSpace(label))
	if own, ok := strings.CutSuffix(low, "_"); ok && format.IsPart(own) {
		low = own // see [format.NotPart]
	}
	if t, ok := foreignTypes[low]; ok {
		return t
	}
	return annotate.Type(cmp.Or(low, string(annotate.Other)))
}
