package query

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// LabelKey returns a label as it compares with others: in lower case, without accents
// and double quotes, its words parted by one blank.
func LabelKey(label string) string {
	words := strings.Join(strings.Fields(label), " ")
	return strings.Map(func(r rune) rune {
		if r == '"' || unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(words))
}

// labelField writes a label as a field of its own, without the colon.
func labelField(label string) string {
	if isField(Field(strings.ToLower(label))) || strings.ContainsFunc(label, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '-' && r != '_' }) || strings.HasPrefix(label, "-") {
		return `"` + strings.ReplaceAll(label, `"`, "") + `"`
	}
	return label
}
