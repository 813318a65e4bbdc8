package agreement

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/articles"
)

// A spoken quote of a test.
type said struct {
	start, end int
	by         int // the number of an entity, from 1 on; 0 for nobody
}

// reading makes a layer. Entities are lists of mentions, after their type: "person 0-11 40-44".
func reading(who string, quotes []said, entities ...string) Reading {
	l := &annotate.Layer{}
	for i, e := range entities {
		f := strings.Fields(e)
		of := annotate.Entity{ID: fmt.Sprintf("e%d", i+1), Type: annotate.Type(f[0])}
		for _, w := range f[1:] {
			var s articles.Span
			if _, err := fmt.Sscanf(w, "%d-%d", &s.Start, &s.End); err != nil {
				panic(err)
			}
			of.Mentions = append(of.Mentions, annotate.Mention{Span: s, Form: annotate.Name, Type: of.Type, State: annotate.Confirmed})
		}
		l.Entities = append(l.Entities, of)
	}
	for _, q := range quotes {
		x := &annotate.Quote{Span: articles.Span{Start: q.start, End: q.end}, Type: annotate.Direct, State: annotate.Confirmed}
		if q.by > 0 {
			x.Speaker = fmt.Sprintf("e%d", q.by)
		}
		l.Quotes = append(l.Quotes, x)
	}
	return Reading{Who: who, Layer: l}
}

func article(id string, length int, rs ...Reading) *Article {
	return &Article{ID: id, Title: "On " + id, Text: strings.Repeat("abc ", length/4+1)[:length], Readings: rs}
}

func studied(o Options, as ...*Article) *Report {
	s := NewStudy(o)
	for _, a := range as {
		s.Add(Count(a, o))
	}
	return s.Report()
}

// of returns a figure of all annotators; typ is that of names, of clusters which names.
func of(t *testing.T, r *Report, measure, about, typ string) Figure {
	t.Helper()
	for _, f := range r.Figures {
		if f.Measure == measure && f.About == about && f.Type == typ && f.A == "" {
			return f
		}
	}
	t.Fatalf("no %s of %s %s", measure, about, typ)
	return Figure{}
}

// A wanted figure: its value over how many.
type wanted struct {
	measure, about, typ string
	value               float64
	n                   int
}

func check(t *testing.T, r *Report, want ...wanted) {
	t.Helper()
	for _, w := range want {
		f := of(t, r, w.measure, w.about, w.typ)
		if !(math.Abs(float64(f.Value)-w.value) <= 5e-5) || f.N != w.n {
			t.Errorf("%s of %s %s: %.4f over %d, not %.4f over %d", w.measure, w.about, w.typ, float64(f.Value), f.N, w.value, w.n)
		}
	}
}

// Two annotators mark three names each: one alike, one with another end, one with another type.
func TestSpans(t *testing.T) {
	t.Parallel()
	r := studied(Options{}, article("x", 44,
		reading("ann", nil, "person 0-11", "organization 18-28", "person 40-44"),
		reading("bob", nil, "person 0-11", "organization 18-24", "organization 40-44")))
	check(t, r, wanted{Exact, Names, "", .3333, 1})
	check(t, r, wanted{Boundary, Names, "", .6667, 2})
	check(t, r, wanted{OverlapF1, Names, "", .6667, 2})
	check(t, r, wanted{SoftOverlap, Names, "", .5833, 2})
	check(t, r, wanted{TypeGiven, Names, "", .5, 2})
	check(t, r, wanted{Exact, Names, "person", .6667, 1})
	check(t, r, wanted{Exact, Names, "organization", 0, 0})
	if f := of(t, r, Exact, Names, ""); f.OfA != 3 || f.OfB != 3 {
		t.Errorf("of %d and %d", f.OfA, f.OfB)
	}
}

// The clusters {a b c} {d} against {a b} {c d}, and the example of Pradhan et al. 2014, Scoring coreference partitions of
// predicted mentions: {a b c} {d e f g} against {a b} {c d} {f g h i}.
func TestClusters(t *testing.T) {
	t.Parallel()
	r := studied(Options{}, article("x", 40,
		reading("ann", nil, "person 0-3 4-7 8-11", "person 12-15"),
		reading("bob", nil, "person 0-3 4-7", "person 8-11 12-15")))
	for _, typ := range []string{OfBoth, OfAll} {
		check(t, r, wanted{MUC, Clusters, typ, .5, 4})
		check(t, r, wanted{B3, Clusters, typ, .7059, 4})
		check(t, r, wanted{CEAF, Clusters, typ, .7333, 4})
	}
	r = studied(Options{}, article("x", 40,
		reading("ann", nil, "person 0-3 4-7 8-11", "person 12-15 16-19 20-23 24-27"),
		reading("bob", nil, "person 0-3 4-7", "person 8-11 12-15", "person 20-23 24-27 28-31 32-35")))
	check(t, r, wanted{MUC, Clusters, OfAll, .4, 6})
	check(t, r, wanted{B3, Clusters, OfAll, 2 / (1/.5 + 7/(2/3.+2/3.+1/3.+1/4.+.5+.5)), 6})
	check(t, r, wanted{CEAF, Clusters, OfAll, 2 * 1.3 / 5, 6})
}

// Two of four tokens have the type of both: κ as by hand.
func TestTokens(t *testing.T) {
	t.Parallel()
	// Ten tokens. ann: 0 1 person, 4 organization; bob: 1 2 person, 4 person.
	r := studied(Options{}, article("x", 40,
		reading("ann", nil, "person 0-7", "organization 16-19"),
		reading("bob", nil, "person 4-11", "person 16-19")))
	// Classes person, organization, none: ann 2 1 7, bob 3 0 7; alike: 1 person, 6 none.
	check(t, r, wanted{Kappa, Names, "", (.7 - .55) / (1 - .55), 10})
	// Without the six that nobody marked: ann 2 1 1, bob 3 0 1; alike: 1 of 4.
	check(t, r, wanted{KappaMarked, Names, "", (1./4 - 7./16) / (1 - 7./16), 4})
	// Persons against the rest: ann 2 8, bob 3 7, alike 7.
	check(t, r, wanted{Kappa, Names, "person", (.7 - .62) / (1 - .62), 10})
	// Two annotators: Fleiss's κ is Scott's π, α the same without the bias of a small sample.
	pe := (5./20)*(5./20) + (1./20)*(1./20) + (14./20)*(14./20)
	check(t, r, wanted{Fleiss, Names, "", (.7 - pe) / (1 - pe), 10})
	de := 1 - (5*4.+0+14*13)/(20*19)
	check(t, r, wanted{Alpha, Names, "", 1 - .3/de, 10})
	check(t, r, wanted{Alpha, Names, "organization", 1 - .1/(1-19*18./(20*19)), 10})
}

// A short name inside a long one is what its tokens are; for each type by itself, both count.
func TestNested(t *testing.T) {
	t.Parallel()
	r := studied(Options{}, article("x", 40,
		reading("ann", nil, "organization 0-15", "person 4-7"),
		reading("bob", nil, "organization 0-15", "person 4-7")))
	f := of(t, r, Kappa, Names, "organization")
	if f.OfA != 4 || f.Value != 1 {
		t.Errorf("%+v", f)
	}
	check(t, r, wanted{KappaMarked, Names, "", 1, 4})
}

func TestSpeakers(t *testing.T) {
	t.Parallel()
	quotes := func(by ...int) []said {
		var out []said
		for i, b := range by {
			out = append(out, said{20 + 20*i, 36 + 20*i, b})
		}
		return out
	}
	// ann has Lee and Quill in another order than bob, who joined a third to Quill.
	r := studied(Options{}, article("x", 120,
		reading("ann", append(quotes(1, 1, 2, 0), said{100, 104, 1}), "person 0-3", "person 4-7", "person 8-11"),
		reading("bob", append(quotes(2, 1, 1, 0), said{110, 114, 1}), "person 4-7 8-11", "person 0-3")))
	check(t, r, wanted{SameSpeaker, Speakers, "", .75, 4})
	// Lee, Quill, nobody: ann 2 1 1, bob 1 2 1.
	check(t, r, wanted{Kappa, Speakers, "", (.75 - 5./16) / (1 - 5./16), 4})
	check(t, r, wanted{Exact, Quotes, "", .8, 4})
	check(t, r, wanted{Exact, Quotes, "direct", .8, 4})
}

// The shares of suggestions that people have too, by whether they were shown them.
func TestSuggestions(t *testing.T) {
	t.Parallel()
	machine := reading("", nil, "person 0-3 4-7 8-11 12-15", "place 16-19")
	hidden := func(from int) func(annotate.Claim) bool {
		return func(c annotate.Claim) bool { return c.Start >= from }
	}
	ann, bob := reading("ann", nil, "person 0-3 4-7 12-15"), reading("bob", nil, "person 0-3", "organization 4-7", "person 8-14")
	ann.Hidden, bob.Hidden = hidden(8), hidden(12)
	a := article("x", 40, ann, bob)
	a.Suggested = machine.Layer
	r := studied(Options{}, a)
	got := map[string]string{}
	for _, f := range r.Figures {
		if f.About == Shown {
			got[f.A+" "+f.B+" "+f.Type] = fmt.Sprintf("%s %v of %d", f.Measure, f.Value, f.N)
		}
	}
	want := map[string]string{
		"ann  shown": "kept 1.000 of 2", "ann  hidden": "kept 0.500 of 2", "bob  shown": "kept 0.333 of 3", "bob  hidden": "kept 0.000 of 1",
		"ann bob shown to both": "kappa 0.000 of 2", "ann bob hidden from one": "kappa 0.000 of 1", "ann bob hidden from both": "kappa 0.000 of 1",
		"  shown to both": "kappa 0.000 of 2", "  hidden from one": "kappa 0.000 of 1", "  hidden from both": "kappa 0.000 of 1",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%q\nnot\n%q", got, want)
	}
}

// Whoever agrees with themselves agrees wholly, wherever there is anything to agree on.
func TestWithOneself(t *testing.T) {
	t.Parallel()
	o := Options{Chance: 3, Seed: 1, Draws: 20}
	var as []*Article
	for seed := range uint64(20) {
		one := invented(rand.New(rand.NewPCG(seed, 1)), "ann")
		a := article(fmt.Sprint(seed), 400, one, Reading{Who: "bob", Layer: one.Layer}, Reading{Who: "cy", Layer: one.Layer})
		as = append(as, a)
	}
	r := studied(o, as...)
	for _, f := range r.Figures {
		if f.Value.Defined() && math.Abs(float64(f.Value)-1) > 1e-9 {
			t.Errorf("%s of %s %s by %s and %s is %v", f.Measure, f.About, f.Type, f.A, f.B, f.Value)
		}
		if !f.Value.Defined() && f.Measure != MUC {
			t.Errorf("%s of %s %s by %s and %s has no value", f.Measure, f.About, f.Type, f.A, f.B)
		}
	}
}

// invented is some names and quotes.
func invented(r *rand.Rand, who string) Reading {
	types := []string{"person", "organization", "Risk"}
	var entities []string
	for range 1 + r.IntN(6) {
		e := types[r.IntN(3)]
		at := map[int]bool{}
		for range 1 + r.IntN(4) {
			at[4*r.IntN(95)] = true
		}
		var starts []int
		for s := range at {
			starts = append(starts, s)
		}
		slices.Sort(starts)
		for _, s := range starts {
			e += fmt.Sprintf(" %d-%d", s, s+3+4*r.IntN(2))
		}
		entities = append(entities, e)
	}
	var quotes []said
	for at := 0; at < 300; at += 40 + 4*r.IntN(20) {
		quotes = append(quotes, said{at, at + 12 + 4*r.IntN(6), r.IntN(len(entities) + 1)})
	}
	return reading(who, quotes, entities...)
}

// corpus is n articles by k people, most of whom agree about most.
func corpus(n, k int) []*Article {
	var as []*Article
	for i := range n {
		r := rand.New(rand.NewPCG(uint64(i), 7))
		base := invented(r, "")
		var rs []Reading
		for p := range k {
			one := base
			if r.IntN(3) == 0 {
				one = invented(r, "")
			}
			one.Who = string(rune('a' + p))
			rs = append(rs, one)
		}
		as = append(as, article(fmt.Sprint(i), 400, rs...))
	}
	return as
}

// Names of annotators and the order of articles and readings change nothing.
func TestSymmetric(t *testing.T) {
	t.Parallel()
	o := Options{Chance: 2, Seed: 5, Draws: 30}
	as := corpus(30, 2)
	r := studied(o, as...)
	slices.Reverse(as)
	for _, a := range as {
		slices.Reverse(a.Readings)
	}
	if again := studied(o, as...); !sameJSON(t, r, again) {
		t.Error("another order, other figures")
	}
	for _, a := range as {
		for i := range a.Readings {
			a.Readings[i].Who = map[string]string{"a": "b", "b": "a"}[a.Readings[i].Who]
		}
	}
	swapped := studied(o, as...)
	for i, f := range r.Figures {
		g := swapped.Figures[i]
		if f.Measure != g.Measure || f.N != g.N || f.OfA != g.OfB || f.Measure != Gamma && math.Abs(float64(f.Value-g.Value)) > 1e-9 {
			t.Errorf("%+v\nthe other way round %+v", f, g)
		}
	}
}

func sameJSON(t *testing.T, a, b any) bool {
	t.Helper()
	x, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	y, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	return string(x) == string(y)
}

// Figures stay where they can be, and in order where there is one.
func TestBounds(t *testing.T) {
	t.Parallel()
	for k := 2; k <= 4; k++ {
		r := studied(Options{Chance: 2, Seed: 3, Draws: 50}, corpus(12, k)...)
		values := map[[5]string]Number{}
		for _, f := range r.Figures {
			values[[5]string{f.A, f.B, f.About, f.Type, f.Measure}] = f.Value
			low := -1.0
			if strings.HasSuffix(f.Measure, "F1") || f.About == Clusters || f.Measure == SameSpeaker || f.Measure == TypeGiven {
				low = 0
			}
			if v := float64(f.Value); f.Measure != AlphaU && (v < low-1e-9 || v > 1+1e-9) {
				t.Errorf("%+v", f)
			}
			if f.From > f.To || f.Value.Defined() && !f.From.Defined() {
				t.Errorf("interval of %+v", f)
			}
		}
		for key, v := range values {
			exact := values[[5]string{key[0], key[1], key[2], key[3], Exact}]
			soft := values[[5]string{key[0], key[1], key[2], key[3], SoftOverlap}]
			overlap := values[[5]string{key[0], key[1], key[2], key[3], OverlapF1}]
			if key[4] == Boundary && v < exact-1e-9 || key[4] == OverlapF1 && (v < soft-1e-9 || soft < exact-1e-9) {
				t.Errorf("%v: exact %v, soft %v, overlap %v, this %v", key, exact, soft, overlap, v)
			}
		}
		if len(r.Pairs) != k*(k-1)/2 || len(r.ByArticle) != 12 || r.Pairs[0].Articles != 12 {
			t.Errorf("%d pairs, %d articles", len(r.Pairs), len(r.ByArticle))
		}
	}
}

// Where there is nothing to agree on, there is no figure.
func TestNothing(t *testing.T) {
	t.Parallel()
	empty := studied(Options{Draws: 10, Chance: 2}, article("x", 40, reading("ann", nil), reading("bob", nil)))
	for _, f := range empty.Figures {
		if f.Value.Defined() || f.From.Defined() {
			t.Errorf("%+v", f)
		}
		if f.Value.String() != "n/a" {
			t.Errorf("%q", f.Value)
		}
	}
	if len(empty.Figures) == 0 {
		t.Error("no figures at all")
	}
	one := studied(Options{}, article("x", 40, reading("ann", nil, "person 0-3")), article("y", 40), article("z", 40, reading("bob", nil, "person 0-3")))
	if one.Articles != 0 || one.Left != (Left{Nobody: 1, One: 2}) || len(one.Pairs) != 0 {
		t.Errorf("%+v", one)
	}
	for _, f := range one.Figures {
		if f.Value.Defined() {
			t.Errorf("%+v", f)
		}
	}
	data, err := json.Marshal(empty.Figures[0])
	if err != nil || !strings.Contains(string(data), `"value":null`) {
		t.Errorf("%s, %v", data, err)
	}
	var back Figure
	if err := json.Unmarshal(data, &back); err != nil || back.Value.Defined() {
		t.Errorf("%+v, %v", back, err)
	}
}

// What counts: not what was rejected, nor places unless they are asked for, nor what nobody decided on if that is asked for.
func TestOptions(t *testing.T) {
	t.Parallel()
	ann := reading("ann", []said{{20, 28, 0}}, "person 0-3 4-7 8-11", "place 12-15")
	ann.Layer.Entities[0].Mentions[1].State = annotate.Rejected
	ann.Layer.Entities[0].Mentions[2].State = annotate.Proposed
	a := article("x", 40, ann, reading("bob", nil))
	for want, o := range map[string]Options{
		"2 names, 1 quotes, 2 decided, 1 left": {},
		"1 names, 1 quotes, 2 decided, 0 left": {Decided: true},
		"1 names, 0 quotes, 1 decided, 0 left": {Types: []string{"place"}},
		"0 names, 1 quotes, 1 decided, 0 left": {Types: []string{"quote"}},
	} {
		p := studied(o, a).Annotators[0]
		if got := fmt.Sprintf("%d names, %d quotes, %d decided, %d left", p.Names, p.Quotes, p.Decided, p.AsFound); got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
}

// Offsets are code points: the same text in another alphabet gives the same figures.
func TestCodePoints(t *testing.T) {
	t.Parallel()
	o := Options{Chance: 3, Seed: 2}
	plain := article("x", 40, reading("ann", nil, "person 0-7"), reading("bob", nil, "person 4-11"))
	wide := article("x", 40, reading("ann", nil, "person 0-13"), reading("bob", nil, "person 7-20"))
	wide.Text = strings.Repeat("жжж ", 10)
	p, w := studied(o, plain), studied(o, wide)
	if !sameJSON(t, p, w) {
		t.Errorf("%+v\n%+v", p.Figures, w.Figures)
	}
}

// A figure of several people is over the articles that each finished.
func TestMissing(t *testing.T) {
	t.Parallel()
	as := corpus(6, 3)
	for i, a := range as {
		a.Readings = slices.Delete(a.Readings, i%3, i%3+1)
	}
	r := studied(Options{Draws: 20}, as...)
	for _, p := range r.Pairs {
		if p.Articles != 2 {
			t.Errorf("%+v", p)
		}
	}
	if len(r.Pairs) != 3 || r.Annotators[0].Articles != 4 {
		t.Errorf("%+v", r.Annotators)
	}
	sum := 0.0
	for _, f := range r.Figures {
		if f.Measure == Exact && f.About == Names && f.Type == "" && f.A != "" {
			sum += float64(f.Value) / 3
		}
	}
	if got := of(t, r, Exact, Names, ""); !(math.Abs(float64(got.Value)-sum) <= 1e-9) {
		t.Errorf("%v, not the mean of pairs, %v", got.Value, sum)
	}
}

// α and Fleiss's κ of articles that different people finished are those of their definitions, value by value.
func TestAlphaOfMissing(t *testing.T) {
	t.Parallel()
	as := corpus(7, 4)
	for i, a := range as {
		a.Readings = a.Readings[i%3:]
	}
	var all []string
	counts := map[string]float64{}
	unequal, concord, items := 0.0, 0.0, 0.0
	for _, a := range as {
		x := newText(a, &Options{})
		types := x.tokenTypes()
		for token := range x.tokens {
			m, differ := float64(len(types)), 0.0
			for i := range types {
				c := x.typeOf(int(types[i][token])).typ
				all = append(all, c)
				counts[c]++
				for k := range types {
					if x.typeOf(int(types[k][token])).typ != c {
						differ++
					}
				}
			}
			unequal += differ / (m - 1)
			concord += 1 - differ/(m*(m-1))
			items++
		}
	}
	n, expected, squares := float64(len(all)), 0.0, 0.0
	for _, c := range counts {
		expected += c * (n - c)
		squares += c * c
	}
	r := studied(Options{}, as...)
	check(t, r, wanted{Alpha, Names, "", 1 - unequal/n/(expected/(n*(n-1))), int(items)})
	check(t, r, wanted{Fleiss, Names, "", (concord/items - squares/(n*n)) / (1 - squares/(n*n)), int(items)})
}

// Too much of everything ends, and says what it could not do.
func TestTooMuch(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 1))
	var rs []Reading
	for p := range 4 {
		e := "person"
		for range 500 {
			e += fmt.Sprintf(" %d-%d", r.IntN(1000), 1000+r.IntN(1000))
		}
		rs = append(rs, reading(string(rune('a'+p)), nil, e))
	}
	var as, bs []string // 1,500 people of two names each, of whom bob has the one and the next's other
	for i := range 1500 {
		as, bs = append(as, fmt.Sprintf("person %d-%d %d-%d", 8*i, 8*i+3, 8*i+4, 8*i+7)), append(bs, fmt.Sprintf("person %d-%d %d-%d", 8*i+4, 8*i+7, 8*i+8, 8*i+11))
	}
	if notes := strings.Join(studied(Options{}, article("y", 12100, reading("ann", nil, as...), reading("bob", nil, bs...))).Notes, "\n"); !strings.Contains(notes, "CEAFe: in 1 of 1 articles") {
		t.Errorf("no note of clusters in\n%s", notes)
	}
	got := studied(Options{Chance: 1, Draws: 10}, article("x", 2000, rs...))
	notes := strings.Join(got.Notes, "\n")
	for _, want := range []string{"γ: in 1 of 1 articles", "overlap F1: in 1 of 1 articles", "α_U: 1996 of 2", "one article cannot be resampled"} {
		if !strings.Contains(notes, want) {
			t.Errorf("no %q in\n%s", want, notes)
		}
	}
}

func BenchmarkCount(b *testing.B) {
	as := corpus(50, 5)
	for b.Loop() {
		for _, a := range as {
			Count(a, Options{})
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/50, "µs/article")
}

func BenchmarkReport(b *testing.B) {
	s := NewStudy(Options{Draws: 1000})
	for i, a := range corpus(500, 5) {
		t := Count(a, Options{})
		for k := range 20 {
			again := *t
			again.id = fmt.Sprint(i, k)
			s.Add(&again)
		}
	}
	for b.Loop() {
		s.Report()
	}
}

// left has mentions of a reading, by their ends, left as the machine suggested them.
func left(r Reading, spans ...articles.Span) Reading {
	for i := range r.Layer.Entities {
		for k := range r.Layer.Entities[i].Mentions {
			if m := &r.Layer.Entities[i].Mentions[k]; slices.Contains(spans, m.Span) {
				m.State = annotate.Proposed
			}
		}
	}
	for _, q := range r.Layer.Quotes {
		if slices.Contains(spans, q.Span) {
			q.State = annotate.Proposed
		}
	}
	return r
}

// With decisions alone, what one annotator left as it was suggested is neither agreed on nor disputed, whatever others made of it.
func TestDecidedByAll(t *testing.T) {
	t.Parallel()
	at := func(start, end int) articles.Span { return articles.Span{Start: start, End: end} }
	for what, c := range map[string]struct {
		readings []Reading
		n        int
		value    float64
		quotes   Number
	}{
		"confirmed by one": {[]Reading{
			reading("ann", nil, "person 0-3", "person 8-11"),
			left(reading("bob", nil, "person 0-3", "person 8-11"), at(8, 11))}, 1, 1, Number(math.NaN())},
		"changed by one": {[]Reading{
			reading("ann", nil, "person 0-3", "organization 8-11", "person 16-23"),
			left(reading("bob", nil, "person 0-3", "person 8-11", "person 16-19"), at(8, 11), at(16, 19))}, 1, 1, Number(math.NaN())},
		"rejected by one": {[]Reading{
			reading("ann", nil, "person 0-3"),
			left(reading("bob", nil, "person 0-3", "person 8-11"), at(8, 11))}, 1, 1, Number(math.NaN())},
		"added by one": {[]Reading{
			reading("ann", nil, "person 0-3", "person 8-11"),
			reading("bob", nil, "person 0-3")}, 1, 2 / 3., Number(math.NaN())},
		"left by the third": {[]Reading{
			reading("ann", nil, "person 0-3", "person 8-11"), reading("bob", nil, "person 0-3", "person 8-11"),
			left(reading("cy", nil, "person 0-3", "person 8-11"), at(8, 11))}, 3, 1, Number(math.NaN())},
		"quotes": {[]Reading{
			reading("ann", []said{{24, 35, 0}, {40, 43, 0}}, "person 0-3"),
			left(reading("bob", []said{{24, 35, 0}, {40, 43, 0}}, "person 0-3"), at(24, 35))}, 1, 1, 1},
	} {
		r := studied(Options{Decided: true}, article("x", 44, c.readings...))
		check(t, r, wanted{Exact, Names, "", c.value, c.n})
		if f := of(t, r, Exact, Quotes, ""); f.Value.String() != c.quotes.String() || c.quotes.Defined() && f.N != 1 {
			t.Errorf("%s: quotes %v of %d", what, f.Value, f.N)
		}
		if a := r.Annotators[0]; a.AsFound != 0 || a.Decided != a.Names+a.Quotes {
			t.Errorf("%s: %+v", what, a)
		}
	}
}

// A figure has the marks of the two also where one has none, and null where there is no such number.
func TestMarksOfNobody(t *testing.T) {
	t.Parallel()
	r := studied(Options{}, article("x", 44, reading("ann", nil, "person 0-3"), reading("bob", []said{{24, 35, 0}})))
	for _, want := range []string{
		`{"measure":"exact F1","about":"names","a":"ann","b":"bob","value":0,"from":null,"to":null,"n":0,"of_a":1,"of_b":0}`,
		`{"measure":"exact F1","about":"quotes","a":"ann","b":"bob","value":0,"from":null,"to":null,"n":0,"of_a":0,"of_b":1}`,
		`"measure":"alpha","about":"names","value":0,"from":null,"to":null,"n":11,"of_a":null,"of_b":null}`,
	} {
		data, err := json.Marshal(r.Figures)
		if err != nil || !strings.Contains(string(data), want) {
			t.Errorf("no %s in\n%s", want, data)
		}
		var back []Figure
		if err := json.Unmarshal(data, &back); err != nil || fmt.Sprint(back) != fmt.Sprint(r.Figures) {
			t.Errorf("%v: %v", err, back)
		}
	}
}
