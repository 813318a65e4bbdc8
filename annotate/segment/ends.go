package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate/lexicon/en"
)

// isSentenceEnd reports whether a sentence ends before byte end of text, where the Unicode rules
// have an end. Text starts with the sentence.
func isSentenceEnd(text string, end int) bool {
	before := strings.TrimRightFunc(text[:end], unicode.IsSpace)
	next := text[end:]
	if before == "" {
		return true
	}
	if strings.IndexByte(text[len(before):end], '\n') >= 0 && !isTerminated(before) {
		return false // a line of hard-wrapped text
	}
	r, _ := utf8.DecodeRuneInString(next)
	if unicode.IsLower(r) {
		return false
	}
	if before[len(before)-1] != '.' {
		return true
	}
	return endsAfter(before, next, r)
}

// endsAfter reports whether a sentence ends between before, whose last byte is a dot, and
// next, whose first rune is r.
func endsAfter(before, next string, r rune) bool {
	word := lastWord(before)
	switch en.AbbreviationOf(strings.TrimSuffix(word, ".")) {
	case en.BeforeName:
		return false
	case en.BeforeNumber, en.BeforeDay:
		return !unicode.IsDigit(r)
	case en.BeforeAny:
		return startsSentence(next)
	}
	if isDotted(word) || word == "I." && isDotted(lastWord(strings.TrimSuffix(before, " I."))) {
		return startsSentence(next)
	}
	return true
}

// isTerminated reports whether before ends like a sentence: with a full stop, question mark
// or exclamation mark, and any closing marks after it.
func isTerminated(before string) bool {
	t := strings.TrimRight(before, en.Closing+")]…")
	if len(t) < len(before) && strings.HasSuffix(before, "…") {
		return true
	}
	return t != "" && strings.ContainsRune(".!?。！？", lastRune(t))
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// lastWord returns the last word of s with the dots in and after it.
func lastWord(s string) string {
	i := len(s)
	for i > 0 {
		r, n := utf8.DecodeLastRuneInString(s[:i])
		if r != '.' && !unicode.IsLetter(r) {
			break
		}
		i -= n
	}
	return s[i:]
}

// isDotted reports whether w, which ends with a dot, is an initial or an acronym with
// dots: "J.", "U.S.", "p.m.".
func isDotted(w string) bool {
	for i := 1; i < len(w); i += 2 {
		if w[i] != '.' || !isAlpha(w[i-1]) {
			return false
		}
	}
	return len(w) > 1 && len(w)%2 == 0 && w != "I."
}

// startsSentence reports whether the first word of next often starts a sentence and is rarely
// part of a name.
func startsSentence(next string) bool {
	next = strings.TrimLeft(next, en.Opening+"(")
	n := 0
	for n < len(next) && isAlpha(next[n]) {
		n++
	}
	if n == 1 && n < len(next) && next[n] == '.' {
		return false // an initial: "R. A. Holt"
	}
	return en.Starts(next[:n])
}
