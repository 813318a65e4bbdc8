package people

import (
	"strings"

	"byline/annotate/lexicon/en"
)

// genderOf returns the gender that the title ("Mrs.") or else the first name of a person tells.
func genderOf(name, title string) en.Gender {
	for w := range strings.FieldsSeq(strings.ToLower(title)) {
		if t := en.Of(strings.TrimSuffix(w, ".")); t.Is(en.Tells) {
			return t.Gender
		}
	}
	first, _, ok := strings.Cut(name, " ")
	if !ok && title != "" {
		return en.Unknown // a bare surname
	}
	return en.FirstName(first)
}
