package en

import "byline/annotate/lexicon"

// A Gender is what a word says about its referent: a first name or a title about its bearer, a
// pronoun or noun about those it may refer to.
type Gender uint8

// The genders that English pronouns distinguish. First names and titles are Male or Female.
const (
	Unknown Gender = iota
	Male           // he
	Female         // she
	Plural         // they: several
	Thing          // it: organizations and documents
)

// genders are the names of the tables.
var genders = map[string]Gender{"male": Male, "female": Female, "plural": Plural, "thing": Thing}

// clear is the share of the bearers of a first name from which on it has a gender. The shares in
// package lexicon are sixths, so this asks for all but a twelfth.
const clear = 0.9

// FirstName returns the gender of a first name, by the United States census of 1990.
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

// CommonFirstName reports whether a first name is a common one. Of rare names the gender is often another.
func CommonFirstName(first string) bool { return lexicon.Of(first)&lexicon.CommonFirst != 0 }

// Clashes reports whether g and h exclude each other: both are known and they differ.
func (g Gender) Clashes(h Gender) bool { return g != Unknown && h != Unknown && g != h }
