package evidence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate/lexicon"
	"byline/annotate/lexicon/known"
)

// most is the most words of a name that are looked at.
const most = 12

// nameClues returns the clues in the words of a name.
func nameClues(raw string) clues {
	words := strings.Fields(raw)
	if len(words) > most {
		words = words[:most]
	}
	var c clues
	whole := lexicon.Key(0)
	for k, w := range words {
		whole = whole.Add(w)
		h := uint64(lexicon.Key(0).Add(w))
		c.add(50, h)
		if k == 0 {
			c.add(51, h)
		}
		if k == len(words)-1 {
			c.add(52, h)
		}
	}
	c.addKnown(words, whole)
	n := uint64(min(len(words), 5))
	c.add(53, uint64(whole))
	c.add(54, n)
	first, last := words[0], words[len(words)-1]
	c.addList(55, whole.Class(), n)
	c.addList(56, lexicon.Of(first), min(n, 2))
	c.addList(57, lexicon.Of(last), min(n, 2))
	c.add(58, pair(shape(first), n))
	c.add(59, pair(shape(last), n))
	c.add(60, pair(ending(last), min(n, 2)))
	c.add(61, pair(ending(first), min(n, 2)))
	for k, w := range words {
		if k > 0 && k+1 < len(words) && !capital(w) {
			c.add(62, pair(uint64(lexicon.Key(0).Add(words[k-1])), uint64(lexicon.Key(0).Add(w))))
			c.add(63, uint64(lexicon.Key(0).Add(w)))
			break
		}
	}
	if n > 1 {
		c.add(64, pair(uint64(lexicon.Of(first)&0xffff), uint64(lexicon.Of(last)&0xffff)))
	}
	return c
}

// addKnown adds clues of what the lists of known names say of a name as a whole.
func (c *clues) addKnown(words []string, whole lexicon.Key) {
	f := known.Of(whole)
	if len(words) == 1 {
		f = known.Word(words[0])
	}
	if f&known.Types == 0 {
		return
	}
	const also = known.SometimesSmall | known.MostlySmall | known.AlsoPerson | known.AlsoPlace | known.AlsoWord
	several := uint64(min(len(words), 2))
	c.add(80, pair(uint64(f&(known.Types|also)), several<<2|uint64(f.Tier())))
	c.add(81, pair(uint64(f&known.Types), several<<2|uint64(f.Tier())))
	c.add(82, uint64(f.Kind()))
	c.add(83, pair(uint64(f.Kind()), uint64(f&also)))
	if f.Certain() {
		c.add(84, uint64(f.Main()))
	}
}

// addList adds a clue for each list of class, and one for all together.
func (c *clues) addList(kind int, class lexicon.Class, n uint64) {
	c.add(kind, pair(uint64(class&(lexicon.Opens-1)), n))
	for b := lexicon.First; b <= lexicon.Opens; b <<= 1 {
		if class&b != 0 {
			c.add(kind+100, pair(uint64(b), n))
		}
	}
}

// ending returns a hash of the last three letters of w.
func ending(w string) uint64 {
	i := len(w)
	for range 3 {
		_, n := utf8.DecodeLastRuneInString(w[:i])
		i -= n
	}
	return uint64(lexicon.Key(0).Add(w[i:]))
}

// shape returns how w is written, runs of the same kind of rune as one: "U.S." is "A.A."
func shape(w string) uint64 {
	h, last := uint64(0), 'x'
	for _, r := range w {
		k := r
		switch {
		case unicode.IsUpper(r):
			k = 'A'
		case unicode.IsLetter(r):
			k = 'a'
		case unicode.IsDigit(r):
			k = '0'
		}
		if k != last {
			h = h*131 + uint64(k)
		} else if k == 'A' {
			h |= 1 << 63
		}
		last = k
	}
	return h
}
