package eval

import (
	"cmp"
	"iter"
	"maps"
	"math"
	"slices"

	"byline/annotate"
)

// A claim is one claim of the engine.
type claim struct {
	Stage string // "names", "people", "quotes"
	Kind  string // type of the name, the entity or the quote
	Rule  string
	Score float64
	Right bool
}

// countClaim counts one claim of the engine.
func (c *comparison) countClaim(stage, kind string, o annotate.Origin, right bool) {
	c.Claims = append(c.Claims, claim{stage, kind, o.Rule, o.Score, right})
}

// weighEntities counts the people and organizations that the engine found. One is right if a gold
// entity of its type has a name in common with it, and at each of its other names one that shares
// words with it. So an entity with a name of somebody else is wrong, and so is one with a name that
// is none; one that has not all names of the gold's is right.
func (c *comparison) weighEntities(l *annotate.Layer) {
	gold := c.d.byName(c.d.Gold.Entities)
	byEntity := map[int][]named{}
	for _, f := range c.d.byName(l.Entities, joinable...) {
		byEntity[f.entity] = append(byEntity[f.entity], f)
	}
	for _, i := range slices.Sorted(maps.Keys(byEntity)) {
		c.countClaim("people", string(l.Entities[i].Type), l.Entities[i].Origin, isEntity(byEntity[i], gold))
	}
}

// isEntity reports whether names are of one gold entity.
func isEntity(names, gold []named) bool {
	isOf := func(g named) bool {
		return !slices.ContainsFunc(names, func(n named) bool {
			return !slices.ContainsFunc(gold, func(o named) bool { return o.entity == g.entity && o.Overlaps(n.Span) })
		})
	}
	return slices.ContainsFunc(gold, func(g named) bool {
		return slices.ContainsFunc(names, func(n named) bool { return n.Span == g.Span && n.Type == g.Type }) && isOf(g)
	})
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

var stages = map[string]int{"names": 1, "people": 2, "quotes": 3}

// rules returns the rules of claims whose kind is in the gold, sorted.
func (t *Tally) rules() []Rule {
	claims := slices.DeleteFunc(slices.Clone(t.Claims), func(k claim) bool { return !t.annotated(k) })
	slices.SortStableFunc(claims, func(a, b claim) int {
		return cmp.Or(cmp.Compare(stages[a.Stage], stages[b.Stage]), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Score, b.Score))
	})
	all := []Rule{}
	for _, k := range claims {
		if n := len(all); n == 0 || all[n-1].Stage != k.Stage || all[n-1].Rule != k.Rule {
			all = append(all, Rule{Stage: k.Stage, Rule: k.Rule})
		}
		r := &all[len(all)-1]
		r.Found++
		r.Score += k.Score
		if k.Right {
			r.Right++
		}
	}
	for i := range all {
		r := &all[i]
		r.Precision, r.Score = round(share(r.Right, r.Found)), round(r.Score/float64(r.Found))
	}
	return all
}

// annotated reports whether the kind of a claim is in the gold.
func (t *Tally) annotated(k claim) bool {
	switch {
	case k.Stage == "names":
		return t.Names[annotate.Type(k.Kind)].Exact.Gold > 0
	case k.Stage != "quotes":
		return true
	case k.Kind == string(annotate.Indirect):
		return t.Quotes[reported].Exact.Gold > 0
	}
	return t.Quotes[inMarks].Exact.Gold+t.Passages.Kinds[speech].Of > 0
}

// bins is the number of bins of a reliability table.
const bins = 10

// A Reliability compares the scores that the reader sees with the share of the claims that are
// right, in ten bins of equal width (DeGroot and Fienberg 1983). There is one of the mentions of
// people and organizations together, which are right if both ends and the type are; one of these
// entities; and one of quotes, which are right if they are found by half and have the right speaker.
type Reliability struct {
	Claims string  `json:"claims"` // "person+organization", "entities", "quotes"
	Found  int     `json:"found"`
	Wrong  int     `json:"wrong"`
	ECE    float64 `json:"ece"` // expected calibration error (Naeini et al. 2015): the mean distance, weighted by claims
	// Fifth is the share of the wrong claims that a reader finds who looks at the least certain
	// fifth of them only: one point of the risk-coverage curve (El-Yaniv and Wiener 2010). Of claims
	// with one score, a part is taken as it would be by chance.
	Fifth float64 `json:"wrong_in_least_certain_fifth"`
	Bins  []Bin   `json:"bins"`
}

// A Bin holds the claims with scores from From up to the next bin's.
type Bin struct {
	From  float64 `json:"from"`
	Found int     `json:"found"`
	Score float64 `json:"score"` // mean
	Right float64 `json:"right"` // share
}

// reliability returns the tables of claims whose kind is in the gold.
func (t *Tally) reliability() []Reliability {
	var all []Reliability
	for _, of := range []struct {
		name, stage string
		kinds       []annotate.Type // nil: all
	}{{"person+organization", "names", joinable}, {"entities", "people", nil}, {"quotes", "quotes", nil}} {
		var claims []claim
		for _, k := range t.Claims {
			if k.Stage == of.stage && (of.kinds == nil || slices.Contains(of.kinds, annotate.Type(k.Kind))) && t.annotated(k) {
				claims = append(claims, k)
			}
		}
		if len(claims) > 0 {
			all = append(all, reliabilityOf(of.name, claims))
		}
	}
	return all
}

// reliabilityOf returns the table of claims, which it sorts.
func reliabilityOf(name string, claims []claim) Reliability {
	slices.SortFunc(claims, func(a, b claim) int { return cmp.Compare(a.Score, b.Score) })
	r := Reliability{Claims: name, Found: len(claims)}
	binOf := func(k claim) float64 { return max(0, min(bins-1, math.Floor(k.Score*bins))) }
	ece := 0.0
	for bin := range runs(claims, binOf) {
		score, right := sums(bin)
		n := float64(len(bin))
		ece += math.Abs(score - float64(right))
		r.Wrong += len(bin) - right
		r.Bins = append(r.Bins, Bin{binOf(bin[0]) / bins, len(bin), round(score / n), round(float64(right) / n)})
	}
	r.ECE = round(ece / float64(r.Found))
	r.Fifth = round(quotient(wrongInFifth(claims), float64(r.Wrong)))
	return r
}

// wrongInFifth returns how many of the first fifth of sorted claims are wrong.
func wrongInFifth(claims []claim) float64 {
	wrong, left := 0.0, float64(len(claims))/5
	for same := range runs(claims, func(k claim) float64 { return k.Score }) {
		n := float64(len(same))
		_, right := sums(same)
		wrong += (n - float64(right)) * min(n, left) / n
		if left -= n; left <= 0 {
			break
		}
	}
	return wrong
}

// runs yields the runs of claims with the same key.
func runs(claims []claim, key func(claim) float64) iter.Seq[[]claim] {
	return func(yield func([]claim) bool) {
		for start, end := 0, 0; start < len(claims); start = end {
			for end < len(claims) && key(claims[end]) == key(claims[start]) {
				end++
			}
			if !yield(claims[start:end]) {
				return
			}
		}
	}
}

// sums returns the sum of the scores of claims and how many are right.
func sums(claims []claim) (score float64, right int) {
	for _, k := range claims {
		score += k.Score
		if k.Right {
			right++
		}
	}
	return score, right
}
