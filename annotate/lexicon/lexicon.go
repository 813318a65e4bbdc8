// Package lexicon classifies words by public name lists and by counts in texts: a first name, a
// surname, a company, a city, a word that is mostly in lower case.
//
// The lists are two tables of package packed, embedded in the binary and used in place: no map is built, and
// every look-up takes some 20 ns. The words themselves are not stored. A word that is in no list is
// mistaken for a listed one about once in a billion.
//
// Case is folded, so the caller decides what capitals mean. Phrases are looked up word
// by word with a [Key], without joining them.
//
// Package en holds the closed classes of English: pronouns, prepositions, titles, weekdays,
// quotation marks. This package holds the open ones, package known names as a whole and what
// they share an owner with. Command build makes the tables.
//
// names.bin holds every list but one; countries.bin holds names of countries and their
// people, whose licence (ODbL) asks that the list be separate. README.md names the sources.
package lexicon

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"byline/annotate/lexicon/packed"

	"golang.org/x/text/unicode/norm"
)

//go:embed names.bin
var namesFile []byte

//go:embed countries.bin
var countriesFile []byte

// The tables, which are opened when they are first needed.
var (
	namesTable     = sync.OnceValue(func() *packed.Table { return packed.MustOpen(namesFile) })
	countriesTable = sync.OnceValue(func() *packed.Table { return packed.MustOpen(countriesFile) })
)

// A Class is a set of properties of a word or phrase.
type Class uint32

// The properties. The three highest bits hold the share of men among the bearers of a first name;
// see [FirstName].
const (
	First         Class = 1 << iota // a first name
	CommonFirst                     // a common one
	Surname                         // a surname
	CommonSurname                   // a common one
	Company                         // a company listed somewhere, without Inc., Ltd. and the like
	School                          // a university
	Agency                          // an agency of the United States or of a part of them
	Party                           // a political party
	Club                            // a football club
	City                            // a city or town
	Region                          // a state, province or the like
	Country                         // a country or a capital
	Demonym                         // the people or the adjective of a country
	Leader                          // the full name of a politician
	Small                           // mostly lower case in running text
	Capital                         // mostly capitalized in mid-sentence
	Opens                           // the first word of a phrase in a list
)

const shareShift = 29

// A Key is a hash of the words of a phrase so far. The zero Key has no words.
type Key uint64

// offset and prime are those of 64-bit FNV-1a (Fowler, Noll, Vo).
const (
	offset = 14695981039346656037
	prime  = 1099511628211
)

// Add returns the key of the phrase with word after it. Letters are folded to lower case, curly
// apostrophes to straight ones and dashes to hyphens.
func (k Key) Add(word string) Key {
	if k == 0 {
		return Key(offset).Join(word)
	}
	return Key((uint64(k) ^ ' ') * prime).Join(word)
}

// Join returns the key of the phrase with word joined to its last word, as "'s" is to
// "Lloyd".
func (k Key) Join(word string) Key {
	h := uint64(k)
	for i := 0; i < len(word); i++ {
		c := word[i]
		if c >= utf8.RuneSelf {
			return addRunes(h, word[i:])
		}
		if c-'A' < 26 {
			c |= 0x20
		}
		h = (h ^ uint64(c)) * prime
	}
	return Key(h)
}

// Token returns the key of the phrase with the next token of a text: an apostrophe, with or without
// s, is joined to the word before it, anything else is a word of its own.
func (k Key) Token(token string) Key {
	switch token {
	case "'s", "’s", "'", "’":
		if k != 0 {
			return k.Join(token)
		}
	}
	return k.Add(token)
}

// Byte returns the key with c joined to its last word, as it is.
func (k Key) Byte(c byte) Key { return Key((uint64(k) ^ uint64(c)) * prime) }

func addRunes(h uint64, word string) Key {
	var buf [utf8.UTFMax]byte
	for _, r := range word {
		switch r {
		case '’':
			r = '\''
		case '–', '‐', '‑':
			r = '-'
		}
		n := utf8.EncodeRune(buf[:], unicode.ToLower(r))
		for _, c := range buf[:n] {
			h = (h ^ uint64(c)) * prime
		}
	}
	return Key(h)
}

// Class returns the class of k's phrase.
func (k Key) Class() Class { return k.in(namesTable()) | k.in(countriesTable()) }

// in returns what a table says of k.
func (k Key) in(table *packed.Table) Class { return Class(table.Find(k.Spread())) }

// Spread returns k as tables need it: with its bits spread over both halves.
func (k Key) Spread() uint64 { return packed.Spread(uint64(k)) }

// Of returns the class of a single word.
func Of(word string) Class { return Key(0).Add(word).Class() }

// FirstName returns the shares of men and of women among the bearers of the first name word, by
// the counts of the United States census of 1990, rounded to sixths. Both are 0 for a word
// that those lists do not have; otherwise they add up to 1.
func FirstName(word string) (male, female float64) {
	share := Of(word) >> shareShift
	if share == 0 {
		return 0, 0
	}
	male = float64(share-1) / 6
	return male, 1 - male
}

// StripDiacritics returns word without diacritics: "Zoë" as "Zoe".
func StripDiacritics(word string) string {
	plain := true
	for i := 0; i < len(word); i++ {
		plain = plain && word[i] < utf8.RuneSelf
	}
	if plain {
		return word
	}
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == 'ł':
			return 'l'
		case r == 'ø':
			return 'o'
		case r == 'ı':
			return 'i'
		}
		return r
	}, norm.NFD.String(word))
}
