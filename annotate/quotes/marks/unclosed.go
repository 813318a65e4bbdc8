package marks

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/words"
)

// attributed ends the open quotation before words that attribute it: “We sold it, Quill said.
// It does so where nothing closes the quotation; and where the next paragraph opens again only
// if the sentence ends there, since a continued quotation may tell of a talk.
func (p *pairer) attributed(again bool) bool {
	s := p.last()
	if s.Single || s.First != s.Last || s.Mended {
		return s.Mended
	}
	text := p.d.Text[s.Start:s.End]
	for at := 0; ; {
		n := strings.IndexAny(text[at:], ",!?")
		if n < 0 {
			return false
		}
		at += n + 1
		end, named := attribution(text[at:])
		if end == 0 {
			end, named = inverted(text[at:])
		}
		if end == 0 || again && (!named || end < len(text)-at && text[at+end] != '.') {
			continue
		}
		s.End, s.Closed, s.Mended = s.Start+at, true, true
		return true
	}
}

// attribution returns the length of " Quill said" or " she said" at the start of s, 0 where
// there is none, and whether it names somebody.
func attribution(s string) (end int, named bool) {
	at := 0
	for n := range attributionWords {
		if at >= len(s) || s[at] != ' ' {
			return 0, false
		}
		at++
		w := leadingLetters(s[at:])
		first, _ := utf8.DecodeRuneInString(w)
		g, pronoun := words.Pronoun(strings.ToLower(w))
		switch {
		case n > 0 && says(w):
			return at + len(w), named
		case n == 0 && pronoun && (g == en.Male || g == en.Female):
		case unicode.IsUpper(first) && !pronoun:
			named = true
		default:
			return 0, false
		}
		at += len(w)
		if at < len(s) && s[at] == '.' && len(w) <= abbreviationLetters {
			at++
		}
	}
	return 0, false
}

// inverted returns the length of " said Quill" at the start of s, before a stop or comma or at its end;
// 0 where there is none.
func inverted(s string) (end int, named bool) {
	verb := leadingLetters(strings.TrimPrefix(s, " "))
	if len(verb) == len(s) || !says(verb) {
		return 0, false
	}
	at := len(" ") + len(verb)
	for range attributionWords - 1 {
		n := capitalWord(s[at:])
		if n == 0 {
			break
		}
		at, named = at+n, true
	}
	rest := strings.TrimLeft(s[at:], ".,\n")
	if !named || rest != "" && len(rest) == len(s)-at {
		return 0, false
	}
	return at, true
}

// capitalWord returns the length of " Quill" or " Mr." at the start of s, 0 where there is none.
func capitalWord(s string) int {
	if s == "" || s[0] != ' ' {
		return 0
	}
	w := leadingLetters(s[1:])
	if first, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(first) {
		return 0
	}
	n := len(" ") + len(w)
	if n+1 < len(s) && s[n] == '.' && len(w) <= abbreviationLetters {
		n++
	}
	return n
}

// says reports whether w is a form of a verb of saying that an attribution ends with.
func says(w string) bool {
	c := words.English().Cues[w]
	return c.Weight > attributionWeight && !c.Ing && !c.Base
}

// leadingLetters returns the letters, hyphens and apostrophes that s starts with.
func leadingLetters(s string) string {
	for i, r := range s {
		if !unicode.IsLetter(r) && r != '-' && r != '’' && r != '\'' {
			return s[:i]
		}
	}
	return s
}
