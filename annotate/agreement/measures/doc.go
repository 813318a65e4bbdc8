// Package measures holds the measures of agreement between annotators, as functions of counts and of units. It knows
// nothing of articles, people and quotes; package agreement counts those and calls it.
//
// The measures of labels are functions of sums over items, so that items can be counted once and summed over any
// choice of articles: [Cohen] and [Fleiss] for κ, [Alpha] for Krippendorff's α. Those of units, stretches of text that
// annotators mark where they see them, take the units: [Overlap] for the F measure, [Unitizing] for Krippendorff's α of
// unitized text, [Align] and [Chance] for γ.
//
// Where a measure has no value, since there is nothing to agree on or chance alone would make everybody agree, it is NaN,
// never 0 or 1.
package measures

import "math"

// A Unit is a stretch of a text that an annotator marked, half-open, with its category. The unit of length is the
// caller's; the measures are the same in any but for where lengths count, in [Unitizing].
type Unit struct {
	Start, End int
	Category   int
}

func (u Unit) length() int { return u.End - u.Start }

// shared returns the length of what two units have in common.
func (u Unit) shared(o Unit) int { return max(0, min(u.End, o.End)-max(u.Start, o.Start)) }

// beyond returns how much more than chance was observed, as a share of all there is beyond chance; NaN if there is
// nothing beyond it.
func beyond(observed, chance float64) float64 {
	if chance >= 1 || math.IsNaN(chance) {
		return math.NaN()
	}
	return (observed - chance) / (1 - chance)
}
