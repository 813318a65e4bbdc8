// Package sync is the command that brings the library together with others, by a folder, git or ssh.
package sync

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"byline/annotate/library"
	"byline/annotate/workspace"
	"byline/annotate/workspace/sync"
	"byline/articles/clean"
	"byline/ui/cli/command"
	"byline/ui/cli/output"
	"byline/ui/cli/terminal"
	"byline/ui/config"
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
		Use:   "sync [DIR | git [DIR] | ssh:HOST[:LIBRARY]]",
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

Without a name it is the place of the setting sync, such as "git ~/readings".

Texts, decisions and the team's sets and assignments travel. Status, tags, positions and the
trash are your own and do not; nor does the folder that a file was read from. What you
deleted for good stays away until --restore. Where two people disagree, both decisions are
kept, and the conflict is reported on standard error (of the annotators of a set, how many
there are for "byline team adjudicate"), as is all that cannot be read: it
stays where it is, and the exit status is 1.

Prints one line: how many decisions came and went, and how many articles are new. What came
is annotated then, as by add.`,
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
	if o.Visitor != nil && (!o.stdio || len(args) > 0 || terminal.Is(o.Out)) {
		return command.WrongUsage("sync: \"byline sync ssh:HOST\" on your own computer brings your library together with this one")
	}
	if o.stdio {
		if len(args) > 0 || o.restore || o.all {
			return command.WrongUsage("byline sync --stdio: takes nothing else")
		}
		return o.serve(ctx)
	}
	place, err := o.place(args)
	if err != nil {
		return err
	}
	return o.Library(ctx, func(ctx context.Context, w *workspace.Workspace) error {
		progress := o.Progress("articles")
		defer progress.Clear()
		l := sync.Of(w, func(err error) {
			progress.Clear()
			o.Fail(err)
		})
		l.Restore, l.All, l.Progress = o.restore, o.all, progress.Of
		r, failed := l.With(ctx, place, o.Errs)
		progress.Clear()
		o.tell(place, workspace.Signer(w), &r)
		if failed != nil && !errors.Is(failed, sync.ErrNoRemote) {
			return failed
		}
		if _, err := fmt.Fprintln(o.Out, r.String()); err != nil {
			return err
		}
		return cmp.Or(failed, o.Annotate(ctx, w)) // so that lists have what came as it opens
	})
}

// tell tells what there is to know of a run, whose decisions here are signed by somebody.
func (o *syncing) tell(place sync.Place, signer string, r *sync.Report) {
	for i := range r.Clashes {
		c := &r.Clashes[i]
		fmt.Fprintf(o.Errs, "byline: %s: %s\n", nameOf(c), output.Conflict(&c.Clash))
	}
	for _, line := range r.Notes() {
		fmt.Fprintf(o.Errs, "byline: %s\n", line)
	}
	if c, err := o.Settings(); err == nil && c.Who == "" && r.By[signer] {
		o.Warn(signer, "decisions came that are signed like yours; if they are somebody else's, set who in the settings")
	}
	if what := r.Misnamed(signer); what != "" {
		o.Warn(place.String(), what)
	}
}

// place returns the place that arguments name, or that of the settings.
func (o *syncing) place(args []string) (sync.Place, error) {
	if len(args) > 0 {
		p, err := sync.ParsePlace(args...)
		if err != nil {
			return p, command.WrongUsage("byline sync: %v", err)
		}
		return p, nil
	}
	c, err := o.Settings()
	if err != nil {
		return sync.Place{}, err
	}
	if c.Sync == "" {
		return sync.Place{}, command.WrongUsage("byline sync: name a folder, git, or ssh:HOST, or set sync in the settings; see \"byline sync --help\"")
	}
	p, err := sync.ParseSetting(c.Sync, config.ExpandHome)
	if err != nil {
		return p, fmt.Errorf("the setting sync: %w", err)
	}
	return p, nil
}

// nameOf names the article of a clash.
func nameOf(c *sync.Clash) string {
	return clean.Line(strings.TrimSpace(c.Title + " (" + library.ShortID(c.ID) + ")"))
}

// An opener opens the library that a client means.
type opener func(ctx context.Context, library string, do func(context.Context, *sync.Library) error) error

// serve is the other side of ssh:HOST.
func (o *syncing) serve(ctx context.Context) error {
	if terminal.Is(o.Out) {
		return command.WrongUsage("byline sync --stdio: is for a byline that ssh connects; use \"byline sync ssh:HOST\" on the other machine")
	}
	in, end, open := o.In, func() {}, o.open
	if f, ok := o.In.(*os.File); ok {
		end = func() { f.Close() }
	}
	if v := o.Visitor; v != nil {
		changed, done, err := v.Sync()
		if err != nil {
			return err
		}
		defer done()
		from := piped(o.In)
		defer from.Close()
		in, end, open = from, func() { from.Close() }, o.openTo(v, changed)
	}
	return sync.Serve(ctx, in, o.Out.Raw(), end, open)
}

// open is the [opener] for whoever may do all.
func (o *syncing) open(ctx context.Context, path string, do func(context.Context, *sync.Library) error) error {
	return o.LibraryAt(ctx, path, func(ctx context.Context, w *workspace.Workspace) error { return do(ctx, sync.Of(w, o.Fail)) })
}

// openTo returns the [opener] for somebody who comes in where byline itself is the server.
func (o *syncing) openTo(v *command.Visitor, changed func()) opener {
	return func(ctx context.Context, _ string, do func(context.Context, *sync.Library) error) error {
		return o.Library(ctx, func(ctx context.Context, w *workspace.Workspace) error {
			return do(ctx, sync.OfGuest(w, v.Reads, o.Fail, changed))
		})
	}
}

// piped returns what r holds, through a pipe: closing that ends reading at once.
func piped(r io.Reader) *io.PipeReader {
	in, from := io.Pipe()
	go func() {
		_, err := io.Copy(from, r)
		from.CloseWithError(err)
	}()
	return in
}
