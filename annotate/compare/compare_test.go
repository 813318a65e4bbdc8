package compare_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/compare"
	"byline/annotate/engine"
	"byline/articles"
)

const was = "Ann Lee said on Monday that she would go. “We close the yard in May,” said Bo Green of Halden Group.\n\nNobody else spoke.\n\n“It is over,” said Ann Lee."

const now = "Ann Lee said on Tuesday that she would go. “We close the whole yard in June,” said Bo Green of Halden Group.\n\n“It is over,” said Tom Ferris.\n\n“No,” said Tom Ferris."

func TestVersions(t *testing.T) {
	e, err := engine.Default()
	if err != nil {
		t.Fatal(err)
	}
	d := compare.Versions(was, e.Annotate(was, nil), now, e.Annotate(now, nil))
	var got []string
	for _, p := range compare.Paragraphs(was, now, d.Pieces) {
		s := fmt.Sprint(p.At, " ")
		for _, r := range p.Runs {
			s += map[compare.Op]string{compare.Gone: "[-", compare.Came: "{+", compare.Kept: ""}[r.Op] + r.Text + map[compare.Op]string{compare.Gone: "-]", compare.Came: "+}", compare.Kept: ""}[r.Op]
		}
		got = append(got, s)
	}
	want := "0 Ann Lee said on [-Monday -]{+Tuesday +}that she would go. “We close the {+whole +}yard in [-May,” -]{+June,” +}said Bo Green of Halden Group."
	if len(got) < 2 || got[0] != want || !strings.Contains(strings.Join(got, "|"), "[-Nobody else spoke.-]") {
		t.Errorf("%q", got)
	}
	names := ""
	for _, n := range d.Names {
		names += fmt.Sprintf("%s %s %d→%d;", n.Op, n.Name, n.Was, n.Now)
	}
	if !strings.Contains(names, "came Tom Ferris 0→2;") || !strings.Contains(names, "altered Ann Lee ") || strings.Contains(names, "Halden") {
		t.Error(names)
	}
	quotes := ""
	for _, q := range d.Quotes {
		quotes += q.Op.String()
		if q.Old != nil {
			quotes += " -" + q.Old.By() + q.Old.Text
		}
		if q.New != nil {
			quotes += " +" + q.New.By() + q.New.Text
		}
		quotes += ";"
	}
	for _, want := range []string{
		"altered -Bo Green“We close the yard in May,” +Bo Green“We close the whole yard in June,”;", "altered -Ann Lee“It is over,” +Tom Ferris“It is over,”;", "came +Tom Ferris“No,”;",
	} {
		if !strings.Contains(quotes, want) {
			t.Errorf("%s lacks %s", quotes, want)
		}
	}
}

// TestPieces checks that the pieces of any two texts make up both of them.
func TestPieces(t *testing.T) {
	parts := []string{"a", "b", "é", "\n", "\n\n", " ", "  ", "long word", "\u00a0", "東"}
	for seed := range 2000 {
		r := rand.New(rand.NewPCG(uint64(seed), 1))
		text := func() string {
			s := ""
			for range r.IntN(30) {
				s += parts[r.IntN(len(parts))]
			}
			return s
		}
		a, b := text(), text()
		var x, y strings.Builder
		for _, p := range compare.Words(a, b) {
			x.WriteString(p.Old.In(a))
			y.WriteString(p.New.In(b))
			if p.Op == compare.Kept && strings.Join(strings.Fields(p.Old.In(a)), " ") != strings.Join(strings.Fields(p.New.In(b)), " ") {
				t.Errorf("%q kept as %q", p.Old.In(a), p.New.In(b))
			}
		}
		if x.String() != a || y.String() != b {
			t.Fatalf("%q and %q become %q and %q", a, b, x.String(), y.String())
		}
	}
}

func BenchmarkWords(b *testing.B) {
	text := strings.Repeat(was+"\n\n", 1000)
	other := strings.Replace(strings.Repeat(was+"\n\n", 1000), "Monday", "Friday", 100)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		compare.Words(text, other)
	}
}

// A quote differs if other people say it, not if they are named in another order.
func TestSpeakersDiffer(t *testing.T) {
	const text = "“It is over,” said they."
	layer := func(speaker string, also ...string) *annotate.Layer {
		return &annotate.Layer{Entities: []annotate.Entity{{ID: "e1", Name: "Ann Lee"}, {ID: "e2", Name: "Bo Green"}},
			Quotes: []*annotate.Quote{{Span: articles.Span{End: len("“It is over,”")}, Speaker: speaker, Also: also}}}
	}
	for _, c := range []struct {
		was, now *annotate.Layer
		want     string
	}{
		{layer("e1"), layer("e1", "e2"), "altered Ann Lee → Ann Lee and Bo Green"},
		{layer("e1", "e2"), layer("e2", "e1"), ""},
		{layer("e1", "e2"), layer(""), "altered Ann Lee and Bo Green → "},
	} {
		got := ""
		for _, q := range compare.Versions(text, c.was, text, c.now).Quotes {
			got += q.Op.String() + " " + q.Old.By() + " → " + q.New.By()
		}
		if got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
