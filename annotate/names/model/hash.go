package model

import (
	"unicode"
	"unicode/utf8"

	"byline/annotate/lexicon/packed"
)

// offset and prime are those of 64-bit FNV-1a (Fowler, Noll, Vo).
const (
	offset = 14695981039346656037
	prime  = 1099511628211
)

func hash(s string) uint64 {
	h := uint64(offset)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * prime
	}
	return h
}

// mix returns a hash of the pair (a, b).
func mix(a, b uint64) uint64 {
	h := a*0x9E3779B97F4A7C15 ^ (b<<31 | b>>33)
	h ^= h >> 29
	return h * 0xBF58476D1CE4E5B9
}

// hashNorm returns the hash of word in the spelling of the vectors: digits are 0, apostrophes
// straight.
func hashNorm(word string) uint64 {
	h := uint64(offset)
	for i := 0; i < len(word); i++ {
		c := word[i]
		if c >= utf8.RuneSelf {
			return hashRunes(h, word[i:])
		}
		if c-'0' < 10 {
			c = '0'
		}
		h = (h ^ uint64(c)) * prime
	}
	return h
}

func hashRunes(h uint64, word string) uint64 {
	var buf [utf8.UTFMax]byte
	for _, r := range word {
		switch {
		case r == '’':
			r = '\''
		case unicode.IsDigit(r):
			r = '0'
		}
		n := utf8.EncodeRune(buf[:], r)
		for _, c := range buf[:n] {
			h = (h ^ uint64(c)) * prime
		}
	}
	return h
}

// find looks up hash h in a table; 0 means nothing.
func find(table *packed.Table, h uint64) uint32 { return table.Find(packed.Spread(h)) }

// An Entry is one slot of a table.
type Entry struct {
	Hash  uint64
	Value uint32 // not 0
}

// Table returns entries as a table for look-ups. Of two with the same hash the first wins.
func Table(entries []Entry) ([]byte, error) {
	m := packed.NewMaker(len(entries)*5/4 + 2)
	for _, e := range entries {
		m.Put(packed.Spread(e.Hash), e.Value, 0)
	}
	return m.Table()
}

// WordHash returns the hash of word in the table of words.
func WordHash(word string) uint64 { return hashNorm(word) }
