package eval

import (
	"byline/annotate"
	"byline/articles"
)

// A spanCount counts names of a type.
type spanCount struct{ Exact, Partial Count }

func (c spanCount) plus(o spanCount) spanCount {
	return spanCount{c.Exact.plus(o.Exact), c.Partial.plus(o.Partial)}
}

// scoreNames counts names by type. A name is exact if both ends and the type equal those of the
// gold (Tjong Kim Sang and De Meulder 2003); it is partial if the type is the same and it overlaps
// the gold name, with each name used once, from left to right (the type measure of SemEval-2013
// task 9, Segura-Bedmar et al. 2013).
func (c *comparison) scoreNames(l *annotate.Layer) {
	gold, found := c.d.byName(c.d.Gold.Entities), c.d.byName(l.Entities)
	types := make(map[articles.Span]annotate.Type, len(gold))
	for _, g := range gold {
		types[g.Span] = g.Type
		c.countNames(g.Type, Count{Gold: 1}, Count{Gold: 1})
	}
	for _, f := range found {
		right := 0
		if types[f.Span] == f.Type {
			right = 1
		}
		c.countNames(f.Type, Count{Found: 1, Right: right}, Count{Found: 1})
		c.countClaim("names", string(f.Type), f.Origin, right == 1)
	}
	for _, t := range pairedTypes(gold, found) {
		c.countNames(t, Count{}, Count{Right: 1})
	}
	if c.listing {
		c.listNames(gold, found)
	}
}

func (c *comparison) countNames(t annotate.Type, exact, partial Count) {
	c.Names[t] = c.Names[t].plus(spanCount{exact, partial})
}

// pairedTypes returns the type of each gold name that shares text with a found one of the
// same type.
func pairedTypes(gold, found []named) []annotate.Type {
	var types []annotate.Type
	used := make([]bool, len(found))
	first := 0
	for _, g := range gold {
		for first < len(found) && found[first].End <= g.Start {
			first++
		}
		for k := first; k < len(found) && found[k].Start < g.End; k++ {
			if !used[k] && found[k].Type == g.Type && found[k].Overlaps(g.Span) {
				used[k] = true
				types = append(types, g.Type)
				break
			}
		}
	}
	return types
}
