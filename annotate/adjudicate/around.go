package adjudicate

import (
	"strings"
	"unicode/utf8"

	"byline/articles"
)

// Around returns the words of a text at s, and what is before and after them in their paragraph: at most so many characters on each side,
// cut between words, with … where something is left out.
func Around(text string, s articles.Span, aside int) (before, words, after string) {
	before, after = text[:s.Start], text[s.End:]
	if i := strings.LastIndexByte(before, '\n'); i >= 0 {
		before = before[i+1:]
	}
	if i := strings.IndexByte(after, '\n'); i >= 0 {
		after = after[:i]
	}
	return lastWords(before, aside), s.In(text), firstWords(after, aside)
}

// lastWords returns the words at the end of a text, of at most n characters.
func lastWords(text string, n int) string {
	at := len(text)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	if at == 0 {
		return text
	}
	cut := text[at:]
	if _, whole, ok := strings.Cut(text[at-1:], " "); ok {
		cut = " " + whole
	}
	return "…" + cut
}

// firstWords returns the words at the beginning of a text, of at most n characters.
func firstWords(text string, n int) string {
	at := 0
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	if at == len(text) {
		return text
	}
	cut := text[:at]
	if i := strings.LastIndexByte(text[:at+1], ' '); i >= 0 {
		cut = text[:i+1]
	}
	return cut + "…"
}
