package people

import "byline/annotate"

// scores are, by rule (first exact, then as in rules) and by evidence, the shares of
// entities that are whole and nobody else's: they hold all mentions of the text that are of
// one entity, and no other. They were counted on 11,171 entities that people formed from
// names given by hand (redocred.dev, docred.extra, gum_clean, litbank), each cell smoothed
// with eight entities of its rule's share, that with five of the share of all. Fitted on
// three of the files, the expected calibration error on the other two is 1.7 %.
var scores = [...][evidences]float64{
	{0.78, 0.82, 0.55, 0.57, 0.93, 0.94, 0.80, 0.80}, // exact
	{0.67, 0.63, 0.53, 0.63, 0.63, 0.63, 0.63, 0.63}, // initials
	{0.80, 0.75, 0.57, 0.75, 0.75, 0.75, 0.75, 0.75}, // surname
	{0.62, 0.54, 0.38, 0.54, 0.54, 0.54, 0.54, 0.54}, // first-name
	{0.62, 0.44, 0.21, 0.44, 0.44, 0.44, 0.44, 0.44}, // part-of-name
	{0.85, 0.91, 0.85, 0.78, 0.85, 0.85, 0.85, 0.85}, // definition
	{0.63, 0.74, 0.63, 0.46, 0.63, 0.63, 0.63, 0.63}, // acronym
	{0.48, 0.48, 0.48, 0.44, 0.48, 0.48, 0.48, 0.48}, // short-form
	{0.54, 0.56, 0.54, 0.47, 0.54, 0.54, 0.54, 0.54}, // ending
	{0.40, 0.45, 0.32, 0.45, 0.45, 0.45, 0.45, 0.45}, // spelling
}

// The bits of evidence.
const (
	group     = 1 << iota // no person
	rival                 // another entity of the text shares a word of its name
	single                // it was mentioned once
	evidences = 1 << iota
)

// several stands for the owner of a word that is in the names of more than one cluster.
const several = -1

// owners returns, by word, the cluster in whose name it is, or several.
func (g *grouping) owners() map[string]int {
	of := map[string]int{}
	for c := range g.clusters {
		if !g.alive(c) {
			continue
		}
		for _, w := range g.full(c).words {
			if o, ok := of[w]; ok && o != c {
				of[w] = several
			} else {
				of[w] = c
			}
		}
	}
	return of
}

// origin returns the rule and the score of e, which cluster c became.
func (g *grouping) origin(c int, e *annotate.Entity, owners map[string]int) annotate.Origin {
	o := annotate.Origin{Stage: Stage, Rule: exactly.Name}
	if w := g.clusters[c].worst; w >= 0 {
		o.Rule = rules[w].Name
	}
	for i := range e.Mentions {
		o.Score = max(o.Score, e.Mentions[i].Origin.Score)
	}
	o.Score *= scores[g.clusters[c].worst+1][g.evidence(c, e, owners)]
	return o
}

func (g *grouping) evidence(c int, e *annotate.Entity, owners map[string]int) int {
	k := 0
	if e.Type != annotate.Person {
		k |= group
	}
	for _, w := range g.full(c).words {
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
