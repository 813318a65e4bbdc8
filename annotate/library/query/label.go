package query

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// LabelKey returns the form of a label that is compared: lower case, without accents and
// double quotes, with single blanks between words.
func LabelKey(label string) string {
	words := strings.Join(strings.Fields(label), " ")
	return strings.Map(func(r rune) rune {
		if r == '"' || unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(words))
}

// labelField returns a label as it is written in place of a field, without the colon.
func labelField(label string) string {
	if isField(Field(strings.ToLower(label))) || strings.ContainsFunc(label, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '-' && r != '_' }) || strings.HasPrefix(label, "-") {
		return `"` + strings.ReplaceAll(label, `"`, "") + `"`
	}
	return label
}
