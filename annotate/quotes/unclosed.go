package quotes

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// attributed ends the open stretch before words that attribute it: “We sold it, Quill
// said. It does so where nothing closes the stretch; and where the next paragraph opens
// again only if the sentence ends there, since a continued quote may tell of a talk.
func (p *pairer) attributed(again bool) bool {
	s := &p.found[len(p.found)-1]
	if s.single || s.first != s.last || s.mended {
		return s.mended
	}
	text := p.d.Text[s.Start:s.End]
	for at := 0; ; {
		n := strings.IndexAny(text[at:], ",!?")
		if n < 0 {
			return false
		}
		at += n + 1
		end, named := attribution(text[at:])
		if end == 0 || again && (!named || end < len(text)-at && text[at+end] != '.') {
			continue
		}
		s.End, s.closed, s.mended = s.Start+at, true, true
		return true
	}
}

// attribution returns the length of " Quill said" or " she said" at the begin of s, and
// whether it names somebody.
func attribution(s string) (end int, named bool) {
	at := 0
	for n := 0; n < 5; n++ {
		if at >= len(s) || s[at] != ' ' {
			return 0, false
		}
		at++
		w := leadingLetters(s[at:])
		c, _ := utf8.DecodeRuneInString(w)
		lower := strings.ToLower(w)
		switch g, pronoun := pronouns[lower]; {
		case n > 0 && words().cues[w].weight > 0.06 && !words().cues[w].ing && !words().cues[w].base:
			return at + len(w), named
		case n == 0 && pronoun && (g == male || g == female):
		case unicode.IsUpper(c) && !pronoun:
			named = true
		default:
			return 0, false
		}
		at += len(w)
		if at < len(s) && s[at] == '.' && len(w) < 4 {
			at++ // "Mr."
		}
	}
	return 0, false
}

// leadingLetters returns the letters, hyphens and apostrophes that s begins with.
func leadingLetters(s string) string {
	for i, r := range s[:min(len(s), 40)] {
		if !unicode.IsLetter(r) && r != '-' && r != '’' && r != '\'' {
			return s[:i]
		}
	}
	return s[:min(len(s), 40)]
}
