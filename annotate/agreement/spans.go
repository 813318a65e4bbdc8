package agreement

import (
	"slices"

	"byline/annotate"
	"byline/annotate/agreement/measures"
	"byline/annotate/eval"
	"byline/articles"
)

// countSpans counts the marks of two annotators that are alike, of all names and of all quotes, and type by type.
func (t *Tally) countSpans(x *text, a, b *view) {
	both := make([]int, len(x.types)+1)
	for i, m := range a.marks {
		if b.has(m) {
			both[a.numbers[i]]++
		}
	}
	for i, c := range x.types {
		for _, of := range []class{c, {about: c.about}} {
			g := group{a.who, b.who, of}
			t.add(g, marksA, float64(a.of[i+1]))
			t.add(g, marksB, float64(b.of[i+1]))
			t.add(g, exactly, float64(both[i+1]))
		}
	}
	for _, about := range []string{Names, Quotes} {
		g := group{a.who, b.who, class{about: about}}
		t.add(g, sameEnds, sameEndsOf(a, b, about))
		as, bs := x.units(a, about), x.units(b, about)
		for _, c := range x.types {
			if c.about != about {
				continue
			}
			g := group{a.who, b.who, c}
			pairs, soft, best := measures.Overlap(ofType(as, x.number[c]), ofType(bs, x.number[c]))
			t.crowded = t.crowded || !best
			for _, g := range []group{g, {a.who, b.who, class{about: about}}} {
				t.add(g, overlaps, float64(pairs))
				t.add(g, softly, soft)
			}
		}
	}
}

// sameEndsOf counts marks of a kind at the same place, one to one, whatever their types.
func sameEndsOf(a, b *view, about string) float64 {
	is := func(m mark) bool { return m.about == about }
	n := 0
	for s, of := range a.at {
		n += min(countOf(of, is), countOf(b.at[s], is))
	}
	return float64(n)
}

func countOf(ms []mark, is func(mark) bool) int {
	n := 0
	for _, m := range ms {
		if is(m) {
			n++
		}
	}
	return n
}

func ofType(us []measures.Unit, category int) []measures.Unit {
	return slices.DeleteFunc(slices.Clone(us), func(u measures.Unit) bool { return u.Category != category })
}

// entitiesOf returns the entity of each name that counts; of several at one place, the first. It is not to be changed.
func (v *view) entitiesOf() eval.Partition {
	if v.entities != nil {
		return v.entities
	}
	p := eval.Partition{}
	v.entities = p
	for i := range v.layer.Entities {
		e := &v.layer.Entities[i]
		for _, m := range e.Mentions {
			if _, taken := p[m.Span]; !taken && m.State != annotate.Rejected && v.has(mark{m.Span, class{Names, string(e.Type)}}) {
				p[m.Span] = i
			}
		}
	}
	return p
}

// countClusters counts how two annotators joined names: those that both marked, and all.
func (t *Tally) countClusters(a, b *view) {
	as, bs := a.entitiesOf(), b.entitiesOf()
	t.addClusters(group{a.who, b.who, class{Clusters, OfAll}}, eval.CompareClusters(as, bs))
	bothA, bothB := eval.Partition{}, eval.Partition{}
	for s, e := range as {
		if o, ok := bs[s]; ok {
			bothA[s], bothB[s] = e, o
		}
	}
	t.addClusters(group{a.who, b.who, class{Clusters, OfBoth}}, eval.CompareClusters(bothA, bothB))
}

// The types of figures about clusters: over the names that both annotators marked, and over all, where one that the other lacks
// counts against both.
const (
	OfAll  = "all names"
	OfBoth = "names of both"
)

func (t *Tally) addClusters(g group, c *eval.ClusterCount) {
	t.greedy = t.greedy || c.Greedy
	for first, r := range map[count]eval.Ratio{b3PN: c.B3, ceafPN: c.CEAF, mucPN: c.MUC} {
		t.add(g, first, r.PN)
		t.add(g, first+1, r.PD)
		t.add(g, first+2, r.RN)
		t.add(g, first+3, r.RD)
	}
	t.add(g, marksA, float64(c.Mentions.Gold))
	t.add(g, marksB, float64(c.Mentions.Found))
	t.add(g, shared, float64(c.Mentions.Right))
}

// countSpeakers counts the quotes that two annotators have in common, whatever the types, and whether they gave them
// the same speakers. Chance is how often they would if each gave the article's speakers to quotes as often as they did.
func (t *Tally) countSpeakers(a, b *view, g group) {
	as, bs := a.quotes(), b.quotes()
	pairs := eval.MatchQuotes(as, bs)
	if len(pairs) == 0 {
		return
	}
	same := sameEntities(a.layer, b.layer)
	byA, byB := map[string]float64{}, map[string]float64{}
	alike := 0.0
	for _, p := range pairs {
		x, y := same.speakers(as[p[0]], 0), same.speakers(bs[p[1]], 1)
		byA[x]++
		byB[y]++
		if x == y {
			alike++
		}
	}
	n, expected := float64(len(pairs)), 0.0
	for _, who := range sortedKeys(byA) {
		expected += byA[who] * byB[who] / n
	}
	t.add(g, items, n)
	t.add(g, equal, alike)
	t.add(g, chance, expected)
}

// quotes returns the quotes that count, in order.
func (v *view) quotes() []*annotate.Quote {
	var out []*annotate.Quote
	for _, q := range v.layer.Quotes {
		if q.State != annotate.Rejected && v.has(mark{q.Span, class{Quotes, string(q.Type)}}) {
			out = append(out, q)
		}
	}
	return out
}

// sameness tells which entities of two layers are the same: those that share a mention, and so those that are
// joined by way of others.
type sameness struct {
	ids    [2]map[string]int // the number of an entity
	parent []int
}

func sameEntities(layers ...*annotate.Layer) *sameness {
	s := &sameness{}
	at := map[articles.Span]int{}
	for side, l := range layers {
		s.ids[side] = map[string]int{}
		for i := range l.Entities {
			e := &l.Entities[i]
			n := len(s.parent)
			s.parent = append(s.parent, n)
			s.ids[side][e.ID] = n
			for _, m := range e.Mentions {
				if m.State == annotate.Rejected {
					continue
				}
				if o, ok := at[m.Span]; ok && side == 1 {
					s.parent[s.root(n)] = s.root(o)
				} else if side == 0 {
					at[m.Span] = n
				}
			}
		}
	}
	return s
}

func (s *sameness) root(i int) int {
	for s.parent[i] != i {
		s.parent[i] = s.parent[s.parent[i]]
		i = s.parent[i]
	}
	return i
}

// speakers returns a name for the speakers of a quote, the same for the same ones; empty for nobody.
func (s *sameness) speakers(q *annotate.Quote, side int) string {
	var all []int
	for _, id := range q.Speakers() {
		if n, ok := s.ids[side][id]; ok {
			all = append(all, s.root(n))
		}
	}
	slices.Sort(all)
	return joinInts(slices.Compact(all))
}
