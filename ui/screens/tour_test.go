package screens_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/annotate/engine"
	"byline/annotate/workspace"
	"byline/annotate/workspace/pages"
	"byline/ui/config"
	"byline/ui/screens"
	"byline/ui/uitest"
)

// tourKeys are the keys that the steps of the tour wait for.
var tourKeys = []string{"tab", "enter", "a", "x", "u", "}", "@", "enter", "s", "?"}

// TestTour takes the tour from the library: each step waits for its key and no other key does
// anything, it can be left at every step, and the user's library stays as it was.
func TestTour(t *testing.T) {
	t.Parallel()
	e, err := engine.Default()
	if err != nil {
		t.Fatal(err)
	}
	for left := range len(tourKeys) + 1 {
		if left%4 != 2 && left != len(tourKeys) {
			continue
		}
		s, w := open(t, e)
		before := entries(t, w)
		p := s
		p.Press(": t o u r enter")
		for i, key := range tourKeys[:left] {
			if got := ansi.Strip(p.View()); !strings.Contains(got, stepOf(i)) {
				t.Fatalf("not step %d\n%s", i+1, got)
			}
			if i != 7 { // which waits in a list
				p.Press("X p")
				if got := ansi.Strip(p.View()); !strings.Contains(got, stepOf(i)) || !strings.Contains(got, "The tour waits for") {
					t.Fatalf("step %d does not wait\n%s", i+1, got)
				}
			}
			p.Press(key)
		}
		if left == len(tourKeys) {
			p.Press("esc")
			if got := ansi.Strip(p.View()); !strings.Contains(got, "That was the tour") {
				t.Fatalf("the tour does not end\n%s", got)
			}
		}
		p.Press("esc")
		if got := ansi.Strip(p.View()); strings.Contains(got, "Tour, step") || !strings.Contains(got, "9 articles") {
			t.Fatalf("the tour is not left at step %d\n%s", left+1, got)
		}
		if after := entries(t, w); after != before {
			t.Errorf("the library was\n%s\nand is\n%s", before, after)
		}
	}
}

// On a small screen each step is read with its key in the footer, also while a list is open.
func TestTourIsReadOnASmallScreen(t *testing.T) {
	t.Parallel()
	e, err := engine.Default()
	if err != nil {
		t.Fatal(err)
	}
	p, _ := open(t, e)
	p.Send(tea.WindowSizeMsg{Width: 80, Height: 24})
	p.Press(": t o u r enter")
	foot := []string{"tab next", "⏎ confirm", "a unreviewed", "x reject", "u undo", "} next quote", "@ speaker", "⏎ choose", "s panel", "? help"}
	for i, key := range tourKeys {
		got := strings.Split(ansi.Strip(p.View()), "\n")
		if !strings.Contains(got[20], stepOf(i)) || !strings.Contains(got[23], foot[i]) {
			t.Fatalf("step %d with %q is not read\n%s", i+1, foot[i], strings.Join(got, "\n"))
		}
		p.Press(key)
	}
	if got := ansi.Strip(p.View()); !strings.Contains(got, stepOf(9)) {
		t.Errorf("nothing says how the help is closed\n%s", got)
	}
}

func stepOf(i int) string { return fmt.Sprintf("step %d of 10", i+1) }

// entries describes the articles of a library, and what was decided on them.
func entries(t *testing.T, w *workspace.Workspace) string {
	t.Helper()
	es, err := w.Library.Entries(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, e := range es {
		b.WriteString(e.ID + " " + e.Opened.String() + " " + string(e.Status) + " " + strings.Join(e.Tags, ",") + "\n")
		doc, err := w.Open(context.Background(), e.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(doc.Log) > 0 {
			b.WriteString("  with decisions\n")
		}
	}
	return b.String()
}

// The tour draws at every size, at each of its steps.
func TestTourAtEverySize(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	w, err := workspace.Open(ctx, filepath.Join(t.TempDir(), "library.db"), crowd{}, workspace.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close(ctx) })
	id, err := workspace.AddTour(ctx, w)
	if err != nil {
		t.Fatal(err)
	}
	settings, _ := config.Load("")
	_, m, err := screens.New(ctx, screens.Options{Fetcher: &pages.Fetcher{Workspace: w}, Config: settings, Tour: id})
	if err != nil {
		t.Fatal(err)
	}
	s := uitest.Steps{T: t, Model: m}
	s.Send(tea.WindowSizeMsg{Width: 110, Height: 32})
	s.Run(m.Init())
	draws(t, s, "tour")
	s.Press("tab")
	draws(t, s, "tour")
}
