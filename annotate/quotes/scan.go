package quotes

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/articles"
)

// scan fills p.marks with the marks of s. It looks at bytes and not at tokens, so
// that a mark counts wherever it is glued to.
func (p *pairer) scan(s articles.Span) {
	p.marks = p.marks[:0]
	text := p.d.Text
	for i := s.Start; i < s.End; {
		switch text[i] {
		case '"', '\'', '`', 0xC2, 0xE2, 0xEF:
			i = p.look(i, s)
		default:
			i++
		}
	}
}

// look adds the mark at i, if there is one, and returns where to go on.
func (p *pairer) look(i int, s articles.Span) int {
	text := p.d.Text
	r, n := utf8.DecodeRuneInString(text[i:s.End])
	if (r == '`' || r == '\'') && i+1 < s.End && text[i+1] == byte(r) {
		r, n = map[rune]rune{'`': '“', '\'': '”'}[r], 2
	}
	before, after := around(text, s, i, i+n)
	m := mark{at: i, end: i + n}
	switch r {
	case '"', '＂':
		m.role = neutral(before, after)
	case '“', '”', '„', '‟', '«', '»':
		m.role = directed(r, before, after)
	case '\'', '`', '‘', '’', '‚', '‛':
		m.single = true
		m.role = p.singleRole(r, i, s)
	default:
		return i + n
	}
	if m.role == closes && !m.single && measure(text[s.Start:i]) {
		m.role = 0 // feet and inches
	}
	if m.role != 0 {
		p.marks = append(p.marks, m)
	}
	return i + n
}

// around returns the runes beside text[i:j], blanks at the ends of s.
func around(text string, s articles.Span, i, j int) (before, after rune) {
	before, after = ' ', ' '
	if i > s.Start {
		before, _ = utf8.DecodeLastRuneInString(text[s.Start:i])
	}
	if j < s.End {
		after, _ = utf8.DecodeRuneInString(text[j:s.End])
	}
	return before, after
}

// neutral returns the role of a straight mark between two runes. Where both sides
// are alike it may be either.
func neutral(before, after rune) role {
	left := unicode.IsSpace(before) || strings.ContainsRune("([{/-–—‘“", before)
	right := unicode.IsSpace(after) || unicode.IsPunct(after) && !strings.ContainsRune("([{‘“'$#@*_", after)
	switch {
	case left && !right:
		return opens
	case right && !left:
		return closes
	}
	return opens | closes
}

// directed returns the role of a mark that has a direction, which the words around
// it may overrule: German and Scandinavian articles, and slips, turn it round.
func directed(r, before, after rune) role {
	by := neutral(before, after)
	if r == '„' || r == '‟' {
		return opens
	}
	if by == opens|closes {
		if r == '“' || r == '«' {
			return opens
		}
		return closes
	}
	return by
}

// elisions are words that begin with an apostrophe, and what the tokens of a text
// cut into words begin with.
var elisions = map[string]bool{
	"n": true, "tis": true, "twas": true, "em": true, "til": true, "till": true, "cause": true, "bout": true,
	"round": true, "s": true, "ll": true, "re": true, "ve": true, "d": true, "m": true, "t": true, "neath": true,
	"tween": true, "cos": true, "ere": true, "twere": true, "twill": true, "un": true,
}

// singleRole returns the role of a single mark, 0 for an apostrophe.
func (p *pairer) singleRole(r rune, i int, s articles.Span) role {
	text := p.d.Text
	j := i + utf8.RuneLen(r)
	before, after := around(text, s, i, j)
	if isWordRune(before) && isWordRune(after) {
		return 0
	}
	if isWordRune(after) {
		w := leadingWord(text[j:s.End])
		if elisions[strings.ToLower(w)] || r != '‘' && isDecade(w) || r == '’' && !p.british {
			return 0
		}
	}
	by := neutral(before, after)
	switch {
	case r == '‘' || r == '‚' || r == '`' || r == '‛':
		if by&opens != 0 {
			return opens
		}
		return 0
	case by == opens && r == '’':
		return 0
	case by == opens|closes:
		if r == '’' {
			return closes
		}
		return by
	case by == closes && (before == 's' || before == 'S') && startsLower(text[j:s.End]):
		return closes | weak
	case by == closes && startsLower(text[j:s.End]) && elided(text[s.Start:i]):
		return closes | weak
	case by == closes && unicode.IsDigit(before):
		return closes | weak
	}
	return by
}

// elided reports whether s ends with a word that drops its last letters in speech: an’,
// o’, goin’.
func elided(s string) bool {
	w := s[max(0, len(s)-12):]
	w = strings.ToLower(w[strings.LastIndexByte(w, ' ')+1:])
	switch w {
	case "an", "o", "th", "wi", "ol", "mo", "wid", "jus", "tha":
		return true
	}
	return len(w) > 3 && strings.HasSuffix(w, "in")
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// leadingWord returns the letters and digits that s begins with, at most 8 bytes of them.
func leadingWord(s string) string {
	for i, r := range s {
		if !isWordRune(r) || i >= 8 {
			return s[:i]
		}
	}
	return s
}

// isDecade reports whether w is what follows the apostrophe of '90s or '68.
func isDecade(w string) bool {
	w = strings.TrimSuffix(w, "s")
	return len(w) == 2 && w[0] >= '0' && w[0] <= '9' && w[1] >= '0' && w[1] <= '9'
}

// startsLower reports whether s goes on with one blank and a lower-case letter or digit.
func startsLower(s string) bool {
	if len(s) < 2 || s[0] != ' ' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[1:])
	return unicode.IsLower(r) || unicode.IsDigit(r)
}

// measure reports whether what stands before a mark ends like 6'2 or ’11: feet with
// inches.
func measure(s string) bool {
	i := len(s)
	for i > 0 && s[i-1] >= '0' && s[i-1] <= '9' {
		i--
	}
	if i == len(s) || len(s)-i > 2 {
		return false
	}
	s = strings.TrimSuffix(s[:i], " ")
	foot := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(s, "'"), "’"), "′")
	return len(foot) < len(s) && foot != "" && foot[len(foot)-1] >= '0' && foot[len(foot)-1] <= '9'
}
