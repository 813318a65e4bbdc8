package eval

import (
	"cmp"
	"maps"
	"slices"

	"byline/annotate"
	"byline/articles"
)

// A ClusterCount holds the counts that the measures of clusters need. Precision is of what was found, recall of the gold;
// between two annotators, of the one and of the other.
type ClusterCount struct {
	Mentions       Count
	B3, CEAF, MUC  Ratio
	Docs, Entities int
	Greedy         bool `json:",omitempty"` // more clusters hung together than are aligned in the best of all ways
}

func (c *ClusterCount) add(o *ClusterCount) {
	c.Mentions = c.Mentions.plus(o.Mentions)
	c.B3, c.CEAF, c.MUC = c.B3.plus(o.B3), c.CEAF.plus(o.CEAF), c.MUC.plus(o.MUC)
	c.Docs += o.Docs
	c.Entities += o.Entities
	c.Greedy = c.Greedy || o.Greedy
}

// A Partition maps each mention to its cluster.
type Partition map[articles.Span]int

func partitionOf(ms []named) Partition {
	p := make(Partition, len(ms))
	for _, m := range ms {
		p[m.Span] = m.entity
	}
	return p
}

// sizes returns the number of mentions by cluster.
func (p Partition) sizes() map[int]int {
	n := map[int]int{}
	for _, c := range p {
		n[c]++
	}
	return n
}

var joinable = []annotate.Type{annotate.Person, annotate.Organization}

// scoreGrouping scores how the engine joins the gold's names.
func (c *comparison) scoreGrouping(e Engine) {
	gold := c.d.byName(c.d.Gold.Entities, joinable...)
	ms := make([]annotate.Mention, len(gold))
	for i, g := range gold {
		ms[i] = annotate.Mention{Span: g.Span, Form: annotate.Name, Type: g.Type, Title: g.Title, Origin: annotate.Origin{Score: 1}}
	}
	text := c.d.Text
	if c.d.Tokens != nil {
		text = c.d.Tokens.Text
	}
	es := e.Group(text, ms)
	found := c.d.byName(es)
	for i := range found {
		found[i].Origin = es[found[i].entity].Origin
	}
	c.Clusters[namesGiven].add(CompareClusters(partitionOf(gold), partitionOf(found)))
	if c.listing {
		c.listClusters(gold, found)
	}
}

// scoreClusters scores how the engine joins the names that it found.
func (c *comparison) scoreClusters(l *annotate.Layer) {
	gold, found := partitionOf(c.d.byName(c.d.Gold.Entities, joinable...)), partitionOf(c.d.byName(l.Entities, joinable...))
	c.Clusters[namesFound].add(CompareClusters(gold, found))
	c.weighEntities(l)
}

// CompareClusters scores the clusters of found mentions against those of the gold, as in Pradhan
// et al. 2014 (Scoring Coreference Partitions of Predicted Mentions): mentions are the same if
// their spans are, and one that is missing on the other side is a cluster of its own. Clusters of
// one mention count.
func CompareClusters(gold, found Partition) *ClusterCount {
	c := &ClusterCount{Docs: 1, Mentions: Count{Found: len(found), Gold: len(gold)}}
	golds, founds := gold.sizes(), found.sizes()
	c.Entities = len(golds)
	both := map[overlap]int{}
	for s, g := range gold {
		if f, ok := found[s]; ok {
			both[overlap{g, f}]++
			c.Mentions.Right++
		}
	}
	cells := slices.SortedFunc(maps.Keys(both), func(a, b overlap) int {
		return cmp.Or(cmp.Compare(a.gold, b.gold), cmp.Compare(a.found, b.found))
	})
	c.B3 = bCubed(cells, both, golds, founds)
	c.B3.PD, c.B3.RD = float64(len(found)), float64(len(gold))
	c.MUC = muc(cells, both, golds, founds)
	c.CEAF = Ratio{PD: float64(len(founds)), RD: float64(len(golds))}
	for _, part := range components(cells) {
		sum, best := alignmentGain(part, both, golds, founds)
		c.Greedy = c.Greedy || !best
		c.CEAF.PN += sum
		c.CEAF.RN += sum
	}
	return c
}

// An overlap is a gold and a found cluster that share mentions.
type overlap struct{ gold, found int }

// bCubed returns the numerators of B³ (Bagga and Baldwin 1998): for each mention, the shares of
// its found and of its gold cluster that both contain.
func bCubed(cells []overlap, both map[overlap]int, golds, founds map[int]int) Ratio {
	var r Ratio
	for _, o := range cells {
		n := float64(both[o])
		r.PN += n * n / float64(founds[o.found])
		r.RN += n * n / float64(golds[o.gold])
	}
	return r
}

// muc returns the link score of Vilain et al. 1995: the links of each cluster that the other
// side's partition keeps.
func muc(cells []overlap, both map[overlap]int, golds, founds map[int]int) Ratio {
	var r Ratio
	for _, n := range golds {
		r.RD += float64(n - 1)
	}
	for _, n := range founds {
		r.PD += float64(n - 1)
	}
	for _, o := range cells { // a part of n mentions keeps n−1 links
		r.RN += float64(both[o] - 1)
		r.PN += float64(both[o] - 1)
	}
	return r
}

// components splits the overlaps into sets without common clusters.
func components(cells []overlap) [][]overlap {
	root := map[int]int{} // of found clusters
	var find func(f int) int
	find = func(f int) int {
		if r, ok := root[f]; ok && r != f {
			root[f] = find(r)
			return root[f]
		}
		return f
	}
	for i := 1; i < len(cells); i++ { // in the order of gold clusters
		if cells[i].gold == cells[i-1].gold {
			root[find(cells[i].found)] = find(cells[i-1].found)
		}
	}
	var parts [][]overlap
	at := map[int]int{}
	for _, o := range cells {
		r := find(o.found)
		if _, ok := at[r]; !ok {
			at[r] = len(parts)
			parts = append(parts, nil)
		}
		parts[at[r]] = append(parts[at[r]], o)
	}
	return parts
}

// alignmentGain returns the numerator of entity-based CEAF (Luo 2005): the largest sum of φ4,
// 2|G∩F|/(|G|+|F|), over one-to-one alignments of gold and found clusters. If more than mostAligned of a side hang together, it
// takes the largest terms first; the sum may be too small, and it is not the best.
func alignmentGain(cells []overlap, both map[overlap]int, golds, founds map[int]int) (sum float64, best bool) {
	gainOf := func(o overlap) float64 { return 2 * float64(both[o]) / float64(golds[o.gold]+founds[o.found]) }
	rows, columns := map[int]int{}, map[int]int{}
	number := func(of map[int]int, c int) int {
		if _, ok := of[c]; !ok {
			of[c] = len(of)
		}
		return of[c]
	}
	for _, o := range cells {
		number(rows, o.gold)
		number(columns, o.found)
	}
	if max(len(rows), len(columns)) > mostAligned {
		return greedyGain(cells, gainOf), false
	}
	gain := make([][]float64, len(rows))
	for i := range gain {
		gain[i] = make([]float64, len(columns))
	}
	for _, o := range cells {
		gain[rows[o.gold]][columns[o.found]] = gainOf(o)
	}
	return Assign(gain), true
}

// mostAligned holds the time of an alignment to about a second.
const mostAligned = 1000

func greedyGain(cells []overlap, gainOf func(overlap) float64) float64 {
	cells = slices.Clone(cells)
	slices.SortStableFunc(cells, func(a, b overlap) int { return cmp.Compare(gainOf(b), gainOf(a)) })
	golds, founds := map[int]bool{}, map[int]bool{}
	sum := 0.0
	for _, o := range cells {
		if !golds[o.gold] && !founds[o.found] {
			golds[o.gold], founds[o.found] = true, true
			sum += gainOf(o)
		}
	}
	return sum
}
