package en

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed abbreviations.txt
var abbreviationTable string

// An Abbreviation says what may follow the dot of an abbreviation.
type Abbreviation uint8

// The possibilities, see abbreviations.txt.
const (
	NoAbbreviation Abbreviation = iota
	BeforeName                  // a name: "Mr."; no sentence ends here
	BeforeAny                   // anything: "Inc."; a sentence ends if one clearly starts
	BeforeDay                   // a number, or the end of a sentence: "Jan."
	BeforeNumber                // it is an abbreviation before a number only: "No."
)

// afters are the flags of abbreviations.txt.
var afters = map[string]Abbreviation{"name": BeforeName, "any": BeforeAny, "month": BeforeDay, "number": BeforeNumber}

// AbbreviationOf returns the kind of abbreviation that word is. Word is written as in the text,
// without the final dot.
func AbbreviationOf(word string) Abbreviation { return abbreviations()[word] }

var abbreviations = sync.OnceValue(func() map[string]Abbreviation {
	m := map[string]Abbreviation{}
	for names, word := range rows(abbreviationTable) {
		m[word] = afters[names[0]]
	}
	for word, w := range words() {
		if w.Is(abbreviated) {
			m[capitalized(word)] = BeforeName
		}
		if w.Is(capitals) {
			m[strings.ToUpper(word)] = BeforeName
		}
	}
	return m
})
