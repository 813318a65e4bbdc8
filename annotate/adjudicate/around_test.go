package adjudicate_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"byline/annotate/adjudicate"
	"byline/articles"
)

// The words around a mention are those of its paragraph, whole where they are written with blanks.
func TestAround(t *testing.T) {
	t.Parallel()
	const text = "Before.\n\nThe old harbour master of Orrin Bay met Quill at the customs house on Monday.\n\n東京港湾労働組合連合会\n\nQuill"
	for _, x := range []struct {
		words, want string
		aside       int
	}{
		{"Quill", "… Orrin Bay met [Quill] at the customs …", 15},
		{"Quill", "… Bay met [Quill] at the …", 9},
		{"Quill", "… Bay met [Quill] at the …", 8},
		{"Quill", "… met [Quill] at the …", 7},
		{"Quill", "The old harbour master of Orrin Bay met [Quill] at the customs house on Monday.", 90},
		{"Quill", "… [Quill] …", 0},
		{"The", "[The] old …", 8},
		{"労働", "…港湾[労働]組合…", 2},
		{"労働", "東京港湾[労働]組合連合…", 4},
	} {
		i := strings.Index(text, x.words)
		before, words, after := adjudicate.Around(text, articles.Span{Start: i, End: i + len(x.words)}, x.aside)
		if got := before + "[" + words + "]" + after; got != x.want {
			t.Errorf("%d: %q, want %q", x.aside, got, x.want)
		}
	}
	for i := range text {
		before, _, after := adjudicate.Around(text, articles.Span{Start: i, End: i}, 3)
		if !utf8.ValidString(before+after) || strings.Contains(before+after, "\n") || utf8.RuneCountInString(before) > 5 || utf8.RuneCountInString(after) > 5 {
			t.Errorf("at %d: %q, %q", i, before, after)
		}
	}
}
