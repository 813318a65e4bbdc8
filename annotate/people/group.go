package people

import (
	"cmp"
	"strconv"

	"byline/annotate"
	"byline/annotate/lexicon/en"
)

// Version counts the changes after which the same mentions may be joined to other entities.
const Version = 3

// stage is the name of this stage in the origins of entities.
const stage = "people"

// apart is the rule of mentions whose type the words beside them leave no doubt of.
const apart = "apart"

// Group joins the mentions ms of a text, which must be sorted, into entities. Entities are in the
// order of first mention and have the IDs e1, e2, …; every mention is in exactly one. Types of
// mentions may change, see the package comment. It takes linear time.
func Group(text string, ms []annotate.Mention) []annotate.Entity {
	g := &grouping{text: text, ms: ms, names: namesOf(text, ms), of: make([]int, len(ms))}
	g.joinExact()
	for i, r := range rules {
		r.join(g, i)
	}
	return g.entities()
}

// A grouping is the state of the work on one document.
type grouping struct {
	text     string
	ms       []annotate.Mention
	names    []*name // by mention
	of       []int   // by mention: its cluster, or one that was merged into its cluster
	clusters []cluster
}

// A cluster is the mentions of one entity so far.
type cluster struct {
	typ     annotate.Type
	size    int     // mentions
	weight  float64 // the sum of their scores
	into    int     // the cluster that this one was merged into; itself if none
	fullest int     // the mention with the most words
	worst   int     // the least trusted rule that joined, an index into rules; −1 for exact
	gender  en.Gender
	first   int    // its first mention
	mark    string // distinguishes bearers of the same name; see name
	sure    bool   // a mention has a title, a legal form or telling words beside it, so the type is certain
}

// root returns the cluster into which c was finally merged.
func (g *grouping) root(c int) int {
	for g.clusters[c].into != c {
		g.clusters[c].into = g.clusters[g.clusters[c].into].into
		c = g.clusters[c].into
	}
	return c
}

// alive reports whether c has mentions of its own.
func (g *grouping) alive(c int) bool { return g.clusters[c].into == c && g.clusters[c].size > 0 }

// fullestName returns the fullest name of c.
func (g *grouping) fullestName(c int) *name { return g.names[g.clusters[c].fullest] }

// joinExact makes a cluster of all mentions with the same words, type and mark. Then it joins
// clusters with the same words whose types differ by mistake, or whose marks do not distinguish
// people.
func (g *grouping) joinExact() {
	type key struct {
		words, mark string
		typ         annotate.Type
	}
	byKey := map[key]int{}
	byWords := map[string][]int{}
	for i := range g.names {
		n := g.names[i]
		k := key{n.bare, n.mark, n.typ}
		c, ok := byKey[k]
		if !ok {
			c = len(g.clusters)
			byKey[k] = c
			byWords[n.bare] = append(byWords[n.bare], c)
			g.clusters = append(g.clusters, cluster{typ: n.typ, first: i, fullest: i, worst: -1, into: c})
		}
		g.take(c, i)
	}
	marked := map[string][]int{} // by words: the people who share them
	for i := range g.names {
		w := g.names[i].bare
		if cs := byWords[w]; len(cs) > 1 {
			if two := g.unmark(cs); two != nil {
				marked[w] = two
			}
			g.joinByWeight(cs)
		}
		delete(byWords, w)
	}
	if len(marked) > 0 {
		g.joinShortNames(-1, func(n *name) []int {
			if n.mark != "" {
				return nil
			}
			return marked[n.bare]
		})
	}
}

// unmark joins people with the same words whose marks do not distinguish them; otherwise it
// returns those with a mark.
func (g *grouping) unmark(cs []int) []int {
	var persons, marked []int
	for _, c := range cs {
		if g.clusters[c].typ != annotate.Person {
			continue
		}
		persons = append(persons, c)
		if g.clusters[c].mark != "" {
			marked = append(marked, c)
		}
	}
	if len(marked) > 1 {
		return marked
	}
	for _, c := range persons {
		g.merge(persons[0], c, -1)
	}
	return nil
}

// joinByWeight joins clusters with the same words to the heaviest one, except those with good
// evidence of their own.
func (g *grouping) joinByWeight(cs []int) {
	best := g.root(cs[0])
	for _, c := range cs[1:] {
		if c = g.root(c); g.clusters[c].weight > g.clusters[best].weight {
			best = c
		}
	}
	for _, c := range cs {
		c = g.root(c)
		cl, b := &g.clusters[c], &g.clusters[best]
		if c != best && cl.typ != b.typ && cl.weight*2 <= b.weight && !cl.sure {
			g.merge(best, c, -1)
		}
	}
}

// take adds mention i to cluster c.
func (g *grouping) take(c, i int) {
	cl, n := &g.clusters[c], g.names[i]
	g.of[i] = c
	cl.size++
	cl.weight += g.ms[i].Origin.Score
	cl.sure = cl.sure || n.title != "" || n.firm || g.ms[i].Origin.Rule == apart
	cl.mark = cmp.Or(cl.mark, n.mark)
	if cl.gender == en.Unknown {
		cl.gender = n.gender
	}
	if g.isFuller(i, cl.fullest) {
		cl.fullest = i
	}
}

// isFuller reports whether mention i is a fuller name than j.
func (g *grouping) isFuller(i, j int) bool {
	a, b := g.names[i], g.names[j]
	if a.shouts != b.shouts && len(a.words) == len(b.words) {
		return b.shouts
	}
	return cmp.Or(cmp.Compare(len(a.words), len(b.words)), cmp.Compare(len(a.raw), len(b.raw)), cmp.Compare(j, i)) > 0
}

// merge merges cluster from into cluster into, by a rule.
func (g *grouping) merge(into, from, rule int) {
	into, from = g.root(into), g.root(from)
	if into == from {
		return
	}
	t, f := &g.clusters[into], &g.clusters[from]
	f.into = into
	t.size += f.size
	t.first = min(t.first, f.first)
	t.weight += f.weight
	t.sure = t.sure || f.sure
	t.mark = cmp.Or(t.mark, f.mark)
	t.worst = max(t.worst, f.worst, rule)
	if t.gender == en.Unknown {
		t.gender = f.gender
	}
	if g.isFuller(f.fullest, t.fullest) {
		t.fullest = f.fullest
	}
}

// move moves mention i to cluster into, by a rule.
func (g *grouping) move(i, into, rule int) {
	from := &g.clusters[g.root(g.of[i])]
	from.size--
	from.weight -= g.ms[i].Origin.Score
	g.take(into, i)
	g.clusters[into].worst = max(g.clusters[into].worst, rule)
}

// entities returns the clusters that have mentions.
func (g *grouping) entities() []annotate.Entity {
	var es []annotate.Entity
	index := make([]int, len(g.clusters)) // 1 + index into es
	for i := range g.names {
		c := g.root(g.of[i])
		if index[c] == 0 {
			es = append(es, annotate.Entity{ID: "e" + strconv.Itoa(len(es)+1), Name: g.fullestName(c).raw, Type: g.clusters[c].typ})
			index[c] = len(es)
			es[len(es)-1].Mentions = make([]annotate.Mention, 0, g.clusters[c].size)
		}
		e := &es[index[c]-1]
		e.Mentions = append(e.Mentions, g.ms[i])
	}
	words := g.owners()
	for c := range g.clusters {
		if index[c] > 0 {
			e := &es[index[c]-1]
			finish(e)
			e.Origin = g.origin(c, e, words)
		}
	}
	return es
}

// finish gives e and its mentions the type with the most votes among the mentions.
func finish(e *annotate.Entity) {
	votes := map[annotate.Type]float64{}
	for i := range e.Mentions {
		votes[e.Mentions[i].Type] += e.Mentions[i].Origin.Score
	}
	for i := range e.Mentions {
		if t := e.Mentions[i].Type; votes[t] > votes[e.Type] {
			e.Type = t
		}
	}
	for i := range e.Mentions {
		e.Mentions[i].Type = e.Type
	}
}
