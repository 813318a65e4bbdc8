package standoff

import (
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

// TypeNamed is [format.TypeNamed].
func TypeNamed(label string) annotate.Type { return format.TypeNamed(label) }

// TypeSpelled is TypeNamed for labels in which "_" stands for blanks, but not at the end: see [format.OwnLabel].
func TypeSpelled(label string) annotate.Type {
	words, own := strings.CutSuffix(label, "_")
	words = strings.ReplaceAll(words, "_", " ")
	if own {
		words += "_"
	}
	return TypeNamed(words)
}
