package agree

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"byline/annotate/agreement"
)

// What does not fit a narrow terminal is stacked, so that no line is wider than it; labels of plots are cut at their ends.
func TestNarrow(t *testing.T) {
	t.Parallel()
	title := "Regional forecasters dispute what the new studies of the estuary show about its herring"
	r := &agreement.Report{Articles: 2, Annotators: []agreement.Annotator{{Name: "ann"}, {Name: "an-annotator-with-a-name"}}, Pairs: []agreement.Pair{{A: "ann", B: "an-annotator-with-a-name"}},
		Notes: []string{"gamma: left out, since it takes long with so many articles; --gamma 30 computes it"}}
	for _, id := range []string{"0123456789abcdef", "fedcba9876543210"} {
		f := agreement.Figure{Measure: agreement.Exact, About: agreement.Names, Value: .5, From: .25, To: .75, N: 1000, OfA: 2000, OfB: 3000}
		r.Figures = append(r.Figures, f)
		r.ByArticle = append(r.ByArticle, agreement.ArticleReport{ID: id, Title: title, Annotators: []string{"ann", "an-annotator-with-a-name"}, Figures: []agreement.Figure{f}})
	}
	s := newSheet(r, "Agreement in the set May")
	for _, columns := range []int{20, 40, 80, 110} {
		text := s.text(columns)
		for line := range strings.Lines(text) {
			if n := ansi.StringWidth(strings.TrimSuffix(line, "\n")); n > columns {
				t.Errorf("%d columns on a terminal of %d: %q", n, columns, line)
			}
		}
		if columns > 20 && !strings.Contains(text, "names F1") {
			t.Errorf("no column of articles:\n%s", text)
		}
	}
	if text := s.text(40); !strings.Contains(text, "\n  Names, exact F1\n    value 0.500\n    95 % interval 0.250 to 0.750\n") {
		t.Error(text)
	}
	var page strings.Builder
	if err := writeHTML(&page, s); err != nil || strings.Count(page.String(), ">Regional forecasters dispute what the new studies") < 2 || strings.Contains(page.String(), `class="end"`) {
		t.Error(err, page.String())
	}
	if got := fitting(strings.Repeat("W", 100), 130); got != strings.Repeat("W", 9)+"…" {
		t.Error(got)
	}
}
