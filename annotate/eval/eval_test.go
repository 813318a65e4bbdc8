package eval

import (
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"byline/annotate"
	"byline/articles"
)

// split returns clusters of the runes of words, one cluster per word; equal runes are the same
// mention.
func split(words string) Partition {
	p := Partition{}
	for i, w := range strings.Fields(words) {
		for _, r := range w {
			p[articles.Span{Start: int(r), End: int(r) + 1}] = i
		}
	}
	return p
}

// The first case is the example of Luo 2005 and Bagga and Baldwin 1998, worked out by hand; the
// second has a mention on one side only, and a cluster of one.
func TestClusters(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		gold, found string
		b3, ceaf    [2]float64
		muc         [2]float64
	}{
		{"12345 67 89ABC", "12345 6789ABC", [2]float64{(5 + 4/7. + 25/7.) / 12, 1}, [2]float64{(1 + 10/12.) / 2, (1 + 10/12.) / 3}, [2]float64{0.9, 1}},
		{"abc d", "ab cx", [2]float64{2.5 / 4, 5 / 3. / 4}, [2]float64{0.4, 0.4}, [2]float64{0.5, 0.5}},
		{"ab cd", "ac bd", [2]float64{0.5, 0.5}, [2]float64{0.5, 0.5}, [2]float64{0, 0}},
		{"a b", "a b", [2]float64{1, 1}, [2]float64{1, 1}, [2]float64{0, 0}},
		{"ab", "", [2]float64{0, 0}, [2]float64{0, 0}, [2]float64{0, 0}},
	} {
		n := CompareClusters(split(c.gold), split(c.found))
		for _, m := range []struct {
			name string
			got  Ratio
			want [2]float64
		}{{"B³", n.B3, c.b3}, {"CEAF", n.CEAF, c.ceaf}, {"MUC", n.MUC, c.muc}} {
			if p, r := m.got.precision(), m.got.recall(); math.Abs(p-m.want[0]) > 1e-9 || math.Abs(r-m.want[1]) > 1e-9 {
				t.Errorf("%s | %s: %s is %v, %v, want %v", c.gold, c.found, m.name, p, r, m.want)
			}
		}
	}
}

// The assignment is as good as the best permutation.
func TestAssign(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		gain := make([][]float64, 1+r.IntN(5))
		columns := 1 + r.IntN(5)
		for i := range gain {
			for range columns {
				gain[i] = append(gain[i], float64(r.IntN(8))/7)
			}
		}
		used := make([]bool, columns)
		var best func(row int) float64
		best = func(row int) float64 {
			if row == len(gain) {
				return 0
			}
			most := best(row + 1)
			for c := range used {
				if !used[c] {
					used[c] = true
					most = max(most, gain[row][c]+best(row+1))
					used[c] = false
				}
			}
			return most
		}
		if got, want := Assign(gain), best(0); math.Abs(got-want) > 1e-9 {
			t.Fatalf("%v: %v, want %v", gain, got, want)
		}
	}
	if Assign(nil) != 0 {
		t.Error("nothing to assign has a gain")
	}
}

// A reading describes a text by words: every mention is at the first occurrence of its words.
type reading struct {
	text string
	annotate.Layer
}

func (r *reading) span(words string) articles.Span {
	i := strings.Index(r.text, words)
	return articles.Span{Start: i, End: i + len(words)}
}

func (r *reading) entity(id string, t annotate.Type, words ...string) {
	e := annotate.Entity{ID: id, Type: t, Name: words[0]}
	for _, w := range words {
		e.Mentions = append(e.Mentions, annotate.Mention{Span: r.span(w), Form: annotate.Name, Type: t, Origin: annotate.Origin{Rule: "a-rule", Score: 0.75}})
	}
	r.Entities = append(r.Entities, e)
}

func (r *reading) quote(t annotate.QuoteType, by, words string) {
	r.Quotes = append(r.Quotes, &annotate.Quote{Span: r.span(words), Type: t, Speaker: by, Origin: annotate.Origin{Rule: "q-rule", Score: 0.95}})
}

const text = `Marta Quill of the Orrin Bay Courier said “We sold it,” and Ferris called it “a café”. He reads “The Long Dock”. “Why?” Tom Ferris asked whether it was dear.`

// example returns a text with a reading by people and one by a machine.
func example() (*Doc, *annotate.Layer) {
	g := &reading{text: text}
	g.entity("q", annotate.Person, "Marta Quill")
	g.entity("c", annotate.Organization, "Orrin Bay Courier")
	g.entity("f", annotate.Person, "Ferris", "Tom Ferris")
	g.quote(annotate.Direct, "q", "“We sold it,”")
	g.quote(annotate.Mixed, "f", "“a café”")
	g.quote(annotate.Direct, "", "“Why?”")
	g.quote(annotate.Indirect, "f", "whether it was dear")
	d := &Doc{Name: "a", Text: text, Gold: g.Layer, NonQuotes: []NonQuote{{Span: g.span("“The Long Dock”")}}, Has: Names | Clusters | Quotes | Passages}
	m := &reading{text: text}
	m.entity("e1", annotate.Person, "Marta Quill", "Ferris")
	m.entity("e2", annotate.Organization, "Bay Courier")
	m.entity("e3", annotate.Person, "Tom Ferris")
	m.entity("e4", annotate.Place, "Dock")
	m.quote(annotate.Direct, "e1", "“We sold it,”")
	m.quote(annotate.Direct, "e2", "“a café”")
	m.quote(annotate.Direct, "", "“Why?”")
	m.quote(annotate.Indirect, "e3", "it was dear")
	return d, &m.Layer
}

func engineOf(l *annotate.Layer) Engine {
	return Engine{
		Annotate: func(string, []articles.Block) *annotate.Layer { return l },
		Entities: func(*annotate.Doc) []annotate.Entity { return l.Entities },
		Group: func(_ string, ms []annotate.Mention) []annotate.Entity {
			return []annotate.Entity{{ID: "e1", Mentions: ms}}
		},
	}
}

func TestScore(t *testing.T) {
	t.Parallel()
	d, l := example()
	r := Score(d, engineOf(l), true).Report(true, true)
	count := func(f Figures) [3]int { return [3]int{f.Right, f.Found, f.Gold} }
	for _, c := range []struct {
		of        string
		got, want any
	}{
		{"names, types", len(r.Names), 3}, // no place in the gold
		{"both, exact", count(r.Names[0].Exact), [3]int{3, 4, 4}},
		{"both, partial", count(r.Names[0].Partial), [3]int{4, 4, 4}},
		{"organizations", count(r.Names[2].Exact), [3]int{0, 1, 1}},
		{"mentions", count(r.Found.Mentions), [3]int{3, 4, 4}},
		{"B³ over found", [2]float64{r.Found.B3.Precision, r.Found.B3.Recall}, [2]float64{round(2 / 4.), round(2 / 4.)}},
		{"B³ over given", r.Given.B3.Recall, 1.0},
		{"quotes", len(r.Quotes), 5},
		{"all, exact", count(r.Quotes[0].Exact), [3]int{3, 4, 4}},
		{"all, half", count(r.Quotes[0].Half), [3]int{4, 4, 4}},
		{"speakers", r.Quotes[0].Speaker, shareOf(3, 4)}, // nobody is right once
		{"linked", count(r.Quotes[0].Linked), [3]int{3, 4, 4}},
		{"direct", count(r.Quotes[2].Half), [3]int{2, 3, 2}},
		{"mixed", count(r.Quotes[3].Half), [3]int{0, 0, 1}},
		{"passages", r.Passages, []TypeShare{{"speech", shareOf(3, 3)}, {"no speech", shareOf(1, 1)}, {"both", shareOf(4, 4)}}},
		{"speakers of passages", r.Speakers, []TypeShare{{"the right speaker", shareOf(1, 2)}, {"another speaker", shareOf(1, 2)}, {"nobody, wrongly", shareOf(0, 2)}, {"nobody, rightly", shareOf(1, 1)}, {"a speaker, wrongly", shareOf(0, 1)}}},
		{"rules", r.Rules, []Rule{{"names", "a-rule", 3, 4, 0.75, 0.75}, {"people", "", 1, 3, 0.333333, 0}, {"quotes", "q-rule", 3, 4, 0.75, 0.95}}},
		{"ECE of quotes", r.Reliability[2].ECE, 0.2},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("%s: %v, want %v", c.of, c.got, c.want)
		}
	}
	var errors []string
	for _, e := range r.Errors {
		errors = append(errors, e.Part+" "+e.What)
	}
	want := "entity joined, name wrong organization, name wrong place, quote speaker Bay Courier, quote span"
	if got := strings.Join(errors, ", "); got != want {
		t.Errorf("errors %s, want %s", got, want)
	}
}

// Adding tallies gives the same result as scoring the documents together.
func TestAdd(t *testing.T) {
	t.Parallel()
	d, l := example()
	var sum Tally
	for range 3 {
		sum.Add(Score(d, engineOf(l), false))
	}
	one := Score(d, engineOf(l), false).Report(true, true)
	all := sum.Report(true, true)
	if all.Documents != 3 || *all.Names[0].Exact.Count != (Count{9, 12, 12}) || all.Found.B3.F1 != one.Found.B3.F1 || all.Quotes[0].Speaker != shareOf(9, 12) || all.Rules[0].Found != 12 {
		t.Errorf("%+v", all)
	}
}

// Parts that the gold does not annotate are not scored.
func TestParts(t *testing.T) {
	t.Parallel()
	d, l := example()
	d.Has = Names
	if r := Score(d, engineOf(l), false).Report(true, true); r.Found != nil || r.Given != nil || r.Quotes != nil || r.Passages != nil || len(r.Rules) != 1 {
		t.Errorf("%+v", r)
	}
	d.Has = Clusters | Bare
	if r := Score(d, Engine{Group: engineOf(l).Group}, false).Report(false, false); r.Found != nil || r.Given == nil || r.Names != nil {
		t.Errorf("%+v", r)
	}
}

// A found name that ends inside a token covers the whole token.
func TestTokens(t *testing.T) {
	t.Parallel()
	g := &reading{text: "Quill's pre-Brexit"}
	g.entity("q", annotate.Person, "Quill's")
	d := &Doc{Text: g.text, Gold: g.Layer, Has: Names, Tokens: &annotate.Doc{Text: g.text, Tokens: []annotate.Token{{Span: articles.Span{End: 7}}, {Span: articles.Span{Start: 8, End: 18}}}}}
	m := &reading{text: g.text}
	m.entity("e1", annotate.Person, "Quill")
	if r := Score(d, engineOf(&m.Layer), false).Report(false, false); r.Names[0].Exact.F1 != 1 {
		t.Errorf("%+v", r.Names)
	}
}

// The overlap is at least half of what both cover together; each quote is matched once, those that
// share most first.
func TestMatch(t *testing.T) {
	t.Parallel()
	qs := func(ends ...int) []*annotate.Quote {
		var all []*annotate.Quote
		for i := 0; i < len(ends); i += 2 {
			all = append(all, &annotate.Quote{Span: articles.Span{Start: ends[i], End: ends[i+1]}})
		}
		return all
	}
	for _, c := range []struct {
		gold, found []*annotate.Quote
		want        [][2]int
	}{
		{qs(0, 10), qs(0, 5), [][2]int{{0, 0}}},
		{qs(0, 10), qs(0, 4), nil},
		{qs(0, 10), qs(5, 15), nil}, // 5 of 15
		{qs(0, 10), qs(0, 9, 0, 10), [][2]int{{0, 1}}},
		{qs(0, 10, 0, 8), qs(0, 9), [][2]int{{0, 0}}}, // 9/10 before 8/9
		{qs(0, 10, 20, 30), qs(0, 10, 20, 30), [][2]int{{0, 0}, {1, 1}}},
	} {
		var got [][2]int
		for _, p := range match(c.gold, c.found) {
			got = append(got, [2]int{p.gold, p.found})
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v %v: %v, want %v", c.gold, c.found, got, c.want)
		}
	}
}

// If the gold marks the words before the cue, titles included, a name among them is enough; if it
// names nobody, any speaker is accepted.
func TestLooseSpeakers(t *testing.T) {
	t.Parallel()
	d, l := example()
	d.Loose = true
	d.Gold.Entities = []annotate.Entity{
		{ID: "s1", Name: "x", Mentions: []annotate.Mention{{Span: articles.Span{End: 36}}}}, // "Marta Quill of the Orrin Bay Courier"
		{ID: "s2", Name: "Tom Ferris-0"},
	}
	for i, id := range []string{"s1", "s2", "", "s2"} {
		d.Gold.Quotes[i].Speaker = id
	}
	d.Has = Quotes
	r := Score(d, engineOf(l), false).Report(false, false)
	if got := r.Quotes[0]; got.Speaker != shareOf(2, 3) || *got.Linked.Count != (Count{2, 3, 3}) {
		t.Errorf("%+v %+v", got, got.Linked.Count)
	}
}
