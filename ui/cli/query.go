package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"byline/annotate/library"
	"byline/annotate/library/query"
	"byline/articles/clean"
)

// queryHelp is the language of queries as the help of commands tells it.
const queryHelp = `A query is terms parted by blanks; an article has to meet all of them:
  ferry  "harbour office"  sail*    words in title or text
  title:ferry  author:gray  source:example.org
  person:lee  org:halden  place:oslo  name:lee      who or what is named
  weapon:orrin  weapon:*  label:weapon              under a label of your own
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
func (p *program) asked(ctx context.Context, library *shelf, text string) (query.Expr, error) {
	text, err := library.saved(ctx, text)
	if err != nil {
		return query.Expr{}, err
	}
	annotate := func() error {
		progress := p.progress("articles annotated")
		defer progress.clear()
		return library.desk.AnnotateAll(ctx, func(int, int) { progress.step(0) })
	}
	e, err := library.parse(ctx, text, query.Options{Now: time.Now()})
	var wrong *query.Error
	if errors.As(err, &wrong) && wrong.Field != "" { // it may be a label that was given just now
		if err := annotate(); err != nil {
			return e, err
		}
		e, err = library.parse(ctx, text, query.Options{Now: time.Now()})
	}
	if errors.As(err, &wrong) {
		return e, wrongUsage("%s, in the query %s", wrong.Message, clean.Line(text))
	}
	if err != nil || !e.NeedsAnnotation() {
		return e, err
	}
	return e, annotate()
}

// parse reads a query, in which the user's own labels are fields.
func (s *shelf) parse(ctx context.Context, text string, o query.Options) (query.Expr, error) {
	labels, err := s.ownLabels(ctx)
	if err != nil {
		return query.Expr{}, err
	}
	o.Labels = labels
	return query.Parse(text, o)
}

// ownLabels returns the user's own labels: those in the library, and those that are only in the
// settings yet.
func (s *shelf) ownLabels(ctx context.Context) ([]string, error) {
	out, err := s.Labels(ctx)
	if err != nil {
		return nil, err
	}
	for _, l := range s.labels {
		same := func(o string) bool { return query.LabelKey(o) == query.LabelKey(l) }
		if !slices.ContainsFunc(out, same) {
			out = append(out, l)
		}
	}
	return out, nil
}

// saved returns the query that text names where it is @NAME, else text.
func (s *shelf) saved(ctx context.Context, text string) (string, error) {
	name, ok := strings.CutPrefix(strings.TrimSpace(text), "@")
	if !ok {
		return text, nil
	}
	all, err := s.SavedSearches(ctx)
	if err != nil {
		return "", err
	}
	for _, x := range all {
		if x.Name == name {
			return x.Query, nil
		}
	}
	return "", withHint(fmt.Errorf("@%s: no search is saved under this name", name), "\"byline search\" lists those that are")
}

// Search answers a query that is being typed, with what was decided just now.
func (s *shelf) Search(ctx context.Context, text string, limit int) ([]library.Hit, error) {
	if name, ok := strings.CutPrefix(strings.TrimSpace(text), "@"); ok {
		all, err := s.SavedSearches(ctx)
		if err != nil {
			return nil, err
		}
		text = ""
		for _, x := range all {
			if x.Name == name || text == "" && strings.HasPrefix(x.Name, name) {
				text = x.Query
			}
		}
	}
	if e, _ := query.Parse(text, query.Options{Typing: true, AnyLabel: true}); e.NeedsAnnotation() && !s.ReadOnly() {
		if err := s.desk.Flush(ctx); err != nil {
			return nil, err
		}
	}
	e, err := s.parse(ctx, text, query.Options{Now: time.Now(), Typing: true})
	if err != nil {
		return nil, err
	}
	switch {
	case e.Quotes():
		limit = mostSaid
	case e.Find() == "": // nothing tells which are the best
		limit *= 10
	}
	return s.Hits(ctx, e, limit)
}

// mostSaid is how many quotes the library shows: who asks for all of somebody's wants them.
const mostSaid = 10_000

// mostOffered is how many values complete a query.
const mostOffered = 30

// Completions returns queries that text may become: a field's name or a value is added.
func (s *shelf) Completions(ctx context.Context, text string) ([]string, error) {
	if name, ok := strings.CutPrefix(text, "@"); ok {
		all, err := s.SavedSearches(ctx)
		var out []string
		for _, x := range all {
			if strings.HasPrefix(x.Name, name) {
				out = append(out, "@"+x.Name)
			}
		}
		return out, err
	}
	labels, err := s.ownLabels(ctx)
	if err != nil {
		return nil, err
	}
	g := query.AtEnd(text, labels)
	values := g.FixedValues()
	if !g.Naming && len(values) == 0 {
		found, err := s.Values(ctx, g, mostOffered)
		if err != nil {
			return nil, err
		}
		values = found
	}
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = g.Fill(text, clean.Line(v))
	}
	return out, nil
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
	library, err := p.openLibrary(c.Context())
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	defer library.Close()
	out, err := library.Completions(c.Context(), begin)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	return out, how
}

// entriesWhere returns the articles that a query finds; all for none.
func (p *program) entriesWhere(ctx context.Context, library *shelf, text string) ([]library.Entry, error) {
	if text == "" {
		return library.Entries(ctx)
	}
	e, err := p.asked(ctx, library, text)
	if err != nil {
		return nil, err
	}
	return library.Find(ctx, e)
}
