package adjudicate_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"byline/annotate/adjudicate"
	"byline/articles"
)

// Of long answers the parts are left that differ, whichever end these are at, in letters of one cell or two.
func TestApart(t *testing.T) {
	t.Parallel()
	const (
		bank  = "“Kvale Bank of Greater Northern Holm"
		press = "“We sold the press and the building it stood in because nobody on the board could tell us what a newspaper was for,"
	)
	for _, x := range []struct {
		room        int
		texts, want []string
	}{
		{27, []string{bank + " and the Outer Islands”, organization", bank + "”, organization"}, []string{"… Holm and the … Islands”…", "… Holm”, organization"}},
		{45, []string{bank + " and the Outer Islands”, organization", bank + "”, organization"}, []string{"… Holm and the Outer Islands”, organization", "… of Greater Northern Holm”, organization"}},
		{60, []string{bank + " and the Outer Islands”, organization", bank + "”, organization"}, []string{"… Greater Northern Holm and the Outer Islands”, organization", bank + "”, organization"}},
		{27, []string{bank + "”, organization", "“the " + bank[len("“"):] + "”, organization"}, []string{"“Kvale Bank of Greater…", "“the Kvale Bank of Greater…"}},
		{27, []string{press + "”, direct, said by Marta Quill", press + "” she said, “not the paper.”, direct, said by nobody"}, []string{"… for,”, direct, … Quill", "… she … paper.”, … nobody"}},
		{27, []string{press + "”, direct, said by Marta Quill", press + "”, direct, said by Halden"}, []string{"… said by Marta Quill", "… direct, said by Halden"}},
		{25, []string{"“東京港湾労働組合連合会”, organization", "“東京港湾労働組合”, organization"}, []string{"“東京港湾労働組合連合会”…", "…労働組合”, organization"}},
		{14, []string{"e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301a", "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301o"},
			[]string{"…" + strings.Repeat("e\u0301", 12) + "a", "…" + strings.Repeat("e\u0301", 12) + "o"}},
		{10, []string{"christina-maria", "christina-paula", "bob"}, []string{"…ina-maria", "…ina-paula", "bob"}},
		{30, []string{"organization", "person", "not marked"}, []string{"organization", "person", "not marked"}},
	} {
		got := adjudicate.Apart(x.texts, x.room, ansi.StringWidth)
		if !slices.Equal(got, x.want) {
			t.Errorf("%d cells:\n%s\nwant\n%s", x.room, strings.Join(got, "\n"), strings.Join(x.want, "\n"))
		}
	}
}

// Whatever the texts are, none is too wide, none has what is not in its text, and two that differ are cut to two that differ.
func TestApartTellsApart(t *testing.T) {
	t.Parallel()
	words := strings.Fields("Kvale Bank of the Outer Islands, “Holm” 東京港湾 組合連合会 Ångström Müller-Lüdenscheidt e\u0301a\u0308 👩‍🔬 said by nobody and a")
	r := rand.New(rand.NewPCG(1, 2))
	some := func(n int) []string {
		out := make([]string, n)
		for i := range out {
			out[i] = words[r.IntN(len(words))]
		}
		return out
	}
	for range 3000 {
		base := some(4 + r.IntN(30))
		texts := make([]string, 2+r.IntN(4))
		for i := range texts {
			from, to := r.IntN(3), len(base)-r.IntN(3)
			texts[i] = strings.Join(slices.Concat(some(r.IntN(2)), base[min(from, to):to], some(r.IntN(3))), " ")
		}
		room := 20 + r.IntN(60)
		got := adjudicate.Apart(texts, room, ansi.StringWidth)
		for i, g := range got {
			rest, ok := texts[i], true
			for part := range strings.SplitSeq(g, "…") {
				part = strings.TrimSpace(part)
				at := strings.Index(rest, part)
				if ok = ok && at >= 0; ok {
					rest = rest[at+len(part):]
				}
			}
			if !ok || ansi.StringWidth(g) > room || g == "" && texts[i] != "" {
				t.Fatalf("%q in %d cells: %q", texts[i], room, g)
			}
			for k := range got[:i] {
				if (g == got[k]) != (texts[i] == texts[k]) {
					t.Fatalf("of %q\n%q and\n%q are %q", texts, texts[i], texts[k], g)
				}
			}
		}
	}
}

// A question says what it asks, in whatever room; the words are cut, and left out at last.
func TestAsksIn(t *testing.T) {
	t.Parallel()
	ann, bob := annAndBob()
	c := adjudicate.Sit(&articles.Article{Text: story}, adjudicate.New(story, []adjudicate.Reading{ann.reading(), bob.reading()}), nil)
	for i := range c.Questions {
		q := &c.Questions[i]
		whole := c.Asks(q)
		first, _, _ := strings.Cut(whole, " ")
		for room := 120; room >= 29; room-- {
			got := c.AsksIn(q, room, ansi.StringWidth)
			switch {
			case ansi.StringWidth(got) > room, !strings.HasPrefix(got, first+" "), !strings.HasSuffix(got, "?"):
				t.Errorf("%d cells: %q of %q", room, got, whole)
			case ansi.StringWidth(whole) <= room && got != whole:
				t.Errorf("%d cells: %q of %q", room, got, whole)
			}
		}
	}
}
