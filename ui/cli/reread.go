package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/workspace"
	"byline/annotate/workspace/pages"
	"byline/articles/clean"
)

func (p *program) rereadCommand() *cobra.Command {
	where := ""
	c := &cobra.Command{
		Use:   "reread [ARTICLE]...",
		Short: "Make articles anew of the pages that were kept, without the network",
		Long: `Make articles anew of the pages that were kept when they were fetched, as a newer byline
may see more in a page than an older one: those that are named, those that --where finds,
or all. What you decided is carried over. One line is printed for each that became another.`,
		RunE: func(c *cobra.Command, args []string) error {
			return p.with(c.Context(), func(ctx context.Context, w *workspace.Workspace) error {
				entries, err := p.entriesWhere(ctx, w, where)
				if err != nil {
					return err
				}
				if len(args) > 0 {
					if entries, err = p.picked(entries, args); err != nil {
						return err
					}
				}
				for i := range entries {
					if err := p.reread(ctx, w, &entries[i]); err != nil {
						return err
					}
				}
				return p.annotateRest(ctx, w)
			})
		},
		ValidArgsFunction: p.completeArticles,
	}
	p.whereFlag(c, &where)
	return c
}

// picked returns the entries that names mean; a name that means none fails and leaves the others.
func (p *program) picked(entries []library.Entry, names []string) ([]library.Entry, error) {
	byID := map[string]library.Entry{}
	for _, e := range entries {
		byID[e.ID] = e
	}
	var out []library.Entry
	for _, name := range names {
		id, err := workspace.Pick(entries, name)
		if err != nil {
			p.fail(err)
			continue
		}
		out = append(out, byID[id])
	}
	return out, nil
}

// reread makes an article again from its page; one that was not fetched stays as it is.
func (p *program) reread(ctx context.Context, w *workspace.Workspace, e *library.Entry) error {
	added, title, err := pages.Reread(ctx, w.Library, e)
	if broken, ok := errors.AsType[*pages.PageError](err); ok {
		p.fail(broken.Unwrap())
		return nil
	}
	if err != nil || added.Outcome == db.Same {
		return err
	}
	_, err = fmt.Fprintf(p.out, "%s\t%s\t%s\n", added.Outcome, added.ID, clean.Line(title))
	return err
}
