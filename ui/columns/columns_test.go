package columns_test

import (
	"testing"

	"github.com/charmbracelet/x/ansi"

	"byline/ui/columns"
)

func TestExactWidths(t *testing.T) {
	t.Parallel()
	texts := []string{"", "Ann Lee", "東京の山田太郎", "👩‍🔬 at work", "e\u0301te\u0301", "नमस्ते दुनिया", "\x1b[1mbold\x1b[m text", "🇩🇪🇫🇷"}
	for _, m := range []ansi.Method{ansi.WcWidth, ansi.GraphemeWidth} {
		for _, s := range texts {
			for w := range 14 {
				for name, got := range map[string]string{
					"Fit": columns.Fit(s, w, m), "Right": columns.Right(s, w, m), "Between": columns.Between(s, "99%", w, m),
				} {
					if columns.Width(got, m) != w {
						t.Errorf("%s(%q, %d, %v) = %q, %d cells", name, s, w, m, got, columns.Width(got, m))
					}
				}
			}
		}
	}
}
