package segment

import (
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/articles"
)

// appendTokens appends the tokens of text[s.Start:s.End] to dst.
func appendTokens(dst []annotate.Token, text string, s articles.Span) []annotate.Token {
	sc := scanner{text: text[:s.End], at: s.Start}
	for sc.skipBlanks() {
		start := sc.at
		kind := sc.token()
		dst = append(dst, annotate.Token{Span: articles.Span{Start: start, End: sc.at}, Kind: kind})
	}
	return dst
}

// A scanner reads a text, which ends where the sentence does, from byte at on.
type scanner struct {
	text string
	at   int
}

// skipBlanks moves to the next token and reports whether there is one.
func (s *scanner) skipBlanks() bool {
	for s.at < len(s.text) {
		c := s.text[s.at]
		if c > ' ' && c < utf8.RuneSelf {
			return true
		}
		r, n := utf8.DecodeRuneInString(s.text[s.at:])
		if !unicode.IsSpace(r) {
			return true
		}
		s.at += n
	}
	return false
}

// peek returns the byte n after the current one, or 0 at the end.
func (s *scanner) peek(n int) byte {
	if s.at+n < len(s.text) {
		return s.text[s.at+n]
	}
	return 0
}

// token moves past the token that starts here and returns its kind.
func (s *scanner) token() annotate.TokenKind {
	c := s.text[s.at]
	switch {
	case isAlpha(c):
		s.word()
		return annotate.Word
	case isDigit(c):
		s.number()
		return annotate.Number
	case c < utf8.RuneSelf:
		return s.sign(c)
	}
	r, n := utf8.DecodeRuneInString(s.text[s.at:])
	switch {
	case unicode.IsLetter(r):
		s.word()
		return annotate.Word
	case unicode.IsDigit(r):
		s.number()
		return annotate.Number
	case r == '’' && s.isPossessive(n):
		s.at += n + 1
		return annotate.Word
	}
	s.at += n
	if en.IsMark(r) {
		return annotate.Mark
	}
	s.extend()
	return annotate.Punct
}

// sign moves past an ASCII token that starts with neither a letter nor a digit.
func (s *scanner) sign(c byte) annotate.TokenKind {
	switch {
	case c == '\'' && s.isPossessive(1):
		s.at += 2
		return annotate.Word
	case (c == '\'' || c == '`') && s.peek(1) == c:
		s.at += 2
		return annotate.Mark
	case c == '\'' || c == '`' || c == '"':
		s.at++
		return annotate.Mark
	case (c == '@' || c == '#') && isAlpha(s.peek(1)):
		s.at++
		s.word()
		return annotate.Word
	}
	s.at++
	for isRun(c) && s.peek(0) == c {
		s.at++
	}
	s.extend()
	return annotate.Punct
}

// isRun reports whether several of c in a row are one token.
func isRun(c byte) bool {
	return c == '.' || c == '-' || c == '*' || c == '_' || c == '=' || c == '!' || c == '?' || c == '~'
}

// extend moves past combining marks, joiners and variation selectors, which belong to the
// rune before them.
func (s *scanner) extend() {
	for s.at < len(s.text) && s.text[s.at] >= utf8.RuneSelf {
		r, n := utf8.DecodeRuneInString(s.text[s.at:])
		if !isExtender(r) {
			return
		}
		s.at += n
	}
}

func isExtender(r rune) bool {
	return r > 0x2ff && (unicode.Is(unicode.M, r) || unicode.Is(unicode.Cf, r))
}

// isPossessive reports whether the apostrophe of n bytes at the current place starts a
// possessive: it directly follows a word, and its s ends the token.
func (s *scanner) isPossessive(n int) bool {
	if s.at == 0 || s.peek(n)|0x20 != 's' || s.letterAt(s.at+n+1) {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(s.text[:s.at])
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == ')' || isExtender(r)
}

// letterAt reports whether there is a letter or digit at byte i.
func (s *scanner) letterAt(i int) bool {
	if i >= len(s.text) {
		return false
	}
	if c := s.text[i]; c < utf8.RuneSelf {
		return isAlpha(c) || isDigit(c)
	}
	r, _ := utf8.DecodeRuneInString(s.text[i:])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// word moves past the word that starts here.
func (s *scanner) word() {
	start, part, dots := s.at, s.at, 0 // part: start of the piece after the last dot
	for {
		s.run()
		n := s.joint()
		switch {
		case n > 0:
			s.at += n
			continue
		case s.peek(0) != '.':
			return
		case s.isInnerDot(part):
			s.at++
			dots++
			part = s.at
			continue
		case dots > 0 && s.endsAcronym(part) || s.keepsDot(start):
			s.at++
			if s.peek(0) == '-' && s.letterAt(s.at+1) { // U.S.-based
				s.at++
				continue
			}
		}
		return
	}
}

// run moves past letters, digits and what joins them.
func (s *scanner) run() {
	for s.at < len(s.text) {
		c := s.text[s.at]
		if isAlpha(c) || isDigit(c) || c == '_' {
			s.at++
			continue
		}
		if c < utf8.RuneSelf {
			return
		}
		r, n := utf8.DecodeRuneInString(s.text[s.at:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !isExtender(r) {
			return
		}
		s.at += n
	}
}

// joint returns the number of bytes that join the word so far to a letter after them: an
// apostrophe that is not a possessive, a hyphen, the ampersand of AT&T, the rest of a web
// address; 0 if nothing does.
func (s *scanner) joint() int {
	c := s.peek(0)
	switch {
	case c == '\'':
		return s.jointSize(1, !s.isPossessive(1))
	case c == '-':
		return s.jointSize(1, true)
	case c == '&':
		return s.jointSize(1, isUpper(s.peek(1)))
	case c == '@':
		return s.jointSize(1, true)
	case c == ':' && s.peek(1) == '/' && s.peek(2) == '/':
		return s.address()
	case c < utf8.RuneSelf:
		return 0
	}
	switch r, n := utf8.DecodeRuneInString(s.text[s.at:]); r {
	case '’', 'ʼ':
		return s.jointSize(n, !s.isPossessive(n))
	case '‐', '‑':
		return s.jointSize(n, true)
	}
	return 0
}

// jointSize returns n if ok and there is a letter or digit n bytes on, else 0.
func (s *scanner) jointSize(n int, ok bool) int {
	if ok && s.letterAt(s.at+n) {
		return n
	}
	return 0
}

// address returns the length in bytes of the rest of a web address.
func (s *scanner) address() int {
	n := 0
	for {
		c := s.peek(n)
		if c <= ' ' || c >= utf8.RuneSelf || c == '"' || c == '<' || c == '>' || c == ')' {
			break
		}
		n++
	}
	for n > 0 && !isAlpha(s.peek(n-1)) && !isDigit(s.peek(n-1)) && s.peek(n-1) != '/' {
		n--
	}
	return n
}

// endsAcronym reports whether the piece of a dotted word from part to here keeps the dot after it: that of
// "U.S." and "M.Sc." does, that of "S.Paulo." ends a sentence.
func (s *scanner) endsAcronym(part int) bool {
	n := utf8.RuneCountInString(s.text[part:s.at])
	return n == 1 || n == 2 && isUpper(s.text[part])
}

// isInnerDot reports whether the dot here is inside a word whose last piece starts at part:
// between single letters (U.S.), or between lower-case letters (example.org).
func (s *scanner) isInnerDot(part int) bool {
	if !s.letterAt(s.at + 1) {
		return false
	}
	_, n := utf8.DecodeRuneInString(s.text[part:])
	if part+n == s.at {
		return true
	}
	last, next := s.text[s.at-1], s.peek(1)
	return !isUpper(last) && !isUpper(next) || s.text[part:s.at] == "Ph"
}

// keepsDot reports whether the word from start to here keeps the dot after it: an
// abbreviation, or an initial that a name follows.
func (s *scanner) keepsDot(start int) bool {
	w := s.text[start:s.at]
	if len(w) == 1 {
		return isUpper(w[0]) && s.peek(1) == ' ' && isUpper(s.peek(2)) || w == "v"
	}
	switch en.AbbreviationOf(w) {
	case en.NoAbbreviation:
		return false
	case en.BeforeNumber:
		return s.peek(1) == ' ' && isDigit(s.peek(2))
	}
	return true
}

// number moves past the number that starts here: digits with inner , . : / and the letters
// or hyphens after them ("1,200.5", "3rd", "64-year-old", "10:30").
func (s *scanner) number() {
	for {
		s.run()
		c := s.peek(0)
		switch {
		case (c == ',' || c == '.' || c == ':' || c == '/') && isDigit(s.peek(1)) && isDigit(s.text[s.at-1]):
			s.at++
		case c == '-' && s.letterAt(s.at+1):
			s.at++
		default:
			return
		}
	}
}

func isAlpha(c byte) bool { return c|0x20-'a' < 26 }
func isDigit(c byte) bool { return c-'0' < 10 }
func isUpper(c byte) bool { return c-'A' < 26 }
