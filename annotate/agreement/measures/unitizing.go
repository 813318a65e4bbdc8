package measures

import (
	"cmp"
	"math"
	"slices"
)

// Unitizing returns the observed and the expected disagreement of annotators about where a text has units of one
// category, for Krippendorff's α of unitized text (Krippendorff 1995, On the reliability of unitizing continuous data;
// 2004, Content Analysis, ch. 11). units are those of each annotator, none for one who marked nothing; they must be in
// order and not overlap, as [Untangle] makes them. length is that of the text.
//
// For two annotators, two units that overlap differ by (Δstart)²+(Δend)²; a unit where the other has none by its length
// squared. Observed is the mean over pairs of annotators of the sum of that; expected is what it would be if each
// annotator's units, and the gaps between them, lay anywhere. Both are in squared units of length: the paper divides
// them by length², which cancels out. α of the category is 1−observed/expected; over categories, and over texts, the
// sums of each are divided. Both are 0 for fewer than two annotators, and expected is 0 if nobody marked anything.
func Unitizing(length int, units [][]Unit) (observed, expected float64) {
	r := float64(len(units))
	if r < 2 || length < 2 {
		return 0, 0
	}
	for i := range units {
		for _, others := range units[:i] {
			observed += differences(units[i], others)
		}
	}
	return observed * 2 / (r * (r - 1)), placedAnywhere(length, units)
}

// differences returns the sum of δ² over the units and gaps of two annotators.
func differences(a, b []Unit) float64 {
	sum := 0.0
	square := func(n int) float64 { return float64(n) * float64(n) }
	alone := func(us, others []Unit) {
		k := 0
		for _, u := range us {
			for k < len(others) && others[k].End <= u.Start {
				k++
			}
			if k == len(others) || others[k].Start >= u.End {
				sum += square(u.length())
			}
		}
	}
	alone(a, b)
	alone(b, a)
	first := 0
	for _, u := range a {
		for first < len(b) && b[first].End <= u.Start {
			first++
		}
		for k := first; k < len(b) && b[k].Start < u.End; k++ {
			sum += square(u.Start-b[k].Start) + square(u.End-b[k].End)
		}
	}
	return sum
}

// placedAnywhere returns the expected disagreement, times length².
func placedAnywhere(length int, units [][]Unit) float64 {
	var sizes []float64 // of the units
	var gaps []int      // their lengths, in order
	within := 0.0
	for _, us := range units {
		end := 0
		for _, u := range us {
			if u.Start > end {
				gaps = append(gaps, u.Start-end)
			}
			end = u.End
			l := float64(u.length())
			sizes = append(sizes, l)
			within += l * (l - 1)
		}
		if length > end {
			gaps = append(gaps, length-end)
		}
	}
	slices.Sort(gaps)
	roomy := make([]float64, len(gaps)+1) // from a gap on: the sum of lengths plus one
	for i := len(gaps) - 1; i >= 0; i-- {
		roomy[i] = roomy[i+1] + float64(gaps[i]+1)
	}
	sum, n := 0.0, float64(len(sizes))
	for _, l := range sizes {
		i, _ := slices.BinarySearch(gaps, int(l))
		places := roomy[i] - float64(len(gaps)-i)*l
		sum += (n-1)*(2*l*l*l-3*l*l+l)/3 + l*l*places
	}
	all := float64(len(units)) * float64(length)
	if below := all*(all-1) - within; below > 0 {
		return 2 * float64(length) * sum / below
	}
	return 0
}

// Alike returns 1−observed/expected, the form of α and γ; NaN if nothing is expected.
func Alike(observed, expected float64) float64 {
	if expected <= 0 {
		return math.NaN()
	}
	return 1 - observed/expected
}

// Untangle returns the units of one category without those that overlap an earlier one, in order, and how many it left
// out. Of those that begin at one place it keeps the longest. α of unitized text has no room for units of one annotator
// and category that overlap.
func Untangle(units []Unit) (kept []Unit, left int) {
	kept = slices.Clone(units)
	slices.SortFunc(kept, func(a, b Unit) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	end := 0
	kept = slices.DeleteFunc(kept, func(u Unit) bool {
		if u.Start < end {
			return true
		}
		end = u.End
		return false
	})
	return kept, len(units) - len(kept)
}
