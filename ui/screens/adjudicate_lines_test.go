package screens_test

import (
	"strings"
	"testing"

	"byline/annotate/workspace"
	"byline/ui/linear"
	"byline/ui/screens"
)

// Line by line the same questions are asked, and the commands of an article answer them as well.
func TestAdjudicateByLines(t *testing.T) {
	t.Parallel()
	d := disputed(t)
	w := workspace.For(d.w, workspace.Member{Who: "cy"})
	p := screens.AdjudicateByLines(w, screens.Adjudication{}, linear.Services{Library: w.Finder(), Keeper: w.Library})
	says := func(line string, wants ...string) {
		t.Helper()
		out := p.Do(t.Context(), line)
		for _, want := range wants {
			if !strings.Contains(out, want) {
				t.Fatalf("%q: no %q in\n%s", line, want, out)
			}
		}
	}
	if out := p.Start(t.Context()); !strings.Contains(out, "Birch, annotated by ann and bob. 1 open · article 1 of 2.\nQuestion 1 of 1: What is “山木一”?\nIn the text: [山木一] met 山森社.\n1, ann: person\n2, bob: place\n0, neither: not a name\n") {
		t.Fatal(out)
	}
	says("7", "There are 2 answers; 0 takes neither.")
	says("2", "As bob: place.", "The only question answered in “Birch”.", "Alder", "Question 1 of 4: What is “山田一”?", "ann noted: a firm?")
	says("u", "Undone", "Question 1 of 1: What is “山木一”?")
	says("1", "As ann: person.", "Question 1 of 4")
	says("?", "Skip the question", "Every other command is that of an article", "\np WORDS — ")
	says("r", "Birch, annotated by", "Question 1 of 1, answered: What is “山木一”?", "1, ann: person (taken)", "2, bob: place\n", "0, neither: not a name")
	says("r", "This is the first question of all.")
	says("s", "Alder, annotated by", "Question 1 of 4")
	says("s", "Question 2 of 4: Is “山口社” a name?")
	says("p", "Tagged “山口社” as person", "Question 3 of 4")
	says("r", "Question 2 of 4, answered", "0, neither: not a name\nSettled: person\n")
	says("s", "Question 3 of 4")
	says("Y zoe", "Nobody here is called “zoe”: there are ann and bob.")
	says("Y bob", "Took bob’s reading for 3 questions.", "All 4 questions answered in “Alder”.", "5 questions answered, with 14 lines (2.80 a question)\n“byline export", "u takes the last decision back, r goes back through the questions, q quits.")
	for _, line := range []string{"?", "1", "0", "3", "s", "<", "n", "Y bob", "", "x"} {
		says(line, "No question is open: u takes the last decision back, r goes back through the questions, q quits.")
	}
	says("u", "Alder, annotated by ann and bob.", "Undone", "Question 1 of 4")
	says("Y bob", "5 questions answered, with 16 lines (3.20 a question)")
	if p.Done() {
		t.Error("done before q")
	}
	if says("q"); !p.Done() {
		t.Error("not done")
	}
	if got := d.curated("Alder"); got != "山田一 person, 山中社 person, 山口社 person, Then 山本 place" {
		t.Error(got)
	}
}

// Each command is listed once, those of an article by their words where the key means something else here, and a word after a key of
// here is answered.
func TestAdjudicateLinesList(t *testing.T) {
	t.Parallel()
	d := disputed(t)
	p := screens.AdjudicateByLines(d.w, screens.Adjudication{}, linear.Services{Library: d.w.Finder(), Keeper: d.w.Library})
	p.Start(t.Context())
	keys := map[string]bool{}
	for l := range strings.Lines(p.Do(t.Context(), "?")) {
		key, _, ok := strings.Cut(strings.TrimPrefix(l, "A "), " — ")
		if key, _, _ = strings.Cut(key, " "); ok && keys[key] {
			t.Errorf("%s is listed twice", key)
		}
		keys[key] = true
	}
	if !keys["panel"] || !keys["confirm"] || !keys["repeat"] || !keys["s"] || keys["undo"] {
		t.Errorf("listed: %v", keys)
	}
	for line, want := range map[string]string{
		"s 山": "“s” stands alone here; panel WORDS is the command of the article. ? lists all.",
		"u 2": "“u” stands alone here; ? lists the commands.", "= 2": "“=” stands alone here; confirm is the command of the article. ? lists all.",
	} {
		if got := p.Do(t.Context(), line); got != want {
			t.Errorf("%s: %s", line, got)
		}
	}
	if got := p.Do(t.Context(), "panel 山木一"); !strings.Contains(got, "山木一") {
		t.Error(got)
	}
}
