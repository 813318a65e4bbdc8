package grammar

import (
	"testing"

	"byline/annotate"
	"byline/annotate/quotes/words"
	"byline/annotate/segment"
)

// TestAbbreviation checks abbreviationBytes: a dot after a short word ends no sentence that whoever
// cut the document into sentences did not end there.
func TestAbbreviation(t *testing.T) {
	for text, want := range map[string]bool{"Dist. Ann Lee": true, "Assem. Ann Lee": false} {
		d := segment.Split(text, nil)
		d.Sentences = []annotate.Sentence{{Tokens: annotate.Range{End: len(d.Tokens)}}}
		if got := (&view{d}).shortened(1); got != want {
			t.Errorf("%s: the dot is an abbreviation's: %v", text, got)
		}
	}
}

// TestCueBytes checks that no cue is shorter than what is looked up, and that one is as short.
func TestCueBytes(t *testing.T) {
	shortest := 99
	for w := range words.English().Cues {
		shortest = min(shortest, len(w))
	}
	if shortest != cueBytes {
		t.Errorf("the shortest cue has %d bytes, and words from %d on are looked up", shortest, cueBytes)
	}
}
