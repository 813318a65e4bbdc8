package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"byline/annotate/library"
	"byline/annotate/library/query"
	"byline/annotate/workspace"
	"byline/articles/clean"
)

// queryHelp is the language of queries as the help of commands tells it.
const queryHelp = `A query is terms parted by blanks; an article has to meet all of them:
  ferry  "harbour office"  sail*    words in title or text
  title:ferry  author:gray  source:example.org
  person:lee  org:halden  place:oslo  name:lee      who or what is named
  by:"Ann Lee"  said:strike                         a quote of hers; one with the word
  by:lee said:strike                                a quote of hers with the word
  tag:todo  status:unread  format:pdf  id:3fa2
  date:2026-01..  date:2025  added:7d
  reviewed:<50%  words:>500  people:3..  orgs:2  quotes:10..20  claims:>0
A minus takes away (-tag:todo), a star alone is any (tag:*), OR and parentheses are
as everywhere; by:nobody finds quotes whose speaker is unknown.
`

// asked reads the query of somebody who asks by a command, and sees to it that the library
// can answer: what it asks of is annotated. A query @NAME is the one that was saved so.
func (p *program) asked(ctx context.Context, w *workspace.Workspace, text string) (query.Expr, error) {
	progress := p.progress("articles annotated")
	defer progress.clear()
	e, text, err := w.Finder().Parse(ctx, text, func(int, int) { progress.step(0) })
	if wrong, ok := errors.AsType[*query.Error](err); ok {
		return e, wrongUsage("%s, in the query %s", wrong.Message, clean.Line(text))
	}
	return e, err
}

// whereFlag adds the flag --where to a command.
func (p *program) whereFlag(c *cobra.Command, to *string) {
	c.Flags().StringVarP(to, "where", "w", "", "of the articles that `QUERY` finds; \"byline search --help\" has the language")
	_ = c.RegisterFlagCompletionFunc("where", func(c *cobra.Command, _ []string, begin string) ([]string, cobra.ShellCompDirective) {
		return p.completeQuery(c, nil, begin)
	})
}

// completeQuery offers to the shell what a query may become.
func (p *program) completeQuery(c *cobra.Command, _ []string, begin string) ([]string, cobra.ShellCompDirective) {
	const how = cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	w, err := p.open(c.Context())
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	defer w.Close(context.WithoutCancel(c.Context()))
	out, err := w.Finder().Completions(c.Context(), begin)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	return out, how
}

// entriesWhere returns the articles that a query finds; all for none.
func (p *program) entriesWhere(ctx context.Context, w *workspace.Workspace, text string) ([]library.Entry, error) {
	if text == "" {
		return w.Library.Entries(ctx)
	}
	e, err := p.asked(ctx, w, text)
	if err != nil {
		return nil, err
	}
	return w.Library.Find(ctx, e)
}
