package field_test

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/ui/field"
	"byline/ui/theme"
)

func TestCompletionsCycle(t *testing.T) {
	t.Parallel()
	th, _ := theme.Named("", true)
	f := field.New("b", th)
	if f.Complete() {
		t.Error("there is nothing to complete to")
	}
	f.SetCompletions([]string{"by:Ann", "by:Bo"})
	var texts []string
	for range 3 {
		f.Complete()
		texts = append(texts, f.Value())
	}
	if want := []string{"by:Ann", "by:Bo", "by:Ann"}; !slices.Equal(texts, want) {
		t.Errorf("completed to %q", texts)
	}
	if got := f.Completions(9); !slices.Equal(got, []string{"by:Ann", "by:Bo"}) {
		t.Errorf("%q are offered", got)
	}
	if !f.Type(tea.KeyPressMsg{Code: 'x', Text: "x"}) || f.Value() != "by:Annx" {
		t.Errorf("%q after a letter", f.Value())
	}
	if f.Type(tea.KeyPressMsg{Code: tea.KeyRight}) {
		t.Error("moving the cursor is not typing")
	}
}

// A field that gets another width shows what is before its cursor, as if it had had it from the beginning.
func TestWidthScrolls(t *testing.T) {
	t.Parallel()
	th, _ := theme.Named("", true)
	f := field.New("/desk/articles/quills.txt", th)
	f.SetWidth(10)
	if got := ansi.Strip(f.View()); !strings.HasSuffix(strings.TrimSpace(got), "quills.txt") {
		t.Errorf("narrow: %q", got)
	}
	f.SetWidth(60)
	if got := strings.TrimSpace(ansi.Strip(f.View())); got != "/desk/articles/quills.txt" {
		t.Errorf("wide again: %q", got)
	}
	f.SetCursor(3)
	f.SetWidth(12)
	if f.Position() != 3 {
		t.Errorf("the cursor moved to %d", f.Position())
	}
	if got := strings.TrimSpace(ansi.Strip(f.View())); !strings.Contains(got, "sk/art") {
		t.Errorf("the cursor is out of sight: %q", got)
	}
}
