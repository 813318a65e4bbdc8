package quotes_test

import (
	"math"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"byline/annotate/quotes"
	"byline/annotate/segment"
)

// measured are the scores of the rules in per cent, as they were measured.
var measured = map[string]float64{
	"cue-then-name": 98, "name-then-cue": 99, "attribution-line": 93, "name-colon": 89, "split": 97, "cue-before": 94,
	"according-to": 88, "intro-paragraph": 83, "intro-colon": 85, "words-of": 85, "in-sentence": 90, "sentence-end": 82,
	"same-sentence": 87, "sentence-subject": 70, "same-paragraph": 97, "interview-answer": 80, "beat": 81, "interview-turn": 75,
	"continued-speaker": 75, "only-name": 69, "no-speaker": 62, "headline-echo": 82, "quote-in-quote": 80, "said-that": 92,
	"clause-then-cue": 86, "clause-around-cue": 72, "according-to-clause": 92, "transcript": 96, "block-quote": 82, "post": 85,
	"block-quote-alone": 60,
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

// TestFactors checks what makes a quote less sure.
func TestFactors(t *testing.T) {
	for _, c := range []struct {
		text string
		want float64
	}{
		{"“We sold it,” Quill said.", 0.99},
		{"“We sold it,” the union said.", 0.99 * 0.45},
		{"“We sold it,” a police officer said.", 0.99 * 0.8},
		{"“We sold it, Quill said.", 0.99 * 0.6},
		{"‘We sold it,’ Quill said.", 0.99 * 0.98},
	} {
		qs := quotes.Find(segment.Split(c.text, nil), entities(c.text, "person Marta Quill: Quill"))
		if len(qs) != 1 || math.Abs(qs[0].Origin.Score-c.want) > 1e-9 {
			t.Errorf("%s: %v, not one quote of score %.4f", c.text, qs, c.want)
		}
	}
}
