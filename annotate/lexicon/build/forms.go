package main

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate/lexicon"
	"byline/annotate/lexicon/known"
	"byline/annotate/segment"
)

// A form is a name as its tokens.
type form struct {
	tokens []string
}

// acronym reports whether f is looked up as it is written.
func (f form) acronym() bool {
	if len(f.tokens) != 1 {
		return false
	}
	capitals, small := 0, 0
	for _, r := range f.tokens[0] {
		switch {
		case unicode.IsUpper(r) || unicode.IsDigit(r):
			capitals++
		case unicode.IsLetter(r):
			small++
		}
	}
	return capitals > 1 && small == 0 || capitals > 1 && small <= capitals && small < 3
}

// key returns the key by which f is looked up.
func (f form) key() lexicon.Key {
	if f.acronym() {
		return known.Acronym(f.tokens[0])
	}
	return f.folded()
}

// folded returns the key of f in small letters.
func (f form) folded() lexicon.Key {
	var k lexicon.Key
	for _, t := range f.tokens {
		k = k.Token(t)
	}
	return k
}

// beginnings returns the keys of the first one and two tokens of f, as far as it is longer.
func (f form) beginnings() []lexicon.Key {
	var keys []lexicon.Key
	var k lexicon.Key
	for _, t := range f.tokens[:min(len(f.tokens)-1, 2)] {
		k = k.Token(t)
		keys = append(keys, k)
	}
	return keys
}

var (
	tail    = regexp.MustCompile(` \([^)]*\)$|\*$`)
	undot   = regexp.MustCompile(`\b(?:\p{Lu}\.){2,}`)
	dotless = regexp.MustCompile(`\b(Inc|Corp|Co|Ltd)\.`)
)

// formsOf returns the ways in which a name is written, the first as in the list. A leading "The"
// is taken off; where a single word is left, it may also stay.
func formsOf(s string) []form {
	s = strings.TrimSpace(tail.ReplaceAllString(strings.ReplaceAll(s, "’", "'"), ""))
	whole := s
	if len(s) > 4 && strings.EqualFold(s[:4], "the ") {
		s = s[4:]
	}
	var forms []form
	seen := map[lexicon.Key]bool{}
	for _, v := range variants(s) {
		f := form{tokensOf(v)}
		if len(f.tokens) == 0 || len(f.tokens) > known.MaxTokens || utf8.RuneCountInString(v) < 2 || seen[f.key()] {
			continue
		}
		seen[f.key()] = true
		forms = append(forms, f)
	}
	if len(forms) > 0 && len(forms[0].tokens) == 1 && !forms[0].acronym() && whole != s {
		forms = append(forms, form{tokensOf(whole)})
	}
	return forms
}

// variants returns s as it may also be written: without diacritics, without the dots of
// initials, without those of legal forms.
func variants(s string) []string {
	vs := []string{s}
	more := func(t string) {
		if t != s {
			vs = append(vs, t)
		}
	}
	more(lexicon.StripDiacritics(s))
	more(undot.ReplaceAllStringFunc(s, func(m string) string { return strings.ReplaceAll(m, ".", "") }))
	more(strings.ReplaceAll(s, "Al-", "Al "))
	if rest, ok := strings.CutPrefix(s, "Al "); ok {
		more("Al-" + rest)
	}
	more(dotless.ReplaceAllString(s, "$1"))
	for _, p := range [][2]string{{"US ", "U.S. "}, {"UN ", "U.N. "}, {"UK ", "U.K. "}} {
		if strings.HasPrefix(s, p[0]) {
			more(p[1] + s[len(p[0]):])
		}
	}
	return vs
}

// tokensOf returns the tokens of s as those of a text.
func tokensOf(s string) []string {
	d := segment.Split(s, nil)
	words := make([]string, len(d.Tokens))
	for i := range d.Tokens {
		words[i] = d.Word(i)
	}
	return words
}
