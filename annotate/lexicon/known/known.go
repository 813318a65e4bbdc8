// Package known looks up names of organizations, people, places and other things that are known as
// a whole: which types a form can have, what kind of organization it is, and which other forms
// have the same owner.
//
// As in package lexicon, the lists are tables in the binary, used in place, and the words are not stored. known.bin holds the lists whose licences ask for no more than a notice;
// shared.bin, which is made from all lists and so decides where it has a form, those whose
// licences ask that what is derived from them be shared alike.
//
// Phrases are looked up folded, token by token, with a [lexicon.Key]: [Of]. Acronyms are
// looked up as they are written, but without dots, so that WHO is not "who": [Word].
package known

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"byline/annotate/lexicon"
	"byline/annotate/lexicon/packed"
)

//go:embed known.bin
var knownFile []byte

//go:embed shared.bin
var sharedFile []byte

// The tables, which are opened when they are first needed.
var (
	knownTable  = sync.OnceValue(func() *packed.Table { return packed.MustOpen(knownFile) })
	sharedTable = sync.OnceValue(func() *packed.Table { return packed.MustOpen(sharedFile) })
)

// MaxTokens is the most tokens that a form in the tables has.
const MaxTokens = 8

// Facts are what the lists say about a form.
type Facts uint32

// The facts besides kind, tier and main type. The first four are the types that the form has in any list.
const (
	Person       Facts = 1 << iota
	Organization       // companies, media, parties, clubs and the like
	Place
	Other
	OneOwner       // exactly one entity has this form
	Short          // an alias or acronym, not the first name of its owner
	SometimesSmall // a word that is in small letters in 2 % to 20 % of its uses in mid-sentence
	MostlySmall    // in more than that
	AlsoPerson     // also a first name or a surname
	AlsoPlace      // also a town, region or country
	AlsoWord       // also an ordinary word
)

// Types are the facts that are types.
const Types = Person | Organization | Place | Other

const longest Facts = 7 << longestShift

const (
	longestShift = 12 // 3 bits: one less than the tokens
	tierShift    = 16 // 2 bits
	mainShift    = 18 // 2 bits: the type of the best list
	kindShift    = 20 // 5 bits
)

// A Tier says how far a form's best list can be trusted.
type Tier uint8

// The tiers.
const (
	None  Tier = iota // not a form, at most the beginning of one
	Weak              // a single word of a list of brands or companies, or a list that is uneven
	Clean             // a list that was made with care
	Sure              // chosen one by one, as what news mentions
)

// With returns f with a tier, the type of its best list and a kind.
func (f Facts) With(t Tier, main Facts, k Kind) Facts {
	i := Facts(0)
	for main > 1 {
		main >>= 1
		i++
	}
	return f&(1<<tierShift-1) | Facts(t)<<tierShift | i<<mainShift | Facts(k)<<kindShift
}

// WithLongest returns f with the tokens of the longest form that begins with this one.
func (f Facts) WithLongest(n int) Facts {
	return f&^longest | Facts(max(n-1, 0))<<longestShift&longest
}

// Longest returns the tokens of the longest form that begins with this one of one or two tokens, 0 if there
// is none. Forms of three tokens and more do not have it.
func (f Facts) Longest() int {
	if n := int(f & longest >> longestShift); n > 0 {
		return n + 1
	}
	return 0
}

// Has reports whether f has all of g.
func (f Facts) Has(g Facts) bool { return f&g == g }

// Tier returns the tier of the form's best list.
func (f Facts) Tier() Tier { return Tier(f >> tierShift & 3) }

// Kind returns the kind of the form's owner in the best list; 0 if its owners there differ.
func (f Facts) Kind() Kind { return Kind(f >> kindShift & 31) }

// Main returns the type of the form in its best list: the one to take where it has several.
// It is 0 if it has none.
func (f Facts) Main() Facts {
	if f&Types == 0 {
		return 0
	}
	return 1 << (f >> mainShift & 3)
}

// Only returns the form's type if the lists give it one, and 0 if they give none or several.
func (f Facts) Only() Facts {
	if t := f & Types; t&(t-1) == 0 {
		return t
	}
	return 0
}

// Certain reports whether the form is a name of one type by lists that can be trusted, and nothing
// else: no ordinary word, nor a person's or place's name besides.
func (f Facts) Certain() bool {
	return f.Only() != 0 && f.Tier() >= Clean && f&(SometimesSmall|MostlySmall|AlsoPerson|AlsoPlace|AlsoWord) == 0
}

// Of returns the facts about the phrase of k, whatever its case.
func Of(k lexicon.Key) Facts {
	h := k.Spread()
	return join(Facts(knownTable().Find(h)), Facts(sharedTable().Find(h)))
}

// Owner returns a number that the forms of one entity share: BBC and British Broadcasting
// Corporation. It is 0 if the form has no owner or several.
func Owner(k lexicon.Key) uint32 {
	a, owner := find(knownTable(), k)
	if b, shared := find(sharedTable(), k); b&Types != 0 {
		a, owner = b, shared
	}
	if a&OneOwner == 0 {
		return 0
	}
	return owner
}

func join(a, b Facts) Facts {
	if b&Types != 0 {
		a, b = b, a
	}
	return a&^longest | max(a&longest, b&longest)
}

// Word returns the facts about a single token by its case: those of an acronym if it is written as
// one ("WFP", "W.F.P.", "AfD") and listed, else those of the folded word. Longest is that of the
// folded word.
func Word(word string) Facts {
	f := Of(lexicon.Key(0).Add(word))
	if !acronymic(word) {
		return f
	}
	if a := Of(Acronym(word)); a != 0 {
		if strings.Contains(word, ".") {
			a = undotted(a, word)
		}
		return a | f&longest
	}
	return f
}

// undotted returns the facts about an acronym that is written with dots, which no ordinary word is. Two
// letters may be the initials of a first name.
func undotted(f Facts, word string) Facts {
	f &^= SometimesSmall | MostlySmall | AlsoWord
	if len(word) <= len("J.D.") && f.Kind() != World {
		f |= AlsoPerson
	}
	return f
}

// WordOwner is [Owner] for a single token, which is looked up as [Word] does.
func WordOwner(word string) uint32 {
	if acronymic(word) {
		if k := Acronym(word); Of(k) != 0 {
			return Owner(k)
		}
	}
	return Owner(lexicon.Key(0).Add(word))
}

// acronymic reports whether word has a capital or digit after its first letter.
func acronymic(word string) bool {
	for i, r := range word {
		if i > 0 && (r < utf8.RuneSelf && (byte(r)-'A' < 26 || byte(r)-'0' < 10) || r >= utf8.RuneSelf && unicode.IsUpper(r)) {
			return true
		}
	}
	return false
}

// caseful starts the keys of forms that are not folded. No folded key starts so, as no word
// holds a line end.
const caseful = "\n"

// Acronym returns the key of word as it is written, without its dots: "W.F.P.", "W.F.P" and "WFP"
// have the same.
func Acronym(word string) lexicon.Key {
	k := lexicon.Key(0).Add(caseful)
	for i := 0; i < len(word); i++ {
		if word[i] != '.' {
			k = k.Byte(word[i])
		}
	}
	return k
}

// find returns what a table says of k, and its owner.
func find(table *packed.Table, k lexicon.Key) (Facts, uint32) {
	facts, owner := table.FindWith(k.Spread())
	return Facts(facts), owner
}
