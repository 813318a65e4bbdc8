package main

import (
	"bufio"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate/lexicon"
)

// caseCounts counts the ways in which a word is written in mid-sentence.
type caseCounts struct{ small, capital int }

// atLeast is how often a word must occur before its case counts, and mostly the share from which
// on one case is the rule.
const (
	atLeast = 8
	mostly  = 0.75
)

// count reads text, one paragraph per line, and marks words that are mostly written in one way.
// Words at the start of a sentence or after a mark do not count, nor do lines in which most words
// are capitalized.
func (t table) count(text io.Reader) error {
	seen := map[string]*caseCounts{}
	sc := bufio.NewScanner(text)
	sc.Buffer(make([]byte, 1<<20), 1<<26)
	for sc.Scan() {
		countLine(seen, strings.Fields(sc.Text()))
	}
	for w, n := range seen {
		if n.small+n.capital < atLeast {
			continue
		}
		switch share := float64(n.small) / float64(n.small+n.capital); {
		case share >= mostly:
			t.join(w, lexicon.Small)
		case share <= 1-mostly:
			t.join(w, lexicon.Capital)
		}
	}
	return sc.Err()
}

func countLine(seen map[string]*caseCounts, words []string) {
	if shouts(words) {
		return
	}
	for i, w := range words {
		if i == 0 || strings.ContainsAny(words[i-1][len(words[i-1])-1:], ".!?:;\"'”’—–-•*") {
			continue
		}
		w = strings.TrimRight(w, ",.;:!?)\"”’'")
		r, _ := utf8.DecodeRuneInString(w)
		if len(w) < 2 || !unicode.IsLetter(r) || strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) }) {
			continue
		}
		low := strings.ToLower(w)
		n := seen[low]
		if n == nil {
			n = new(caseCounts)
			seen[low] = n
		}
		if unicode.IsUpper(r) {
			n.capital++
		} else {
			n.small++
		}
	}
}
