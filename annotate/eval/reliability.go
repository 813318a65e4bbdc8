package eval

import (
	"cmp"
	"maps"
	"slices"

	"byline/annotate"
)

// bins is the number of bins of a reliability table.
const bins = 10

// A claim groups the engine's claims by stage, type, rule and the bin of the score.
type claim struct {
	stage, kind, rule string
	bin               int
}

// A weight counts claims and sums their scores.
type weight struct {
	found, right int
	score        float64
}

func (w weight) plus(o weight) weight {
	return weight{w.found + o.found, w.right + o.right, w.score + o.score}
}

// countClaim counts one claim of the engine.
func (c *comparison) countClaim(stage, kind string, o annotate.Origin, right bool) {
	k := claim{stage, kind, o.Rule, max(0, min(bins-1, int(o.Score*bins)))}
	w := weight{found: 1, score: o.Score}
	if right {
		w.right = 1
	}
	c.claims[k] = c.claims[k].plus(w)
}

// weighEntities counts the people and organizations that the engine found. One is right if all its
// names that are in the gold belong to one gold entity, and all found names of that entity are its
// own. An entity without a name in the gold is wrong.
func (c *comparison) weighEntities(l *annotate.Layer, gold, found partition) {
	entities := map[int]map[int]bool{} // by found entity: the gold ones that share names with it
	others := map[int]map[int]bool{}   // by gold entity: the found ones
	put := func(m map[int]map[int]bool, a, b int) {
		if m[a] == nil {
			m[a] = map[int]bool{}
		}
		m[a][b] = true
	}
	for s, f := range found {
		if g, ok := gold[s]; ok {
			put(entities, f, g)
			put(others, g, f)
		}
	}
	for _, f := range slices.Sorted(maps.Keys(found.sizes())) {
		right := len(entities[f]) == 1
		for g := range entities[f] {
			right = right && len(others[g]) == 1
		}
		c.countClaim("people", string(l.Entities[f].Type), l.Entities[f].Origin, right)
	}
}

// A Rule sums up the claims that a rule of a stage made.
type Rule struct {
	Stage     string  `json:"stage"`
	Rule      string  `json:"rule"`
	Right     int     `json:"right"`
	Found     int     `json:"found"`
	Precision float64 `json:"precision"`
	Score     float64 `json:"score"` // the mean of the engine's scores
}

// rules returns the rules of claims whose kind is in the gold, sorted.
func (t *Tally) rules() []Rule {
	sums := map[claim]weight{}
	for _, k := range t.sortedClaims() {
		sum := claim{stage: k.stage, rule: k.rule}
		sums[sum] = sums[sum].plus(t.claims[k])
	}
	all := []Rule{}
	for _, k := range inOrder(sums) {
		w := sums[k]
		all = append(all, Rule{k.stage, k.rule, w.right, w.found, round(share(w.right, w.found)), round(w.score / float64(w.found))})
	}
	return all
}

// sortedClaims returns the claims whose kind is in the gold, sorted.
func (t *Tally) sortedClaims() []claim {
	return slices.DeleteFunc(inOrder(t.claims), func(k claim) bool {
		switch k.stage {
		case "names":
			return t.names[annotate.Type(k.kind)].exact.Gold == 0
		case "quotes":
			class := inMarks
			if k.kind == string(annotate.Indirect) {
				class = reported
			}
			return t.quotes[class].exact.Gold == 0
		}
		return false
	})
}

func inOrder(m map[claim]weight) []claim {
	stages := map[string]int{"names": 1, "people": 2, "quotes": 3}
	return slices.SortedFunc(maps.Keys(m), func(a, b claim) int {
		return cmp.Or(cmp.Compare(stages[a.stage], stages[b.stage]), cmp.Compare(a.rule, b.rule), cmp.Compare(a.kind, b.kind), cmp.Compare(a.bin, b.bin))
	})
}

// A Reliability compares the scores of a stage with the share of its claims that is right, in ten
// bins of equal width (DeGroot and Fienberg 1983).
type Reliability struct {
	Stage string  `json:"stage"`
	Found int     `json:"found"`
	ECE   float64 `json:"ece"` // expected calibration error (Naeini et al. 2015): the mean distance, weighted by claims
	Bins  []Bin   `json:"bins"`
}

// A Bin holds the claims with scores from From up to the next bin's.
type Bin struct {
	From  float64 `json:"from"`
	Found int     `json:"found"`
	Score float64 `json:"score"` // mean
	Right float64 `json:"right"` // share
}

// reliability returns the table of each stage, without empty bins.
func (t *Tally) reliability() []Reliability {
	sums := map[claim]weight{}
	totals := map[string]int{}
	for _, k := range t.sortedClaims() {
		sum := claim{stage: k.stage, bin: k.bin}
		sums[sum] = sums[sum].plus(t.claims[k])
		totals[k.stage] += t.claims[k].found
	}
	all := []Reliability{}
	for _, k := range inOrder(sums) {
		if n := len(all); n == 0 || all[n-1].Stage != k.stage {
			all = append(all, Reliability{Stage: k.stage, Found: totals[k.stage]})
		}
		r, w := &all[len(all)-1], sums[k]
		mean, right := w.score/float64(w.found), share(w.right, w.found)
		r.Bins = append(r.Bins, Bin{float64(k.bin) / bins, w.found, round(mean), round(right)})
		r.ECE += max(mean-right, right-mean) * float64(w.found) / float64(r.Found)
	}
	for i := range all {
		all[i].ECE = round(all[i].ECE)
	}
	return all
}
