// Package names finds the names in an article: of people, organizations, places and other things.
//
// A [Tagger] finds where names are and of what type; byline's is the trained model of
// package model. [Find] adds the few rules that need no training:
//
//   - A span leaves out titles and honorifics: those that the tagger took for a part of a
//     person's name are cut off, and those before it are the Title of the mention
//     (titles.go; the words are in package lexicon/en).
//   - No name begins with a sign or ends with a quotation mark; a pronoun is not a name; and
//     "Quill & Sons" is one organization (repair.go).
//   - A name has its brackets, its nickname in marks, "Jr." and ".com" (borders.go); two sides, and a person and
//     a ward, are two names (parts.go); a head before a hyphen is cut off (hyphen.go); and a first name that is also a month
//     is found at the start of a sentence (ends.go).
//   - Datelines, acronyms of ordinary words, peoples, laws and ships are no bodies (apart.go, letters.go, listed.go).
//   - A word that a firm, a town and a person of the article have in common is the one that it can be there (bearers.go), and some
//     heads are no person's and some words no body's (heads.go).
//   - In the list of a team or a jury everybody is a person (lineups.go).
//   - An organization that one word beside it tells is found (unseen.go); a name does not run on into a line that
//     it need not, and a rank is no part of the place that it is of (parts.go).
//   - A surname that the tagger missed is found by the full name elsewhere (surnames.go).
//
// Another tagger is a type with the methods of Tagger, in a package of its own, that
// engine.Default gives to engine.New. Nothing else depends on which one it is: layers are
// stored by its version, and reasons come from its rule.
//
// Nationalities, religions, languages, events and works are of type Other: a type of their
// own keeps them out of the organizations. The score of a mention is the tagger's
// probability that its span and type are both right; the model's is calibrated on texts that
// it had not seen, and its README.md has the table.
package names
