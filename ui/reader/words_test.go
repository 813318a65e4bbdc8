package reader

import (
	"strings"
	"testing"

	"byline/articles"
	"byline/ui/session"
)

// What is around words in a list ends at whole words, and says that it goes on.
func TestWordsInContext(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, word, want string }{
		{"Ann said no.", "said", "Ann [said] no."},
		{"In the harbour office yesterday evening she said that nobody would ever believe a word.", "said", "…yesterday evening she [said] that nobody would ever…"},
		{"Donaudampfschifffahrtsgesellschaftskapitän said Donaudampfschifffahrtsgesellschaft", "said", "…[said]…"},
	} {
		at := strings.Index(c.text, c.word)
		if got := inContext(c.text, articles.Span{Start: at, End: at + len(c.word)}); got != c.want {
			t.Errorf("%q, not %q", got, c.want)
		}
	}
}

// A quote stands in one pair of marks, and the message fits a terminal of 80 columns.
func TestOutOfViewIsShort(t *testing.T) {
	t.Parallel()
	got := noneWords(session.Effect{None: session.OutOfView, About: "“This is not what the towns were ever promised, and they know it,”"})
	if want := "“This is not what the towns were ever promis…” was out of view: press again"; got != want || len([]rune(got)) > 78 {
		t.Errorf("%q, not %q", got, want)
	}
}
