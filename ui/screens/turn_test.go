package screens_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"byline/ui/uitest"
)

// title returns what the header says is open.
func header(view string) string {
	line, _, _ := strings.Cut(ansi.Strip(view), "\n")
	return line
}

// footer returns the last line.
func footer(view string) string {
	lines := strings.Split(ansi.Strip(view), "\n")
	return lines[len(lines)-1]
}

// threeFiles are a folder of three articles, of which the second is longer than a screen.
func threeFiles(t *testing.T) string {
	t.Helper()
	dir := ""
	for name, text := range map[string]string{
		"a.md": "# Zanzu Alder\n\nThe mayor, 山田, said “we sold it”.\n",
		"b.md": "# Zanzu Birch\n\n" + strings.Repeat("A line about 山口 and the port.\n\n", 60),
		"c.md": "# Zanzu Cedar\n\nNobody came.\n",
	} {
		path := writeFile(t, name, text)
		if dir == "" {
			dir = filepath.Dir(path)
		}
		moveInto(t, path, dir)
	}
	return dir
}

// openFirst lists the three files by title, without the samples, and opens the first.
func openFirst(s uitest.Steps) {
	s.Press("s /")
	s.Type("zanzu")
	s.Press("enter enter")
}

// TestNextArticle goes through the list from the reader: in its order and within its filter, with
// the place in each article kept.
func TestNextArticle(t *testing.T) {
	t.Parallel()
	s, _ := open(t, crowd{}, threeFiles(t))
	openFirst(s)
	if got := header(s.View()); !strings.Contains(got, "Alder") {
		t.Fatalf("opened %q", got)
	}
	if got := footer(s.View()); !strings.Contains(got, "ctrl+j next article") {
		t.Errorf("at the end of an article the footer has %q", got)
	}
	s.Press("ctrl+k")
	if got := footer(s.View()); !strings.Contains(got, "first article of the list") {
		t.Errorf("before the first: %q", got)
	}
	s.Press("ctrl+j")
	if got := header(s.View()); !strings.Contains(got, "Birch") {
		t.Fatalf("the next is %q", got)
	}
	if got := footer(s.View()); !strings.Contains(got, "Article 2 of 3") {
		t.Errorf("says %q", got)
	}
	s.Press("space k")
	if got := footer(s.View()); strings.Contains(got, "next article") {
		t.Errorf("in the middle of an article the footer has %q", got)
	}
	place := header(s.View())
	s.Press("ctrl+j ctrl+k")
	if got := header(s.View()); got != place || !strings.Contains(got, "Birch") {
		t.Errorf("came back to %q, not %q", got, place)
	}
	s.Press("G j")
	if got := footer(s.View()); !strings.Contains(got, "ctrl+j opens the next") {
		t.Errorf("at the end: %q", got)
	}
	s.Press("ctrl+j ctrl+j")
	if got := footer(s.View()); !strings.Contains(got, "last article of the list") {
		t.Errorf("after the last: %q", got)
	}
	s.Press("q")
	if got := ansi.Strip(s.View()); !strings.Contains(got, "│ Zanzu Cedar") {
		t.Errorf("the list is not at the article read last:\n%s", got)
	}
}

// TestNextArticleOfFilter stays within the filter that the article was opened from.
func TestNextArticleOfFilter(t *testing.T) {
	t.Parallel()
	s, _ := open(t, crowd{}, threeFiles(t))
	s.Press("s /")
	s.Type("zanzu alder")
	s.Press("enter enter ctrl+j")
	if got := footer(s.View()); !strings.Contains(got, "last article of the list") {
		t.Errorf("the only article that was listed is followed: %q", got)
	}
}

// TestNextArticleOfFile has an article that was named on the command line followed by the library's
// list.
func TestNextArticleOfFile(t *testing.T) {
	t.Parallel()
	s, _ := open(t, crowd{}, filepath.Join(threeFiles(t), "a.md"))
	s.Press("ctrl+j")
	if got := footer(s.View()); !strings.Contains(got, "last article") {
		t.Errorf("the only article is followed: %q", got)
	}
}

// TestDecisionsOutliveTheTurn goes on right after a decision, which is kept.
func TestDecisionsOutliveTheTurn(t *testing.T) {
	t.Parallel()
	s, w := open(t, crowd{}, threeFiles(t))
	openFirst(s)
	s.Press("tab x ctrl+j")
	es, err := w.Library.Entries(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range es {
		doc, err := w.Open(t.Context(), e.ID)
		if err != nil {
			t.Fatal(err)
		}
		if want := strings.Contains(e.Title, "Alder"); want != (len(doc.Log) == 1) {
			t.Errorf("%s has %d decisions", e.Title, len(doc.Log))
		}
	}
}
