// Package command is what a command has of the program that runs it: the streams, the settings, the library,
// complaints. Package cli has as many files as a package may have, so a new group of commands is a package beside
// this one: a function that takes an [Env] and returns its command, which cli adds to the tree.
//
// The rules that every command keeps are in the comment of package cli.
package command

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"byline/annotate/library"
	"byline/annotate/workspace"
	"byline/ui/cli/terminal"
	"byline/ui/config"
)

// An Env is the program as a command sees it.
type Env struct {
	In        io.Reader
	Out, Errs *terminal.Output // what was asked for; everything else
	// Library opens the library given by flags, environment and settings, calls do, and closes it.
	Library func(ctx context.Context, do func(context.Context, *workspace.Workspace) error) error
	// Where returns the articles that match a query; all of them for an empty one.
	Where func(ctx context.Context, w *workspace.Workspace, query string) ([]library.Entry, error)
	// WhereFlag adds the flag --where to a command.
	WhereFlag func(c *cobra.Command, to *string)
	// LibraryAt is Library for one at a path, if that is not empty. It is not made where there is none, and refused where a flag
	// or the environment names another.
	LibraryAt func(ctx context.Context, path string, do func(context.Context, *workspace.Workspace) error) error
	// Annotate annotates what came into the library, and shows how far it is.
	Annotate func(ctx context.Context, w *workspace.Workspace) error
	// Export writes articles as files into a folder.
	Export func(ctx context.Context, w *workspace.Workspace, ids []string, o ExportOptions) error
	// Settings returns the settings, with what flags and the environment override. Problems in them were printed.
	Settings func() (config.Config, error)
	// Fail prints that a part of the work failed; the rest goes on, and the exit status is 1.
	Fail func(error)
	// Warn prints a line, which is no failure: a name, and what to know of it.
	Warn func(name, what string)
	// Progress returns a counter of what on standard error, which shows only on a terminal.
	Progress func(what string) *terminal.Progress
	// Visitor is whoever runs the command from elsewhere, over SSH; nil for whoever is at this computer.
	Visitor *Visitor
	// Articles completes the articles of the library for the shell.
	Articles func(c *cobra.Command, args []string, begin string) ([]string, cobra.ShellCompDirective)
}

// A Visitor is somebody who runs a command over SSH, in a library that others use as well. Of this computer they have nothing.
type Visitor struct {
	Who   string // signs their decisions
	Reads bool   // and makes none
	// Sync is called when they bring a library of theirs together with this one: one at a time. Changed is to be called after
	// something new was taken, done at the end.
	Sync func() (changed, done func(), err error)
}

// Zone returns in which zone times are told: that of this computer or, to a visitor, UTC.
func (e Env) Zone() *time.Location {
	if e.Visitor != nil {
		return time.UTC
	}
	return time.Local
}

// ExportOptions say how articles are exported.
type ExportOptions struct {
	Dir, Format string
	By          string // whose reading; empty for that of the view
	Force       bool   // overwrite files
}

// A UsageError says that the program was called incorrectly, by a command, a flag or a value that there is not: the exit status is 2,
// and nothing was done. That the library has no article, set or person of a name is none: that status is 1.
type UsageError struct{ error }

// Unwrap returns what is wrong.
func (e UsageError) Unwrap() error { return e.error }

// WrongUsage returns a [UsageError].
func WrongUsage(format string, args ...any) error { return UsageError{fmt.Errorf(format, args...)} }

// NoArguments rejects arguments.
func NoArguments(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return WrongUsage("%s %s: takes no arguments; see \"%s --help\"", c.CommandPath(), args[0], c.CommandPath())
}

// SetArgument returns the check of the arguments of a command that takes the name of one set of a team or none, which may also be
// given by its flag --set. The name goes to set.
func SetArgument(set *string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) > 1:
			return WrongUsage("%s: name one set, or none for all", c.CommandPath())
		case len(args) == 1 && c.Flags().Changed("set"):
			return WrongUsage("%s %s: leave out --set, or the name before it", c.CommandPath(), args[0])
		case len(args) == 1:
			*set = args[0]
		}
		return nil
	}
}

// CompleteWith completes the value of a flag for the shell.
func CompleteWith(c *cobra.Command, flag string, words ...string) {
	err := c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
	if err != nil {
		panic(err) // the flag is declared just above
	}
}
