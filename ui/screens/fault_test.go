package screens_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"byline/annotate"
	"byline/annotate/workspace"
	"byline/annotate/workspace/pages"
	"byline/articles"
	"byline/ui/config"
	"byline/ui/hints"
	"byline/ui/screens"
	"byline/ui/uitest"
)

// brittle is an engine that panics at texts with the word fault in them.
type brittle struct{ crowd }

func (b brittle) AnnotateContext(ctx context.Context, text string, blocks []articles.Block) (*annotate.Layer, error) {
	if strings.Contains(text, "fault") {
		panic("a fault of the engine")
	}
	return b.crowd.AnnotateContext(ctx, text, blocks)
}

// libraryOfChild names the library of a process that runs the screens on its terminal, as the
// program does, with an engine that panics.
const libraryOfChild = "BYLINE_TEST_SCREENS"

func TestMain(m *testing.M) {
	path := os.Getenv(libraryOfChild)
	if path == "" {
		os.Exit(m.Run())
	}
	if err := child(path, os.Args[1:]); err != nil {
		fmt.Fprintf(os.Stderr, "%v; %s\n", err, hints.For(err))
		os.Exit(1)
	}
}

func child(path string, names []string) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGHUP, syscall.SIGTERM)
	defer stop()
	w, err := workspace.Open(ctx, path, brittle{}, workspace.Options{Who: "ann"})
	if err != nil {
		return err
	}
	defer w.Close(context.WithoutCancel(ctx))
	settings, _ := config.Load("")
	return screens.Run(ctx, screens.Options{Fetcher: &pages.Fetcher{Workspace: w}, Config: settings, Names: names}, os.Stdin, os.Stdout)
}

// confirmed returns how many mentions of the articles in a library a person confirmed.
func confirmed(t *testing.T, path string) int {
	t.Helper()
	ctx := context.Background()
	w, err := workspace.Open(ctx, path, crowd{}, workspace.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close(ctx)
	entries, err := w.Library.Entries(ctx)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, e := range entries {
		_, l, err := w.Article(ctx, e.ID)
		if err != nil {
			t.Fatal(err)
		}
		n += l.Counts().Reviewed
	}
	return n
}

// started runs the screens in a process of their own on a story of two people, and confirms the first.
func started(t *testing.T) (p *uitest.Process, library string, cmd *exec.Cmd) {
	t.Helper()
	library = filepath.Join(t.TempDir(), "library.db")
	cmd = exec.Command(os.Args[0], writeFile(t, "story.txt", "The mill closes\n\nThe owner, 山田, met 山口 at the harbour.\n"))
	cmd.Env = append(os.Environ(), libraryOfChild+"="+library, "TERM=xterm-256color", "TMPDIR="+t.TempDir())
	p = uitest.StartProcess(t, cmd, 90, 24)
	p.Wait(t, "0 of 2 reviewed")
	p.Type("\t\r")
	p.Wait(t, "1 of 2 reviewed")
	return p, library, cmd
}

// TestFaultRestoresTheTerminal lets the engine panic while the screens are on a terminal: the
// terminal is as it was, there is no trace of Go on it, the report is named and holds it, and
// what was decided is kept.
func TestFaultRestoresTheTerminal(t *testing.T) {
	t.Parallel()
	p, library, _ := started(t)
	fault := writeFile(t, "fault.txt", "A fault\n\nThe fault of 山本 is in the engine.\n")
	p.Type("q")
	p.Wait(t, "1 article")
	p.Type("a")
	p.Wait(t, "add")
	p.Type("\x1b[200~" + fault + "\x1b[201~\r")
	p.Wait(t, "a report is in")
	if code := p.Exit(t); code != 1 {
		t.Errorf("the exit status is %d", code)
	}
	sent := string(p.Sent())
	if !strings.Contains(sent, "\x1b[?1049l") || strings.Contains(sent, "goroutine ") || strings.Contains(sent, "Caught panic") {
		t.Errorf("the terminal is not as it was: %.200q", sent[strings.LastIndex(sent, "\x1b[?1049"):])
	}
	path := regexp.MustCompile(`/\S+byline-[0-9-]+\.txt`).FindString(strings.Join(strings.Fields(strings.ReplaceAll(p.Text(), "\n", "")), " "))
	report, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(report), "a fault of the engine") || !strings.Contains(string(report), "brittle.AnnotateContext") {
		t.Errorf("the report at %q is %.200q, %v\n%s", path, report, err, p.Text())
	}
	if n := confirmed(t, library); n != 1 {
		t.Errorf("%d decisions are kept", n)
	}
}

// TestTerminalGoesAway ends the program as a closed window, a lost connection and kill do: it ends
// by itself, and what was decided is kept, also what was not written yet.
func TestTerminalGoesAway(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*uitest.Process, *exec.Cmd){
		"hangup":      func(_ *uitest.Process, c *exec.Cmd) { c.Process.Signal(syscall.SIGHUP) },
		"terminate":   func(_ *uitest.Process, c *exec.Cmd) { c.Process.Signal(syscall.SIGTERM) },
		"no terminal": func(p *uitest.Process, _ *exec.Cmd) { p.HangUp() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, library, cmd := started(t)
			end(p, cmd)
			p.Exit(t)
			if name != "no terminal" && !strings.Contains(string(p.Sent()), "\x1b[?1049l") {
				t.Error("the terminal is not as it was")
			}
			if n := confirmed(t, library); n != 1 {
				t.Errorf("%d decisions are kept", n)
			}
		})
	}
}
