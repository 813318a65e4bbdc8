package people

import (
	"strings"

	"byline/annotate/lexicon"
)

// A Gender is what a name and its title say of the pronouns for its bearer.
type Gender uint8

// The genders that pronouns tell apart.
const (
	Unknown Gender = iota
	Male
	Female
)

// clear is the share of the bearers of a first name from which on it tells a gender.
const clear = 0.9

// Guess returns the gender that the title ("Mrs.") or else the first name of a person
// tells. First names are those of the United States census of 1990.
func Guess(name, title string) Gender {
	for w := range strings.FieldsSeq(strings.ToLower(title)) {
		switch strings.TrimSuffix(w, ".") {
		case "mr", "sir", "lord", "king", "prince", "duke", "baron", "sultan", "emperor", "father", "fr", "brother", "pope", "rabbi",
			"imam", "sheikh", "monsieur", "don", "señor", "herr", "chairman", "congressman", "spokesman", "councilman", "businessman", "actor":
			return Male
		case "mrs", "ms", "miss", "lady", "dame", "queen", "princess", "duchess", "baroness", "countess", "empress", "sister", "madame", "mme",
			"señora", "frau", "chairwoman", "congresswoman", "spokeswoman", "councilwoman", "businesswoman", "actress":
			return Female
		}
	}
	first, _, ok := strings.Cut(name, " ")
	if !ok && title != "" {
		return Unknown // a bare surname
	}
	return FirstName(first)
}

// FirstName returns the gender that a first name tells.
func FirstName(first string) Gender {
	male, female := lexicon.FirstName(first)
	switch {
	case male >= clear:
		return Male
	case female >= clear:
		return Female
	}
	return Unknown
}

// apart reports whether a and b are of different gender for certain.
func apart(a, b Gender) bool { return a != Unknown && b != Unknown && a != b }
