// Package team holds the commands for several people who annotate a library: sets of articles, who is in them, and
// what is assigned to whom.
package team

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"byline/annotate/library"
	"byline/annotate/team"
	"byline/annotate/workspace"
	"byline/articles/clean"
	"byline/ui"
	"byline/ui/cli/command"
)

// Command returns "byline team" with its commands, and more that other packages have. The function does says what a key of the reader does;
// nothing if it is free.
func Command(env command.Env, does func(key string) string, more ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{
		Use:   "team",
		Short: "Annotate with several people: sets, assignments, progress",
		Long: `Annotate with several people. A set is articles that a team works on: its members, what is
assigned to whom, its guidelines and its own labels. All of it is a log of events, which
travels with the library: "byline team log" prints it.

Everybody signs with a name: "who" in the settings, or --who NAME.`,
		Example: `  byline team add May --where tag:may --members ann,bob --curators dora
  byline team assign May --overlap 20% --blind
  byline team progress`,
		Args: command.NoArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			return command.WrongUsage("byline team: add a command; see \"byline team --help\"")
		},
	}
	c.AddCommand(addCommand(env, does), assignCommand(env), excludeCommand(env), exportCommand(env), guidelinesCommand(env), logCommand(env), leaveCommand(env), progressCommand(env), reopenCommand(env), retireCommand(env), withdrawCommand(env))
	c.AddCommand(more...)
	return c
}

// adding holds the flags of add.
type adding struct {
	command.Env
	where             string
	all               bool
	members, curators []string
	guidelines        string
	labels            []string
	does              func(key string) string
}

func addCommand(env command.Env, does func(key string) string) *cobra.Command {
	o := adding{Env: env, does: does}
	c := &cobra.Command{
		Use:   "add SET [ARTICLE]...",
		Short: "Create a set of articles, or add articles and members to it",
		Long: `Create a set, or add to it: articles by ID or title, those that match --where now, or --all;
members who annotate, and curators, who settle what annotators answered differently. What
the query finds later is not in the set until it is added again.

--guidelines FILE (- for standard input) are the guidelines that its members read, and
--label NAME=KEY is a label of the set with the key that gives it; each replaces those
before. Prints the set, and how many articles and members it has.`,
		Example: `  byline team add May --where tag:may --members ann,bob --curators dora
  byline team add May "The Ferry at Low Tide"
  byline team add May --guidelines rules.md --label weapon=1 --label place=2`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return command.WrongUsage("%s: name a set", c.CommandPath())
			}
			return o.run(c.Context(), args[0], args[1:])
		},
	}
	f := c.Flags()
	env.WhereFlag(c, &o.where)
	f.BoolVar(&o.all, "all", false, "every article of the library")
	f.StringSliceVar(&o.members, "members", nil, "`NAMES` of annotators, with commas")
	f.StringSliceVar(&o.curators, "curators", nil, "`NAMES` of curators, with commas")
	f.StringVar(&o.guidelines, "guidelines", "", "`FILE` with the guidelines of the set")
	f.StringArrayVar(&o.labels, "label", nil, "a label of the set with its key, `NAME=KEY`; may be repeated")
	return c
}

func (o *adding) run(ctx context.Context, set string, names []string) error {
	if set = team.Name(clean.Line(set)); set == "" {
		return command.WrongUsage("the name of the set is empty")
	}
	events, err := o.events()
	if err != nil {
		return err
	}
	return o.Library(ctx, func(ctx context.Context, w *workspace.Workspace) error {
		ids, err := o.articles(ctx, w, names)
		if err != nil {
			return err
		}
		if o.where != "" && len(ids) == 0 {
			fmt.Fprintf(o.Errs, "byline: --where %s: no article matches, so none is added\n", clean.Line(o.where))
		}
		if set, err = o.record(ctx, w, set, ids, events); err != nil {
			return err
		}
		now, err := workspace.TeamOf(w).State(ctx)
		if err != nil {
			return err
		}
		s := now.Set(set)
		_, err = fmt.Fprintf(o.Out, "%s\t%s\t%s\n", s.Name, ui.Articles(len(s.Articles)), membersOf(s))
		return err
	})
}

// record records events of the set with that name, and that articles and members come into it. It returns the name as the set has it.
func (o *adding) record(ctx context.Context, w *workspace.Workspace, set string, ids []string, events []team.Event) (string, error) {
	had, err := workspace.TeamOf(w).State(ctx)
	if err != nil {
		return "", err
	}
	all, err := o.joining(had.Members())
	if err != nil {
		return "", err
	}
	old := had.Set(set)
	if old != nil {
		set = old.Name
	}
	if old == nil || old.Retired || len(ids) > 0 {
		all = append([]team.Event{{Verb: team.Create, Value: o.where, Articles: ids}}, all...)
	}
	all = append(all, events...)
	for i := range all {
		all[i].Set = set
	}
	return set, workspace.TeamOf(w).Record(ctx, all...)
}

// membersOf lists the members of a set, with the roles of those who are more than annotators.
func membersOf(s *team.Set) string {
	var out []string
	for _, m := range s.Members {
		name := m.Name
		if m.Role != team.Annotator {
			name += " (" + m.Role + ")"
		}
		out = append(out, name)
	}
	return strings.Join(out, ", ")
}

// joining returns the events in which members join. Those who are known keep their spelling.
func (o *adding) joining(known []string) ([]team.Event, error) {
	var out []team.Event
	var both []string // who has a role by now
	for _, x := range []struct {
		names []string
		role  string
	}{{o.members, ""}, {o.curators, team.Curator}} {
		if len(x.names) == 0 {
			continue
		}
		names, err := namesOf(x.names, append(slices.Clone(known), both...))
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if slices.Contains(both, name) {
				return nil, command.WrongUsage("%s: in --members and in --curators: a curator settles what annotators answered differently; \"byline team assign --to\" gives articles to a curator, too", name)
			}
		}
		both = append(both, names...)
		out = append(out, team.Event{Verb: team.Join, Members: names, Value: x.role})
	}
	return out, nil
}

// events returns what the flags ask for besides articles and members.
func (o *adding) events() ([]team.Event, error) {
	var out []team.Event
	if o.guidelines != "" {
		text, err := readText(o.Env, o.guidelines)
		if err != nil {
			return nil, err
		}
		out = append(out, team.Event{Verb: team.Guide, Value: text})
	}
	labels, err := o.labelsOf(o.labels)
	if len(labels) > 0 {
		out = append(out, team.Event{Verb: team.SetLabels, Labels: labels})
	}
	return out, err
}

// articles returns the IDs of the articles that names and flags ask for. If a name matches none, there are none of the others
// either.
func (o *adding) articles(ctx context.Context, w *workspace.Workspace, names []string) ([]string, error) {
	if len(names) == 0 && o.where == "" && !o.all {
		return nil, nil
	}
	entries, err := o.Where(ctx, w, o.where)
	if err != nil {
		return nil, err
	}
	if len(names) > 0 {
		return pick(entries, names)
	}
	ids := make([]string, len(entries))
	for i := range entries {
		ids[i] = entries[i].ID
	}
	return ids, nil
}

// pick returns the IDs of the articles that names refer to.
func pick(entries []library.Entry, names []string) ([]string, error) {
	var ids []string
	for _, name := range names {
		id, err := workspace.Pick(entries, name)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// mostGuidelines is the most bytes of guidelines: a long chapter.
const mostGuidelines = 1 << 20

// readText reads a file, or standard input if it is called "-".
func readText(env command.Env, name string) (string, error) {
	in := env.In
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return "", fmt.Errorf("read the guidelines: %w", err)
		}
		defer f.Close()
		in = f
	}
	return limited(in, name)
}

// labelsOf reads labels as flags give them: NAME=KEY. A key that the reader has for something else would give no label.
func (o *adding) labelsOf(flags []string) ([]team.Label, error) {
	var out []team.Label
	for _, f := range flags {
		name, key, ok := strings.Cut(f, "=")
		if name = clean.Line(name); !ok || name == "" || len([]rune(key)) != 1 {
			return nil, command.WrongUsage("--label %s: must be NAME=KEY with one letter or digit as the key, such as weapon=1", f)
		}
		if does := o.does(key); does != "" {
			return nil, command.WrongUsage("--label %s: the key %s has a use in the reader (%s); give another, such as a digit", f, key, does)
		}
		for _, l := range out {
			if l.Name == name || l.Key == key {
				return nil, command.WrongUsage("--label %s: %s=%s has the same name or key", f, l.Name, l.Key)
			}
		}
		out = append(out, team.Label{Name: name, Key: clean.Line(key)})
	}
	return out, nil
}

// namesOf checks the names of people. Those who are known keep the spelling that they have there.
func namesOf(names, known []string) ([]string, error) {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = team.Spelt(known, team.Name(clean.Line(name)))
		if err := team.CheckName(out[i]); err != nil {
			return nil, command.WrongUsage("%w", err)
		}
	}
	return out, nil
}

// shareOf reads a share: 20% or 0.2.
func shareOf(flag, text string) (float64, error) {
	number, percent := strings.CutSuffix(strings.TrimSpace(text), "%")
	x, err := strconv.ParseFloat(number, 64)
	if percent {
		x /= 100
	}
	if err != nil || !(x >= 0 && x <= 1) {
		return 0, command.WrongUsage("--%s %s: must be a share from 0%% to 100%%, such as 20%%", flag, text)
	}
	return x, nil
}
