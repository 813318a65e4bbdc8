package engine

import (
	"slices"
	"strings"
	"testing"
)

// The tags have the shape of the tokens, whatever the tokens are.
func TestTag(t *testing.T) {
	t.Parallel()
	var sentences [][]string
	for _, s := range []string{
		"Mr. Edgar Pell said Marlow Bank Ltd. had paid .",
		"Pell lives in France .",
		"\u00a0 ( “ 3",
	} {
		sentences = append(sentences, strings.Split(s, " "))
	}
	got := open(t).Tag(append(sentences, nil))
	want := "O B-PER I-PER O B-ORG I-ORG I-ORG O O O|B-PER O O B-LOC O|O O O O|"
	var lines []string
	for _, s := range got {
		lines = append(lines, strings.Join(s, " "))
	}
	if s := strings.Join(lines, "|"); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
	if len(open(t).Tag(nil)) != 0 {
		t.Error("tags of nothing")
	}
	if one := open(t).Tag([][]string{{"x"}}); !slices.Equal(one[0], []string{"O"}) {
		t.Errorf("%v", one)
	}
}
