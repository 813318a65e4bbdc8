package hit

import (
	"strings"
	"testing"
	"unicode/utf8"

	"byline/annotate/library"
)

// A word is compared only if its first rune matches, so foldFirst has to agree with fold
// for every word.
func FuzzFoldFirst(f *testing.F) {
	for _, w := range []string{"Zoë", "Éa", "İstanbul", "\u0344x", "\u0301", "\uac01가", "ﬁsh", "क्षि", "ẞ", "Ω\u0345", "a"} {
		f.Add(w)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "")
		for s := nextWord(text, 0); !s.Empty(); s = nextWord(text, s.End) {
			w := s.In(text)
			want, _ := utf8.DecodeRuneInString(library.Fold(w))
			if got := foldFirst(w); got != want {
				t.Errorf("%q begins with %q, not %q", w, want, got)
			}
		}
	})
}
