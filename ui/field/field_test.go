package field_test

import (
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"

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
