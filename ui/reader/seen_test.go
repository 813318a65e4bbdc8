package reader

import (
	"strings"
	"testing"

	"byline/articles"
)

// How much is read is how much was on the screen: a jump to the end reads the end.
func TestSeen(t *testing.T) {
	t.Parallel()
	text := "\n" + strings.Repeat("abcdefgh\n\n", 10)
	for _, c := range []struct {
		spans []articles.Span
		want  float64
	}{
		{nil, 0},
		{[]articles.Span{{Start: 1, End: 51}}, .5},
		{[]articles.Span{{Start: 1, End: 21}, {Start: 81, End: 99}}, .38},                       // a jump
		{[]articles.Span{{Start: 81, End: 99}, {Start: 1, End: 21}, {Start: 1, End: 21}}, .38},  // twice
		{[]articles.Span{{Start: 51, End: 99}, {Start: 31, End: 60}, {Start: 1, End: 29}}, 1},   // all but blanks
		{[]articles.Span{{Start: 1, End: 20}, {Start: 20, End: 20}, {Start: 11, End: 98}}, .96}, // a letter is left
	} {
		var s seen
		for _, span := range c.spans {
			s.add(span, text)
		}
		if got := s.share(text); got < c.want-.02 || got > c.want+.02 || (got == 1) != (c.want == 1) {
			t.Errorf("%v: %.2f, not %.2f", c.spans, got, c.want)
		}
	}
}
