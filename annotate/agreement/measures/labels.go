package measures

import "math"

// Cohen returns Cohen's κ of two annotators (Cohen 1960, A coefficient of agreement for nominal scales): agreed is the
// number of items that both gave one class, a and b are how many items each gave each class, by the same index. With
// observed agreement p_o and chance agreement p_e, the sum of the products of the two shares of each class, κ is
// (p_o−p_e)/(1−p_e). It is NaN without items, and if both gave all items one class.
func Cohen(agreed float64, a, b []float64) float64 {
	n, chance := 0.0, 0.0
	for c := range a {
		n += a[c]
		chance += a[c] * b[c]
	}
	if n == 0 {
		return math.NaN()
	}
	return beyond(agreed/n, chance/(n*n))
}

// Fleiss returns Fleiss's κ of any number of annotators (Fleiss 1971, Measuring nominal scale agreement among many
// raters): concord is the sum over items of [Concord], items their number, votes how often each class was given. Where
// items have different numbers of annotators, each item counts once and each vote once. It is NaN without items, and if
// all votes are for one class.
func Fleiss(concord, items float64, votes []float64) float64 {
	n, chance := 0.0, 0.0
	for _, v := range votes {
		n += v
		chance += v * v
	}
	if items == 0 || n == 0 {
		return math.NaN()
	}
	return beyond(concord/items, chance/(n*n))
}

// Concord returns the share of the ordered pairs of annotators of an item that agree, P_i of Fleiss 1971; votes is how
// many gave each class. It is 0 for fewer than two, which is no item.
func Concord(votes []float64) float64 {
	n, same := 0.0, 0.0
	for _, v := range votes {
		n += v
		same += v * (v - 1)
	}
	if n < 2 {
		return 0
	}
	return same / (n * (n - 1))
}

// Alpha returns Krippendorff's α for classes without order, any number of annotators and missing values (Krippendorff
// 2004, Content Analysis, ch. 11; 2011, Computing Krippendorff's alpha-reliability). An item with m ≥ 2 values adds m to
// values, by class, and m·[Concord], the coincidences of equal values, to same; an item with one value adds nothing. With
// n values in all, D_o = 1−same/n, D_e = 1−Σ n_c(n_c−1)/(n(n−1)), α = 1−D_o/D_e. It is NaN if no two values differ.
func Alpha(same float64, values []float64) float64 {
	n, pairs := 0.0, 0.0
	for _, v := range values {
		n += v
		pairs += v * (v - 1)
	}
	if n < 2 {
		return math.NaN()
	}
	return beyond(same/n, pairs/(n*(n-1)))
}
