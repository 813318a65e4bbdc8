package screens_test

import (
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/review"
	"byline/ui/linear"
	"byline/ui/screens"
)

// What is asked of several mentions takes one key, in a narrow window and line by line as well, and what is decided on one of them leaves the
// others open.
func TestAdjudicateSeveralMentions(t *testing.T) {
	t.Parallel()
	const cedar = "# Cedar\n\nKvist rose.\n\nThen Kvist fell, and Kvist left. 山口社 stayed.\n"
	d := annotated(t, cedar, birch)
	d.does("bob", "Cedar", review.Edit{Verb: annotate.Add, Value: "organization", Targets: d.on("Cedar", "Kvist")})
	d.finishes("Cedar", "ann", "bob")
	for _, size := range [][2]int{{40, 12}, {100, 24}} {
		d.begin(size[0], size[1])
		shows(t, d.Steps, map[int]string{40: "━ 1/1 Is “Kvist” a name? (3) ━", 100: "━━ 1 of 1 · Is “Kvist” a name? (3 mentions) ━"}[size[0]])
		d.Press("1")
		shows(t, d.Steps, "1 question answered, with 1 key")
		d.Press("u")
		shows(t, d.Steps, "1 open")
		d.Press("x")
		shows(t, d.Steps, map[int]string{40: "(2 of 3)", 100: "Is “Kvist” a name? (2 of 3 mentions)"}[size[0]])
		if size[0] == 100 {
			shows(t, d.Steps, "mention 2 of 3")
		}
		d.Press("x")
		shows(t, d.Steps, "(1 of 3")
		d.Press("u")
		shows(t, d.Steps, "(2 of 3")
		d.Press("2")
		shows(t, d.Steps, "question answered, with 6 keys")
		if got := d.curated("Cedar"); got != "Kvist organization, Kvist organization, 山口社 person" {
			t.Error(got)
		}
		d.begin(size[0], size[1])
		d.Press("r")
		shows(t, d.Steps, map[int]string{40: "✓ not marked (1); … (2)", 100: "✓ not marked (1); organization (2)"}[size[0]])
		d.Press("u u") // what was taken, and what was rejected before
		shows(t, d.Steps, map[int]string{40: "(3)", 100: "(3 mentions)"}[size[0]], "1 open")
	}
	p := screens.AdjudicateByLines(d.w, screens.Adjudication{}, linear.Services{Library: d.w.Finder(), Keeper: d.w.Library})
	if out := p.Start(t.Context()); !strings.Contains(out, "Is “Kvist” a name? (3 mentions)\nIn the text, 1 of 3: [Kvist] rose.\nIn the text, 2 of 3: Then [Kvist] fell, and Kvist left. 山口社 stayed.\nIn the text, 3 of 3: ") {
		t.Error(out)
	}
	if out := p.Do(t.Context(), "x"); !strings.Contains(out, "Is “Kvist” a name? (2 of 3 mentions)\nIn the text, 1 of 2: Then [Kvist] fell") {
		t.Error(out)
	}
	if out := p.Do(t.Context(), "2"); !strings.HasPrefix(out, "As bob: organization (2 mentions).\n") || !strings.Contains(out, "The only question answered in “Cedar”.") {
		t.Error(out)
	}
}
