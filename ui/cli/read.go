package cli

import (
	"context"
	"errors"
	"io"

	"github.com/spf13/cobra"

	"byline/ui/config"
	"byline/ui/screens"
)

// A start is what reading begins with.
type start struct {
	config   config.Config // with environment and flags over the file
	problems []config.Problem
	library  string   // path of the file that keeps it
	names    []string // files, directories and "-" to add and open; none for the library
}

// read opens the library or what is named: on the screen, or line by line.
func (p *program) read(c *cobra.Command, names []string) error {
	if err := checkNames(names, c.Root()); err != nil {
		return err
	}
	s := start{names: names}
	var err error
	if s.config, s.problems, err = p.settings(); err != nil {
		return err
	}
	if s.library, err = libraryPath(s.config.Library); err != nil {
		return err
	}
	if s.config.Linear {
		return p.byLines(c.Context(), s)
	}
	if !isTerminal(p.out) {
		return wrongUsage("reading needs a terminal; in a pipe use %s", inPipe(names))
	}
	return p.onScreen(c.Context(), s)
}

// inPipe returns the commands that do in a pipe what somebody may have wanted.
func inPipe(names []string) string {
	if len(names) == 0 {
		return `"byline list" or "byline export"`
	}
	return `"byline annotate" or "byline add", or read line by line with --linear`
}

// onScreen opens the library, or what s names, on the terminal.
func (p *program) onScreen(ctx context.Context, s start) error {
	w, err := openAt(ctx, s.library, s.config, 0)
	if err != nil {
		return err
	}
	defer w.Close(context.WithoutCancel(ctx))
	var keys io.Reader // nil: those of the process
	if isTerminal(p.in) {
		keys = p.in
	}
	err = screens.Run(ctx, screens.Options{
		Fetcher: p.fetcher(w), Config: s.config, Problems: s.problems, Names: s.names, Stdin: p.in, Version: version(),
	}, keys, p.out)
	if wrong, ok := errors.AsType[*screens.KeysError](err); ok {
		return wrongUsage("%s", wrong)
	}
	return err
}
