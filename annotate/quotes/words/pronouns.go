package words

import "byline/annotate/lexicon/en"

// Pronoun returns what a pronoun that can be a subject tells of who is meant.
func Pronoun(w string) (en.Gender, bool) {
	p := en.Of(w)
	return p.Gender, p.Is(en.Subject)
}

// Object returns what a pronoun after "by" tells of who is meant.
func Object(w string) (en.Gender, bool) {
	p := en.Of(w)
	return p.Gender, p.Is(en.Object) && p.Is(en.Third)
}

// Owner returns what a possessive pronoun of the third person tells of who owns.
func Owner(w string) (en.Gender, bool) {
	p := en.Of(w)
	return p.Gender, p.Is(en.Possessive) && p.Is(en.Third)
}

// Title returns the gender that title w, in small letters and without a dot, tells of who bears it.
func Title(w string) en.Gender {
	if t := en.Of(w); t.Is(en.Address) {
		return t.Gender
	}
	return en.Unknown
}
