package quotes_test

import (
	"slices"
	"strings"
	"testing"

	"byline/annotate/quotes"
	"byline/annotate/segment"
	"byline/articles"
)

// features returns the features of the last words in marks of a text, all of which are speech.
func features(t *testing.T, text string) []string {
	t.Helper()
	var f quotes.Finder
	seen := f.Passages(segment.Split(text, nil), entities(text, "person Marta Quill: Quill"), func(articles.Span) bool { return true })
	if len(seen) == 0 {
		t.Fatalf("%s: nothing in marks", text)
	}
	return seen[len(seen)-1].Features
}

// TestFeatures checks features where they are just there and just not.
func TestFeatures(t *testing.T) {
	far := strings.Repeat("so ", 6)
	words := strings.Repeat("sold ", 12)
	apart := strings.Repeat("It rained. ", 400)
	for _, c := range []struct {
		feature  string
		has, not string
	}{
		{"announced", "Quill saw a so-called the as “mess” here.", "Quill saw a so-called the as the “mess” here."},
		{"quoting-before", "Quill praised him " + far + "“mess” here.", "Quill praised him so " + far + "“mess” here."},
		{"far-behind", "“Why now?” the Quill said.", "“Why now?” Quill said."},
		{"unmarked-again", "“" + words + "” " + words, "“" + words + "sold” " + words + "sold "},
		{"unmarked-again", "mess. " + apart[:3980] + "“mess” here.", "mess. " + apart + apart + "“mess” here."},
		{"title-case", "Quill saw “Low Water” here.", "Quill saw “Low water” here."},
		{"all-capitals", "Quill saw “LOW WATER” here.", "Quill saw “LOW Water” here."},
		{"one-capital", "Quill saw “Water” here.", "Quill saw “water” here."},
		{"talk", "Quill saw “my water” here.", "Quill saw “the water” here."},
		{"rule=in-sentence", "Quill called it “water” here.", "Quill saw it “water” here."},
		{"sentence-after-speech", "Quill saw “water” and “wine” here.", "Quill saw “water.” It was also “wine” here."},
	} {
		if !slices.Contains(features(t, c.has), c.feature) {
			t.Errorf("%s is no feature of %.80s", c.feature, c.has)
		}
		if slices.Contains(features(t, c.not), c.feature) {
			t.Errorf("%s is a feature of %.80s", c.feature, c.not)
		}
	}
}

// TestSpeechMeans checks that the weights fit the features: a word that is called so is no speech, and a
// sentence that somebody says is.
func TestSpeechMeans(t *testing.T) {
	for text, want := range map[string]int{
		"“We sold it on Monday,” Quill said.":           1,
		"The storm, dubbed “Ida” by sailors, was late.": 0,
	} {
		if got := quotes.Find(segment.Split(text, nil), entities(text, "person Marta Quill: Quill")); len(got) != want {
			t.Errorf("%s: %d quotes, not %d", text, len(got), want)
		}
	}
}
