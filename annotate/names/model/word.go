package model

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate/lexicon"
	"byline/annotate/lexicon/known"
)

// A form is the way a word is written.
type form uint8

const (
	capital form = 1 << iota // starts with a capital
	upper                    // has a capital somewhere
	caps                     // consists of capitals, at least two
	lower                    // starts with a lower-case letter
	digits                   // has a digit
	letters                  // has a letter
)

func (f form) has(g form) bool { return f&g != 0 }

// A word is everything known about a word, wherever it occurs. All hashes are of its letters.
type word struct {
	exact, small uint64 // as written; in small letters
	shape        uint64 // "Xxx", "XX-d"
	prefix       [4]uint64
	suffix       [4]uint64 // in small letters
	key          lexicon.Key
	class        lexicon.Class
	known        uint32 // of the table of mined names
	facts        known.Facts
	id           uint32 // of the word's vector; 0 is none
	classes      [3]uint16
	form         form
	low          int32 // index of the lower-cased word in the document's notes
}

// look fills w for the word s; small is a buffer, which it returns.
func (m *Model) look(w *word, s string, small []byte) []byte {
	w.form = formOf(s)
	w.shape = shape(s)
	small = appendLower(small[:0], s)
	w.exact = hash(s)
	w.small = hash(string(small))
	w.setAffixes(s, string(small))
	w.key = lexicon.Key(0).Add(s)
	w.class = w.key.Class()
	w.known = find(m.names, uint64(w.key))
	w.facts = known.Word(s)
	w.id = m.wordID(s, string(small), w.form)
	if w.id > 0 {
		w.classes = m.classesOf(w.id)
	}
	return small
}

func (w *word) setAffixes(s, small string) {
	h := uint64(offset)
	for i := range w.prefix {
		w.prefix[i] = 0
		if i < len(s) {
			h = (h ^ uint64(s[i])) * prime
			w.prefix[i] = h
		}
	}
	h = uint64(offset) + 1
	for i := range w.suffix {
		w.suffix[i] = 0
		if i < len(small) {
			h = (h ^ uint64(small[len(small)-1-i])) * prime
			w.suffix[i] = h
		}
	}
}

// wordID returns the number of the vector of s: in its own spelling, else capitalized if it is in
// capitals, else in lower case.
func (m *Model) wordID(s, small string, f form) uint32 {
	if id := find(m.words, hashNorm(s)); id > 0 || s == small {
		return id
	}
	if f.has(caps) && small[0] < utf8.RuneSelf {
		if id := find(m.words, hashNorm(s[:1]+small[1:])); id > 0 {
			return id
		}
	}
	return find(m.words, hashNorm(small))
}

// formOf returns the form of s.
func formOf(s string) form {
	var f form
	ups, lows := 0, 0
	for i, r := range s {
		switch formOfRune(r) {
		case upper:
			ups++
			if i == 0 {
				f |= capital
			}
		case lower:
			lows++
			if i == 0 {
				f |= lower
			}
		case digits:
			f |= digits
		}
	}
	if ups+lows > 0 {
		f |= letters
	}
	if ups > 0 {
		f |= upper
	}
	if ups > 1 && lows == 0 {
		f |= caps
	}
	return f
}

// formOfRune returns upper for a capital, lower for another letter, digits for an ASCII digit,
// and 0 for anything else.
func formOfRune(r rune) form {
	switch {
	case r >= 'a' && r <= 'z':
		return lower
	case r >= 'A' && r <= 'Z':
		return upper
	case r >= '0' && r <= '9':
		return digits
	case r < utf8.RuneSelf:
		return 0
	case unicode.IsUpper(r):
		return upper
	case unicode.IsLetter(r):
		return lower
	}
	return 0
}

// shape hashes s with X for capitals, x for other letters, d for digits; runs of one kind are cut
// to three.
func shape(s string) uint64 {
	h := uint64(offset) + 2
	last, n := byte(0), 0
	for _, r := range s {
		c := byte(r)
		switch {
		case r >= 'a' && r <= 'z':
			c = 'x'
		case r >= 'A' && r <= 'Z':
			c = 'X'
		case r >= '0' && r <= '9':
			c = 'd'
		case r == '’':
			c = '\''
		case r >= utf8.RuneSelf && unicode.IsUpper(r):
			c = 'X'
		case r >= utf8.RuneSelf && unicode.IsLetter(r):
			c = 'x'
		}
		if c == last {
			if n++; n > 2 {
				continue
			}
		} else {
			last, n = c, 0
		}
		h = (h ^ uint64(c)) * prime
	}
	return h
}

// appendLower appends s in lower case with straight apostrophes.
func appendLower(dst []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			return append(dst, strings.ReplaceAll(strings.ToLower(s[i:]), "’", "'")...)
		}
		if c-'A' < 26 {
			c |= 0x20
		}
		dst = append(dst, c)
	}
	return dst
}
