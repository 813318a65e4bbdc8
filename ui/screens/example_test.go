package screens_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/annotate/engine"
	"byline/annotate/workspace"
	"byline/annotate/workspace/pages"
	"byline/ui/config"
	"byline/ui/screens"
)

// The screens can run on any terminal: New returns the model.
func ExampleNew() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "byline")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	e, err := engine.Default()
	if err != nil {
		fmt.Println(err)
		return
	}
	w, err := workspace.Open(ctx, filepath.Join(dir, "library.db"), e, workspace.Options{Who: "ann"})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer w.Close(ctx)
	settings, _ := config.Load("") // those of a user who set nothing
	s, m, err := screens.New(ctx, screens.Options{Fetcher: &pages.Fetcher{Workspace: w}, Config: settings})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := s.AddSamples(ctx); err != nil {
		fmt.Println(err)
		return
	}
	m, _ = m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	header, _, _ := strings.Cut(ansi.Strip(m.View().Content), "\n")
	fmt.Println(strings.Fields(header)[0])
	// Output: byline
}
