package quotes_test

import (
	"math"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"byline/annotate/quotes"
	"byline/annotate/segment"
)

// measured are the scores of the rules for words without marks in per cent, as they were measured.
var measured = map[string]float64{
	"said-that": 92, "clause-then-cue": 86, "clause-around-cue": 72, "according-to-clause": 92, "transcript": 96, "block-quote": 82,
	"post": 85, "block-quote-alone": 60,
}

// TestScores checks that the best score of each rule in the cases, where its speaker is found and
// its marks are closed, is the one that was measured.
func TestScores(t *testing.T) {
	best := map[string]float64{}
	for _, file := range caseFiles(t) {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, people := strings.TrimSuffix(section(ar, "text"), "\n"), section(ar, "people")
		f := quotes.Finder{Gender: firstName}
		for _, q := range f.Find(segment.Split(text, blocks(text)), entities(text, people)) {
			best[q.Origin.Rule] = max(best[q.Origin.Rule], 100*q.Origin.Score)
		}
	}
	for rule, want := range measured {
		if math.Abs(best[rule]-want) > 0.01 {
			t.Errorf("the best score of %s is %.2f %%, and %.2f was measured", rule, best[rule], want)
		}
	}
}

// TestTrust checks what makes a quote less sure than the one before it.
func TestTrust(t *testing.T) {
	for _, c := range [][]string{
		{"“We sold it,” Quill said.", "Quill came. “We sold it,” she said.", "“We sold it,” the union said."},
		{"“We sold it,” Quill said.", "“We sold it,” a police officer said."},
		{"“We sold it,” Quill said.", "‘We sold it,’ Quill said.", "“We sold it, Quill said."},
		{"Quill said, “We sold it.”", "Quill met Lee. “We sold it.”"},
		{"Quill called it “a mess.”", "Quill saw “a mess.”"},
	} {
		last := 1.0
		for _, text := range c {
			qs := quotes.Find(segment.Split(text, nil), entities(text, "person Marta Quill: Quill\nperson Ann Lee: Lee"))
			if len(qs) != 1 || qs[0].Origin.Score >= last {
				t.Errorf("%s: %v, not one quote of a score below %.3f", text, qs, last)
				break
			}
			last = qs[0].Origin.Score
		}
	}
}
