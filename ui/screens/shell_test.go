package screens_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"byline/annotate/workspace"
	"byline/annotate/workspace/pages"
	"byline/ui/config"
	"byline/ui/screens"
	"byline/ui/uitest"
)

// running runs the screens on a terminal, with an article of a file.
func running(t *testing.T, off bool, path string) *uitest.Screen {
	t.Helper()
	ctx := context.Background()
	w, err := workspace.Open(ctx, filepath.Join(t.TempDir(), "library.db"), crowd{}, workspace.Options{Who: "ann"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close(ctx) })
	settings, _ := config.Load("")
	settings.Shell = !off
	_, m, err := screens.New(ctx, screens.Options{Fetcher: &pages.Fetcher{Workspace: w}, Config: settings, Names: []string{path}})
	if err != nil {
		t.Fatal(err)
	}
	s, _ := uitest.Start(t, m, 100, 24)
	return s
}

const port = "# Port\n\nThe mayor, 山田, said “we sold it”.\n\nNobody came.\n"

// TestPipe gives the article, or selected words, to commands, and says how they ended. The input of a
// test is no terminal, so each command has a program of its own.
func TestPipe(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		find, asks, command string
		shows               []string
	}{
		{"", "Pipe the article to:", "tr a-z A-Z; echo oops >&2; exit 3", []string{"NOBODY CAME.", "oops", "exit status 3", "q close"}},
		{"mayor", "Pipe the selection to:", "cat -A", []string{"mayor$", "exit status 0"}},
		{"", "Pipe the article to:", "cat > /dev/null", []string{"cat > /dev/null: exit status 0, no output"}},
		{"", "Pipe the article to:", "kill -9 $$", []string{"signal: killed"}},
		{"", "Pipe the article to:", "head -c 1", []string{"exit status 0"}},
		{"", "Pipe the article to:", "printf '\\033]0;owned\\007\\033[2Jsafe'", []string{" safe ", "exit status 0"}},
	} {
		s := running(t, false, writeFile(t, "port.md", port))
		s.Wait(t, "byline › Port")
		s.Wait(t, "0 of 2 reviewed")
		if c.find != "" {
			s.Type("/" + c.find + "\r")
			s.Wait(t, "“"+c.find+"” 1 of 1")
			s.Type("v")
		}
		s.Type("!")
		s.Wait(t, c.asks)
		s.Type(c.command + "\r")
		for _, want := range c.shows {
			s.Wait(t, want)
		}
	}
}

// TestPipeOff says that the settings turned the shell off.
func TestPipeOff(t *testing.T) {
	t.Parallel()
	s := running(t, true, writeFile(t, "port.md", port))
	s.Wait(t, "byline › Port")
	s.Type("!")
	s.Wait(t, "Shell commands are turned off: shell = false in the settings")
}

// TestEditSource edits the file of an article, which is read again: decisions stay on their words.
func TestEditSource(t *testing.T) {
	for editor, shows := range map[string][]string{
		"sed -i s/Nobody/Somebody/": {"Somebody came.", "Read again: version 2", "1 of 2 reviewed"},
		"true":                      {"Read again: unchanged", "Nobody came."},
		"false":                     {"not read again", "Nobody came."},
		"":                          {"No editor: set VISUAL or EDITOR"},
	} {
		t.Setenv("VISUAL", "")
		t.Setenv("EDITOR", editor)
		s := running(t, false, writeFile(t, "port.md", port))
		s.Wait(t, "byline › Port")
		s.Wait(t, "0 of 2 reviewed")
		s.Type("\tx")
		s.Wait(t, "1 of 2 reviewed")
		s.Type("E")
		for _, want := range shows {
			s.Wait(t, want)
		}
	}
}

// TestEditWithoutFile opens a copy that cannot be written to, and says why.
func TestEditWithoutFile(t *testing.T) {
	path := writeFile(t, "port.md", port)
	seen := filepath.Join(t.TempDir(), "seen")
	t.Setenv("VISUAL", "cp -t "+filepath.Dir(seen))
	s := running(t, false, path)
	s.Wait(t, "byline › Port")
	s.Wait(t, "0 of 2 reviewed")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	s.Type("E")
	s.Wait(t, "That was a copy: this article has lost its file")
	b, err := os.ReadFile(filepath.Join(filepath.Dir(seen), "article.txt"))
	if err != nil || !strings.Contains(string(b), "Nobody came.") {
		t.Errorf("the editor got %q, %v", b, err)
	}
}
