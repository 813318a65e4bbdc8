package people

import (
	"slices"
	"strings"
	"unicode"

	"byline/annotate"
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

// Genders returns the gender of each entity as the words around it tell: a title, else
// the first name of its full name, else the pronouns that come next behind its mentions
// before anybody else is named. What is no person has none.
func Genders(text string, es []annotate.Entity) []Gender {
	genders := make([]Gender, len(es))
	var open []int // people whose names do not tell
	for i := range es {
		if es[i].Type != annotate.Person {
			continue
		}
		if genders[i] = ofNames(text, &es[i]); genders[i] == Unknown {
			open = append(open, i)
		}
	}
	if len(open) == 0 {
		return genders
	}
	next := starts(es)
	for _, i := range open {
		genders[i] = ofPronouns(text, &es[i], next)
	}
	return genders
}

// ofNames returns the gender that titles tell, or else the fullest name.
func ofNames(text string, e *annotate.Entity) Gender {
	for _, m := range e.Mentions {
		if g := Guess("", m.Title.In(text)); g != Unknown {
			return g
		}
	}
	first, _, full := strings.Cut(e.Name, " ")
	if !full && len(e.Mentions) > 0 && FirstName(first) == Unknown {
		return Unknown
	}
	if g := Guess(e.Name, ""); g != Unknown {
		return g
	}
	return FirstName(nickname(fold(first)))
}

// starts returns where people are named, in order.
func starts(es []annotate.Entity) []int {
	var at []int
	for i := range es {
		if es[i].Type == annotate.Person {
			for _, m := range es[i].Mentions {
				if m.Form == annotate.Name {
					at = append(at, m.Start)
				}
			}
		}
	}
	slices.Sort(at)
	return at
}

// nearby is how many bytes behind a name a pronoun is looked for.
const nearby = 200

// ofPronouns returns the gender of most first pronouns behind the mentions of e, looked
// for up to the next name of a person; next says where those are.
func ofPronouns(text string, e *annotate.Entity, next []int) Gender {
	men := 0
	for _, m := range e.Mentions {
		if m.Form != annotate.Name {
			continue
		}
		end := min(len(text), m.End+nearby)
		if k, _ := slices.BinarySearch(next, m.Start+1); k < len(next) {
			end = min(end, next[k])
		}
		for w := range strings.FieldsFuncSeq(text[min(m.End, end):end], func(r rune) bool { return !unicode.IsLetter(r) }) {
			if g := pronouns[strings.ToLower(w)]; g != Unknown {
				men += int(Female) + int(Male) - 2*int(g)
				break
			}
		}
	}
	switch {
	case men > 0:
		return Male
	case men < 0:
		return Female
	}
	return Unknown
}

// pronouns tell a gender.
var pronouns = map[string]Gender{
	"he": Male, "him": Male, "his": Male, "himself": Male, "she": Female, "her": Female, "hers": Female, "herself": Female,
}
