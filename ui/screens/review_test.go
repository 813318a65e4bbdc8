package screens_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/annotate/library"
	"byline/annotate/workspace"
	"byline/annotate/workspace/pages"
	"byline/articles/load"
	"byline/ui"
	"byline/ui/config"
	"byline/ui/screens"
	"byline/ui/uitest"
)

// reviewing starts the review that "byline review" starts, of three articles.
func reviewing(t *testing.T, inOrder bool) (uitest.Steps, *workspace.Workspace, map[string]string) {
	t.Helper()
	_, w := open(t, crowd{}, writeFile(t, "none.md", "Nobody.\n"))
	var ids []string
	of := map[string]string{}
	for _, text := range []string{
		"# Alder\n\n山田一 met 山口社. Then 山本 and 山中社 left.\n", "# Birch\n\n山木一 met 山森社.\n", "# Cedar\n\n山花一 met 山草社.\n",
	} {
		a, err := load.Bytes(t.Context(), "-", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		added, err := w.Add(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		ids, of[a.Title] = append(ids, added.ID), added.ID
	}
	settings, _ := config.Load("")
	_, m, err := screens.New(t.Context(), screens.Options{Fetcher: &pages.Fetcher{Workspace: w}, Config: settings, Review: ids, InOrder: inOrder})
	if err != nil {
		t.Fatal(err)
	}
	s := uitest.Steps{T: t, Model: m}
	s.Send(tea.WindowSizeMsg{Width: 100, Height: 24})
	s.Run(m.Init())
	return s, w, of
}

func shows(t testing.TB, s uitest.Steps, wants ...string) {
	t.Helper()
	view := ansi.Strip(s.View())
	for _, want := range wants {
		if !strings.Contains(view, want) {
			t.Fatalf("no %q in\n%s", want, view)
		}
	}
}

// TestReviewWithoutTheList goes through articles in order, skips one claim and the rest of an
// article, marks one as done, and ends with a summary; the list never shows.
func TestReviewWithoutTheList(t *testing.T) {
	t.Parallel()
	s, w, of := reviewing(t, true)
	shows(t, s, "review 1 of 7", "byline › Alder", "y confirm", "ctrl+j skip article", "D article done")
	s.Press("y a")
	shows(t, s, "review 3 of 7", "byline › Alder")
	s.Press("D")
	shows(t, s, "byline › Birch", "Done: Alder")
	if e, err := w.Library.Entry(t.Context(), of["Alder"]); err != nil || e.Status != library.Done {
		t.Errorf("Alder is %s, %v", e.Status, err)
	}
	s.Press("ctrl+j")
	shows(t, s, "byline › Cedar")
	s.Press("X")
	s.Press("u u")
	shows(t, s, "byline › Birch")
	s.Press("ctrl+j y y")
	shows(t, s, "Reviewed 3 of 7 suggestions", "left           4", "All 2 reviewed")
	if view := ansi.Strip(s.View()); strings.Contains(view, "{") {
		t.Errorf("an action without a key is named: %s", footer(s.View()))
	}
	s.Press("j")
	shows(t, s, "j is not a command here")
	if view := ansi.Strip(s.View()); !strings.Contains(view, "confirmed      3") || !strings.Contains(view, "skipped        4") {
		t.Errorf("the summary:\n%s", view)
	}
	if cmd := pressed(s, "q"); !quits(cmd) {
		t.Error("q does not end the program")
	}
	if e, err := w.Library.Entry(t.Context(), of["Birch"]); err != nil || e.Status != library.Unread {
		t.Errorf("a review is no reading: Birch is %s, %v", e.Status, err)
	}
}

// TestReviewLeastCertainFirst takes the claims by their scores over all articles.
func TestReviewLeastCertainFirst(t *testing.T) {
	t.Parallel()
	s, _, _ := reviewing(t, false)
	var titles []string
	for range 7 {
		titles = append(titles, strings.Fields(strings.Split(ansi.Strip(s.View()), "\n")[1])[2])
		s.Press("a")
	}
	changes := 0
	for i := range titles[1:] {
		if titles[i] != titles[i+1] {
			changes++
		}
	}
	if changes < 3 {
		t.Errorf("article by article: %v", titles)
	}
	shows(t, s, "Reviewed 0 of 7 suggestions")
}

// pressed sends a key and returns the command that it leads to.
func pressed(s uitest.Steps, key string) tea.Cmd {
	_, cmd := s.Model.Update(tea.KeyPressMsg{Code: rune(key[0]), Text: key})
	return cmd
}

// quits reports whether cmd asks for the end of the program.
func quits(cmd tea.Cmd) bool {
	if cmd == nil {
		return false
	}
	switch msg := cmd().(type) {
	case ui.QuitMsg:
		return true
	case tea.BatchMsg:
		for _, c := range msg {
			if quits(c) {
				return true
			}
		}
	}
	return false
}
