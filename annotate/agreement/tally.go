package agreement

import (
	"cmp"
	"hash/fnv"
)

// A Tally is what was counted in one article. Tallies of different articles may be made at the same time.
type Tally struct {
	id, title string
	people    []person
	counted   map[group]*counts
	last      struct { // that was added to
		group
		*counts
	}
	crowded   bool // overlaps were paired from left to right, as there were too many
	uncertain bool // an alignment of γ, or one by chance, may not be the best
	greedy    bool // clusters were aligned from the most alike down, as there were too many
	tangled   int  // marks that α_U has no room for
}

// A person is an annotator with what there is of them in an article.
type person struct {
	who                          string
	names, quotes, decided, left int
}

// A group is what a set of counts is about: two annotators or all of them (a and b are empty), and a class.
type group struct {
	a, b string
	class
}

// counts are sums over articles, by what is counted. Which are not 0 depends on the group.
type counts [kept + 1]float64

// A count is one of the things that are counted.
type count uint8

// What is counted.
const (
	marksA   count = iota // of two annotators: marks of the first
	marksB                // of the second
	exactly               // both marked, with the same type
	sameEnds              // both marked, whatever the type
	overlaps              // the most pairs of one type that overlap
	softly                // the same, each as far as it overlaps
	tokensA               // of a type
	tokensB
	tokensBoth  // of a type to both
	concord     // of all annotators: the sum of measures.Concord over tokens
	concordSome // over tokens that somebody marked
	items       // tokens
	itemsSome   // those that somebody marked
	same        // coincidences of equal values
	sameSome
	differ // values that no other of the token equals: all minus same
	votes  // of a type
	votesSome
	observedU // disagreement about units
	expectedU
	observedG // disorder
	expectedG
	units // marks of all annotators
	b3PN  // of clusters: numerators and denominators of precision and recall
	b3PD
	b3RN
	b3RD
	ceafPN
	ceafPD
	ceafRN
	ceafRD
	mucPN
	mucPD
	mucRN
	mucRD
	shared // mentions that both have
	equal  // of speakers, or of answers to suggestions: the same
	chance // the number that would be by chance
	asked  // of one annotator: suggestions
	kept   // those that the annotator has, too
)

// Count counts what the measures need in an article. It is a pure function and may be called from several goroutines.
func Count(a *Article, o Options) *Tally {
	t := &Tally{id: a.ID, title: a.Title, counted: map[group]*counts{}}
	x := newText(a, &o)
	for _, v := range x.views {
		p := person{who: v.who, decided: v.decided, left: v.left}
		for _, m := range v.marks {
			if m.about == Quotes {
				p.quotes++
			} else {
				p.names++
			}
		}
		t.people = append(t.people, p)
	}
	tokens := x.tokenTypes()
	for i, a := range x.views {
		for _, b := range x.views[i+1:] {
			t.countSpans(x, a, b)
			t.countSpeakers(a, b, group{a.who, b.who, class{about: Speakers}})
			t.countClusters(a, b)
		}
	}
	t.countTokens(x, tokens)
	t.countUnits(x, o)
	t.countSuggestions(x, &o)
	return t
}

// add adds to a count.
func (t *Tally) add(g group, c count, n float64) {
	if n == 0 {
		return
	}
	if t.last.counts == nil || t.last.group != g {
		at := t.counted[g]
		if at == nil {
			at = &counts{}
			t.counted[g] = at
		}
		t.last.group, t.last.counts = g, at
	}
	t.last.counts[c] += n
}

// seed returns a seed of what is drawn for an article, whatever the order of articles.
func (t *Tally) seed() uint64 {
	h := fnv.New64a()
	h.Write([]byte(t.id))
	return h.Sum64()
}

func (g group) compare(o group) int {
	return cmp.Or(cmp.Compare(g.a, o.a), cmp.Compare(g.b, o.b), g.class.compare(o.class))
}
