package screens_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// TestFailedAddKeepsWhatWasTyped adds a file that is not there, corrects its name and adds it.
func TestFailedAddKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s, w := open(t, crowd{}, writeFile(t, "one.md", "One story, said 山田."))
	name := filepath.Join(t.TempDir(), "two.md")
	s.Press("q a")
	s.Type(strings.TrimSuffix(name, "o.md") + "p.md")
	s.Press("enter")
	for _, want := range []string{"Add file, folder or address: " + filepath.Dir(name)[:5], "twp.md: no such file or directory — check the name"} {
		if !strings.Contains(ansi.Strip(s.View()), want) {
			t.Fatalf("no %q\n%s", want, ansi.Strip(s.View()))
		}
	}
	if err := os.WriteFile(name, []byte("Another story."), 0o600); err != nil {
		t.Fatal(err)
	}
	s.Press("backspace backspace backspace backspace o")
	if strings.Contains(ansi.Strip(s.View()), "no such file") {
		t.Errorf("the problem is still there\n%s", ansi.Strip(s.View()))
	}
	s.Press(". m d enter")
	if !strings.Contains(ansi.Strip(s.View()), "Added: Another story.") {
		t.Errorf("not added\n%s", ansi.Strip(s.View()))
	}
	if es, err := w.Library.Entries(t.Context()); err != nil || len(es) != 2 {
		t.Errorf("%d articles, %v", len(es), err)
	}
}

// TestShortArticleIsRead opens an article that fits on the screen: all of it was seen.
func TestShortArticleIsRead(t *testing.T) {
	t.Parallel()
	s, w := open(t, crowd{}, writeFile(t, "one.md", "One story, said 山田."))
	s.Press("q")
	es, err := w.Library.Entries(t.Context())
	if err != nil || len(es) != 1 || es[0].Read() != 1 {
		t.Errorf("%+v, %v", es, err)
	}
}

// titleAtCursor returns the title in the preview, which is that of the article under the cursor.
func titleAtCursor(view string) string {
	lines := strings.Split(ansi.Strip(view), "\n")
	_, title, _ := strings.Cut(lines[2], "│ ")
	return strings.TrimSpace(title)
}

// TestAddedArticleIsUnderTheCursor adds articles: the cursor goes to what is new, or known, or the first of
// several, and what is not listed is said to be hidden.
func TestAddedArticleIsUnderTheCursor(t *testing.T) {
	t.Parallel()
	s, _ := open(t, crowd{})
	one, dir := writeFile(t, "one.md", "# Alder street floods\n\nNobody came.\n"), threeFiles(t)
	s.Press("j j j")
	for _, c := range []struct{ before, typed, at, says string }{
		{"", one, "Alder street floods", "Added: Alder street floods"},
		{"j j", one, "Alder street floods", "Already in the library: Alder street floods"},
		{"j", dir, "Zanzu", "Added 3 articles"},
		{"/ b i r c h enter", one, "Zanzu Birch", "Already in the library: Alder street floods, not listed here; esc shows all"},
		{"f f e r r i s enter", one, "Ferris & Sons", "Already in the library: Alder street floods, not listed here; esc shows all"},
	} {
		if c.before != "" {
			s.Press(c.before)
		}
		s.Press("a")
		s.Type(c.typed)
		s.Press("enter")
		if got := titleAtCursor(s.View()); !strings.HasPrefix(got, c.at) {
			t.Errorf("%q: the cursor is on %q", c.typed, got)
		}
		if got := strings.TrimSpace(footer(s.View())); got != c.says {
			t.Errorf("%q: says %q, want %q", c.typed, got, c.says)
		}
	}
}

// TestPastedTextIsUnderTheCursor pastes a text into the list.
func TestPastedTextIsUnderTheCursor(t *testing.T) {
	t.Parallel()
	s, _ := open(t, crowd{})
	s.Press("j j")
	s.Send(tea.PasteMsg{Content: "The ferry is late\n\nIt sank in the night.\n"})
	if got := titleAtCursor(s.View()); got != "The ferry is late" {
		t.Errorf("the cursor is on %q\n%s", got, ansi.Strip(s.View()))
	}
}
