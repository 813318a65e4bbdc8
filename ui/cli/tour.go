package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"byline/annotate/workspace"
	"byline/ui/cli/terminal"
)

func tourCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "tour",
		Short: "Learn byline in ten steps on a sample story",
		Long: `Open a sample story and learn the keys in ten steps. Your library is not opened, and
nothing that you do in the tour is kept. In byline, f2 takes the same tour.`,
		Example: `  byline tour`,
		Args:    noArguments,
		RunE:    func(c *cobra.Command, _ []string) error { return p.tour(c.Context()) },
	}
}

// tour takes the tour in a library of its own.
func (p *program) tour(ctx context.Context) (err error) {
	if !terminal.Is(p.out) {
		return wrongUsage("the tour needs a terminal; \"byline --help\" lists the commands")
	}
	c, problems, err := p.settings()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "byline-tour-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	w, err := openAt(ctx, filepath.Join(dir, "library.db"), c, 0)
	if err != nil {
		return err
	}
	defer w.Close(context.WithoutCancel(ctx))
	id, err := workspace.AddTour(ctx, w)
	if err != nil {
		return err
	}
	return p.onTerminal(ctx, w, startOptions{config: c, problems: problems, tour: id})
}
