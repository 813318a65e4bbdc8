package eval_test

import (
	"math"
	"os"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/eval"
	"byline/annotate/names"
	"byline/annotate/people"
)

func read(t *testing.T, text string) []eval.Gold {
	t.Helper()
	gold, err := eval.ReadIOB2(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return gold
}

func TestReadIOB2(t *testing.T) {
	gold := read(t, "-DOCSTART-\tO\n\nAnn\tB-PER\nQuill\tI-PER\nBo\tB-PER\nof\tO\nOrrin\tI-LOC\n\nX\tB-FOO\n\n-DOCSTART-\tO\n\nY\tI-ORG\nZ\tI-PER\n")
	if len(gold) != 2 || len(gold[0].Doc.Sentences) != 2 {
		t.Fatalf("%d documents, want two, the first with two sentences", len(gold))
	}
	var got []string
	for _, g := range gold {
		for _, n := range g.Names {
			got = append(got, string(n.Type)+" "+g.Doc.Text[g.Doc.Tokens[n.First].Start:g.Doc.Tokens[n.End-1].End])
		}
	}
	if s := strings.Join(got, ", "); s != "person Ann Quill, person Bo, place Orrin, organization Y, person Z" {
		t.Error(s)
	}
	if n := len(read(t, "a\tO\n\nb\tO\n")); n != 2 {
		t.Errorf("without -DOCSTART-: %d documents, want one a sentence", n)
	}
	if _, err := eval.ReadIOB2(strings.NewReader("a\tO\nb\n")); err == nil {
		t.Error("a line without a tag is no error")
	}
}

// A name counts where both ends and the type are right.
func TestNames(t *testing.T) {
	gold := read(t, "Ann\tB-PER\nQuill\tI-PER\nof\tO\nOBC\tB-ORG\nand\tO\nBo\tB-PER\n")
	s := eval.Names(gold, func(d *annotate.Doc) []annotate.Mention {
		m := func(token int, typ annotate.Type) annotate.Mention {
			return annotate.Mention{Span: d.Tokens[token].Span, Type: typ, Origin: annotate.Origin{Rule: "test"}}
		}
		return []annotate.Mention{m(1, annotate.Person), m(3, annotate.Organization), m(5, annotate.Place)}
	})
	if got, want := s.Types[annotate.Person], (eval.Count{Right: 0, Found: 1, Gold: 2}); got != want {
		t.Errorf("persons %+v, want %+v", got, want)
	}
	if got, want := s.Reader(), (eval.Count{Right: 1, Found: 2, Gold: 3}); got != want || got.Precision() != 0.5 || got.F1() != 0.4 {
		t.Errorf("both %+v, precision %v, F1 %v", got, got.Precision(), got.F1())
	}
	if got, want := s.Rules["test"], (eval.Count{Right: 1, Found: 3}); got != want {
		t.Errorf("rule %+v, want %+v", got, want)
	}
}

// B³ of the example in Bagga and Baldwin 1998: two entities too many joined.
func TestBCubed(t *testing.T) {
	var c eval.Chain
	c.Doc = &annotate.Doc{Text: "1234567890ab"}
	c.Entity = []int{0, 0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 2}
	for i := range c.Entity {
		m := annotate.Mention{}
		m.Start, m.End = i, i+1
		c.Mentions = append(c.Mentions, m)
	}
	join := func(_ *annotate.Doc, ms []annotate.Mention) []annotate.Entity {
		return []annotate.Entity{{Mentions: ms[:5]}, {Mentions: ms[5:]}}
	}
	p, r := eval.BCubed([]eval.Chain{c}, join)
	if want := (5 + 2*2.0/7 + 5*5.0/7) / 12; math.Abs(p-want) > 1e-9 || r != 1 {
		t.Errorf("precision %v, want %v; recall %v, want 1", p, want, r)
	}
}

// What is below is a floor under the stages on a few sentences of our own, not a measure.
func TestFloors(t *testing.T) {
	f, err := os.Open("testdata/orrin.iob2")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	gold, err := eval.ReadIOB2(f)
	if err != nil {
		t.Fatal(err)
	}
	s := eval.Names(gold, names.Find)
	if f1 := s.Reader().F1(); f1 < 0.85 {
		t.Errorf("F1 of persons and organizations is %.3f: %+v", f1, s.Types)
	}
}

func TestReadCoref(t *testing.T) {
	data, err := os.ReadFile("testdata/orrin.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	chains, err := eval.ReadCoref(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, m := range chains[0].Mentions {
		words = append(words, m.In(chains[0].Doc.Text))
	}
	if got := strings.Join(words, ", "); got != "Zoë Quill, Tom Ferris, Quill, Ferris" {
		t.Errorf("mentions %s", got)
	}
	if p, r := eval.BCubed(chains, people.Group); p != 1 || r != 1 {
		t.Errorf("B³ %v, %v, want 1, 1", p, r)
	}
	if _, err := eval.ReadCoref(strings.NewReader("{\n")); err == nil {
		t.Error("half an object is no error")
	}
}

// With BYLINE_GOLD naming files, their scores must reach the floors.
func TestGold(t *testing.T) {
	floors := map[string]float64{"gmbfix.dev": 0.70, "wikigold.all": 0.64, "redocred.dev": 0.68, "worldwide4.dev": 0.74}
	dir := os.Getenv("BYLINE_GOLD")
	if dir == "" {
		t.Skip("BYLINE_GOLD names no folder of gold data")
	}
	for name, floor := range floors {
		gold, err := eval.ReadFile(dir + "/" + name + ".iob2.gz")
		if err != nil {
			t.Error(err)
			continue
		}
		s := eval.Names(gold, names.Find)
		t.Logf("%s: F1 %.3f", name, s.Reader().F1())
		if s.Reader().F1() < floor {
			t.Errorf("%s: F1 %.3f is below %.2f", name, s.Reader().F1(), floor)
		}
	}
}
