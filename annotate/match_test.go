package annotate

import (
	"math/rand/v2"
	"slices"
	"testing"

	"byline/articles"
)

// Counting what changed comes to the same as counting all.
func TestCountsAfter(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	types := []Type{Person, Organization, Place, Other, "ship"}
	mentions := func(at int) []Mention {
		var ms []Mention
		for i := range r.IntN(4) {
			ms = append(ms, Mention{Span: articles.Span{Start: at*10 + i, End: at*10 + i + 1}, State: State(r.IntN(3)), Origin: Origin{Score: float64(r.IntN(8)) / 10}})
		}
		return ms
	}
	was := &Layer{}
	counts := was.Counts()
	for step := range 2000 {
		now := &Layer{Entities: slices.Clone(was.Entities), Quotes: was.Quotes}
		switch at := r.IntN(12); {
		case at < len(now.Entities) && r.IntN(3) > 0:
			now.Entities[at].Mentions, now.Entities[at].Type = mentions(at), types[r.IntN(len(types))]
		case at < len(now.Entities):
			now.Entities = slices.Delete(now.Entities, at, at+1)
		default:
			now.Entities = append(now.Entities, Entity{Type: types[r.IntN(len(types))], Mentions: mentions(len(now.Entities))})
		}
		if r.IntN(3) == 0 {
			now.Quotes = append(slices.Clone(now.Quotes[:r.IntN(len(now.Quotes)+1)]), &Quote{State: State(r.IntN(3)), Origin: Origin{Score: .3}})
		}
		got, want := now.CountsAfter(was, counts), now.Counts()
		if got != want {
			t.Fatalf("step %d: %+v, not %+v", step, got, want)
		}
		was, counts = now, got
	}
}

func TestIndexOf(t *testing.T) {
	t.Parallel()
	l := &Layer{Entities: []Entity{{ID: "e1"}, {ID: "e3"}, {ID: "x"}, {ID: "e04"}}}
	for id, want := range map[string]int{"e1": 0, "e3": 1, "x": 2, "e04": 3, "e4": -1, "e2": -1, "": -1, "e": -1, "e-1": -1} {
		if got := l.IndexOf(id); got != want {
			t.Errorf("%q: %d, not %d", id, got, want)
		}
	}
}
