package main

import (
	"strings"
	"unicode"
)

// Rates are how exact and how complete a text is, from 0 to 1.
type rates struct{ precision, recall float64 }

// A shingle is four words in a row. A text of fewer words is one shingle.
type shingle [4]string

// shinglesOf counts the shingles of s.
func shinglesOf(s string) map[shingle]int {
	tokens := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_' })
	count := map[shingle]int{}
	for i := range max(1, len(tokens)-3) {
		var k shingle
		copy(k[:], tokens[i:])
		count[k]++
	}
	delete(count, shingle{})
	return count
}

// compareShingles compares two texts by their shingles, as scrapinghub's article-extraction-benchmark does: the words that are too
// many weigh as much as those that are lost, and so does their order. Those that stand in free are not too many.
func compareShingles(want, got, free string) rates {
	w, g, f := shinglesOf(want), shinglesOf(got), shinglesOf(free)
	right, extra, lost := 0, 0, 0
	for k, n := range g {
		right += min(n, w[k])
		extra += max(0, n-w[k]-f[k])
	}
	for k, n := range w {
		lost += max(0, n-g[k])
	}
	return rates{ratio(right, right+extra), ratio(right, right+lost)}
}
