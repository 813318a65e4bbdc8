package team

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"byline/annotate/team"
	"byline/annotate/workspace"
	"byline/articles/clean"
	"byline/ui"
	"byline/ui/cli/command"
)

// A changing is a change of a set: the events that record it, and in a few words what it does.
type changing struct {
	events []team.Event
	did    string // "2 articles taken out"
	hint   string // what else is to be known of it; empty for nothing
}

// change records a change of a set, and prints what it did and what the set has now.
func change(ctx context.Context, env command.Env, w *workspace.Workspace, name string, make func(*team.Set) (changing, error)) error {
	state, err := workspace.TeamOf(w).State(ctx)
	if err != nil {
		return err
	}
	set, err := command.FindSet(state, name)
	if err != nil {
		return err
	}
	c, err := make(set)
	if err != nil {
		return err
	}
	for i := range c.events {
		c.events[i].Set = set.Name
	}
	if err := workspace.TeamOf(w).Record(ctx, c.events...); err != nil {
		return err
	}
	if state, err = workspace.TeamOf(w).State(ctx); err != nil {
		return err
	}
	set = state.Set(set.Name)
	n := 0
	for _, id := range set.Articles {
		n += len(set.Assigned(id))
	}
	if _, err = fmt.Fprintf(env.Out, "%s\t%s\t%s, %d assigned\t%s\n", set.Name, c.did, ui.Articles(len(set.Articles)), n, membersOf(set)); err != nil {
		return err
	}
	if c.hint != "" {
		fmt.Fprintf(env.Errs, "byline: %s: %s\n", clean.Line(set.Name), c.hint)
	}
	return nil
}

// closed says that a set is closed.
func closed(s *team.Set) error {
	return fmt.Errorf("%s is closed; \"byline team add\" opens it again", clean.Line(s.Name))
}

// leaveCommand returns "byline team leave".
func leaveCommand(env command.Env) *cobra.Command {
	return &cobra.Command{
		Use:   "leave SET NAME...",
		Short: "Take members out of a set",
		Long: `Take members out of a set. What is assigned to them stays theirs until "byline team
withdraw" takes it back; their decisions stay in any case.`,
		Example: `  byline team leave May bob`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) < 2 {
				return command.WrongUsage("%s: name a set and a person", c.CommandPath())
			}
			return env.Library(c.Context(), func(ctx context.Context, w *workspace.Workspace) error {
				return change(ctx, env, w, args[0], func(s *team.Set) (changing, error) { return leaving(s, args[1:]) })
			})
		},
	}
}

// peopleOf are all who have or had to do with a set.
func peopleOf(s *team.Set) []string { return (&team.State{Sets: []*team.Set{s}}).Members() }

// leaving is that members leave a set.
func leaving(s *team.Set, args []string) (changing, error) {
	names, err := namesOf(args, peopleOf(s))
	if err != nil {
		return changing{}, err
	}
	var keep []string
	for _, name := range names {
		if s.Role(name) == "" {
			return changing{}, fmt.Errorf("%s: not in %s; its members are %s", name, clean.Line(s.Name), cmp.Or(membersOf(s), "nobody"))
		}
		if n := len(s.Of(name)); n > 0 {
			keep = append(keep, fmt.Sprintf("%s keeps %s", name, ui.Articles(n)))
		}
	}
	c := changing{events: []team.Event{{Verb: team.Leave, Members: names}}, did: strings.Join(names, ", ") + " left"}
	if len(keep) > 0 {
		c.hint = strings.Join(keep, ", ") + "; \"byline team withdraw\" takes them back"
	}
	return c, nil
}

// withdrawCommand returns "byline team withdraw".
func withdrawCommand(env command.Env) *cobra.Command {
	return &cobra.Command{
		Use:   "withdraw SET NAME [ARTICLE]...",
		Short: "Take assigned articles back from somebody",
		Long: `Take articles back that are assigned to somebody: those named by ID or title, or all. Their
decisions stay, and so does that they were done: what they are given again is done. "byline team
assign" gives the articles to others.`,
		Example: `  byline team withdraw May bob
  byline team withdraw May bob "The Ferry at Low Tide"`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) < 2 {
				return command.WrongUsage("%s: name a set and a person", c.CommandPath())
			}
			return env.Library(c.Context(), func(ctx context.Context, w *workspace.Workspace) error {
				return change(ctx, env, w, args[0], func(s *team.Set) (changing, error) { return withdrawing(ctx, env, w, s, args[1:]) })
			})
		},
	}
}

// withdrawing is that articles are taken back from somebody.
func withdrawing(ctx context.Context, env command.Env, w *workspace.Workspace, s *team.Set, args []string) (changing, error) {
	who := team.Spelt(peopleOf(s), team.Name(clean.Line(args[0])))
	has := s.Of(who)
	if len(has) == 0 {
		return changing{}, fmt.Errorf("%s: nothing of %s is assigned to them, but to %s", who, clean.Line(s.Name), cmp.Or(strings.Join(annotatorsOf(s), ", "), "nobody"))
	}
	e := team.Event{Verb: team.Withdraw, Members: []string{who}}
	n := len(has)
	if len(args) > 1 {
		var err error
		if e.Articles, err = pickOf(ctx, env, w, args[1:], has, "not assigned to "+who+" in "+s.Name); err != nil {
			return changing{}, err
		}
		n = len(e.Articles)
	}
	return changing{events: []team.Event{e}, did: ui.Articles(n) + " taken back from " + who}, nil
}

// pickOf returns the IDs of the articles that names refer to, each once; what is not among those that may be is an error that says why.
func pickOf(ctx context.Context, env command.Env, w *workspace.Workspace, names, of []string, why string) ([]string, error) {
	entries, err := env.Where(ctx, w, "")
	if err != nil {
		return nil, err
	}
	ids, err := pick(entries, names)
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		if !slices.Contains(of, id) {
			return nil, fmt.Errorf("%s: %s", clean.Line(names[i]), clean.Line(why))
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// articlesCommand returns a command that does something to articles of a set.
func articlesCommand(env command.Env, c *cobra.Command, verb team.Verb, did string) *cobra.Command {
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) < 2 {
			return command.WrongUsage("%s: name a set and articles", c.CommandPath())
		}
		return env.Library(c.Context(), func(ctx context.Context, w *workspace.Workspace) error {
			return change(ctx, env, w, args[0], func(s *team.Set) (changing, error) {
				ids, err := pickOf(ctx, env, w, args[1:], s.Articles, "not in "+s.Name)
				return changing{events: []team.Event{{Verb: verb, Articles: ids}}, did: ui.Articles(len(ids)) + " " + did}, err
			})
		})
	}
	c.ValidArgsFunction = env.Articles
	return c
}

func excludeCommand(env command.Env) *cobra.Command {
	return articlesCommand(env, &cobra.Command{
		Use:     "exclude SET ARTICLE...",
		Short:   "Take articles out of a set",
		Long:    `Take articles out of a set: nobody has them any more in it. Decisions on them stay.`,
		Example: `  byline team exclude May "The Ferry at Low Tide"`,
	}, team.Exclude, "taken out")
}

func reopenCommand(env command.Env) *cobra.Command {
	return articlesCommand(env, &cobra.Command{
		Use:   "reopen SET ARTICLE...",
		Short: "Let the annotators of a blind set change what they were done with",
		Long: `Let the annotators of articles of a blind set decide on them again, whoever is done. They may know
by now what the others decided, so these articles are blind no more, and "byline team agree" says so.`,
		Example: `  byline team reopen May "The Ferry at Low Tide"`,
	}, team.Reopen, "reopened")
}

func retireCommand(env command.Env) *cobra.Command {
	return &cobra.Command{
		Use:   "retire SET",
		Short: "Close a set: nothing of it is assigned or blind any more",
		Long: `Close a set: nothing of it is assigned or blind any more. Decisions stay, and so does the set in
the log: "byline team add" opens it again as it was.`,
		Args: oneSet,
		RunE: func(c *cobra.Command, args []string) error {
			return env.Library(c.Context(), func(ctx context.Context, w *workspace.Workspace) error {
				return change(ctx, env, w, args[0], func(s *team.Set) (changing, error) {
					if s.Retired {
						return changing{}, closed(s)
					}
					return changing{events: []team.Event{{Verb: team.Retire}}, did: "closed"}, nil
				})
			})
		},
	}
}
