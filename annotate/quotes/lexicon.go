package quotes

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

// A class says what a cue does with what is said; cues.txt describes them.
type class uint8

const (
	noCue class = iota
	say
	tell
	naming
	voice
	think
)

// A cue is a form of a verb that reports speech.
type cue struct {
	class  class
	weight float64 // 0 to 1, see cues.txt
	base   bool    // "say": speaks only after a plural, and is often a noun
	ing    bool
}

// A gender is what a name or noun says of who bears it.
type gender uint8

const (
	unknown gender = iota
	male
	female
	plural // several
	thing  // organizations and documents
)

// A noun is the head of a phrase that can speak.
type noun struct {
	gender gender
	org    bool // an organization; or else a person or persons
	paper  bool // a document
}

// A lexicon holds the words that the rules know.
type lexicon struct {
	cues  map[string]cue
	nouns map[string]noun
	wider map[string][]string // "leader": the roles it may take up again
}

//go:embed cues.txt
var cueTable string

//go:embed nouns.txt
var nounTable string

// words returns the lexicon, parsed when it is first asked for.
var words = sync.OnceValue(func() *lexicon {
	l := &lexicon{cues: map[string]cue{}, nouns: map[string]noun{}, wider: map[string][]string{}}
	for line := range strings.Lines(cueTable) {
		if !strings.HasPrefix(line, "#") {
			l.addCues(strings.Fields(line))
		}
	}
	for line := range strings.Lines(nounTable) {
		if !strings.HasPrefix(line, "#") {
			l.addNouns(strings.Fields(line))
		}
	}
	return l
})

// classes are the names of cues.txt.
var classes = map[string]class{"say": say, "tell": tell, "name": naming, "voice": voice, "think": think}

func (l *lexicon) addCues(f []string) {
	for i := 1; i+1 < len(f); i += 2 {
		n, err := strconv.Atoi(f[i+1])
		if err != nil {
			panic("quotes: cues.txt: weight of " + f[i] + ": " + err.Error())
		}
		c := cue{class: classes[f[0]], weight: float64(n) / 100, ing: strings.HasSuffix(f[i], "ing")}
		c.base = i == 1 && !c.ing && f[i] != "read" && !strings.HasSuffix(f[i], "ed")
		l.cues[f[i]] = c
	}
}

func (l *lexicon) addNouns(f []string) {
	if len(f) == 0 {
		return
	}
	if f[0] == "=" {
		l.wider[f[1]] = append(l.wider[f[1]], f[2:]...)
		return
	}
	var n noun
	switch f[0] {
	case "man":
		n.gender = male
	case "woman":
		n.gender = female
	case "many":
		n.gender = plural
	case "organization":
		n = noun{gender: thing, org: true}
	case "document":
		n = noun{gender: thing, paper: true}
	}
	for _, w := range f[1:] {
		if _, ok := l.nouns[w]; !ok {
			l.nouns[w] = n
		}
	}
}

// pronouns are those that can speak in an article, with what they say of who does.
var pronouns = map[string]gender{
	"he": male, "she": female, "they": plural, "it": thing, "i": unknown, "we": plural, "you": unknown,
}

// titles give a gender away.
var titles = map[string]gender{
	"mr": male, "mister": male, "sir": male, "lord": male, "king": male, "prince": male, "father": male, "brother": male,
	"mrs": female, "ms": female, "miss": female, "lady": female, "dame": female, "queen": female, "princess": female,
	"madam": female, "madame": female, "sister": female, "baroness": female, "duke": male, "duchess": female,
	"congressman": male, "congresswoman": female, "councilman": male, "councilwoman": female, "chairman": male,
	"chairwoman": female, "spokesman": male, "spokeswoman": female, "actor": male, "actress": female,
}

// between are words that stand between a subject and its verb.
var between = map[string]bool{
	"has": true, "had": true, "have": true, "also": true, "was": true, "is": true, "were": true, "are": true, "been": true,
	"then": true, "later": true, "once": true, "now": true, "again": true, "would": true, "will": true, "could": true,
	"can": true, "might": true, "must": true, "should": true, "may": true, "did": true, "does": true, "do": true,
	"not": true, "never": true, "always": true, "often": true, "just": true, "himself": true, "herself": true,
	"itself": true, "themselves": true, "simply": true, "even": true, "still": true, "only": true, "too": true,
	"earlier": true, "since": true, "further": true, "instead": true, "all": true, "both": true, "being": true, "be": true,
	"reportedly": true, "quoted": true, "as": true, "cited": true, "ever": true, "already": true, "yesterday": true, "today": true,
}

// determiners begin a phrase.
var determiners = map[string]bool{
	"the": true, "a": true, "an": true, "his": true, "her": true, "its": true, "their": true, "our": true, "my": true,
	"this": true, "that": true, "these": true, "those": true, "one": true, "another": true, "some": true, "several": true,
	"many": true, "two": true, "three": true, "four": true, "five": true, "other": true, "no": true, "both": true, "most": true, "any": true,
	"each": true, "every": true, "few": true, "all": true,
}

// of are the words that tie a noun to whom it speaks for.
var of = map[string]bool{"for": true, "of": true, "at": true, "from": true, "with": true, "in": true, "on": true, "to": true}
