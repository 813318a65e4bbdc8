package people

import (
	"math"

	"byline/annotate"
)

// scores are, by rule (exact first, then in the order of rules) and by evidence, the share of
// entities whose mentions are all of one: that is what an entity claims. That no other entity
// is the same is not part of the claim, since how often names are left apart differs between
// an encyclopaedia and news. They were counted on 11,174 entities formed from names that people
// gave by hand (redocred.dev, docred.extra, gum_clean, litbank), where two entities that
// have the same name there count as one; each cell is smoothed with eight entities of its
// rule's share, that with five of the share of all. In news, rules that join short names are right
// more often than in an encyclopaedia or a novel: the rows from surname to ending were then moved to the
// shares of their rules in newsroom, without what is kept out of it. The score of an entity
// is its share times the probability that not all of its mentions are wrong; the exponent
// 5/4 is there because a name of the wrong type or length is still a name of the entity. With
// both, the calibration error of entities on what newsroom keeps out is 1.0 %, with 3/2 and the first
// counts it was 2.5 %.
var scores = [...][evidences]float64{
	{0.93, 0.96, 0.95, 0.97, 0.99, 0.99, 0.99, 0.99}, // exact
	{0.85, 0.85, 0.81, 0.85, 0.85, 0.85, 0.85, 0.85}, // initials
	{0.97, 0.97, 0.96, 0.97, 0.97, 0.97, 0.97, 0.97}, // surname
	{0.96, 0.95, 0.93, 0.95, 0.95, 0.95, 0.95, 0.95}, // first-name
	{0.95, 0.93, 0.91, 0.93, 0.93, 0.93, 0.93, 0.93}, // part-of-name
	{0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98}, // definition
	{0.97, 0.97, 0.97, 0.96, 0.97, 0.97, 0.97, 0.97}, // acronym
	{0.78, 0.75, 0.78, 0.79, 0.78, 0.78, 0.78, 0.78}, // short-form
	{0.84, 0.81, 0.84, 0.84, 0.84, 0.84, 0.84, 0.84}, // ending
	{0.78, 0.80, 0.74, 0.80, 0.80, 0.80, 0.80, 0.80}, // spelling
}

// The bits of evidence.
const (
	group     = 1 << iota // not a person
	rival                 // another entity of the text shares a word of its name
	single                // it is mentioned once
	evidences = 1 << iota
)

// several is the owner of a word that occurs in the names of several clusters.
const several = -1

// owners returns, by word, the cluster with the word in its name, or several.
func (g *grouping) owners() map[string]int {
	of := map[string]int{}
	for c := range g.clusters {
		if !g.alive(c) {
			continue
		}
		for _, w := range g.fullestName(c).words {
			if o, ok := of[w]; ok && o != c {
				of[w] = several
			} else {
				of[w] = c
			}
		}
	}
	return of
}

// origin returns the rule and the score of e, the entity made of cluster c.
func (g *grouping) origin(c int, e *annotate.Entity, owners map[string]int) annotate.Origin {
	o := annotate.Origin{Stage: stage, Rule: exactly.Name}
	if w := g.clusters[c].worst; w >= 0 {
		o.Rule = rules[w].Name
	}
	wrong := 1.0 // the probability that no mention is of it
	for i := range e.Mentions {
		w := 1 - e.Mentions[i].Origin.Score
		wrong = float64(wrong * w * math.Sqrt(math.Sqrt(w)))
	}
	o.Score = 1 - wrong
	o.Score *= scores[g.clusters[c].worst+1][g.evidence(c, e, owners)]
	return o
}

func (g *grouping) evidence(c int, e *annotate.Entity, owners map[string]int) int {
	k := 0
	if e.Type != annotate.Person {
		k |= group
	}
	for _, w := range g.fullestName(c).words {
		if len(w) > 2 && owners[w] == several {
			k |= rival
			break
		}
	}
	if len(e.Mentions) == 1 {
		k |= single
	}
	return k
}
