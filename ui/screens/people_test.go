package screens_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	"byline/annotate/workspace"
	"byline/ui/uitest"
)

// see checks that the screen shows some texts.
func see(t *testing.T, s uitest.Steps, texts ...string) {
	t.Helper()
	for _, want := range texts {
		if !strings.Contains(ansi.Strip(s.View()), want) {
			t.Fatalf("no %q\n%s", want, ansi.Strip(s.View()))
		}
	}
}

func unseen(t *testing.T, s uitest.Steps, texts ...string) {
	t.Helper()
	for _, wrong := range texts {
		if strings.Contains(ansi.Strip(s.View()), wrong) {
			t.Fatalf("%q\n%s", wrong, ansi.Strip(s.View()))
		}
	}
}

// TestPeople lists who is named, narrows the list, opens one, goes to a quote in its article and back,
// merges two and takes that back.
func TestPeople(t *testing.T) {
	t.Parallel()
	one := writeFile(t, "one.md", "# One\n\n山田 spoke: “We go on.” Then came 山口.")
	two := writeFile(t, "two.md", "# Two\n\n山田 was there again, and 山本 too.")
	s, w := open(t, crowd{}, one, two)
	s.Press("W")
	see(t, s, "byline › People", "name", "articles", "山田")
	s.Press("/")
	s.Type("山口")
	see(t, s, "1 of ", "山口")
	unseen(t, s, "山本")
	s.Press("esc")
	see(t, s, "山本")
	s.Press("tab")
	see(t, s, "山田")
	s.Press("esc g enter")
	see(t, s, "People › 山田", "Spellings", "Quotes", "“We go on.”", "Articles", "2 articles")
	s.Press("j enter")
	see(t, s, "byline › One")
	s.Press("q")
	see(t, s, "People › 山田", "▸", "“We go on.”")

	s.Press("esc")
	see(t, s, "byline › People")
	s.Press("tab esc")
	see(t, s, "byline › People")
	s.Press("esc")
	unseen(t, s, "byline › People")
	s.Press("W / ")
	s.Type("山本")
	s.Press("enter m")
	see(t, s, "Merge “山本” with", "山口")
	s.Press("enter")
	see(t, s, "merged into “", "u undoes it")
	s.Press("esc")
	orgs := func() (articles int) {
		t.Helper()
		all, err := workspace.PersonsOf(w).All(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, p := range all {
			if p.ID.Type == annotate.Organization {
				n, articles = n+1, p.Articles
			}
		}
		return n*10 + articles
	}
	if n := orgs(); n != 12 {
		t.Errorf("organizations and articles: %d, want one in two", n)
	}
	s.Press("tab tab g enter")
	see(t, s, "Spellings", "merged · 1 article", "2 articles")
	s.Press("S")
	see(t, s, "Split off “", "u undoes it")
	unseen(t, s, "merged · 1 article")
	s.Press("u")
	see(t, s, "Undone: split", "merged · 1 article")
	s.Press("u")
	see(t, s, "Undone: merge “")
	if n := orgs(); n != 21 {
		t.Errorf("organizations and articles: %d, want two in one each", n)
	}
	s.Press("u")
	see(t, s, "Nothing to undo: no names were merged")
}

// TestPersonFromTheReader opens the page of the current name from an article, and everybody where
// there is none.
func TestPersonFromTheReader(t *testing.T) {
	t.Parallel()
	s, _ := open(t, crowd{}, writeFile(t, "one.md", "# One\n\n山田 spoke: “We go on.” Then came 山口."))
	s.Press("W")
	see(t, s, "byline › People")
	s.Press("q tab W")
	see(t, s, "People › 山田", "“We go on.”")
	s.Press("q")
	see(t, s, "byline › One")
}
