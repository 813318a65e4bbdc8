package words

import (
	_ "embed"
	"strings"
	"sync"

	"byline/annotate/lexicon/en"
)

// A Kind is a set of what the rules ask about a word. Words are in small letters but for those of
// [Honor] and [Asking], and a word may be of several kinds.
type Kind uint64

// The kinds of closed classes. A word of a kind …
const (
	Determiner Kind = 1 << iota // … starts a noun phrase
	Of                          // … attaches a noun to what it belongs to or speaks for: "a spokesman for Halden Media"
	Away                        // … is a further preposition that a phrase may hang on: "protesters outside the court"
	Fronting                    // … starts a phrase or clause before the subject of a sentence
	Quantity                    // … is a quantity that speaks by itself or with "of": "some of the players"
	Indefinite                  // … is an article of somebody not named before
	Number                      // … is a number from five to ten, which is no determiner of speakers
	Clause                      // … starts another clause at the end of one
	Small                       // … is in small letters inside titles
	Addressee                   // … is a pronoun that is spoken to after a verb
	Weekday                     // … is the name of a day
)

// The kinds of kinds.txt, to the first three of which words of closed classes belong as well.
const (
	Finite       Kind = 1 << (16 + iota) // … is a verb that only clauses have
	Between                              // … may be between a subject and its verb: "Quill has also said"
	NeverSubject                         // … can be where a noun could, and is no subject
	Attributive                          // … is only followed by nouns and what belongs to them: "the hearing" is no cue
	Participle                           // … starts a sentence before its subject, as participles do: "Born in Orrin, Quill"
	CloseTo                              // … attaches a noun to somebody who is not meant: "sources close to Lee"
	Habitual                             // … is a verb before "to" that leaves it said: "liked to say"
	Lesser                               // … makes another role of the noun after it: "former mayor"
	Aiming                               // … comes before whom something is said or done to
	Nounish                              // … is a cue that is a noun more often than a verb
	TakesNoun                            // … is a cue that without "that" takes a noun and no clause
	Sentential                           // … is frequent in sentences, and rare in titles and terms
	Announcing                           // … announces a title, a nickname or a term
	Quoting                              // … is a verb or noun before words that its subject says: "accused him of “theft”"
	Work                                 // … is a noun of what has a title
	Voices                               // … is a noun of people who speak for the body that they are at: "analysts at Halden Media"
	Authored                             // … is a noun of a text that has an author
	Term                                 // … is said of words as words: "the term", "means"
	Sign                                 // … is a noun of what is read and not said
	Utterance                            // … is a noun for what somebody says
	Writing                              // … is a verb that announces words in writing
	Reading                              // … is a cue of a text: "read"
	Onward                               // … is a cue that goes on with what was said: "added"
	Body                                 // … is a noun of a body that an article need not name to speak of it
	Office                               // … is a noun of a person whom an article need not name
	Epithet                              // … is a noun said of people who have an office or trade as well
	Honor                                // … is letters after a name: "Ann Lee QC"; these are told by case
	Asking                               // … is a label of a turn that names nobody; these are told by case
	Elision                              // … starts with an apostrophe
	LabelTitle                           // … is a title of the label of a turn, of men and women alike
	Demonym                              // … says where a person is from, without an ending that does
)

//go:embed kinds.txt
var kindTable string

// kindNames are the kinds of kinds.txt.
var kindNames = map[string]Kind{
	"attributive":   Attributive,
	"between":       Between,
	"participle":    Participle,
	"close":         CloseTo,
	"never-subject": NeverSubject,
	"habitual":      Habitual,
	"lesser":        Lesser,
	"aiming":        Aiming,
	"nounish":       Nounish,
	"reading":       Reading,
	"onward":        Onward,
	"takes-noun":    TakesNoun,
	"finite":        Finite,
	"sentential":    Sentential,
	"announces":     Announcing,
	"quoting":       Quoting,
	"work":          Work,
	"term":          Term,
	"voices":        Voices,
	"authored":      Authored,
	"sign":          Sign,
	"utterance":     Utterance,
	"writes":        Writing,
	"body":          Body,
	"office":        Office,
	"epithet":       Epithet,
	"honor":         Honor,
	"asking":        Asking,
	"label-title":   LabelTitle,
	"demonym":       Demonym,
	"elision":       Elision,
}

// closed says of which kinds the closed classes are: words of a class and of none that not has.
var closed = []struct {
	kind       Kind
	class, not en.Class
}{
	{Determiner, en.Determiner, 0},
	{Of, en.Attaches, 0},
	{Away, en.Away, 0},
	{Fronting, en.Fronts, 0},
	{Quantity, en.Quantity, 0},
	{Indefinite, en.Indefinite, 0},
	{Number, en.Number, 0},
	{Clause, en.Clause, 0},
	{Small, en.Small, 0},
	{Addressee, en.Object, en.Possessive},
	{Weekday, en.Weekday, 0},
	{NeverSubject, en.Weekday | en.Month, en.Auxiliary},
	{Finite, en.Auxiliary, 0},
}

// kinds are the kinds of all words, put together when they are first asked for.
var kinds = sync.OnceValue(func() map[string]Kind {
	m := map[string]Kind{}
	for w, word := range en.All() {
		for _, c := range closed {
			if word.Is(c.class) && !word.Is(c.not) {
				m[w] |= c.kind
			}
		}
		if word.Is(en.Auxiliary) && !strings.ContainsAny(w, "'’") && w != "cannot" {
			m[w] |= Between
		}
	}
	for line := range strings.Lines(kindTable) {
		name, list, ok := strings.Cut(line, ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		k, ok := kindNames[name]
		if !ok {
			panic("words: kinds.txt: no kind " + name)
		}
		for w := range strings.FieldsSeq(list) {
			m[w] |= k
		}
	}
	return m
})

// KindsOf returns the kinds of word w.
func KindsOf(w string) Kind { return kinds()[w] }

// Has reports whether word w is of one of the kinds of k.
func (k Kind) Has(w string) bool { return kinds()[w]&k != 0 }
