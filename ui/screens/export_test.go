package screens_test

import (
	"regexp"
	"testing"

	"github.com/charmbracelet/x/ansi"
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
