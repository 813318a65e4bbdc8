// Package names finds what an article calls by name: people, organizations, places and
// other things.
//
// A trained model (package model) says where names are and of what kind; what the rest of
// the article says of a word takes part in it. Around it are the few rules that need no
// training:
//
//   - A span leaves out titles and honorifics: those that the model took for a part of a
//     person's name are cut off, and those before it are the Title of the mention
//     (titles.go; the words are in package lexicon/en).
//   - No name begins with a sign or ends with a quotation mark; a pronoun is no name; and
//     "Quill & Sons" is one organization (repair.go).
//   - A surname that the model passed over is found by the full name elsewhere (again.go).
//
// Nationalities, religions, languages, events and works are Other: keeping them apart is
// what keeps them out of the organizations. The score of a mention is the model's
// probability that its span and type are both right, calibrated on texts that the model
// had not seen; the model's README.md has the table.
package names
