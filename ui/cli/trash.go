package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"byline/annotate/library"
	"byline/annotate/workspace"
	"byline/articles/clean"
	"byline/ui"
	"byline/ui/cli/terminal"
)

func removeCommand(p *program) *cobra.Command {
	where := ""
	c := &cobra.Command{
		Use:   "remove [ARTICLE]...",
		Short: "Move articles to the trash",
		Long: `Move articles to the trash: named by ID, title or source, or those that
match --where. Their decisions stay with them. "byline restore" brings them back, and
"byline trash" lists them. Prints one line for each: removed, its ID, its title.`,
		Example: `  byline remove 3fa2c1d8
  byline remove --where 'status:done added:..2025'`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 && where == "" {
				return wrongUsage("byline remove: name articles, or add --where QUERY")
			}
			return p.withLibrary(c.Context(), func(ctx context.Context, w *workspace.Workspace) error {
				entries, err := p.entriesWhere(ctx, w, where)
				if err != nil {
					return err
				}
				return eachPicked(ctx, p, entries, args, "removed", w.Library.Remove)
			})
		},
		ValidArgsFunction: p.completeArticles,
	}
	p.whereFlag(c, &where)
	return c
}

func restoreCommand(p *program) *cobra.Command {
	all, samples := false, false
	c := &cobra.Command{
		Use:   "restore [ARTICLE]...",
		Short: "Bring articles back from the trash",
		Long: `Bring articles back from the trash, with the decisions on them: named by
ID, title or source, or --all. --samples brings back the sample stories, also those that
were deleted for good. Prints one line for each: restored, its ID, its title.`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 && !all && !samples {
				return wrongUsage("byline restore: name articles of the trash, or add --all; \"byline trash\" lists them")
			}
			return p.withLibrary(c.Context(), func(ctx context.Context, w *workspace.Workspace) error {
				if len(args) > 0 || all {
					if err := restore(ctx, p, w, args); err != nil {
						return err
					}
				}
				if samples {
					if err := restoreSamples(ctx, p, w); err != nil {
						return err
					}
				}
				return p.annotateRest(ctx, w)
			})
		},
	}
	c.Flags().BoolVar(&all, "all", false, "all articles of the trash")
	c.Flags().BoolVar(&samples, "samples", false, "the sample stories")
	return c
}

// restore brings back the articles of the trash that names refer to, or all if there are no names.
func restore(ctx context.Context, p *program, w *workspace.Workspace, names []string) error {
	removed, err := w.Library.Trash(ctx)
	if err != nil {
		return err
	}
	return eachPicked(ctx, p, removed, names, "restored", w.Library.Restore)
}

func restoreSamples(ctx context.Context, p *program, w *workspace.Workspace) error {
	n, err := workspace.RestoreSamples(ctx, w)
	if err == nil {
		fmt.Fprintf(p.errs, "byline: sample stories brought back: %d\n", n)
	}
	return err
}

// eachPicked does something to the entries that names refer to, or to all if there are no names,
// and prints a line for each.
func eachPicked(ctx context.Context, p *program, entries []library.Entry, names []string, done string, do func(context.Context, string) error) error {
	if len(names) > 0 {
		var err error
		if entries, err = p.pick(entries, names); err != nil {
			return err
		}
	}
	for i := range entries {
		e := &entries[i]
		if err := do(ctx, e.ID); err != nil {
			return err
		}
		if _, err := fmt.Fprintf(p.out, "%s\t%s\t%s\n", done, e.ID, clean.Line(e.Title)); err != nil {
			return err
		}
	}
	return nil
}

func trashCommand(p *program) *cobra.Command {
	o := listing{}
	empty, yes := false, false
	c := &cobra.Command{
		Use:   "trash",
		Short: "List the trash, or delete its articles for good",
		Long: `List the removed articles, most recent first, like "byline list".
--empty deletes them for good, with their versions and every decision on them: this
cannot be undone. It asks first; --yes skips the question.`,
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			write, err := o.writer(p)
			if err != nil {
				return err
			}
			return p.withLibrary(c.Context(), func(ctx context.Context, w *workspace.Workspace) error {
				removed, err := w.Library.Trash(ctx)
				switch {
				case err != nil:
					return err
				case empty:
					return emptyTrash(ctx, p, w, removed, yes)
				case len(removed) == 0 && o.on(p.out) == "table":
					_, err = fmt.Fprintln(p.out, "The trash is empty.")
					return err
				}
				return write(p.out, removed)
			})
		},
	}
	o.flags(c)
	c.Flags().BoolVar(&empty, "empty", false, "delete them for good")
	c.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return c
}

// emptyTrash deletes articles for good, after a question unless yes.
func emptyTrash(ctx context.Context, p *program, w *workspace.Workspace, removed []library.Entry, yes bool) error {
	ids := make([]string, len(removed))
	for i := range removed {
		ids[i] = removed[i].ID
	}
	n, err := w.Library.CountDecisions(ctx, ids...)
	if err != nil || len(ids) == 0 {
		return err
	}
	what := fmt.Sprintf("%s, with %d decisions", ui.Articles(len(ids)), n)
	if !yes {
		if !terminal.Is(p.in) {
			return wrongUsage("byline trash --empty: deletes %s, for good; say --yes if that is wanted", what)
		}
		fmt.Fprintf(p.errs, "Delete %s, for good? This cannot be undone. Type yes: ", what)
		line, _ := bufio.NewReader(p.in).ReadString('\n')
		if answer := strings.TrimSpace(line); answer != "yes" && answer != "y" {
			return errors.New("nothing deleted")
		}
	}
	if err := w.Library.Purge(ctx, ids...); err != nil {
		return err
	}
	fmt.Fprintf(p.errs, "byline: deleted for good: %s\n", what)
	return nil
}
