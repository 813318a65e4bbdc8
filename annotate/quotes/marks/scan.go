package marks

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/words"
	"byline/articles"
)

// scan fills p.marks with the marks of s. It looks at bytes and not at tokens, so that a mark
// counts wherever it is glued to.
func (p *pairer) scan(s articles.Span) {
	p.marks = p.marks[:0]
	text := p.d.Text
	for i := s.Start; i < s.End; {
		switch text[i] {
		case '"', '\'', '`', 0xC2, 0xE2, 0xE3, 0xEF:
			i = p.read(i, s)
		default:
			i++
		}
	}
}

// read adds the mark at byte i, if there is one, and returns the byte to continue with.
func (p *pairer) read(i int, s articles.Span) int {
	text := p.d.Text
	r, n := utf8.DecodeRuneInString(text[i:s.End])
	if (r == '`' || r == '\'') && p.doubled(i, s) {
		r, n = map[rune]rune{'`': '“', '\'': '”'}[r], 2
	}
	before, after := neighbors(text, s, i, i+n)
	m := mark{at: i, end: i + n}
	switch {
	case r == '"' || r == '＂':
		m.role = neutral(before, after)
	case en.IsDouble(r):
		m.role = directed(r, before, after)
	case en.IsSingle(r):
		m.single = true
		m.role = p.singleRole(r, i, s)
	default:
		return i + n
	}
	if !m.single && (m.role == closes && isMeasure(text[s.Start:i]) || isTimes(before, text[i+n:s.End])) {
		m.role = 0
	}
	if m.role != 0 {
		p.marks = append(p.marks, m)
	}
	return i + n
}

// doubled reports whether the single mark at byte i and the one behind it are a double mark.
func (p *pairer) doubled(i int, s articles.Span) bool {
	text := p.d.Text
	return i+1 < s.End && text[i+1] == text[i] && !p.opensElided(i, s) && !closesInner(text, i, s)
}

// opensElided reports whether a single mark at byte i opens before a word that starts with an apostrophe
// itself: ”Twas nothing,' he said.
func (p *pairer) opensElided(i int, s articles.Span) bool {
	before, _ := neighbors(p.d.Text, s, i, i)
	return !isWordRune(before) && p.apostrophe('\'', p.d.Text[i+2:s.End])
}

// closesInner reports whether the single mark at byte i closes what is inside two of them: ”He said, 'Go,”' she said.
func closesInner(text string, i int, s articles.Span) bool {
	before, after := neighbors(text, s, i, i+len("'''"))
	return strings.HasPrefix(text[i:s.End], "'''") && !unicode.IsSpace(before) && !isWordRune(after)
}

// isTimes reports whether a mark between before and s is that of inches, as in 12"x14".
func isTimes(before rune, s string) bool {
	rest := strings.TrimLeft(s, "x×")
	return unicode.IsDigit(before) && len(rest) < len(s) && rest != "" && rest[0] >= '0' && rest[0] <= '9'
}

// neighbors returns the runes before and after text[i:j], blanks at the ends of s.
func neighbors(text string, s articles.Span, i, j int) (before, after rune) {
	before, after = ' ', ' '
	if i > s.Start {
		before, _ = utf8.DecodeLastRuneInString(text[s.Start:i])
	}
	if j < s.End {
		after, _ = utf8.DecodeRuneInString(text[j:s.End])
	}
	return before, after
}

// neutral returns the role of a straight mark between two runes. Where both sides are alike it
// may be either.
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

// directed returns the role of a mark that has a direction, which the words around it may
// overrule: German and Scandinavian articles, and slips, turn it round.
func directed(r, before, after rune) role {
	by := neutral(before, after)
	switch r {
	case '„', '‟', '「', '『':
		return opens
	case '」', '』':
		return closes
	}
	if by == opens|closes {
		if r == '“' || r == '«' {
			return opens
		}
		return closes
	}
	return by
}

// singleRole returns the role of a single mark, 0 for an apostrophe.
func (p *pairer) singleRole(r rune, i int, s articles.Span) role {
	text := p.d.Text
	j := i + utf8.RuneLen(r)
	before, after := neighbors(text, s, i, j)
	if isWordRune(after) && (isWordRune(before) || p.apostrophe(r, text[j:s.End])) {
		return 0
	}
	by := neutral(before, after)
	switch {
	case r == '‹':
		return opens
	case r == '›':
		return closes
	case strings.ContainsRune("‘‚`‛", r):
		return by & opens
	case r == '’' && by&opens != 0: // it never opens
		return by & closes
	case by == closes && isAnd(text[s.Start:i]): // rock 'n' roll
		return 0
	case by == closes && p.mayOwn(i, j, s), by == closes && unicode.IsDigit(before):
		return closes | weak
	}
	return by
}

// isAnd reports whether s ends with an "and" that has lost its first letter: 'n.
func isAnd(s string) bool {
	w := strings.ToLower(s[strings.LastIndexByte(s, ' ')+1:])
	return w == "'n" || w == "’n" || w == "‘n"
}

// mayOwn reports whether the single mark [i,j) may be an apostrophe behind a word: before another word, or
// with the mark that closes right behind it, ‘because it’s the workers’.’
func (p *pairer) mayOwn(i, j int, s articles.Span) bool {
	text := p.d.Text
	before, _ := neighbors(text, s, i, j)
	if startsWord(text[j:s.End]) && mayElide(text[s.Start:i], before) {
		return true
	}
	rest := strings.TrimLeft(text[j:s.End], ".,;:!?")
	after, _ := utf8.DecodeRuneInString(rest)
	return len(rest) < len(text[j:s.End]) && before == 's' && after != utf8.RuneError && strings.HasPrefix(text[i:j], string(after))
}

// apostrophe reports whether the single mark r before the word that s starts with leaves out
// its first letters or digits.
func (p *pairer) apostrophe(r rune, s string) bool {
	w := leadingWord(s)
	return words.Elision.Has(strings.ToLower(w)) || r != '‘' && isDecade(w) || r == '’' && !p.british
}

// mayElide reports whether a mark after s, whose last rune is before, may be the apostrophe of
// a plural's possessive, or of a word that drops its last letters in speech: an’, o’, goin’.
func mayElide(s string, before rune) bool {
	if before == 's' || before == 'S' {
		return true
	}
	k := len(s)
	for k > 0 && len(s)-k < elidedLetters && s[k-1] != ' ' {
		k--
	}
	w := strings.ToLower(s[k:])
	switch w {
	case "an", "o", "th", "wi", "ol", "mo", "wid", "jus", "tha":
		return true
	}
	return len(s)-k == elidedLetters && strings.HasSuffix(w, "in")
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// leadingWord returns the letters and digits that s starts with.
func leadingWord(s string) string {
	for i, r := range s {
		if !isWordRune(r) {
			return s[:i]
		}
	}
	return s
}

// isDecade reports whether w is what follows the apostrophe of '90s or '68.
func isDecade(w string) bool {
	w = strings.TrimSuffix(w, "s")
	return len(w) == decadeDigits && digits(w) == decadeDigits
}

// digits returns how many digits s ends with.
func digits(s string) int {
	n := 0
	for n < len(s) && s[len(s)-1-n] >= '0' && s[len(s)-1-n] <= '9' {
		n++
	}
	return n
}

// startsWord reports whether s starts with one blank and a letter or a digit.
func startsWord(s string) bool {
	if len(s) < 2 || s[0] != ' ' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[1:])
	return isWordRune(r)
}

// isMeasure reports whether what is before a mark ends like 6'2 or ’11: feet with inches.
func isMeasure(s string) bool {
	n := digits(s)
	if n == 0 || n > inchDigits {
		return false
	}
	s = strings.TrimSuffix(s[:len(s)-n], " ")
	feet := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(s, "'"), "’"), "′")
	return len(feet) < len(s) && digits(feet) > 0
}

// Label returns the length of the label that s starts with, as transcripts and interviews
// have it: "QUILL: ", "MAYOR ANN LEE: ", "Q: ". It is 0 where there is none.
func Label(s string) int {
	colon := strings.IndexByte(s[:min(len(s), labelBytes)], ':')
	if colon < 1 || colon+1 < len(s) && s[colon+1] != ' ' && s[colon+1] != '\n' {
		return 0
	}
	for _, r := range s[:colon] {
		if !unicode.IsUpper(r) && !strings.ContainsRune(" .'’-", r) {
			return 0
		}
	}
	if first, _ := utf8.DecodeRuneInString(s); !unicode.IsUpper(first) {
		return 0
	}
	return colon + 1
}
