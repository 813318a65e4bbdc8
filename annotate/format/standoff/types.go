package standoff

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
)

// Label makes a type of brat's of ours: letters of ASCII, digits, "-" and "_", the first
// letter a capital.
func Label(typ annotate.Type) string {
	var b strings.Builder
	for _, r := range string(typ) {
		if r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' {
			r = '_'
		}
		b.WriteRune(r)
	}
	r, n := utf8.DecodeRuneInString(b.String())
	return string(unicode.ToUpper(r)) + b.String()[n:]
}

// CorpusTag is the tag of a type.
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
	return strings.ToUpper(strings.Map(unblank, string(t)))
}

// unblank returns r, or '_' for a blank.
func unblank(r rune) rune {
	if unicode.IsSpace(r) {
		return '_'
	}
	return r
}

// Rank orders types: those that the engine knows, then the user's own.
func Rank(t annotate.Type) int {
	i := slices.Index([]annotate.Type{annotate.Person, annotate.Organization, annotate.Place, annotate.Other}, t)
	if i < 0 {
		return 4
	}
	return i
}

func IsForm(s string) bool {
	return slices.Contains([]string{string(annotate.Nominal), string(annotate.Pronoun), string(annotate.Direct), string(annotate.Mixed), string(annotate.Indirect)}, s)
}

// foreignTypes are the names that corpora and tools have for the engine's types.
var foreignTypes = map[string]annotate.Type{
	"person": annotate.Person, "per": annotate.Person, "people": annotate.Person, "pers": annotate.Person, "persname": annotate.Person,
	"organization": annotate.Organization, "organisation": annotate.Organization, "org": annotate.Organization, "orgname": annotate.Organization, "company": annotate.Organization,
	"place": annotate.Place, "location": annotate.Place, "loc": annotate.Place, "gpe": annotate.Place, "placename": annotate.Place,
	"other": annotate.Other, "misc": annotate.Other, "miscellaneous": annotate.Other,
}

// TypeNamed returns the type that a label stands for: one of the engine's by its usual
// names, else the label, in small letters, as the user's own.
func TypeNamed(label string) annotate.Type {
	low := strings.ToLower(strings.TrimSpace(label))
	if t, ok := foreignTypes[low]; ok {
		return t
	}
	return annotate.Type(cmp.Or(low, string(annotate.Other)))
}
