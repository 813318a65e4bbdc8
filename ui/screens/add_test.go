package screens_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

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
	if !strings.Contains(ansi.Strip(s.View()), "Added 1 article") {
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
