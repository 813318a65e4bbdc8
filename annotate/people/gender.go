package people

import (
	"strings"

	"byline/annotate/lexicon/en"
)

// genderOf returns the gender shown by a person's title ("Mrs.") or else by the first name.
func genderOf(name, title string) en.Gender {
	for w := range strings.FieldsSeq(strings.ToLower(title)) {
		if t := en.Of(strings.TrimSuffix(w, ".")); t.Is(en.Tells) {
			return t.Gender
		}
	}
	first, _, ok := strings.Cut(name, " ")
	if !ok && title != "" {
		return en.Unknown // a surname alone
	}
	return en.FirstName(first)
}
