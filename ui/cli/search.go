package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"byline/annotate/library"
	"byline/annotate/workspace"
	"byline/articles/clean"
)

func (p *program) searchCommand() *cobra.Command {
	format, save, most, drop := "", "", 20, false
	c := &cobra.Command{
		Use:   "search QUERY",
		Short: "Search the library for words, names, quotes and more",
		Long: `Search the library. On a terminal each article comes with the words around the first
match; in a pipe one article a line: id, title, those words, parted by tabs. A query
of quotes is answered with quotes.

` + queryHelp + `
--save NAME keeps the query; @NAME asks it again, here, in the library and wherever a
query is taken. Without a query, the saved ones are listed.`,
		Example: `  byline search ferry
  byline search '"harbour office" sail* date:2026-01..'
  byline search 'person:"Ann Lee" said:strike' --format json | jq -r '.[].title'
  byline search --save unsure 'status:done reviewed:<50%'`,
		RunE: func(c *cobra.Command, args []string) error {
			write, err := p.hits(format)
			if err != nil {
				return err
			}
			if most < 1 {
				return wrongUsage("--most %d: take 1 or more", most)
			}
			w, err := p.open(c.Context())
			if err != nil {
				return err
			}
			defer w.Close(context.WithoutCancel(c.Context()))
			text := strings.Join(args, " ")
			switch {
			case drop:
				return w.Library.SaveSearch(c.Context(), library.SavedSearch{Name: save})
			case save != "":
				return p.saveSearch(c.Context(), w, save, text)
			case text == "":
				return p.listSearches(c.Context(), w)
			}
			e, err := p.asked(c.Context(), w, text)
			if err != nil {
				return err
			}
			hits, err := w.Library.Hits(c.Context(), e, most)
			if err != nil {
				return err
			}
			return write(p.out, hits)
		},
		ValidArgsFunction: p.completeQuery,
	}
	f := c.Flags()
	f.StringVar(&format, "format", "", "`FORMAT` of the list: text, tsv or json (text on a terminal, else tsv)")
	f.IntVarP(&most, "most", "n", most, "find `N` articles, or quotes, at most")
	f.StringVar(&save, "save", "", "keep the query as `NAME`")
	f.BoolVar(&drop, "remove", false, "forget the query that --save names")
	completeWith(c, "format", "text", "tsv", "json")
	return c
}

// saveSearch keeps a query that can be asked.
func (p *program) saveSearch(ctx context.Context, w *workspace.Workspace, name, text string) error {
	switch _, err := p.asked(ctx, w, text); {
	case text == "":
		return wrongUsage("byline search --save %s: give the query too", name)
	case err != nil:
		return err
	case strings.ContainsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == '@' || unicode.IsControl(r) }):
		return wrongUsage("--save %q: take a name without blanks and @", name)
	}
	return w.Library.SaveSearch(ctx, library.SavedSearch{Name: name, Query: text})
}

func (p *program) listSearches(ctx context.Context, w *workspace.Workspace) error {
	all, err := w.Library.SavedSearches(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return wrongUsage("byline search: say what to search for")
	}
	for _, x := range all {
		if _, err := fmt.Fprintf(p.out, "@%s\t%s\n", clean.Line(x.Name), clean.Line(x.Query)); err != nil {
			return err
		}
	}
	return nil
}

// hits returns what writes the articles found in the format asked for.
func (p *program) hits(format string) (func(io.Writer, []library.Hit) error, error) {
	if format == "" && isTerminal(p.out) {
		format = "text"
	}
	switch cmp.Or(format, "tsv") {
	case "text":
		return writeHitsText, nil
	case "tsv":
		return writeHitsTSV, nil
	case "json":
		return writeHitsJSON, nil
	}
	return nil, wrongUsage("--format %s: there is no such format; take text, tsv or json", format)
}

func writeHitsText(w io.Writer, hits []library.Hit) error {
	if len(hits) == 0 {
		_, err := fmt.Fprintln(w, "Nothing found.")
		return err
	}
	for _, h := range hits {
		if _, err := fmt.Fprintf(w, "%s  %s\n          %s\n", library.ShortID(h.Entry.ID), clean.Line(h.Entry.Title), clean.Line(h.Snippet)); err != nil {
			return err
		}
	}
	return nil
}

func writeHitsTSV(w io.Writer, hits []library.Hit) error {
	for _, h := range hits {
		_, err := fmt.Fprintf(w, "%s\t%s\t%s\n", h.Entry.ID, clean.Line(h.Entry.Title), clean.Line(h.Snippet))
		if err != nil {
			return err
		}
	}
	return nil
}

// hitJSON is an article found, as scripts see it.
type hitJSON struct {
	entryJSON
	Snippet string   `json:"snippet"`
	Matches [][2]int `json:"matches"` // half-open, in code points of the snippet
}

func writeHitsJSON(w io.Writer, hits []library.Hit) error {
	all := make([]hitJSON, len(hits))
	for i, h := range hits {
		all[i] = hitJSON{jsonOf(&h.Entry), h.Snippet, [][2]int{}}
		for _, m := range h.Matches {
			all[i].Matches = append(all[i].Matches, [2]int{codePoints(h.Snippet, m.Start), codePoints(h.Snippet, m.End)})
		}
	}
	return writeJSON(w, all)
}

// codePoints returns how many code points stand before the byte at off.
func codePoints(text string, off int) int {
	n := 0
	for i := range text {
		if i >= off {
			break
		}
		n++
	}
	return n
}
