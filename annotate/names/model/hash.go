package model

import (
	"encoding/binary"
	"unicode"
	"unicode/utf8"
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

// spread spreads the bits of h over both halves (the last steps of MurmurHash3).
func spread(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
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

// find looks up hash h in a table of 8-byte slots, 32 bits of the hash and a value of 32 bits,
// where 0 means nothing. It terminates because a table is never full.
func find(table []byte, h uint64) uint32 {
	slots := uint64(len(table) / 8)
	if slots == 0 {
		return 0
	}
	h = spread(h)
	mark := uint32(h>>32) | 1
	for i := h & 0xffffffff * slots >> 32; ; i++ {
		if i == slots {
			i = 0
		}
		slot := binary.LittleEndian.Uint64(table[i*8:])
		switch uint32(slot) {
		case 0:
			return 0
		case mark:
			return uint32(slot >> 32)
		}
	}
}

// An Entry is one slot of a table.
type Entry struct {
	Hash  uint64
	Value uint32 // not 0
}

// Table returns entries as a table for look-ups. Of two with the same hash the first wins.
func Table(entries []Entry) []byte {
	slots := uint64(len(entries))*5/4 + 2
	table := make([]byte, slots*8)
	for _, e := range entries {
		h := spread(e.Hash)
		i := h & 0xffffffff * slots >> 32
		for binary.LittleEndian.Uint32(table[i*8:]) != 0 {
			i = (i + 1) % slots
		}
		binary.LittleEndian.PutUint32(table[i*8:], uint32(h>>32)|1)
		binary.LittleEndian.PutUint32(table[i*8+4:], e.Value)
	}
	return table
}

// WordHash returns the hash of word in the table of words.
func WordHash(word string) uint64 { return hashNorm(word) }
