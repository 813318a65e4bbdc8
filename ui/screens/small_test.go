package screens_test

import (
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// cutFigure is a figure of which there may have been more.
var cutFigure = regexp.MustCompile(`[0-9×→]…`)

// In small windows no screen cuts a figure, and each shows its last line with keys.
func TestSmallWindows(t *testing.T) {
	t.Parallel()
	text := "# Port\n\nThe mayor, 山田太郎左衛門之助山田太郎左衛門之助, of 山東京港湾労働組合連合会 said “we sold it”. 山田太郎左衛門之助山田太郎左衛門之助 left with 山口.\n"
	one := writeFile(t, "one.md", text)
	two := writeFile(t, "two.md", strings.Replace(text, "Port", "Pier", 1))
	for what, x := range map[string]struct {
		keys string
		want map[int][]string // by width
	}{
		"library":  {"", map[int][]string{40: {"2 articles · 2 unread"}}},
		"filter":   {"/ p o", map[int][]string{40: {"filter po", "1 of 2"}, 60: {"1 of 2 articles"}}},
		"filtered": {"/ " + strings.Repeat("h a r b o u r ", 8) + "enter", map[int][]string{40: {"filter harbourharbour", "0 of 2"}, 60: {"0 of 2 articles"}}},
		"query":    {"f", map[int][]string{40: {"date:2026-01.. source:example.org", "tag:todo reviewed:<50%"}, 60: {"words, phrase, exclude", "people, organizations", "quotes by a speaker", "tags and progress"}}},
		"people":   {"W", map[int][]string{40: {"articles", "山口", "2"}, 60: {"articles", "quotes", "山口"}}},
		"person":   {"W enter", map[int][]string{40: {"Spellings", "2 articles"}, 60: {"2 articles, ×2"}}},
		"name":     {"enter tab", map[int][]string{40: {"person · 山田太郎", "1 of 1"}, 60: {"person · 山田太郎", "1 of 1 · suggested, "}}},
		"org":      {"enter tab tab", map[int][]string{40: {"organization · "}, 60: {"organization · 山東京", "1 of 1"}}},
		"quote":    {"enter } }", map[int][]string{40: {"direct quote 1 of 1 · 山田"}, 60: {"direct quote 1 of 1 · 山田", "70%"}}},
		"panel":    {"enter s", map[int][]string{40: {"PEOPLE 2", "ORGS 1", "QUOTES 1"}}},
		"export":   {"enter e", map[int][]string{40: {"Export as — 1 place or"}, 60: {"Export as — 1 place or other name"}}},
		"review":   {"R q", map[int][]string{40: {"Reviewed 0 of", "confirmed", "keys", "left"}, 60: {"left"}}},
		"note":     {"enter } } ,", map[int][]string{40: {"Note on “we sold it”:"}, 60: {"Note on “we sold it”:"}}},
		"help":     {"?", map[int][]string{40: {"Help", "1–8 of"}, 60: {"1–12 of"}}},
		"palette":  {":", map[int][]string{40: {"Commands", "1–7 of"}}},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			for _, z := range [][2]int{{40, 12}, {60, 16}} {
				s, _ := open(t, crowd{}, one, two)
				s.Press("q")
				s.Send(tea.WindowSizeMsg{Width: z[0], Height: z[1]})
				s.Press(x.keys)
				view := ansi.Strip(s.View())
				for _, want := range x.want[z[0]] {
					if !strings.Contains(view, want) {
						t.Errorf("%v: no %q\n%s", z, want, view)
					}
				}
				lines := strings.Split(view, "\n")
				if strings.TrimSpace(lines[len(lines)-1]) == "" {
					t.Errorf("%v: no last line\n%s", z, view)
				}
				if cut := cutFigure.FindString(view); cut != "" {
					t.Errorf("%v: %q\n%s", z, cut, view)
				}
			}
		})
	}
}
