// Package spelling finds the word that a misspelt one may stand for.
package spelling

// most is the largest distance of a misspelt word.
const most = 2

// Nearest returns the index of the word with the smallest edit distance to word, the first of
// several; −1 if all are more than two edits away. An edit changes, inserts or deletes a letter.
func Nearest(word string, words []string) int {
	best, least, letters := -1, most+1, []rune(word)
	for i, w := range words {
		if d := distance(letters, []rune(w)); d < least {
			best, least = i, d
		}
	}
	return best
}

// Same reports whether a and b, in small letters, may be two spellings of one word: words of three
// letters and more that are one edit apart, or two if the longer has at least seven letters.
// "kofi" and "koffi", "gaddafi" and "qadhafi"; not "ann" and "abe".
func Same(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if min(len(x), len(y)) < 3 {
		return a == b
	}
	d := distance(x, y)
	return d <= 1 || d <= most && max(len(x), len(y)) >= 7
}

// distance returns the edit distance of two words in letters (V. I. Levenshtein, Binary codes
// capable of correcting deletions, insertions and reversals, 1966), or the difference of their
// lengths if that alone exceeds most.
func distance(a, b []rune) int {
	if d := max(len(a)-len(b), len(b)-len(a)); d > most {
		return d
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			d := diagonal
			if a[i] != b[j] {
				d = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], d
		}
	}
	return row[len(b)]
}
