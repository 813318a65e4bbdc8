// Package en is the English that the stages share: words of closed classes (pronouns,
// determiners, prepositions, auxiliaries, weekdays, months), titles and honorifics,
// abbreviations, quotation marks, and the gender that a word shows.
//
// The tables are the text files words.txt, titles.txt and abbreviations.txt, meant to be read and
// edited by people; they are parsed when the first word is looked up. A word has one row. If the
// stages disagree about it ("mx" is a title to segment, names and the library, but not to people
// and quotes), flags of the row say so: measure the effect on the stage that reads a flag before
// changing it.
//
// Package lexicon, the folder above, holds the open classes: names of people, companies and
// cities from public lists. Nouns and verbs that speak ("spokesman", "said") are the
// business of package quotes alone, and first names that are short for others of package people.
package en

import (
	_ "embed"
	"iter"
	"maps"
	"strings"
	"sync"
)

//go:embed words.txt
var wordTable string

//go:embed titles.txt
var titleTable string

// A Class is a set of properties of a word, and of uses that stages make of it.
type Class uint64

// Words of closed classes, see words.txt.
const (
	Pronoun        Class = 1 << iota // a personal or possessive pronoun, or a form of who
	Subject                          // a pronoun that can be a subject: "she"
	Object                           // a pronoun that can be an object: "him"
	Possessive                       // "his"
	Third                            // a pronoun of the third person
	Determiner                       // begins a noun phrase: "the", "her", "several"
	Indefinite                       // introduces somebody new: "a", "another"
	Quantity                         // speaks with "of" and a noun: "most of them"
	Number                           // "five" to "ten"
	Auxiliary                        // a finite form of be, have, do or a modal verb, with or without not
	Attaches                         // a preposition that ties a noun to whom it speaks for: "spokesman for"
	Fronts                           // begins a phrase before the subject: "During", "Asked"
	Away                             // a preposition that does not attach to a subject
	Clause                           // begins a clause at the end of another: "until"
	Weekday                          // "monday"
	Month                            // "january"
	ShortMonth                       // "jan", without the dot
	Small                            // lower case inside the title of a work
	Joins                            // lower case inside a name: "van"
	Binds                            // ties the words of an organization's name together: "of", "et"
	Nameless                         // capitalized it is not a name, unless it is all in capitals
	Common                           // capitalized alone, it is a common noun more often than a name: "the Council"
	Fields                           // a body that is named by its fields: "Ministry of Ports, Rivers and Harbour Affairs"
	Given                            // short for a given name: "Md"
	Traded                           // after a name, it is a firm's: "shares"
	Moves                            // what prices do, with a number: "fell"
	Settlement                       // with "of" before a place: "town"
	Structure                        // ends the name of a part of a town: "Quill Street"
	Tail                             // ordinary after a name and a hyphen: "Oslo-led"; those in -ed are not listed
	Head                             // ordinary before a hyphen and a name: "anti-Quill"
	Opens                            // so too with a capital: "Anti-Quill"
	Was                              // so too before a name of several words: "Ex-Orrin Bay banker"
	Body                             // ends the name of an organization and of no person: "Trust"
	Civic                            // so too, with the name of its town before it: "Library"
	startsSentence                   // often starts a sentence and seldom continues a name; see [Starts]
)

// Titles and honorifics, see titles.txt.
const (
	Title       Class = 1 << (40 + iota) // names: a title before a name
	DottedTitle                          // names: a title where a dot follows it
	BeforeTitle                          // names: goes before a title: "deputy"
	Honorific                            // people: not compared
	Tells                                // people: its gender is the bearer's
	Address                              // quotes: its gender is the bearer's
	Keyed                                // the library: not compared
	AfterTitle                           // names: goes on after a title: "Datuk Seri"
	Holder                               // names: is no part of a body before it: "Orrin Police Spokesperson"
	Courtesy                             // names: not part of a run of capitals that may be a name
	abbreviated                          // "Mr." ends no sentence
	capitals                             // nor does "MR."
)

// flags are the names of the tables.
var flags = map[string]Class{
	"pronoun": Pronoun, "subject": Subject, "object": Object, "possessive": Possessive, "third": Third,
	"determiner": Determiner, "indefinite": Indefinite, "quantity": Quantity, "number": Number, "auxiliary": Auxiliary,
	"attaches": Attaches, "fronts": Fronts, "away": Away, "clause": Clause, "weekday": Weekday, "month": Month,
	"short-month": ShortMonth, "small": Small, "joins": Joins, "binds": Binds, "nameless": Nameless, "common": Common, "fields": Fields, "given": Given, "traded": Traded, "moves": Moves, "settlement": Settlement, "structure": Structure, "tail": Tail, "head": Head, "opens": Opens, "was": Was, "body": Body, "civic": Civic, "starts": startsSentence,

	"title": Title, "title.": DottedTitle, "before": BeforeTitle, "after": AfterTitle, "honorific": Honorific, "tells": Tells, "address": Address,
	"keyed": Keyed, "holder": Holder, "courtesy": Courtesy, "abbr": abbreviated, "ABBR": capitals,
}

// A Word is what the tables say about a word.
type Word struct {
	Class  Class
	Gender Gender // of the referent of a pronoun, or of the bearer of a title
}

// Is reports whether w has one of the classes.
func (w Word) Is(classes Class) bool { return w.Class&classes != 0 }

// Of returns the entry of word, which must be in lower case and, for a title, without the dot
// after it. It returns the zero Word if there is none.
func Of(word string) Word { return words()[word] }

// All returns all words with their entries, in no order.
func All() iter.Seq2[string, Word] { return maps.All(words()) }

// Starts reports whether word, in its given case, often starts a sentence and rarely continues a
// name: "According", "The". It has one capital, the first letter.
func Starts(word string) bool {
	small := strings.ToLower(word)
	return Of(small).Is(startsSentence) && capitalized(small) == word
}

// capitalized returns word with its first letter, an ASCII one, in upper case.
func capitalized(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

// words returns the rows of words.txt and titles.txt. A word that is in both has the
// flags of both.
var words = sync.OnceValue(func() map[string]Word {
	m := map[string]Word{}
	for _, table := range []string{wordTable, titleTable} {
		for names, word := range rows(table) {
			w := m[word]
			for _, f := range names {
				w.Class |= flags[f]
				w.Gender |= genders[f]
			}
			m[word] = w
		}
	}
	return m
})

// rows yields the words of a table, each with the flags of its line.
func rows(table string) func(yield func([]string, string) bool) {
	return func(yield func([]string, string) bool) {
		for line := range strings.Lines(table) {
			names, list, ok := strings.Cut(line, ":")
			if !ok || strings.HasPrefix(line, "#") {
				continue
			}
			of := strings.Fields(names)
			for w := range strings.FieldsSeq(list) {
				if !yield(of, w) {
					return
				}
			}
		}
	}
}
