package team

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"byline/annotate/library/db"
	"byline/annotate/team"
	"byline/annotate/workspace"
	"byline/ui/cli/command"
	"byline/ui/cli/output"
	"byline/ui/cli/terminal"
)

func progressCommand(env command.Env) *cobra.Command {
	format := ""
	c := &cobra.Command{
		Use:   "progress [SET]",
		Short: "Print how far everybody has come with what is assigned to them",
		Long: `Print how far everybody has come with what is assigned to them, in one set or all: articles
assigned, done, begun, and not in this library; names and quotes of their own reading that they
reviewed, of how many; decisions made; the time of the last. A table on a terminal, else
values separated by tabs; --format json for more.`,
		Example: `  byline team progress
  byline team progress May --format json | jq -r '.[] | select(.done < .assigned) | .who'`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return command.WrongUsage("%s: name one set, or none for all", c.CommandPath())
			}
			if format == "" {
				format = map[bool]string{true: "table", false: "tsv"}[terminal.Is(env.Out)]
			}
			write := writers[format]
			if write == nil {
				return command.WrongUsage("--format %s: unknown format; use table, tsv or json", format)
			}
			return env.Library(c.Context(), func(ctx context.Context, w *workspace.Workspace) error {
				list, err := progressOf(ctx, w, args)
				if err != nil {
					return err
				}
				if err := write(env, list); err != nil || len(list) == 0 {
					return err
				}
				if unread, err := w.Library.Unread(ctx); err == nil && unread {
					fmt.Fprintln(env.Errs, "byline: names and quotes of articles that came and that byline has not read yet are not counted; opening the library reads them, and so does byline people")
				}
				return nil
			})
		},
	}
	c.Flags().StringVarP(&format, "format", "f", "", "`FORMAT`: table, tsv or json (a table on a terminal, else tsv)")
	command.CompleteWith(c, "format", "table", "tsv", "json")
	return c
}

// progressOf returns the progress in the set that args name, or in all.
func progressOf(ctx context.Context, w *workspace.Workspace, args []string) ([]db.Progress, error) {
	state, err := workspace.TeamOf(w).State(ctx)
	if err != nil {
		return nil, err
	}
	list, err := workspace.TeamOf(w).Progress(ctx)
	if err != nil || len(args) == 0 {
		return list, err
	}
	set, err := command.FindSet(state, args[0])
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(list, func(p db.Progress) bool { return p.Set != set.Name }), nil
}

// writers write progress in the formats of the command.
var writers = map[string]func(command.Env, []db.Progress) error{
	"table": func(env command.Env, list []db.Progress) error {
		if len(list) == 0 {
			_, err := fmt.Fprintln(env.Out, "Nothing is assigned.")
			return err
		}
		rows := [][]string{{"SET", "WHO", "DONE", "BEGUN", "ABSENT", "REVIEWED", "DECISIONS", output.Timed("LAST", env.Zone())}}
		for _, p := range list {
			last := ""
			if !p.Last.IsZero() {
				last = p.Last.In(env.Zone()).Format(time.DateTime)
			}
			rows = append(rows, []string{p.Set, p.Who, fmt.Sprintf("%d of %d", p.Done, p.Assigned), number(p.Begun), number(p.Absent),
				fmt.Sprintf("%d of %d", p.Reviewed, p.Claims), number(p.Decided), last})
		}
		return output.Table(env.Out, rows, terminal.Columns(env.Out))
	},
	"tsv": func(env command.Env, list []db.Progress) error {
		for _, p := range list {
			last := ""
			if !p.Last.IsZero() {
				last = p.Last.Format(time.RFC3339)
			}
			_, err := fmt.Fprintf(env.Out, "%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%s\n", p.Set, p.Who, p.Assigned, p.Done, p.Begun, p.Absent, p.Reviewed, p.Claims, p.Decided, last)
			if err != nil {
				return err
			}
		}
		return nil
	},
	"json": func(env command.Env, list []db.Progress) error {
		out := make([]progressJSON, len(list))
		for i, p := range list {
			out[i] = progressJSON{p.Set, p.Who, p.Assigned, p.Done, p.Begun, p.Absent, p.Reviewed, p.Claims, p.Decided, p.Last}
		}
		e := json.NewEncoder(env.Out)
		e.SetIndent("", "  ")
		return e.Encode(out)
	},
}

// number writes n, nothing for 0.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// progressJSON is how far somebody has come, as JSON. The names of its fields are a contract.
type progressJSON struct {
	Set       string    `json:"set"`
	Who       string    `json:"who"`
	Assigned  int       `json:"assigned"` // articles
	Done      int       `json:"done"`
	Begun     int       `json:"begun"`
	Absent    int       `json:"absent"`
	Reviewed  int       `json:"reviewed"` // names and quotes
	Claims    int       `json:"claims"`
	Decisions int       `json:"decisions"`
	Last      time.Time `json:"last,omitzero"` // UTC
}

func exportCommand(env command.Env) *cobra.Command {
	o := command.ExportOptions{}
	c := &cobra.Command{
		Use:   "export SET",
		Short: "Export the reading of each annotator of a set to a folder of its own",
		Long: `Export the articles of a set as each of its annotators read them, DIR/NAME/…, where a name with
other letters than a to z, digits and hyphens has a hash behind it: what was suggested
to them with their own decisions, of those that are assigned to them. An article that is sealed
to you is reported, and left out. "byline export --view curated" exports the curated reading.`,
		Example: `  byline team export May -o may/
  byline team export May -o may/ --format brat`,
		Args: oneSet,
		RunE: func(c *cobra.Command, args []string) error {
			if o.Dir == "" {
				return command.WrongUsage("%s: add --output DIR", c.CommandPath())
			}
			return env.Library(c.Context(), func(ctx context.Context, w *workspace.Workspace) error {
				return exportSet(ctx, env, w, args[0], o)
			})
		},
	}
	c.Flags().StringVarP(&o.Dir, "output", "o", "", "the `DIR` to write to")
	c.Flags().StringVarP(&o.Format, "format", "f", "json", "output `FORMAT`, as for export")
	c.Flags().BoolVar(&o.Force, "force", false, "overwrite existing files")
	return c
}

func exportSet(ctx context.Context, env command.Env, w *workspace.Workspace, name string, o command.ExportOptions) error {
	state, err := workspace.TeamOf(w).State(ctx)
	if err != nil {
		return err
	}
	set, err := command.FindSet(state, name)
	if err != nil {
		return err
	}
	dir := o.Dir
	for _, who := range annotatorsOf(set) {
		o.By, o.Dir = who, filepath.Join(dir, team.FileName(who))
		if err := env.Export(ctx, w, set.Of(who), o); err != nil {
			return err
		}
	}
	return nil
}

// annotatorsOf returns everybody to whom something of a set is assigned, sorted.
func annotatorsOf(s *team.Set) []string {
	var out []string
	for _, id := range s.Articles {
		out = append(out, s.Assigned(id)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
