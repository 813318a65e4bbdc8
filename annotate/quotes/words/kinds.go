package words

import (
	_ "embed"
	"strings"
	"sync"
)

// A Kind is what the rules ask about a word; kinds.txt lists the words of each. Words are in
// small letters but for those of [Asking], and a word may be of several kinds.
type Kind uint64

// The kinds. A word of a kind …
const (
	Attributive  Kind = 1 << iota // … is only followed by nouns and what belongs to them: "the hearing" is no cue
	Between                       // … may be between a subject and its verb: "Quill has also said"
	Determiner                    // … begins a noun phrase
	Of                            // … attaches a noun to what it belongs to or speaks for: "a spokesman for Halden Media"
	Away                          // … is a further preposition that a phrase may hang on: "protesters outside the court"
	Fronting                      // … starts a phrase or clause before the subject of a sentence
	Participle                    // … starts a sentence before its subject, as participles do: "Born in Orrin, Quill"
	CloseTo                       // … attaches a noun to somebody who is not meant: "sources close to Lee"
	NeverSubject                  // … can be where a noun could, and is no subject
	Quantity                      // … is a quantity that speaks by itself or with "of": "some of the players"
	Indefinite                    // … is an article of somebody not named before
	Number                        // … is a number from five to ten, which is no determiner of speakers
	Habitual                      // … is a verb before "to" that leaves it said: "liked to say"
	Lesser                        // … makes another role of the noun after it: "former mayor"
	Aiming                        // … comes before whom something is said or done to
	Nounish                       // … is a cue that is a noun more often than a verb
	TakesNoun                     // … is a cue that without "that" takes a noun and no clause
	Clause                        // … starts another clause at the end of one
	Addressee                     // … is a pronoun that is spoken to after a verb
	Finite                        // … is a verb that only clauses have
	Sentential                    // … is frequent in sentences, and rare in titles and terms
	Small                         // … is in small letters inside titles
	Announcing                    // … announces a title, a nickname or a term
	Sign                          // … is a noun of what is read and not said
	Utterance                     // … is a noun for what somebody says
	Writing                       // … is a verb that announces words in writing
	Body                          // … is a noun of a body that an article need not name to speak of it
	Office                        // … is a noun of a person whom an article need not name
	Epithet                       // … is a noun said of people who have an office or trade as well
	Asking                        // … is a label of a turn that names nobody; these are told by case
	Elision                       // … starts with an apostrophe
	Address                       // … is a title of the label of a turn, of men and women alike
	Demonym                       // … says where a person is from, without an ending that does
)

//go:embed kinds.txt
var kindTable string

var kindNames = map[string]Kind{
	"attributive":   Attributive,
	"between":       Between,
	"determiner":    Determiner,
	"attaches":      Of,
	"away":          Away,
	"fronts":        Fronting,
	"participle":    Participle,
	"close":         CloseTo,
	"never-subject": NeverSubject,
	"quantity":      Quantity,
	"indefinite":    Indefinite,
	"number":        Number,
	"habitual":      Habitual,
	"lesser":        Lesser,
	"aiming":        Aiming,
	"nounish":       Nounish,
	"takes-noun":    TakesNoun,
	"clause":        Clause,
	"addressee":     Addressee,
	"finite":        Finite,
	"sentential":    Sentential,
	"small":         Small,
	"announces":     Announcing,
	"sign":          Sign,
	"utterance":     Utterance,
	"writes":        Writing,
	"body":          Body,
	"office":        Office,
	"epithet":       Epithet,
	"asking":        Asking,
	"address":       Address,
	"demonym":       Demonym,
	"elision":       Elision,
}

// kinds are the kinds of all words, read from kinds.txt when they are first asked for.
var kinds = sync.OnceValue(func() map[string]Kind {
	m := map[string]Kind{}
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

// Has reports whether word w is of kind k.
func (k Kind) Has(w string) bool { return kinds()[w]&k != 0 }
