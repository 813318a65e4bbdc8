package reader_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// TestFooterShowsWhatWorks looks at the footer on a name, a quote, nothing, in the panel and with
// words selected: it shows what works there, no key twice, and at 80 columns the panel and the
// export.
func TestFooterShowsWhatWorks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ keys, want, not string }{
		{"", "tab next|a unreviewed|/ find|v select|s panel|e export|? help", "⏎|x |@ |m "},
		{"tab", "tab next|⏎ confirm|x reject|o org|m merge|s panel|e export", "p person|@ |u undo"},
		{"tab tab", "⏎ confirm|p person|m merge|s panel", "o org|@ speaker"},
		{"}", "⏎ confirm|x reject|@ speaker|s panel|e export", "o org|p person|m merge"},
		{"tab enter", "tab next|x reject|u undo|e export", "⏎ confirm"},
		{"} x", "⏎ confirm|@ speaker|u undo", "x reject"},
		{"s down", "⏎ to text|tab list|space mark|x reject|o org|e export", "tab next|⏎ confirm|s panel"},
		{"s tab tab down", "⏎ to text|tab list|@ speaker", "mark|o org|⏎ confirm"},
		{"v", "p person|o org|\" quote|, note|_ highlight|c copy", "⏎|x reject|tab next|s panel"},
		{"/ q u i l l enter", "n next hit|tab next", "find-next"},
	} {
		p := steps(t, 80, 24)
		p.Press(c.keys)
		p.Press("ctrl+l") // does nothing, and takes the toast away
		foot := footerOf(p.View())
		for w := range strings.SplitSeq(c.want, "|") {
			if !strings.Contains(foot, " "+w+" ") {
				t.Errorf("after %q no %q: %s", c.keys, w, foot)
			}
		}
		for w := range strings.SplitSeq(c.not, "|") {
			if strings.Contains(foot, w) {
				t.Errorf("after %q there is %q: %s", c.keys, w, foot)
			}
		}
	}
}

// footerOf returns the last line of a screen.
func footerOf(view string) string {
	lines := strings.Split(ansi.Strip(view), "\n")
	return lines[len(lines)-1]
}
