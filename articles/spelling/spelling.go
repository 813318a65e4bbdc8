// Package spelling finds the word that a misspelt one may stand for.
package spelling

// most is how many letters a word may be away from what it stands for.
const most = 2

// Nearest returns the index of the word that takes the fewest changes to become word,
// the first of several; −1 where each takes more than two. A change is a byte that is
// changed, added or dropped.
func Nearest(word string, words []string) int {
	best, least := -1, most+1
	for i, w := range words {
		if d := distance(word, w); d < least {
			best, least = i, d
		}
	}
	return best
}

// distance is the number of bytes to change, add or drop between two words (V. I.
// Levenshtein, Binary codes capable of correcting deletions, insertions and reversals,
// 1966), or the difference of their lengths where that is more than most already.
func distance(a, b string) int {
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
