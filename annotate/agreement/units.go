package agreement

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"byline/annotate/agreement/measures"
)

// countUnits counts the disagreement of all annotators about marks as units of the text: α_U type by type, γ of all names
// and of all quotes.
func (t *Tally) countUnits(x *text, o Options) {
	if len(x.views) < 2 {
		return
	}
	for _, about := range []string{Names, Quotes} {
		by := make([][]measures.Unit, len(x.views))
		n := 0
		for i, v := range x.views {
			by[i] = x.units(v, about)
			n += len(by[i])
		}
		if n == 0 {
			continue
		}
		whole := group{class: class{about: about}}
		t.add(whole, units, float64(n))
		for _, c := range x.types {
			if c.about == about {
				t.countUnitsOf(x, by, c)
			}
		}
		if o.Chance > 0 {
			t.countGamma(by, whole, o)
			t.countGammaOfPairs(x, by, o, about)
		}
	}
}

// countGammaOfPairs is countGamma of each two annotators by themselves; of two alone it is what it is of all.
func (t *Tally) countGammaOfPairs(x *text, by [][]measures.Unit, o Options, about string) {
	for i, a := range x.views {
		for k := i + 1; k < len(x.views); k++ {
			if len(by[i])+len(by[k]) == 0 {
				continue
			}
			pair := group{a.who, x.views[k].who, class{about: about}}
			t.add(pair, units, float64(len(by[i])+len(by[k])))
			t.countGamma([][]measures.Unit{by[i], by[k]}, pair, o)
		}
	}
}

// countUnitsOf counts the disagreement about units of one type.
func (t *Tally) countUnitsOf(x *text, by [][]measures.Unit, c class) {
	of := make([][]measures.Unit, len(by))
	n := 0
	for i, us := range by {
		var left int
		of[i], left = measures.Untangle(ofType(us, x.number[c]))
		t.tangled += left
		n += len(of[i])
	}
	observed, expected := measures.Unitizing(x.length, of)
	for _, g := range []group{{class: c}, {class: class{about: c.about}}} {
		t.add(g, observedU, observed)
		t.add(g, expectedU, expected)
	}
	t.add(group{class: c}, units, float64(n))
}

// countGamma counts the disorder of the best alignment, and the mean of those of annotations by chance.
func (t *Tally) countGamma(by [][]measures.Unit, g group, o Options) {
	a := measures.Align(by)
	r := rand.New(rand.NewPCG(o.Seed, t.seed()))
	expected := 0.0
	for range o.Chance {
		c := measures.Align(measures.Chance(by, r))
		expected += c.Cost / float64(o.Chance)
		t.uncertain = t.uncertain || !c.Best
	}
	t.uncertain = t.uncertain || !a.Best
	t.add(g, observedG, a.Cost)
	t.add(g, expectedG, expected)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func joinInts(all []int) string {
	var out []string
	for _, n := range all {
		out = append(out, strconv.Itoa(n))
	}
	return strings.Join(out, " ")
}
