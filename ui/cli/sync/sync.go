// Package sync is the command that brings the library together with others, by a folder, git or ssh.
package sync

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"byline/annotate/library"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/annotate/workspace/sync"
	"byline/articles/clean"
	"byline/ui/cli/command"
	"byline/ui/cli/output"
	"byline/ui/cli/terminal"
)

// syncing holds the flags of sync.
type syncing struct {
	command.Env
	stdio, restore, all bool
}

// Command returns "byline sync".
func Command(env command.Env) *cobra.Command {
	o := syncing{Env: env}
	c := &cobra.Command{
		Use:   "sync DIR | git [DIR] | ssh:HOST[:LIBRARY]",
		Short: "Bring the library together with those of others",
		Long: `Bring the library together with those of others, without a server: afterwards both sides have
all articles and everybody's decisions. Nothing anybody decided is changed or lost, and it
does not matter who syncs when, how often, or whether a run was cut off.

  DIR         a folder, on a stick or one that a cloud or Syncthing carries about. All goes to
              DIR/byline, as files of lines; nothing else in DIR is touched.
  git [DIR]   the same in a working tree of git (default: the current folder), between a fetch
              with a merge and a commit with a push. Only DIR/byline is committed. A folder
              that is called git is ./git.
  ssh:HOST    the library on another machine, which needs byline too; LIBRARY is a file there,
              if not the usual one.

Texts, decisions and the team's sets and assignments travel. Status, tags, positions and the
trash are your own and do not; nor does the folder that a file was read from. What you
deleted for good stays away until --restore. Where two people disagree, both decisions are
kept, and the conflict is reported on standard error, as is all that cannot be read: it
stays where it is, and the exit status is 1.

Prints one line: how many decisions came and went, and how many articles are new.`,
		Example: `  byline sync /media/stick
  byline sync git ~/readings
  byline sync ssh:ann@example.org`,
		RunE: func(c *cobra.Command, args []string) error { return o.run(c.Context(), args) },
	}
	f := c.Flags()
	f.BoolVar(&o.stdio, "stdio", false, "be the other side: speak with a byline that ssh connects")
	f.BoolVar(&o.restore, "restore", false, "bring back articles that were deleted here for good")
	f.BoolVar(&o.all, "all", false, "look at all articles, not only at what changed since the last time")
	return c
}

func (o *syncing) run(ctx context.Context, args []string) error {
	if o.stdio {
		if len(args) > 0 || o.restore || o.all {
			return command.WrongUsage("byline sync --stdio: takes nothing else")
		}
		return o.serve(ctx)
	}
	way, err := wayOf(args)
	if err != nil {
		return err
	}
	return o.Library(ctx, func(ctx context.Context, w *workspace.Workspace) error {
		progress := o.Progress("articles")
		defer progress.Clear()
		l := libraryOf(w)
		l.Restore, l.All = o.restore, o.all
		l.Progress = progress.Of
		l.Tell = func(err error) {
			progress.Clear()
			o.Fail(err)
		}
		r, failed := way(ctx, l, o.Errs)
		progress.Clear()
		for i := range r.Clashes {
			c := &r.Clashes[i]
			fmt.Fprintf(o.Errs, "byline: %s: %s\n", nameOf(c), output.Conflict(&c.Clash))
		}
		if failed != nil && !errors.Is(failed, sync.ErrNoRemote) {
			return failed
		}
		if _, err := fmt.Fprintln(o.Out, r.String()); err != nil {
			return err
		}
		return failed
	})
}

// nameOf names the article of a clash.
func nameOf(c *sync.Clash) string {
	return clean.Line(strings.TrimSpace(c.Title + " (" + library.ShortID(c.ID) + ")"))
}

// A way brings a library together with others.
type way func(ctx context.Context, l *sync.Library, errs io.Writer) (sync.Report, error)

// wayOf returns the way that arguments name.
func wayOf(args []string) (way, error) {
	switch {
	case len(args) == 0:
		return nil, command.WrongUsage("byline sync: name a folder, git, or ssh:HOST; see \"byline sync --help\"")
	case args[0] == "git" && len(args) <= 2:
		dir := "."
		if len(args) == 2 {
			dir = args[1]
		}
		return func(ctx context.Context, l *sync.Library, _ io.Writer) (sync.Report, error) { return l.Git(ctx, dir) }, nil
	case len(args) > 1:
		return nil, command.WrongUsage("byline sync: takes one folder, git and a folder, or ssh:HOST")
	case strings.HasPrefix(args[0], "ssh:"):
		host, library, err := sync.SplitHost(strings.TrimPrefix(args[0], "ssh:"))
		if err != nil {
			return nil, command.WrongUsage("byline sync %s: %v", clean.Line(args[0]), err)
		}
		return func(ctx context.Context, l *sync.Library, errs io.Writer) (sync.Report, error) {
			return l.SSH(ctx, host, library, errs)
		}, nil
	}
	return func(ctx context.Context, l *sync.Library, _ io.Writer) (sync.Report, error) {
		return l.Dir(ctx, args[0])
	}, nil
}

// libraryOf returns what is brought together of a workspace.
func libraryOf(w *workspace.Workspace) *sync.Library {
	return &sync.Library{
		Store: w.Library.Exchange(),
		Team:  workspace.TeamOf(w),
		Clashes: func(ctx context.Context, id string, came map[string]bool) (string, []review.Clash, error) {
			return workspace.Clashes(ctx, w, id, came)
		},
	}
}

// serve is the other side of ssh:HOST.
func (o *syncing) serve(ctx context.Context) error {
	if terminal.Is(o.Out) {
		return command.WrongUsage("byline sync --stdio: is for a byline that ssh connects; use \"byline sync ssh:HOST\" on the other machine")
	}
	end := func() {}
	if in, ok := o.In.(*os.File); ok {
		end = func() { in.Close() }
	}
	return sync.Serve(ctx, o.In, o.Out.Raw(), end, func(ctx context.Context, path string, do func(context.Context, *sync.Library) error) error {
		return o.LibraryAt(ctx, path, func(ctx context.Context, w *workspace.Workspace) error { return do(ctx, libraryOf(w)) })
	})
}
