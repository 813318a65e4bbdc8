package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/library/query"
	"byline/annotate/workspace"
	"byline/articles/clean"
	"byline/ui/cli/output"
	"byline/ui/cli/terminal"
)

// negated is a term of a query that looks like a flag: -tag:todo.
var negated = regexp.MustCompile(`^-\pL+:`)

// withTerms returns the arguments of the program such that negated terms of the query of search or quotes are no flags. No flag of these
// has letters before a colon.
func withTerms(args []string) []string {
	if !slices.Contains(args, "search") && !slices.Contains(args, "quotes") {
		return args
	}
	out := slices.Clone(args)
	for i, a := range out {
		if a == "--" {
			break
		}
		if negated.MatchString(a) {
			out[i] = " " + a // blanks mean nothing in a query
		}
	}
	return out
}

func searchCommand(p *program) *cobra.Command {
	format, save, most, drop := "", "", 20, false
	c := &cobra.Command{
		Use:   "search QUERY",
		Short: "Search the library for words, names, quotes and more",
		Long: `Search the library. On a terminal, each article is shown with the text around its first
match; in a pipe, one article per line: ID, title and that text, separated by tabs. A query
for quotes lists quotes.

` + queryHelp + `
--save NAME saves the query; @NAME runs it again, here, in the library and wherever a query
is accepted. Without a query, the saved searches are listed.`,
		Example: `  byline search ferry
  byline search '"harbour office" sail* date:2026-01..'
  byline search 'person:"Ann Lee" said:strike' --format json | jq -r '.[].title'
  byline search --save unsure 'status:done reviewed:<50%'`,
		RunE: func(c *cobra.Command, args []string) error {
			write, err := hitsAs(p.out, format)
			if err != nil {
				return err
			}
			if most < 1 {
				return wrongUsage("--most %d: must be 1 or more", most)
			}
			w, err := p.open(c.Context())
			if err != nil {
				return err
			}
			defer w.Close(context.WithoutCancel(c.Context()))
			defer sayPartly(p, w)
			sayShared(p, "names and quotes that a search finds")
			text := strings.TrimSpace(strings.Join(args, " "))
			switch {
			case drop:
				return dropSearch(c.Context(), w, save)
			case save != "":
				return p.saveSearch(c.Context(), w, save, text)
			case text == "":
				return p.listSearches(c.Context(), w)
			}
			e, err := p.parseQuery(c.Context(), w, text)
			if err != nil {
				return err
			}
			hits, err := w.Finder().Hits(c.Context(), e, most)
			if err != nil {
				return err
			}
			return write(p.out, hits)
		},
		ValidArgsFunction: p.completeQuery,
	}
	f := c.Flags()
	f.StringVar(&format, "format", "", "output `FORMAT`: text, tsv or json (default: text on a terminal, else tsv)")
	f.IntVarP(&most, "most", "n", most, "list at most `N` articles or quotes")
	f.StringVar(&save, "save", "", "save the query as `NAME`")
	f.BoolVar(&drop, "remove", false, "delete the saved search named by --save")
	completeWith(c, "format", "text", "tsv", "json")
	return c
}

// saveSearch saves a query if it is valid.
func (p *program) saveSearch(ctx context.Context, w *workspace.Workspace, name, text string) error {
	switch _, err := p.parseQuery(ctx, w, text); {
	case text == "":
		return wrongUsage("byline search --save %s: add the query", name)
	case err != nil:
		return err
	case strings.ContainsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == '@' || unicode.IsControl(r) }):
		return wrongUsage("--save %q: use a name without spaces or @", name)
	}
	return w.Finder().SaveSearch(ctx, library.SavedSearch{Name: name, Query: text})
}

// dropSearch deletes a saved search.
func dropSearch(ctx context.Context, w *workspace.Workspace, name string) error {
	all, err := w.Library.SavedSearches(ctx)
	if err != nil {
		return err
	}
	if name == "" {
		return wrongUsage("byline search --remove: name the saved search with --save")
	}
	if !slices.ContainsFunc(all, func(x library.SavedSearch) bool { return x.Name == clean.Line(name) }) {
		return fmt.Errorf("@%s: no search of this name is saved; \"byline search\" lists those that are", clean.Line(name))
	}
	return w.Finder().SaveSearch(ctx, library.SavedSearch{Name: name})
}

func (p *program) listSearches(ctx context.Context, w *workspace.Workspace) error {
	all, err := w.Library.SavedSearches(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return wrongUsage("byline search: add a query; none is saved yet")
	}
	for _, x := range all {
		if _, err := fmt.Fprintf(p.out, "@%s\t%s\n", clean.Line(x.Name), clean.Line(x.Query)); err != nil {
			return err
		}
	}
	return nil
}

// hitsAs returns a function that writes hits to out in a format.
func hitsAs(out io.Writer, format string) (func(io.Writer, []library.Hit) error, error) {
	if format == "" && terminal.Is(out) {
		format = "text"
	}
	switch cmp.Or(format, "tsv") {
	case "text":
		return output.HitsText, nil
	case "tsv":
		return output.HitsTSV, nil
	case "json":
		return output.HitsJSON, nil
	}
	return nil, wrongUsage("--format %s: unknown format; use text, tsv or json", format)
}

// queryHelp explains the query language in the help of commands.
const queryHelp = `A query is terms separated by spaces; an article must match all of them:
  ferry  "harbour office"  sail*                    words in title or text
  title:ferry  author:gray  source:example.org
  person:lee  org:halden  place:oslo  name:lee      people, organizations, places named
  weapon:orrin  weapon:*  label:weapon              names with a label of your own
  by:"Ann Lee"  said:strike                         a quote by her; a quote with the word
  by:lee said:strike                                a quote by her with the word
  tag:todo  status:unread  format:pdf  id:3fa2
  date:2026-01..  date:2025  added:7d
  reviewed:<50%  words:>500  people:3..  orgs:2  quotes:10..20  claims:>0
A minus excludes (-tag:todo), a star alone matches anything (tag:*), OR and parentheses
work as usual; by:nobody finds unattributed quotes.
`

// parseQuery parses the query of a command and prepares the library for it: what the query asks
// about gets annotated. A query @NAME is a saved one.
func (p *program) parseQuery(ctx context.Context, w *workspace.Workspace, text string) (query.Expr, error) {
	progress := p.progress("articles annotated")
	defer progress.Clear()
	e, text, err := w.Finder().Parse(ctx, text, func(int, int) { progress.Step(0) })
	if wrong, ok := errors.AsType[*query.Error](err); ok {
		return e, wrongUsage("%s, in the query %s", wrong.Message, clean.Line(text))
	}
	return e, err
}

// whereFlag adds the flag --where to a command.
func (p *program) whereFlag(c *cobra.Command, to *string) {
	c.Flags().StringVarP(to, "where", "w", "", "only articles that match `QUERY`; see \"byline search --help\"")
	_ = c.RegisterFlagCompletionFunc("where", func(c *cobra.Command, _ []string, begin string) ([]string, cobra.ShellCompDirective) {
		return p.completeQuery(c, nil, begin)
	})
}

// completeQuery completes a query for the shell.
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

// entriesWhere returns the articles that match a query; all of them for an empty one.
func (p *program) entriesWhere(ctx context.Context, w *workspace.Workspace, text string) ([]library.Entry, error) {
	if err := w.Finder().Counted(ctx); err != nil && !db.Damaged(err) {
		return nil, err
	}
	if text == "" {
		entries, err := w.Finder().Entries(ctx)
		if db.Damaged(err) && len(entries) > 0 {
			p.reportError(err) // and goes on with what can be read
			err = nil
		}
		return entries, err
	}
	e, err := p.parseQuery(ctx, w, text)
	if err != nil {
		return nil, err
	}
	return w.Finder().Find(ctx, e)
}
