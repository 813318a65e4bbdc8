package screens_test

import (
	"os"
	"path/filepath"
	"testing"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/workspace"
	"byline/annotate/workspace/pages"
	"byline/ui/config"
	"byline/ui/library"
	"byline/ui/screens"
	"byline/ui/uitest"
)

// The library is brought together with the place of the settings, and what came is listed at once.
func TestTogether(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	start := func(w *workspace.Workspace, sync string, names ...string) uitest.Steps {
		settings, _ := config.Load("")
		settings.Sync = sync
		_, m, err := screens.New(t.Context(), screens.Options{Fetcher: &pages.Fetcher{Workspace: w}, Config: settings, Names: names})
		if err != nil {
			t.Fatal(err)
		}
		s := uitest.Steps{T: t, Model: m}
		s.Send(tea.WindowSizeMsg{Width: 100, Height: 24})
		s.Run(m.Init())
		return s
	}
	_, w := open(t, crowd{}, writeFile(t, "none.md", "Nobody.\n"))
	file := writeFile(t, "ferry.md", "Ines Calder runs the ferry.\n")
	ann := start(w, "")
	ann.Send(library.TogetherMsg{})
	shows(t, ann, "Set sync in the settings to a folder")
	ann = start(w, "ssh:-o")
	ann.Send(library.TogetherMsg{})
	shows(t, ann, "is no host", "correct the setting sync")
	ann = start(w, dir, file)
	ann.Send(library.TogetherMsg{})
	shows(t, ann, "0 decisions came, 0 went out")
	if list, err := filepath.Glob(filepath.Join(dir, "byline", "articles", "*", "*.txt")); err != nil || len(list) == 0 {
		t.Error(list, err)
	}
	_, other := open(t, crowd{}, writeFile(t, "none.md", "Nobody.\n"))
	ben := start(other, dir)
	ben.Send(library.TogetherMsg{})
	shows(t, ben, "is new", "ferry")
	if err := os.WriteFile(filepath.Join(dir, "byline", "team.jsonl"), []byte("<<<<<<< x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ben.Send(library.TogetherMsg{})
	shows(t, ben, "team.jsonl")
}
