package app

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A rank says how well something matches what was typed; the lower the better.
type rank int

const (
	isName     rank = iota // it is its name, or one of its other names
	isKey                  // it is its key, or all of its detail
	beginsName             // a name begins so
	inNames                // each word begins a word of its names
	inAll                  // each word begins a word of its names, its detail or its topic
	inside                 // a name holds it
	scattered              // its letters begin words of the name, or are in it close together and in this order
	noMatch
)

// A target is what is matched, as people may call it.
type target struct {
	name   string
	also   []string // other names
	detail string   // keys, with commas between, or a word about it
	topic  string
}

// match ranks t by what was typed. Case, accents and the blanks around do not count.
func match(typed string, t target) rank {
	want := fold(typed)
	if want == "" {
		return isName
	}
	names := append([]string{fold(t.name)}, t.also...)
	for i := range t.also {
		names[i+1] = fold(names[i+1])
	}
	details := strings.Split(strings.TrimSpace(t.detail), ", ")
	anyName := func(ok func(name, want string) bool) bool {
		return slices.ContainsFunc(names, func(name string) bool { return ok(name, want) })
	}
	asked, named := letters(want), letters(strings.Join(names, " "))
	switch {
	case slices.Contains(names, want):
		return isName
	case slices.Contains(details, strings.TrimSpace(typed)):
		return isKey // as it is typed: x and X are two keys
	case anyName(strings.HasPrefix):
		return beginsName
	case len(asked) == 0:
		return noMatch
	case begins(named, asked):
		return inNames
	case begins(append(named, letters(fold(t.detail+" "+t.topic))...), asked):
		return inAll
	case len(want) > 1 && anyName(strings.Contains):
		return inside
	case len(want) > 1 && strings.Contains(initials(names[0]), want), scatter(names[0], want):
		return scattered
	}
	return noMatch
}

// fold makes spellings alike: small letters, no accents, one blank between words.
func fold(s string) string {
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
	return strings.Join(strings.Fields(plain), " ")
}

// letters returns the words of s without the marks around and inside them; a mark that stands
// alone is a word.
func letters(s string) []string {
	var out []string
	for w := range strings.FieldsSeq(s) {
		parts := strings.FieldsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if len(parts) == 0 {
			parts = []string{w}
		}
		out = append(out, parts...)
	}
	return out
}

// begins reports whether each of the words in asked begins one of words; a plural finds the
// singular.
func begins(words, asked []string) bool {
	for _, a := range asked {
		one := a
		if len(a) > 3 {
			one = strings.TrimSuffix(a, "s")
		}
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, a) || w == one }) {
			return false
		}
	}
	return true
}

// initials returns the first letters of the words of s.
func initials(s string) string {
	var b strings.Builder
	for _, w := range letters(s) {
		for _, r := range w {
			b.WriteRune(r)
			break
		}
	}
	return b.String()
}

// scatter reports whether the letters of want are in s in their order, the first at the
// beginning of a word and all within three times their number.
func scatter(s, want string) bool {
	const wide = 3
	letters := []rune(want)
	text := []rune(s)
	for i, r := range text {
		if r != letters[0] || i > 0 && text[i-1] != ' ' && text[i-1] != '-' {
			continue
		}
		n := 0
		for _, r := range text[i:min(len(text), i+wide*len(letters))] {
			if n < len(letters) && r == letters[n] {
				n++
			}
		}
		if n == len(letters) {
			return true
		}
	}
	return false
}
