package agreement

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// A Study collects the counts of articles. It is not safe for concurrent use.
type Study struct {
	options  Options
	articles []summed
	ledger   *ledger
	left     Left
}

// A summed article is its tally in few bytes.
type summed struct {
	*Tally
	entries []entry
}

// Left is how many articles do not count: fewer than two people finished them, or whoever asks may not see yet what others
// decided.
type Left struct {
	Nobody int `json:"finished_by_nobody"`
	One    int `json:"finished_by_one"`
	Blind  int `json:"blind"`
}

// NewStudy returns a study without articles. The options must be those that the articles are counted with.
func NewStudy(o Options) *Study { return &Study{options: o, ledger: newLedger()} }

// LeaveBlind notes an article whose readings whoever asks may not see yet.
func (s *Study) LeaveBlind() { s.left.Blind++ }

// Add adds the counts of an article. Articles may come in any order, each once.
func (s *Study) Add(t *Tally) {
	switch len(t.people) {
	case 0:
		s.left.Nobody++
	case 1:
		s.left.One++
	default:
		brief := *t
		brief.counted, brief.last.counts = nil, nil
		s.articles = append(s.articles, summed{&brief, s.ledger.entries(t)})
	}
}

// A ledger gives each thing that is counted a place in a vector of sums.
type ledger struct {
	places  map[group]*[kept + 1]term // −1 for what is not counted
	size    int                       // of the vector
	pairs   []Pair
	types   []class            // in order, with the whole of names and of quotes before their types
	tokens  []class            // in order
	asked   []group            // of annotators, about suggestions
	answers map[string][]class // to suggestions, by who was shown them
}

func newLedger() *ledger { return &ledger{places: map[group]*[kept + 1]term{}} }

// An entry is what an article adds to a sum.
type entry struct {
	place term
	n     float64
}

// sums are the counts of some articles together.
type sums []float64

// arrange puts the articles in order, and finds which pairs and groups there are.
func (s *Study) arrange() *ledger {
	slices.SortFunc(s.articles, func(a, b summed) int { return cmp.Compare(a.id, b.id) })
	s.share()
	l := s.ledger
	common := map[Pair]int{}
	for _, t := range s.articles {
		for i, a := range t.people {
			for _, b := range t.people[i+1:] {
				common[Pair{A: a.who, B: b.who}]++
			}
		}
	}
	l.pairs = nil
	for p, n := range common {
		l.pairs = append(l.pairs, Pair{p.A, p.B, n})
	}
	slices.SortFunc(l.pairs, func(a, b Pair) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) })
	l.sortGroups()
	return l
}

// entries returns what an article adds to the sums.
func (l *ledger) entries(t *Tally) []entry {
	var of []entry
	for g, counts := range t.counted {
		places := l.placesOf(g)
		for c, n := range counts {
			if n == 0 {
				continue
			}
			if places[c] < 0 {
				places[c] = term(l.size)
				l.size++
			}
			of = append(of, entry{places[c], n})
		}
	}
	return slices.Clip(of)
}

// sortGroups finds which classes there are of what.
func (l *ledger) sortGroups() {
	l.types, l.tokens, l.asked, l.answers = nil, nil, nil, map[string][]class{}
	classes := map[class]bool{{about: Names}: true, {about: Quotes}: true}
	for g := range l.places {
		classes[g.class] = true
		if g.about == Shown && g.b == "" {
			l.asked = append(l.asked, g)
		}
	}
	for _, c := range slices.SortedFunc(maps.Keys(classes), class.compare) {
		seen, _, isAnswer := strings.Cut(c.typ, "\t")
		switch {
		case c.about == Names || c.about == Quotes:
			l.types = append(l.types, c)
		case c.about == tokens && c.typ != "":
			l.tokens = append(l.tokens, c)
		case c.about == Shown && isAnswer:
			l.answers[seen] = append(l.answers[seen], c)
		}
	}
	slices.SortFunc(l.asked, group.compare)
}

// placesOf returns the places of what is counted of a group.
func (l *ledger) placesOf(g group) *[kept + 1]term {
	at := l.places[g]
	if at == nil {
		at = &[kept + 1]term{}
		for c := range at {
			at[c] = -1
		}
		l.places[g] = at
	}
	return at
}

// add adds the entries of an article, each so many times.
func (v sums) add(of []entry, times float64) {
	for _, e := range of {
		v[e.place] += times * e.n
	}
}

// A term is one of the sums, or 0 if nothing of the kind was ever counted.
type term int32

// noTerm is a term of a figure that has none of the kind.
const noTerm term = -2

func (l *ledger) term(g group, c count) term {
	if at := l.places[g]; at != nil {
		return at[c]
	}
	return -1
}

func (l *ledger) terms(g group, cs ...count) []term {
	out := make([]term, len(cs))
	for i, c := range cs {
		out[i] = l.term(g, c)
	}
	return out
}

func (v sums) of(t term) float64 {
	if t < 0 {
		return 0
	}
	return v[t]
}
