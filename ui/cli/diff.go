package cli

import (
	"context"
	"errors"
	"strconv"

	"github.com/spf13/cobra"

	"byline/annotate/workspace"
	"byline/ui/cli/output"
)

func diffCommand(p *program) *cobra.Command {
	format := ""
	c := &cobra.Command{
		Use:   "diff ARTICLE [FROM [TO]]",
		Short: "Show what changed between two versions of an article",
		Long: `Print what changed between two versions of an article: names and quotes that were added,
removed or changed, and the paragraphs whose words differ, [-removed-] and {+added+}.
Versions are counted from 1; without numbers, the last two are compared. ARTICLE is an ID
or title, as for export.`,
		Example: `  byline diff ferry
  byline diff ferry 1 3 --format json | jq '.quotes[] | select(.change == "altered")'`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) < 1 || len(args) > 3 {
				return wrongUsage("byline diff: name an article, and at most two versions")
			}
			return p.withLibrary(c.Context(), func(ctx context.Context, w *workspace.Workspace) error { return p.diff(ctx, w, format, args) })
		},
		ValidArgsFunction: p.completeArticles,
	}
	c.Flags().StringVarP(&format, "format", "f", "text", "`FORMAT`: text or json")
	completeWith(c, "format", "text", "json")
	return c
}

func (p *program) diff(ctx context.Context, w *workspace.Workspace, format string, args []string) error {
	if format != "text" && format != "json" {
		return wrongUsage("--format %s: unknown format; use text or json", format)
	}
	numbers := [2]int{}
	for i, arg := range args[1:] {
		n, err := strconv.Atoi(arg)
		if err != nil || n < 1 {
			return wrongUsage("version %s: must be a number from 1", arg)
		}
		numbers[i] = n
	}
	entries, err := w.Library.Entries(ctx)
	if err != nil {
		return err
	}
	id, err := workspace.Pick(entries, args[0])
	if err != nil {
		return err
	}
	c, err := w.Compare(ctx, id, numbers[0], numbers[1])
	if wrong, ok := errors.AsType[*workspace.VersionError](err); ok {
		return wrongUsage("%s", wrong)
	}
	if err != nil {
		return err
	}
	if format == "json" {
		return output.ComparisonJSON(p.out, c)
	}
	return output.ComparisonText(p.out, c)
}
