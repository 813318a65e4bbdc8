package names

import (
	"regexp"
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon/en"
)

// explained is an acronym in brackets.
var explained = regexp.MustCompile(`\( ?([A-Z]{2,6})s? ?\)`)

// termsOf returns the acronyms that text explains by ordinary words or by an office: "the registered ferry pilot (RFP)",
// "Chief Harbour Commissioner (CHC)". None of ms is such an organization.
func termsOf(text string, ms []annotate.Mention) map[string]bool {
	terms := map[string]bool{}
	next := 0
	for _, at := range explained.FindAllStringSubmatchIndex(text, -1) {
		before := strings.TrimSuffix(text[:at[0]], " ")
		for next < len(ms) && ms[next].End < len(before) {
			next++
		}
		if next < len(ms) && ms[next].End == len(before) && ms[next].Type == annotate.Organization {
			continue
		}
		if letters := text[at[2]:at[3]]; isTerm(before, letters) {
			terms[letters] = true
		}
	}
	return terms
}

// isTerm reports whether the last words of before begin with letters and are ordinary, or an office.
func isTerm(before, letters string) bool {
	before = before[max(0, len(before)-150):]
	if at := strings.LastIndexByte(before, '\n'); at >= 0 {
		before = before[at:]
	}
	words := strings.Fields(strings.ReplaceAll(before, "-", " "))
	small, t := 0, len(words)
	begins := func(letter byte) bool {
		return t >= 0 && strings.EqualFold(words[t][:1], string(letter)) && !strings.ContainsAny(words[t], ".,;:!?)")
	}
	for i := len(letters) - 1; i >= 0; i-- {
		for t--; t >= 0 && en.Of(words[t]).Is(en.Binds|en.Determiner) && !begins(letters[i]); {
			t--
		}
		if !begins(letters[i]) {
			return false
		}
		if !isCapitalized(words[t]) {
			small++
		}
	}
	return small >= len(letters)-1 || en.Of(strings.ToLower(words[len(words)-1])).Is(en.Holder|en.Title)
}
