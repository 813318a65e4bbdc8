// Package words holds the vocabulary of reported speech that package quotes goes by:
// verbs that report what somebody says (cues.txt), nouns that can be who says it
// (nouns.txt), and other words by what the rules ask about them (kinds.txt).
package words

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"byline/annotate/lexicon/en"
)

// A Class says what a cue does with what is said; cues.txt describes them.
type Class uint8

// The classes of cues.
const (
	NoCue Class = iota
	Say
	Tell
	Naming
	Voice
	Think
)

// A Cue is a form of a verb that reports speech.
type Cue struct {
	Class  Class
	Weight float64 // 0 to 1: how often the form is next to a quotation mark, see cues.txt
	Base   bool    // "say": speaks only after a plural, and is often a noun
	Ing    bool    // "saying"
}

// A Noun is the head of a phrase that can speak.
type Noun struct {
	Gender       en.Gender
	Organization bool // or else a person or persons
	Document     bool
}

// Person reports whether the noun is said of persons.
func (n Noun) Person() bool { return !n.Organization && !n.Document }

// A Lexicon holds the verbs and nouns. All words are in small letters.
type Lexicon struct {
	Cues  map[string]Cue
	Nouns map[string]Noun
	Wider map[string][]string // "leader": the roles that it may take up again
}

//go:embed cues.txt
var cueTable string

//go:embed nouns.txt
var nounTable string

// English returns the lexicon, which is read when it is first asked for and must not be
// changed.
var English = sync.OnceValue(func() *Lexicon {
	l := &Lexicon{Cues: map[string]Cue{}, Nouns: map[string]Noun{}, Wider: map[string][]string{}}
	for line := range strings.Lines(cueTable) {
		if !strings.HasPrefix(line, "#") {
			l.addCues(strings.Fields(line))
		}
	}
	for line := range strings.Lines(nounTable) {
		if f := strings.Fields(line); len(f) > 0 && f[0] != "#" {
			l.addNouns(f)
		}
	}
	return l
})

// classes are the names of cues.txt.
var classes = map[string]Class{"say": Say, "tell": Tell, "name": Naming, "voice": Voice, "think": Think}

// addCues adds the forms of a verb: its class, then each form and its weight in per cent.
func (l *Lexicon) addCues(f []string) {
	for i := 1; i+1 < len(f); i += 2 {
		percent, err := strconv.Atoi(f[i+1])
		if err != nil {
			panic("words: cues.txt: weight of " + f[i] + ": " + err.Error())
		}
		c := Cue{Class: classes[f[0]], Weight: float64(percent) / 100, Ing: strings.HasSuffix(f[i], "ing")}
		c.Base = i == 1 && !c.Ing && f[i] != "read" && !strings.HasSuffix(f[i], "ed")
		l.Cues[f[i]] = c
	}
}

// heads are the names of nouns.txt for what a noun is said of.
var heads = map[string]Noun{
	"person":       {},
	"man":          {Gender: en.Male},
	"woman":        {Gender: en.Female},
	"many":         {Gender: en.Plural},
	"organization": {Gender: en.Thing, Organization: true},
	"document":     {Gender: en.Thing, Document: true},
}

// addNouns adds the nouns of a line. A noun that is on two lines is what the first says.
func (l *Lexicon) addNouns(f []string) {
	if f[0] == "=" {
		l.Wider[f[1]] = append(l.Wider[f[1]], f[2:]...)
		return
	}
	n, ok := heads[f[0]]
	if !ok {
		panic("words: nouns.txt: no kind of noun " + f[0])
	}
	for _, w := range f[1:] {
		if _, ok := l.Nouns[w]; !ok {
			l.Nouns[w] = n
		}
	}
}
