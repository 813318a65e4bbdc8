package cli

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"byline/articles"
	"byline/articles/clean"
)

func (p *program) searchCommand() *cobra.Command {
	format, most := "", 20
	c := &cobra.Command{
		Use:   "search QUERY",
		Short: "Search the titles and texts of the library",
		Long: `Search the titles and texts of the library. All words have to be in an article;
"words in quotes" have to stand side by side, and a word with * finds all that
begin so. On a terminal each article comes with the words around the first match;
in a pipe one article a line: id, title, those words, parted by tabs.`,
		Example: `  byline search ferry
  byline search '"harbour office" sail*'
  byline search ferry --format json | jq -r '.[].title'`,
		Args: checked(cobra.MinimumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			write, err := p.hits(format)
			if err != nil {
				return err
			}
			if most < 1 {
				return wrongUsage("--most %d: take 1 or more", most)
			}
			library, err := p.openLibrary(c.Context())
			if err != nil {
				return err
			}
			defer library.Close()
			hits, err := library.Search(c.Context(), strings.Join(args, " "), most)
			if err != nil {
				return fmt.Errorf("search the library: %w", err)
			}
			return write(p.out, hits)
		},
	}
	c.Flags().StringVar(&format, "format", "", "`FORMAT` of the list: text, tsv or json (text on a terminal, else tsv)")
	c.Flags().IntVarP(&most, "most", "n", most, "find `N` articles at most")
	completeWith(c, "format", "text", "tsv", "json")
	return c
}

// hits returns what writes the articles found in the format asked for.
func (p *program) hits(format string) (func(io.Writer, []articles.Hit) error, error) {
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

func writeHitsText(w io.Writer, hits []articles.Hit) error {
	if len(hits) == 0 {
		_, err := fmt.Fprintln(w, "Nothing found.")
		return err
	}
	for _, h := range hits {
		if _, err := fmt.Fprintf(w, "%s  %s\n          %s\n", shortID(h.Entry.ID), clean.Line(h.Entry.Title), clean.Line(h.Snippet)); err != nil {
			return err
		}
	}
	return nil
}

func writeHitsTSV(w io.Writer, hits []articles.Hit) error {
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

func writeHitsJSON(w io.Writer, hits []articles.Hit) error {
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
