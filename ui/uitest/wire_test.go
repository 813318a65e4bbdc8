package uitest_test

import (
	"testing"

	"byline/ui/uitest"
)

func TestForeign(t *testing.T) {
	for _, own := range []string{
		"plain text, “quotes” é 東京 👩‍🔬", "\x1b[1;38;5;4mbold\x1b[m", "\x1b[?1049h\x1b[2J\x1b[H", "\x1b]11;?\x07",
		"\x1b]8;;https://example.org\x07link\x1b]8;;\x07", "\x1b[?2026$p", "\x1b[2 q",
	} {
		if got := uitest.Foreign([]byte(own), "PWNED"); len(got) > 0 {
			t.Errorf("%q: %q", own, got)
		}
	}
	for _, bad := range []string{
		"\x1b]0;PWNED\x07", "\x1b]2;PWNED\x07", "\x1b]8;;file:///PWNED\x07", "\x1b_Gf=100;AAAA\x1b\\", "\x1bPq#0;2;0;0;0\x1b\\", "\x1b^pm\x1b\\", "\x1bXsos\x1b\\", "\u009b31m",
		"\x9b31m", "a\u202eb", "a\u200bb", "\x0e", "\x7f\x1b[8;1;1t\x1b[5i", "\x1b]777;x\x07", "\x1b#8", "\U000e0041",
	} {
		if got := uitest.Foreign([]byte(bad), "PWNED"); len(got) == 0 {
			t.Errorf("%q passes", bad)
		}
	}
}
