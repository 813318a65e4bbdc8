package evidence

import (
	"math/rand/v2"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/segment"
	"byline/articles"
)

// find returns the mentions of names in d, given as "name=type" with the type's first letters, in order,
// with shares that leave some doubt, or hardly any: "name=type!".
func find(t *testing.T, d *annotate.Doc, given ...string) (ms []annotate.Mention, shares []Shares) {
	t.Helper()
	at := 0
	for _, g := range given {
		name, typ, _ := strings.Cut(g, "=")
		i := strings.Index(d.Text[at:], name)
		if i < 0 {
			t.Fatalf("no %q after byte %d", name, at)
		}
		at += i
		m := annotate.Mention{Span: articles.Span{Start: at, End: at + len(name)}, Form: annotate.Name, Origin: annotate.Origin{Stage: "names", Rule: "model", Score: 0.6}}
		s := Shares{0.2, 0.2, 0.2, 0.1, 0.1}
		for k := range types {
			if strings.HasPrefix(string(types[k]), strings.TrimSuffix(typ, "!")) {
				m.Type = types[k]
				s[k] = 0.4
			}
		}
		if strings.HasSuffix(typ, "!") {
			s, m.Origin.Score = Shares{0.02, 0.02, 0.02, 0.02, 0.02}, 0.9
			s[kindOf(m.Type)] = 0.92
		}
		ms, shares = append(ms, m), append(shares, s)
		at += len(name)
	}
	return ms, shares
}

func embedded(t testing.TB) *Model {
	t.Helper()
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// decide returns the types of the mentions, "name=type" each, after Decide.
func decided(t *testing.T, m *Model, text string, given ...string) string {
	t.Helper()
	d := segment.Split(text, nil)
	ms, shares := find(t, d, given...)
	var out []string
	for _, x := range m.Decide(text, ms, m.Read(d, ms, shares)) {
		out = append(out, x.In(text)+"="+string(x.Type))
		if x.Origin.Score < 0.01 || x.Origin.Score > 0.99 {
			t.Errorf("%s has the score %v", x.In(text), x.Origin.Score)
		}
	}
	return strings.Join(out, " ")
}

// The words around a name and longer names of the article outweigh a tagger that is not sure.
func TestDecide(t *testing.T) {
	t.Parallel()
	m := embedded(t)
	for _, c := range []struct {
		text, want string
		given      []string
	}{
		{
			"The carmaker Kvale Group said profit rose. Kvale shares fell 3 percent.\n", "Kvale Group=organization Kvale=organization",
			[]string{"Kvale Group=org!", "Kvale=per"},
		},
		{
			"Per Lund, the mayor, spoke first. Lund told reporters that he would not resign.\n", "Per Lund=person Lund=person",
			[]string{"Per Lund=per!", "Lund=pla"},
		},
	} {
		if got := decided(t, m, c.text, c.given...); got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
	}
}

// Without shares, or without a model, the types stay.
func TestWithout(t *testing.T) {
	t.Parallel()
	const text = "Shares in Kvale fell 3 percent."
	d := segment.Split(text, nil)
	ms, _ := find(t, d, "Kvale=per")
	for _, m := range []*Model{nil, embedded(t)} {
		got := m.Decide(text, ms, m.Read(d, ms, make([]Shares, 1)))
		if len(got) != 1 || got[0].Type != annotate.Person || got[0].Origin.Score != 0.6 {
			t.Errorf("%+v", got)
		}
	}
}

// A group knows the longer names that begin or end with its words, or whose letters it is.
func TestGroups(t *testing.T) {
	t.Parallel()
	const text = "Kvale Group met Per Lund. Kvale pays Lund, KG said. Kvale agreed. The Fund for Orrin (FFO) and U.S. or US.\n"
	d := segment.Split(text, nil)
	ms, _ := find(t, d, "Kvale Group", "Per Lund", "Kvale", "Lund", "KG", "Kvale", "Fund for Orrin", "FFO", "U.S.", "US")
	gs := Groups(text, ms)
	if len(gs) != 8 {
		t.Fatalf("%d groups", len(gs))
	}
	for _, c := range []struct {
		group, way int
		longer     int
	}{{2, begins, 0}, {3, ends, 1}, {4, letters, 0}, {6, letters, 5}} {
		if got := gs[c.group].Related[c.way]; got != c.longer+1 {
			t.Errorf("group %v: way %d leads to %d, want %d", gs[c.group].words, c.way, got-1, c.longer)
		}
	}
	if n := len(gs[2].Members); n != 2 {
		t.Errorf("Kvale has %d mentions", n)
	}
}

// A file that is cut short, or none, is an error.
func TestOpen(t *testing.T) {
	t.Parallel()
	for n := 0; n < len(file); n += 1 + len(file)/50 {
		if _, err := Open(file[:n]); err == nil {
			t.Errorf("%d of %d bytes open", n, len(file))
		}
	}
}

func FuzzDecide(f *testing.F) {
	f.Add("Kvale fell. “Kvale Group”, the maker (KG), of the of", uint8(3))
	f.Add("A. . the 's ’s \xff A", uint8(1))
	m := embedded(f)
	f.Fuzz(func(t *testing.T, text string, step uint8) {
		d := segment.Split(text, nil)
		var ms []annotate.Mention
		var shares []Shares
		for i := 0; i < len(d.Tokens); i += 1 + int(step%4) {
			ms = append(ms, annotate.Mention{Span: d.Tokens[i].Span, Type: types[i%4], Origin: annotate.Origin{Score: 0.5}})
			shares = append(shares, Shares{0.5, 0.2, 0.1, 0.1, 0.1})
		}
		last := 0
		for _, x := range m.Decide(text, ms, m.Read(d, ms, shares)) {
			if x.Start < last || x.Origin.Score <= 0 || x.Origin.Score >= 1 || kindOf(x.Type) < 0 {
				t.Fatalf("%+v after %d", x, last)
			}
			last = x.End
		}
	})
}

// The sums over a million mentions do not overflow: their mean is that of one.
func TestManyMentions(t *testing.T) {
	t.Parallel()
	m := embedded(t)
	note := Note{shares: [Types]int16{-266, -3}, around: row{5000, -5000}, known: true}
	notes, members := make([]Note, 1_000_000), make([]int, 1_000_000)
	for i := range notes {
		notes[i], members[i] = note, i
	}
	var x inputs
	m.pool(&x, members, notes)
	if x[AllShares] != -266 || x[AllRows] != 5000*rootMany || x[AllRows+1] != -5000*rootMany {
		t.Errorf("%v", x[AllShares:OfName])
	}
}

// The sums of two hidden units at once are those of each.
func TestDotPair(t *testing.T) {
	t.Parallel()
	m := embedded(t)
	r := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		var x inputs
		for k := range x {
			x[k] = int32(r.NormFloat64() * 300)
		}
		for u := range m.pairs {
			low, high := dotPair(&m.pairs[u], &x)
			if a, b := dot(&m.In[2*u], &x), dot(&m.In[2*u+1], &x); low != a || high != b {
				t.Fatalf("units %d and %d: %d and %d, want %d and %d", 2*u, 2*u+1, low, high, a, b)
			}
		}
	}
}
