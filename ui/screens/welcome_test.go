package screens_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// TestFirstScreen looks at what a newcomer sees: one line says what byline does and which keys to
// press, at every width, until a story was opened.
func TestFirstScreen(t *testing.T) {
	t.Parallel()
	s, _ := open(t, crowd{})
	for _, c := range []struct {
		width, height int
		want          string
	}{
		{110, 32, "byline finds the people, organizations and quotes in articles. ⏎ reads a story, f2 takes the tour"},
		{80, 24, "byline finds names and quotes. ⏎ reads a story, f2 takes the tour"},
		{40, 16, "⏎ reads a story, f2 takes the tour"},
	} {
		s.Send(tea.WindowSizeMsg{Width: c.width, Height: c.height})
		if got := ansi.Strip(s.View()); !strings.Contains(got, " "+c.want) {
			t.Errorf("%d × %d: nothing says what to do\n%s", c.width, c.height, got)
		}
	}
	draws(t, s, "first screen")
	s.Press("enter q")
	if got := ansi.Strip(s.View()); strings.Contains(got, "takes the tour") || !strings.Contains(got, "9 articles") {
		t.Errorf("the line stays\n%s", got)
	}
}

// The library explains its own signs, and says that q quits there and goes back elsewhere.
func TestLibraryExplainsItsSigns(t *testing.T) {
	t.Parallel()
	s, _ := open(t, crowd{})
	if got := ansi.Strip(s.View()); !strings.Contains(got, "q quit") {
		t.Errorf("the footer does not say that q quits\n%s", got)
	}
	s.Press("?")
	got := ansi.Strip(s.View())
	for _, want := range []string{"SIGNS IN THE LIST", "◐              being read", "✓              done"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q\n%s", want, got)
		}
	}
	s.Press("esc enter")
	s.Send(tea.WindowSizeMsg{Width: 200, Height: 32})
	if got := ansi.Strip(s.View()); !strings.Contains(got, "q back") || strings.Contains(got, "q quit") {
		t.Errorf("the footer does not say that q goes back\n%s", got)
	}
}
