// Package agree is the command that measures how far annotators agree, and prints the figures: as text, as Markdown, as
// HTML with plots, and for scripts.
package agree

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"byline/annotate/agreement"
	"byline/annotate/workspace"
	"byline/articles/clean"
	"byline/ui/cli/command"
)

// formats are how figures are written.
var formats = []struct {
	name  string
	write func(io.Writer, *sheet) error
}{{"text", writeText}, {"json", writeJSON}, {"csv", writeCSV}, {"md", writeMarkdown}, {"html", writeHTML}}

func formatNames() []string {
	var names []string
	for _, f := range formats {
		names = append(names, f.name)
	}
	return append(names, tokensFormat)
}

// agreeing holds the flags of agree.
type agreeing struct {
	command.Env
	set, format string
	annotators  []string
	gamma       int
	agreement.Options
	write func(io.Writer, *sheet) error
}

// The limits of what may be asked for.
const (
	leastDraws = 100 // of fewer, the ends of an interval are those of a few draws
	mostDraws  = 100_000
	mostChance = 10_000
	// chanceUnasked is how many annotations by chance there are for each article, if the articles are not more than gammaUnasked.
	chanceUnasked = 30
	gammaUnasked  = 1000
)

// Command returns "byline team agree".
func Command(env command.Env) *cobra.Command {
	o := agreeing{Env: env}
	c := &cobra.Command{
		Use:   "agree [SET]",
		Short: "Measure how far annotators agree",
		Long: `Measure how far annotators agree on articles that at least two of them finished (marked as
done): all together, by type, for each pair, and for each article. What a person left as it was
suggested counts as theirs; the report says how much that is. --decided leaves it out, with what the
others made of it: nobody can say whether they would have agreed.

Names and quotes: span F1 (exact: ends and type; boundary: ends; overlap: some text and type; soft:
as far as they overlap); Cohen's and Fleiss's kappa and Krippendorff's alpha on tokens, all and those
that somebody marked; alpha_U and gamma on marks as units of the text. Who is the same: B³, CEAFe and
MUC. Speakers of quotes that both marked: the same, and kappa. With suggestions that were hidden from
some: agreement on those shown and on those hidden.

Each figure has an interval, by drawing the articles again, and what it is taken over. Where nothing
could be disagreed about it is n/a. docs/teams.md says what each means and which to report.
--format tokens prints, in place of figures, the tokens over which kappa and alpha are computed, with
what each annotator made of them, as CSV.`,
		Example: `  byline team agree May
  byline team agree May --format html > may.html
  byline team agree --annotators ann,bob --kinds person,organization,place
  byline team agree --format json | jq '.figures[] | select(.measure == "alpha")'`,
		Args: command.SetArgument(&o.set),
		RunE: func(c *cobra.Command, _ []string) error {
			if err := o.check(c.Flags().Changed("gamma")); err != nil {
				return err
			}
			return env.Library(c.Context(), o.run)
		},
	}
	f := c.Flags()
	f.StringVar(&o.set, "set", "", "only articles of the `SET`, finished in it (default: all)")
	f.StringVarP(&o.format, "format", "f", "text", "output `FORMAT`: "+strings.Join(formatNames(), ", "))
	f.StringSliceVar(&o.annotators, "annotators", nil, "only these `NAMES`, with commas")
	f.StringSliceVar(&o.Types, "kinds", nil, "only these `KINDS`, with commas: types of names, and quote (default: all but places and other names)")
	f.BoolVar(&o.Decided, "decided", false, "count only what all who finished an article confirmed, changed or added")
	f.Uint64Var(&o.Seed, "seed", 1, "`NUMBER` that everything drawn begins with")
	f.IntVar(&o.Draws, "samples", 1000, "draw the articles `N` times for the intervals; 0 for none")
	f.IntVar(&o.gamma, "gamma", -1, fmt.Sprintf("compare with `N` annotations by chance of each article for gamma; 0 leaves it out (default: %d, or 0 for more than %d articles)", chanceUnasked, gammaUnasked))
	f.Lookup("gamma").DefValue = "0" // its help says what that is
	command.CompleteWith(c, "format", formatNames()...)
	return c
}

// check reports what is wrong with the flags; gamma says that --gamma was given.
func (o *agreeing) check(gamma bool) error {
	for i, name := range o.annotators {
		o.annotators[i] = clean.Line(strings.TrimSpace(name))
	}
	switch {
	case o.Draws != 0 && o.Draws < leastDraws || o.Draws > mostDraws:
		return command.WrongUsage("--samples %d: must be from %d to %d, or 0 for no intervals", o.Draws, leastDraws, mostDraws)
	case gamma && o.gamma < 0 || o.gamma > mostChance:
		return command.WrongUsage("--gamma %d: must be from 0 to %d", o.gamma, mostChance)
	case len(o.annotators) == 1:
		return command.WrongUsage("--annotators %s: name two or more", o.annotators[0])
	}
	if o.format == tokensFormat {
		return nil
	}
	for _, f := range formats {
		if f.name == o.format {
			o.write = f.write
			return nil
		}
	}
	return command.WrongUsage("--format %s: unknown format; use %s", o.format, strings.Join(formatNames(), ", "))
}

func (o *agreeing) run(ctx context.Context, w *workspace.Workspace) error {
	for i, name := range o.annotators {
		var err error
		if o.annotators[i], err = workspace.FindName(ctx, w, name); err != nil {
			return fmt.Errorf("--annotators %w", err)
		}
	}
	for i, name := range o.annotators {
		if slices.Contains(o.annotators[:i], name) {
			return command.WrongUsage("--annotators: %s is named twice", clean.Line(name))
		}
	}
	if err := command.CheckKinds(ctx, w, o.Types); err != nil {
		return err
	}
	q, err := o.question(ctx, w)
	if err != nil {
		return err
	}
	if o.format == tokensFormat {
		return o.writeTokens(ctx, q)
	}
	r, err := o.report(ctx, q)
	if err != nil {
		return err
	}
	in := ""
	if q.set != nil {
		in = " in the set " + q.set.Name
	}
	if err := o.nothing(q, r, in); err != nil {
		return err
	}
	return o.write(o.Out, newSheet(r, "Agreement"+in))
}

// nothing says why there is nothing to compare; nil if there is something.
func (o *agreeing) nothing(q *question, r *agreement.Report, in string) error {
	switch {
	case r.Articles == 0 && r.Left.Blind > 0:
		return fmt.Errorf("agreement%s: you annotate %s blind, and see what others decided when everybody has finished", in, counted(r.Left.Blind, "article"))
	case r.Articles == 0 && len(q.state.Sets) == 0 && o.Visitor == nil:
		return errors.New("agreement: there is no set, and only what is marked as done in a set is compared; \"byline team add SET --all --members NAMES\" makes one, \"byline team assign SET --each 2\" gives its articles to two annotators each")
	case r.Articles == 0:
		return fmt.Errorf("agreement%s: no article is finished by two annotators (%d by one, %d by nobody); whoever has finished one marks it as done",
			in, r.Left.One, r.Left.Nobody)
	}
	return nil
}

// question finds the team, and the set that was asked for.
func (o *agreeing) question(ctx context.Context, w *workspace.Workspace) (*question, error) {
	state, err := workspace.TeamOf(w).State(ctx)
	if err != nil {
		return nil, err
	}
	asks := workspace.Signer(w)
	q := &question{Workspace: workspace.For(w, workspace.Member{Who: asks, Reads: true}), asks: asks, state: state}
	if o.set == "" {
		return q, nil
	}
	q.set, err = command.FindSet(state, o.set)
	return q, err
}

// asks reports whether a person is one of those to compare.
func (o *agreeing) asks(who string) bool {
	return len(o.annotators) == 0 || slices.Contains(o.annotators, who)
}
