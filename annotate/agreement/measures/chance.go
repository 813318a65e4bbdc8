package measures

import (
	"math/rand/v2"
	"slices"
)

// Chance returns annotations of the same text by as many annotators as made units, by chance: for each, the units of one of
// them, whichever it is, moved round by a random distance between the first and the last place where anybody has a unit. What moves past the last
// begins again at the first. The distances of any two differ by half the mean length of a unit at least, if there is
// room (Mathet et al. 2015, section 5.2). Nobody's units are empty lists for all; then so are these.
func Chance(units [][]Unit, r *rand.Rand) [][]Unit {
	first, last, mean := extent(units)
	out := make([][]Unit, len(units))
	if last <= first {
		return out
	}
	var taken []int
	for i := range out {
		by := shift(first, last, mean/2, taken, r)
		taken = append(taken, by)
		of := units[r.IntN(len(units))]
		out[i] = make([]Unit, len(of))
		for k, u := range of {
			start := first + (u.Start-first+by)%(last-first)
			out[i][k] = Unit{start, start + u.length(), u.Category}
		}
	}
	return out
}

// extent returns where the first unit begins and the last ends, and the mean length of one.
func extent(units [][]Unit) (first, last int, mean float64) {
	n := 0
	for _, us := range units {
		for _, u := range us {
			if n == 0 || u.Start < first {
				first = u.Start
			}
			last = max(last, u.End)
			mean += float64(u.length())
			n++
		}
	}
	if n == 0 {
		return 0, 0, 0
	}
	return first, last, mean / float64(n)
}

// shift returns a distance below last−first that is apart from those taken by more than half, if a few draws find one.
func shift(first, last int, half float64, taken []int, r *rand.Rand) int {
	size := last - first
	for range 100 {
		by := r.IntN(size)
		if !slices.ContainsFunc(taken, func(t int) bool { return float64(abs(by-t)) < half }) {
			return by
		}
	}
	return r.IntN(size)
}
