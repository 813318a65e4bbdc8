package team

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"byline/annotate/team"
	"byline/annotate/workspace"
	"byline/articles/clean"
	"byline/ui"
	"byline/ui/cli/command"
)

// assigning holds the flags of assign.
type assigning struct {
	command.Env
	to              []string
	each            int
	overlap, hidden string
	seed            uint64
	blind, dry      bool
	given           func(flag string) bool
}

func assignCommand(env command.Env) *cobra.Command {
	o := assigning{Env: env}
	c := &cobra.Command{
		Use:   "assign SET",
		Short: "Assign the articles of a set to its annotators",
		Long: `Assign the articles of a set to its annotators, or to those named by --to. Each article goes
to one of them; of a share of the articles, --overlap, to --each of them (two unless given;
--each alone means all articles). Everybody gets about as many.

The deal depends on the set, its articles and --seed alone: made again it is the same. What
is assigned stays so. Whoever joins later gets what lacks an annotator: new articles, or
those of a wider overlap. Run again without flags, the terms are those of the last time.

--blind: until everybody who has an article is done with it, all but the curators of the set
(or, if it has none, whoever created it) see only what was suggested and their own decisions,
and only they change the set. --hide 10% shows each annotator a tenth
fewer suggestions, drawn by the seed: a check whether suggestions lead them.

Prints for each person: the name, how many articles are new, and how many they have.`,
		Example: `  byline team assign May --overlap 20% --blind
  byline team assign May --each 2 --seed 7
  byline team assign May --to cara --dry-run`,
		Args: func(c *cobra.Command, args []string) error { return oneSet(c, args) },
		RunE: func(c *cobra.Command, args []string) error {
			o.given = c.Flags().Changed
			return o.run(c.Context(), args[0])
		},
	}
	f := c.Flags()
	f.StringSliceVar(&o.to, "to", nil, "`NAMES` of those to whom articles are assigned (default: the annotators of the set)")
	f.IntVar(&o.each, "each", 2, "`NUMBER` of people to whom an article of the overlap is assigned")
	f.StringVar(&o.overlap, "overlap", "", "`SHARE` of the articles that several people annotate, such as 20%")
	f.Uint64Var(&o.seed, "seed", 1, "draw the deal by `NUMBER`; a set keeps its first seed")
	f.BoolVar(&o.blind, "blind", false, "nobody sees what others decide until all who have the article are done")
	f.StringVar(&o.hidden, "hide", "", "`SHARE` of the suggestions that each annotator is not shown, such as 10%")
	f.BoolVarP(&o.dry, "dry-run", "n", false, "only print what would be assigned")
	return c
}

// oneSet requires the name of one set.
func oneSet(c *cobra.Command, args []string) error {
	if len(args) != 1 {
		return command.WrongUsage("%s: name one set; put a name of several words in quotes", c.CommandPath())
	}
	return nil
}

// terms returns the terms that the flags ask for: those of had, where a flag was not given.
func (o *assigning) terms(had team.Terms, again bool) (team.Terms, error) {
	t := had
	if !again {
		t = team.Terms{Seed: 1}
	}
	if o.each < 1 {
		return t, command.WrongUsage("--each %d: must be 1 or more", o.each)
	}
	if o.given("each") || o.given("overlap") {
		t.Each, t.Overlap = o.each, 1
	}
	var err error
	if o.overlap != "" {
		if t.Overlap, err = shareOf("overlap", o.overlap); err != nil {
			return t, err
		}
	}
	if o.hidden != "" {
		if t.Hidden, err = shareOf("hide", o.hidden); err != nil {
			return t, err
		}
	}
	if o.given("blind") {
		t.Blind = o.blind
	}
	if o.given("seed") {
		if again && o.seed != had.Seed {
			return t, command.WrongUsage("--seed %d: the set was assigned with the seed %d, and keeps it, so that nobody is moved", o.seed, had.Seed)
		}
		t.Seed = o.seed
	}
	return t, nil
}

func (o *assigning) run(ctx context.Context, name string) error {
	return o.Library(ctx, func(ctx context.Context, w *workspace.Workspace) error {
		state, err := workspace.TeamOf(w).State(ctx)
		if err != nil {
			return err
		}
		set, err := command.FindSet(state, name)
		if err != nil {
			return err
		}
		who, err := o.people(state, set)
		if err != nil {
			return err
		}
		_, again := set.Seed()
		terms, err := o.terms(set.Terms, again)
		if err != nil {
			return err
		}
		deal, err := set.Deal(terms, who)
		if err != nil {
			return command.WrongUsage("%s: %v", set.Name, err)
		}
		o.announce(set, who)
		if !o.dry && (len(deal) > 0 || terms != set.Terms) {
			err = workspace.TeamOf(w).Record(ctx, o.events(set, terms, deal)...)
		}
		if err != nil {
			return err
		}
		if err := o.print(set, who, deal); err != nil || !terms.Blind {
			return err
		}
		return o.warn(ctx, w, set, deal)
	})
}

// people returns those to whom articles are assigned.
func (o *assigning) people(state *team.State, set *team.Set) (who []string, err error) {
	if set.Retired {
		return nil, closed(set)
	}
	if len(o.to) == 0 {
		return set.Annotators(), nil
	}
	o.to, err = namesOf(o.to, state.Members())
	return o.to, err
}

// announce says who is no member of the set yet: it may be a slip of the pen.
func (o *assigning) announce(set *team.Set, who []string) {
	for _, name := range who {
		if set.Role(name) == "" {
			fmt.Fprintf(o.Errs, "byline: %s: no member of %s yet; joins with what is assigned\n", clean.Line(name), clean.Line(set.Name))
		}
	}
}

// events returns the events of a deal. Whoever is no member yet joins.
func (o *assigning) events(set *team.Set, terms team.Terms, deal map[string][]string) []team.Event {
	out := []team.Event{{Verb: team.Assign, Set: set.Name, Terms: terms, Deal: deal}}
	fresh := slices.DeleteFunc(slices.Clone(o.to), func(who string) bool { return set.Role(who) != "" })
	if len(fresh) > 0 {
		out = append([]team.Event{{Verb: team.Join, Set: set.Name, Members: fresh}}, out...)
	}
	return out
}

func (o *assigning) print(set *team.Set, who []string, deal map[string][]string) error {
	names := slices.Concat(who, slices.Collect(maps.Keys(deal)))
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if _, err := fmt.Fprintf(o.Out, "%s\t%d new\t%d in all\n", name, len(deal[name]), len(set.Of(name))+len(deal[name])); err != nil {
			return err
		}
	}
	switch name := clean.Line(set.Name); {
	case len(set.Articles) == 0:
		fmt.Fprintf(o.Errs, "byline: %s: nothing to assign, the set has no articles; \"byline team add\" adds some\n", name)
	case len(deal) == 0:
		fmt.Fprintf(o.Errs, "byline: %s: nothing to assign, every article has the annotators that the terms ask for; add articles, or widen --overlap or --each\n", name)
	}
	return nil
}

// warn says how many of the articles that were dealt to somebody, blind, they could read before with what others decided. Set is that of before.
func (o *assigning) warn(ctx context.Context, w *workspace.Workspace, set *team.Set, deal map[string][]string) error {
	for _, who := range slices.Sorted(maps.Keys(deal)) {
		n := 0
		for _, id := range deal[who] {
			if !set.Dealt(id) {
				continue
			}
			log, err := workspace.ReadLog(ctx, w, id)
			if err != nil {
				return err
			}
			if set.Open(id, who, log.Spells) {
				n++
			}
		}
		if n > 0 {
			fmt.Fprintf(o.Errs, "byline: %s: %s could read what others decided on %d of %s before, as these were done; \"byline team agree\" says so\n",
				clean.Line(set.Name), clean.Line(who), n, ui.Articles(len(deal[who])))
		}
	}
	return nil
}

func guidelinesCommand(env command.Env) *cobra.Command {
	return &cobra.Command{
		Use:     "guidelines SET",
		Short:   "Print the guidelines of a set",
		Long:    `Print the guidelines of a set. "byline team add SET --guidelines FILE" replaces them.`,
		Example: `  byline team guidelines May | less`,
		Args:    oneSet,
		RunE: func(c *cobra.Command, args []string) error {
			return env.Library(c.Context(), func(ctx context.Context, w *workspace.Workspace) error {
				state, err := workspace.TeamOf(w).State(ctx)
				if err != nil {
					return err
				}
				set, err := command.FindSet(state, args[0])
				if err != nil || set.Guidelines == "" {
					return err
				}
				_, err = fmt.Fprintln(env.Out, set.Guidelines)
				return err
			})
		},
	}
}

func logCommand(env command.Env) *cobra.Command {
	return &cobra.Command{
		Use:   "log",
		Short: "Print the log of the team",
		Long: `Print the log of the team, one event a line as JSON: id, at, who, verb, set, and what the verb
takes. docs/teams.md says what the verbs and fields mean.`,
		Example: `  byline team log | jq -r 'select(.verb == "assign") | .terms'`,
		Args:    command.NoArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			return env.Library(c.Context(), func(ctx context.Context, w *workspace.Workspace) error {
				events, err := workspace.TeamOf(w).Events(ctx)
				if err != nil {
					return err
				}
				state := team.StateOf(events)
				var b bytes.Buffer
				for _, e := range events {
					if from := state.Set(e.Set); from != nil && e.Who != workspace.Signer(w) && from.HidesFrom(workspace.Signer(w)) {
						e.Terms.Hidden = 0 // how much they are not shown
					}
					line, err := team.Encode(e)
					if err != nil {
						return err
					}
					b.Write(append(line, '\n'))
				}
				_, err = env.Out.Write(b.Bytes())
				return err
			})
		},
	}
}

// limited reads a text to its end, but no more than guidelines may have.
func limited(in io.Reader, name string) (string, error) {
	text, err := io.ReadAll(io.LimitReader(in, mostGuidelines+1))
	switch {
	case err != nil:
		return "", fmt.Errorf("read %s: %w", name, err)
	case len(text) > mostGuidelines:
		return "", fmt.Errorf("%s: guidelines have at most %d bytes", name, mostGuidelines)
	}
	return strings.TrimSpace(clean.Text(text)), nil
}
