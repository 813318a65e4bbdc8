package vectors

import (
	"slices"
	"strings"
	"testing"
)

func corpus() *Corpus {
	c := NewCounter()
	c.Add(strings.Repeat("Marta Quill said no. Tom Quill said yes. In 2019 the bank of Orrin paid.\n", 30))
	return c.Corpus(5)
}

// The same text gives the same numbers.
func TestLearn(t *testing.T) {
	t.Parallel()
	k := corpus()
	if k.Words[0] != "." || !slices.Contains(k.Words, "0000") {
		t.Fatalf("words %v", k.Words)
	}
	o := Options{Window: 3, Negatives: 2, Epochs: 2, Rate: 0.025, Sample: 1, Seed: 1}
	a, b := o.Learn(k, nil), o.Learn(k, nil)
	if len(a) != len(k.Words)*Dim || !slices.Equal(a, b) {
		t.Errorf("%d numbers for %d words; the same twice: %v", len(a), len(k.Words), slices.Equal(a, b))
	}
	if c := Classes(a, 4, 3, 1); len(c) != len(k.Words) || !slices.Equal(c, Classes(b, 4, 3, 1)) {
		t.Errorf("classes %v", c)
	}
}

func TestNorm(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"Orrin": "Orrin", "Orrin’s": "Orrin's", "A320": "A000", "٣": "0"} {
		if got := normalize(in); got != want {
			t.Errorf("%s: %s", in, got)
		}
	}
}
