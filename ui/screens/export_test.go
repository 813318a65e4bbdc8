package screens_test

import (
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/ui"
)

// underCursor is the first word of the line of a list that is under the cursor.
var underCursor = regexp.MustCompile(`│ › (\w+) {2,}[^ │]`)

// TestExportFindsTheFormatThatIsNamed types names of formats, and what people call them, into the
// list of formats.
func TestExportFindsTheFormatThatIsNamed(t *testing.T) {
	t.Parallel()
	s, _ := open(t, crowd{}, writeFile(t, "crowd.md", "# Port\n\nThe mayor, 山田, said “we sold it”.\n"))
	for typed, want := range map[string]string{
		"": "json", "json": "json", "md": "markdown", "txt": "markdown", "conll": "conll", "ann": "brat", "jsonl": "jsonl", "html": "html", "tsv": "tsv",
		"xml": "tei", "spreadsheet": "csv", "prodigy": "prodigy", "inception": "xmi",
	} {
		s.Press("e")
		s.Type(typed)
		if m := underCursor.FindStringSubmatch(ansi.Strip(s.View())); m == nil || m[1] != want {
			t.Errorf("%q finds %q, want %s", typed, m, want)
		}
		s.Press("esc")
	}
}

// A long article shows that its formats are looked at, and another key is not kept waiting: esc gives it up.
func TestExportOfLongTextsCanBeGivenUp(t *testing.T) {
	t.Parallel()
	for _, n := range []int{60_000} {
		s, _ := open(t, crowd{}, writeFile(t, "long.md", "# Port\n\n"+strings.Repeat("The mayor, 山田, said it.\n\n", n/3)))
		seen := &waits{Model: s.Model}
		s.Model = seen
		s.Press("e")
		if seen.waited == 0 || !strings.Contains(ansi.Strip(s.View()), "Export as") {
			t.Errorf("%d: waited %d times\n%s", n, seen.waited, ansi.Strip(s.View()))
		}
	}
}

// waits counts the messages that show that something is under way.
type waits struct {
	tea.Model
	waited int
}

func (w *waits) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(ui.WaitMsg); ok {
		w.waited++
	}
	_, cmd := w.Model.Update(msg)
	return w, cmd
}
