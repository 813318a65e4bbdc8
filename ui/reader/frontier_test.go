package reader

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"byline/annotate"
	"byline/articles"
)

// unsure is a library of articles with claims of any score.
type unsure map[string]*annotate.Layer

func unsureArticles(n int) (lib unsure, ids []string) {
	r := rand.New(rand.NewPCG(1, 2))
	lib = unsure{}
	for i := range n {
		id := fmt.Sprint("a", i)
		l := &annotate.Layer{}
		for j := range r.IntN(6) {
			o := annotate.Origin{Score: float64(r.IntN(40)) / 40} // so that many are equal
			l.Quotes = append(l.Quotes, &annotate.Quote{Span: articles.Span{Start: j, End: j + 1}, Origin: o, State: annotate.State(r.IntN(2))})
		}
		lib[id] = l
		ids = append(ids, id)
	}
	return lib, ids
}

func (u unsure) open(_ context.Context, id string) (*articles.Article, *annotate.Layer, error) {
	return &articles.Article{ID: id, Text: "abcdefgh"}, u[id], nil
}

func (u unsure) unreviewed(_ context.Context, each func(string, int, float64)) error {
	for id, l := range u {
		if c := l.Counts(); c.Claims > c.Reviewed {
			each(id, c.Claims-c.Reviewed, c.Least)
		}
	}
	return nil
}

// The claims come in the order of all claims sorted by score, those of an article listed first before others with the
// same, and few articles are opened for the first ones.
func TestFrontierOrder(t *testing.T) {
	t.Parallel()
	lib, ids := unsureArticles(300)
	var want []item
	for _, id := range ids {
		a, l, _ := lib.open(t.Context(), id)
		want = append(want, unreviewedOf(a, l)...)
	}
	for _, svc := range []QueueServices{{Open: lib.open, Unreviewed: lib.unreviewed}, {Open: lib.open}, {Open: lib.open, Unreviewed: lib.unreviewed, Text: true}} {
		want := slices.Clone(want)
		if !svc.Text {
			slices.SortStableFunc(want, func(a, b item) int { return cmp.Compare(a.Score, b.Score) })
		}
		var f frontier
		if err := f.load(t.Context(), &svc, ids); err != nil {
			t.Fatal(err)
		}
		var got []item
		for {
			some, err := f.take(t.Context(), &svc, 3)
			if err != nil {
				t.Fatal(err)
			}
			if got = append(got, some...); len(got) == 3 {
				total, opened, left := f.sizes()
				if svc.Unreviewed != nil && (opened > 10 || total != len(want)) {
					t.Errorf("%d articles are opened for three claims of %d, of %d", opened, total, len(want))
				}
				if n := f.left(map[string]bool{got[2].ID: true}); n < left {
					t.Errorf("%d articles left, %d in the heap", n, left)
				}
			}
			if len(some) == 0 {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d claims, want %d, in another order", len(got), len(want))
		}
	}
}

func TestFrontierDrop(t *testing.T) {
	t.Parallel()
	lib, ids := unsureArticles(50)
	svc := QueueServices{Open: lib.open, Unreviewed: lib.unreviewed}
	var f frontier
	if err := f.load(t.Context(), &svc, ids); err != nil {
		t.Fatal(err)
	}
	first, err := f.take(t.Context(), &svc, 1)
	if err != nil {
		t.Fatal(err)
	}
	id := first[0].ID
	dropped := f.drop(id)
	if c := lib[id].Counts(); len(dropped) != c.Claims-c.Reviewed-1 {
		t.Errorf("%d claims dropped of %+v", len(dropped), c)
	}
	rest, err := f.take(t.Context(), &svc, 10_000)
	if err != nil || slices.ContainsFunc(rest, func(it item) bool { return it.ID == id }) {
		t.Error(err, "the article comes again")
	}
}
