package columns_test

import (
	"strings"
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

// Whatever is fitted into a row is one line: a name or a quote may go over a line end.
func TestOneLine(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"Ann\nLee", "Orrin\n\nBay\r\nCourier", "“No,\n\tnever”", "\x1b[1mAnn\nLee\x1b[m and\rothers"} {
		for _, width := range []int{3, 8, 40} {
			for how, row := range map[string]string{"cut": columns.Cut(words, width, ansi.WcWidth), "fit": columns.Fit(words, width, ansi.GraphemeWidth),
				"right": columns.Right(words, width, ansi.WcWidth), "between": columns.Between(words, words, width, ansi.WcWidth)} {
				if strings.ContainsAny(row, "\n\r\t") || ansi.StringWidth(row) > width || how != "cut" && ansi.StringWidth(row) != width {
					t.Errorf("%s %q in %d: %q", how, words, width, row)
				}
			}
		}
	}
}
