package screens_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/articles"
)

const kvale = `# Kvale

Marta Quill sold the press to the Kvale Bank of Greater Northern Holm and the Outer Islands on Monday.

“We sold the press and the building it stood in because nobody on the board could tell us what a newspaper was for,” she said, “and not the paper.”

The 東京港湾労働組合連合会 wrote to Zoë Mu\u0308ller-Lu\u0308denscheidt of Holm Lines.
`

// differ returns an article on which annotators differ in everything that they can, and those who read it, of whom those from the third on answer
// as the ones before, or have nothing.
func differ(t *testing.T, names ...string) *desk {
	text := strings.ReplaceAll(kvale, `\u0308`, "\u0308")
	d := annotated(t, text)
	span := func(words string) articles.Span {
		i := strings.Index(d.of["Kvale"].Text, words)
		if i < 0 {
			t.Fatal(words)
		}
		return articles.Span{Start: i, End: i + len(words)}
	}
	add := func(words, kind string) review.Edit {
		k := annotate.OfMention
		if kind == "direct" {
			k = annotate.OfQuote
		}
		return review.Edit{Verb: annotate.Add, Value: kind, Here: true, Targets: []review.Target{{Kind: k, Span: span(words)}}}
	}
	const said = "“We sold the press and the building it stood in because nobody on the board could tell us what a newspaper was for,”"
	quill := func(to string) review.Edit {
		return review.Edit{Verb: annotate.Attribute, Targets: []review.Target{{Kind: annotate.OfQuote, Span: span("“and not the paper.”")}}, To: span(to)}
	}
	bank := []string{"Kvale Bank of Greater Northern Holm and the Outer Islands", "Kvale Bank of Greater Northern Holm", "the Kvale Bank of Greater Northern Holm and the Outer Islands"}
	for i, who := range names {
		own := workspace.For(d.w, workspace.Member{Who: who})
		workspace.See(own, library.Mine)
		does := func(edits ...review.Edit) {
			for _, e := range edits {
				if _, _, err := own.Edit(t.Context(), d.of["Kvale"], e); err != nil {
					t.Fatal(err)
				}
			}
		}
		does(add("Marta Quill", "person"), add(bank[i%3], "organization"), add([]string{"東京港湾労働組合連合会", "東京港湾労働組合"}[i%2], "organization"))
		switch i % 3 {
		case 0:
			does(add(said, "direct"), add("“and not the paper.”", "direct"), quill("Marta Quill"), add("Zoë Mu\u0308ller-Lu\u0308denscheidt", "person"), add("Holm Lines", "organization"))
		case 1:
			does(add(said+" she said", "direct"), add("“and not the paper.”", "direct"), quill("東京港湾労働組合"), add("Zoë Mu\u0308ller", "person"), add("Holm Lines", "person"))
		case 2:
			does(add(said[len("“We sold "):], "direct"), add("“and not the paper.”", "direct"), add("Holm Lines", "person"))
		}
	}
	d.finishes("Kvale", names...)
	return d
}

// asked returns the lines from the question on.
func (d *desk) asked() []string {
	lines := strings.Split(ansi.Strip(d.View()), "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, "━") {
			return lines[i:]
		}
	}
	return nil
}

// Wherever answers differ is visible in the narrowest window, for any number of annotators: no row is like another, and what is asked and the
// keys that go on are there.
func TestAdjudicateNarrow(t *testing.T) {
	t.Parallel()
	row := regexp.MustCompile(`^ (\d|=)  (\S+( \+\d)?) +(.*\S)`)
	for _, names := range [][]string{{"ann", "bob"}, {"ann", "bob", "cara"}, {"ann", "bob", "christina-maria", "dan", "eve"}, {"anneliese-marie-luise", "anneliese-marie-sophie"}} {
		for _, z := range [][2]int{{40, 12}, {60, 16}, {80, 24}, {120, 30}} {
			t.Run(fmt.Sprint(len(names), names[0], z), func(t *testing.T) {
				t.Parallel()
				d := differ(t, names...)
				d.begin(z[0], z[1])
				questions := 0
				for !strings.Contains(d.View(), "skipped and still open") {
					questions++
					says, who := map[string]string{}, map[string]bool{}
					for _, l := range d.asked() {
						if w := ansi.StringWidth(l); w > z[0] {
							t.Errorf("%d cells: %q", w, l)
						}
						m := row.FindStringSubmatch(ansi.Strip(l))
						if m == nil || m[1] == "0" {
							continue
						}
						if who[m[2]] {
							t.Errorf("two rows of %q", m[2])
						}
						who[m[2]] = true
						if before, ok := says[m[4]]; ok && !strings.Contains(m[4], "= ") {
							t.Errorf("%s and %s both: %q", before, m[2], m[4])
						}
						says[m[4]] = m[2]
					}
					if len(says) < 2 || questions > 9 {
						t.Fatalf("%d answers in question %d\n%s", len(says), questions, d.View())
					}
					shows(t, d.Steps, "?", "0  n", "s skip", "u undo", "? help")
					if t.Failed() {
						t.Fatal(d.View())
					}
					d.Press("s")
				}
				if questions < 5 {
					t.Errorf("%d questions", questions)
				}
			})
		}
	}
}

// The words that differ are those that are shown, and the type of the answers, of ends of names and quotes.
func TestAdjudicateShowsTheDifference(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		width, height int
		want          map[string][]string // by the question
	}{
		{40, 12, map[string][]string{
			"━ 1/6 Which words are the name? ━": {"1  ann      “Kvale … and … Islands”…", "2  bob      “Kvale Bank of … Holm”…", "3  cara     “the Kvale Bank … Islands”…"},
			"━ 2/6 Where does it begin and end": {"1  ann      “We sold the … was for,”…", "2  bob      “We sold … for,” she said”…", "3  cara     “the press and … was for,”…"},
			"━ 3/6 Who says “and not…”? ━":      {"1  ann      Marta Quill", "2  bob      東京港湾労働組合", "3  cara     nobody"},
			"━ 4/6 Which words are the name? ━": {"1  ann      …組合連合会”, organization", "2  bob      …湾労働組合”, organization", "3  cara     = ann"},
			"━ 6/6 What is “Holm Lines”? ━":     {"1  ann      organization", "2  bob      person", "3  cara     person  = bob"},
		}},
		{60, 16, map[string][]string{
			"━━ 1 of 6 · Which words are the name at “the Kvale Bank…”?": {"1  ann      “Kvale … Northern Holm and the Outer Islands”…", "2  bob      “Kvale Bank of … Northern Holm”, organization", "3  cara     “the Kvale Bank … Outer Islands”, organization"},
			"━━ 2 of 6 · Where does the quote “We sold…” begin and end?": {"1  ann      “We", "2  bob      “We", "she said”", "3  cara     “the"},
			"━━ 3 of 6 · Who says “and not the paper.”?":                 {"1  ann      Marta Quill", "2  bob      東京港湾労働組合", "3  cara     nobody"},
			"━━ 5 of 6 · Which words are the name at “Zoë Müller-Lu":    {"1  ann      “Zoë Müller-Lüdenscheidt”, person", "2  bob      “Zoë Müller”, person", "3  cara     not marked"},
		}},
	} {
		d := differ(t, "ann", "bob", "cara")
		d.begin(x.width, x.height)
		for range 9 {
			view := strings.Join(d.asked(), "\n")
			for q, rows := range x.want {
				if strings.Contains(view, q) {
					shows(t, d.Steps, rows...)
					delete(x.want, q)
				}
			}
			d.Press("s")
		}
		if len(x.want) > 0 {
			t.Errorf("%d × %d: never seen: %q", x.width, x.height, x.want)
		}
	}
}

// The footer shows the keys that decide otherwise what the question is about: who says a quote, not what type it is of.
func TestAdjudicateFooterFitsTheQuestion(t *testing.T) {
	t.Parallel()
	d := differ(t, "ann", "bob", "cara")
	d.begin(120, 30)
	names, quotes := 0, 0
	for range 6 {
		lines := strings.Split(ansi.Strip(d.View()), "\n")
		foot := lines[len(lines)-1]
		if ofQuote := strings.Contains(strings.Join(d.asked(), " "), "Who says"); ofQuote {
			quotes++
			if !strings.Contains(foot, "@ speaker") || strings.Contains(foot, "p person") || strings.Contains(foot, "m merge") {
				t.Errorf("a quote: %s", foot)
			}
		} else if strings.Contains(strings.Join(d.asked(), " "), "What is") {
			names++
			if !strings.Contains(foot, "p person") || strings.Contains(foot, "@ speaker") {
				t.Errorf("a name: %s", foot)
			}
		}
		d.Press("s")
	}
	if names == 0 || quotes == 0 {
		t.Errorf("%d questions about names, %d about speakers", names, quotes)
	}
}
