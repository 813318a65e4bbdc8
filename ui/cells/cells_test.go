package cells_test

import (
	"testing"

	"github.com/charmbracelet/x/ansi"

	"byline/ui/cells"
)

func TestExactWidths(t *testing.T) {
	texts := []string{"", "Ann Lee", "東京の山田太郎", "👩‍🔬 at work", "e\u0301te\u0301", "नमस्ते दुनिया", "\x1b[1mbold\x1b[m text", "🇩🇪🇫🇷"}
	for _, m := range []ansi.Method{ansi.WcWidth, ansi.GraphemeWidth} {
		for _, s := range texts {
			for w := range 14 {
				for name, got := range map[string]string{
					"Fit": cells.Fit(s, w, m), "Right": cells.Right(s, w, m), "Between": cells.Between(s, "99 %", w, m),
				} {
					if cells.Width(got, m) != w {
						t.Errorf("%s(%q, %d, %v) = %q, %d cells", name, s, w, m, got, cells.Width(got, m))
					}
				}
			}
		}
	}
}
