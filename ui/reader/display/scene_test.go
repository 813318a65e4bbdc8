package display

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/articles"
	"byline/ui/session"
)

// A scene that follows another has the marks, signs and totals that it would have alone, and so have the rows of the panel.
func TestSceneFollowsAnother(t *testing.T) {
	t.Parallel()
	types := []annotate.Type{annotate.Person, annotate.Organization, annotate.Place, "ship"}
	text := strings.Repeat("word ", 200)
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		l := &annotate.Layer{}
		var list []session.Claim
		for i := range 2 + r.IntN(5) {
			e := annotate.Entity{ID: "e" + string(rune('1'+i)), Name: "N", Type: types[r.IntN(len(types))]}
			for k := range 1 + r.IntN(3) {
				s := articles.Span{Start: 100*i + 10*k, End: 100*i + 10*k + 5}
				e.Mentions = append(e.Mentions, annotate.Mention{Span: s, Form: annotate.Name})
				list = append(list, session.Claim{Span: s, Entity: i, Index: k})
			}
			l.Entities = append(l.Entities, e)
		}
		for i := range r.IntN(5) {
			s := articles.Span{Start: 30 * i, End: 30*i + 20}
			l.Quotes = append(l.Quotes, &annotate.Quote{Span: s, Type: annotate.Direct, Speaker: "e1"})
			list = append(list, session.Claim{Span: s, Entity: -1, Index: i})
		}
		slices.SortStableFunc(list, func(a, b session.Claim) int { return a.Compare(b.Span) })
		p := Panel{open: -1}
		var was *Scene
		for range 8 {
			cs := &session.Claims{Layer: l, List: list}
			got, want := NewScene(cs, true, was), NewScene(cs, true, nil)
			for _, s := range []*Scene{got, want} {
				s.mentionMarks(false)
				s.mentionMarks(true)
			}
			for i := range want.marks.mentions {
				if g, w := got.marks.mentions[i].Load(), want.marks.mentions[i].Load(); !reflect.DeepEqual(g, w) {
					t.Fatalf("seed %d: marks are %v, not %v", seed, g, w)
				}
			}
			if len(l.Quotes) > 0 && fmt.Sprint(got.marks.quotes, got.marks.gutter) != fmt.Sprint(want.marks.quotes, want.marks.gutter) {
				t.Fatalf("seed %d: marks of quotes are %v, not %v", seed, got.marks.quotes, want.marks.quotes)
			}
			if !slices.Equal(got.signs, want.signs) || got.totals != want.totals {
				t.Fatalf("seed %d: signs %q, totals %v, not %q, %v", seed, got.signs, got.totals, want.signs, want.totals)
			}
			p.Tab = []tab{peopleTab, quotesTab}[r.IntN(2)]
			p.refresh(got, text)
			fresh := Panel{Tab: p.Tab, open: -1}
			if fresh.refresh(want, text); !slices.Equal(p.Rows, fresh.Rows) {
				t.Fatalf("seed %d: rows %v, not %v", seed, p.Rows, fresh.Rows)
			}
			l, was = decidedOn(r, l, types), got
		}
	}
}

// decidedOn returns l with another state, type or speaker somewhere, which shares the rest.
func decidedOn(r *rand.Rand, l *annotate.Layer, types []annotate.Type) *annotate.Layer {
	next := &annotate.Layer{Entities: slices.Clone(l.Entities), Quotes: l.Quotes}
	state := []annotate.State{annotate.Proposed, annotate.Confirmed, annotate.Rejected}[r.IntN(3)]
	if n := len(l.Quotes); n > 0 && r.IntN(2) == 0 {
		next.Quotes = slices.Clone(l.Quotes)
		at := r.IntN(n)
		q := *l.Quotes[at]
		q.State, q.Speaker = state, []string{"", "e1", "e2"}[r.IntN(3)]
		next.Quotes[at] = &q
		return next
	}
	e := &next.Entities[r.IntN(len(next.Entities))]
	e.Mentions = slices.Clone(e.Mentions)
	e.Mentions[r.IntN(len(e.Mentions))].State = state
	if r.IntN(3) == 0 {
		e.Type = types[r.IntN(len(types))]
	}
	return next
}
