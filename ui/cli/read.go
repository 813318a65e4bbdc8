package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"byline/annotate/format"
	"byline/annotate/format/formats"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/workspace"
	"byline/annotate/workspace/curation"
	"byline/annotate/workspace/export"
	"byline/annotate/workspace/pages"
	"byline/annotate/workspace/sources"
	"byline/articles"
	"byline/articles/clean"
	"byline/articles/load"
	"byline/ui"
	"byline/ui/cli/command"
	"byline/ui/cli/suggest"
	"byline/ui/cli/terminal"
	"byline/ui/config"
	"byline/ui/hints"
	"byline/ui/linear"
	"byline/ui/screens"
	"byline/ui/session"
)

// startOptions are what reading starts with.
type startOptions struct {
	config   config.Config // the settings file, overridden by environment and flags
	problems []config.Problem
	tour     string   // the ID of the story to take the tour of; empty for none
	names    []string // files, directories and "-" to add and open; none for the library
	review   []string // IDs of articles to review; nil for none
	inOrder  bool     // review these article by article

	adjudicate *screens.Adjudication // what to settle; nil for nothing
}

// read opens the library or the named files, on the screen or line by line.
func (p *program) read(c *cobra.Command, names []string) error {
	if err := checkNames(names, c.Root()); err != nil {
		return err
	}
	s := startOptions{names: names}
	var err error
	if s.config, s.problems, err = p.settings(); err != nil {
		return err
	}
	if s.config.Linear {
		return p.byLines(c.Context(), s)
	}
	if !terminal.Is(p.out) {
		return wrongUsage("reading needs a terminal; in a pipe use %s", inPipe(names))
	}
	return p.onScreen(c.Context(), s)
}

// inPipe suggests commands that work in a pipe.
func inPipe(names []string) string {
	if len(names) == 0 {
		return `"byline list" or "byline export"`
	}
	return `"byline annotate" or "byline add", or read line by line with --linear`
}

// onScreen opens the library, or what s names, on the terminal.
func (p *program) onScreen(ctx context.Context, s startOptions) error {
	w, err := openUsual(ctx, p, s.config, 0)
	if err != nil {
		return err
	}
	defer w.Close(context.WithoutCancel(ctx))
	return p.onTerminal(ctx, w, s)
}

// onTerminal runs the screens on an open library.
func (p *program) onTerminal(ctx context.Context, w *workspace.Workspace, s startOptions) error {
	o := screens.Options{Config: s.config, Problems: append(s.problems, signerProblem(ctx, w)...), Names: s.names, Review: s.review, InOrder: s.inOrder, Adjudicate: s.adjudicate, Tour: s.tour}
	if p.guest != nil {
		return p.guest.onScreen(ctx, o, w)
	}
	var keys io.Reader // nil: the input of the process
	if terminal.Is(p.in) {
		keys = p.in
	}
	defer keepCopiesBeside(ctx, p, w.Library, s.config)()
	commands, _ := config.StatePath("commands") // without a home they are kept for this run
	o.Fetcher, o.HoldInterrupts, o.Environ, o.Stdin, o.Version, o.Commands = fetcher(w, p.client), p.signals.hold, os.Environ(), p.in, version(), commands
	o.Suggest = suggest.One(&s.config)
	err := screens.Run(ctx, o, keys, p.out.Raw())
	if wrong, ok := errors.AsType[*screens.KeysError](err); ok {
		return wrongUsage("%s", wrong)
	}
	return err
}

// reviewCommand returns the command that reviews many articles.
func reviewCommand(p *program) *cobra.Command {
	where, inOrder := "", false
	c := &cobra.Command{
		Use:   "review",
		Short: "Review the names and quotes of many articles, one after another",
		Long: `Show every name and quote that nobody has reviewed, one after another, whatever
article it is in: the least certain of all first, or with --in-order article by article,
those that nobody has begun first. y confirms, X rejects, a skips, D marks the article as
done, q ends with a summary. All keys of the reader work as well. The list of articles is
never shown.`,
		Example: `  byline review
  byline review --where 'tag:todo reviewed:<50%'
  byline review --in-order --where added:7d`,
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error { return p.review(c.Context(), where, inOrder) },
	}
	p.whereFlag(c, &where)
	c.Flags().BoolVar(&inOrder, "in-order", false, "article by article, in the order of the text")
	return c
}

// review shows the unreviewed claims of the articles that a query finds.
func (p *program) review(ctx context.Context, where string, inOrder bool) error {
	s := startOptions{}
	var err error
	if s.config, s.problems, err = p.settings(); err != nil {
		return err
	}
	switch {
	case p.guest != nil && p.guest.Terminal == nil:
		return wrongUsage("byline review: needs a terminal, ssh -t HOST review; line by line, a in an article goes to the next unreviewed")
	case s.config.Linear:
		return wrongUsage("byline review: needs a screen; line by line, a in an article goes to the next unreviewed")
	case !terminal.Is(p.out):
		return wrongUsage("byline review: needs a terminal")
	}
	w, err := openUsual(ctx, p, s.config, 0)
	if err != nil {
		return err
	}
	defer w.Close(context.WithoutCancel(ctx))
	es, err := p.entriesWhere(ctx, w, where)
	if err != nil {
		return err
	}
	if len(es) == 0 {
		return hints.With(errors.New("review: no articles match"), `"byline list" lists those of the library`)
	}
	if inOrder { // those that nobody has begun first
		slices.SortStableFunc(es, func(a, b library.Entry) int { return cmp.Compare(min(1, a.Counts.Reviewed), min(1, b.Counts.Reviewed)) })
	}
	s.inOrder = inOrder
	for i := range es {
		s.review = append(s.review, es[i].ID)
	}
	return p.onTerminal(ctx, w, s)
}

// adjudicateCommand returns "byline team adjudicate".
func adjudicateCommand(p *program) *cobra.Command {
	var set string
	var kinds []string
	c := &cobra.Command{
		Use:   "adjudicate [SET | ARTICLE...]",
		Short: "Settle what annotators answered differently, one key a question",
		Long: `Show every question on which the annotators of an article differ, in the order of the text:
which words are a name, what type it is, whether it is the same as another, who speaks a
quote and by which verb. The annotators of an article are those who marked it as done.

1 to 9 take the answer of one of them, 0 takes none, and whatever else is decided with the
keys of the reader answers the question too. s skips it, u takes the last decision back, Y
takes one annotator for the rest of the article. The next question comes by itself, and after the
last one the next article. What is decided is the curated reading, and nobody's own:
"byline export --curated" writes it. With --linear it is the same line by line.

What is only about places and other names, which nobody is asked to review, is not asked, unless
the labels of the set or --kinds name them.

ARTICLE is an ID, the start of one, or a title. SET is the name of a set: its articles, and those
who finished them there. Without either, all articles are gone through that two annotators have
finished.`,
		Example: `  byline team adjudicate
  byline team adjudicate May
  byline team adjudicate "The Ferry at Low Tide"`,
		RunE: func(c *cobra.Command, args []string) error {
			return adjudicateArticles(c.Context(), p, set, args, kinds)
		},
		ValidArgsFunction: p.completeArticles,
	}
	c.Flags().StringVar(&set, "set", "", "only the articles of `SET`, and those who finished them there")
	c.Flags().StringSliceVar(&kinds, "kinds", nil, "ask only about these `KINDS`, with commas: types of names, and quote (default: all but places and other names)")
	return c
}

// adjudicateArticles settles what annotators of articles answered differently.
func adjudicateArticles(ctx context.Context, p *program, set string, names, kinds []string) error {
	var s startOptions
	var err error
	if s.config, s.problems, err = p.settings(); err != nil {
		return err
	}
	if !s.config.Linear && !terminal.Is(p.out) {
		return wrongUsage("byline team adjudicate: needs a terminal, or --linear")
	}
	w, err := openUsual(ctx, p, s.config, 0)
	if err != nil {
		return err
	}
	defer w.Close(context.WithoutCancel(ctx))
	if err := command.CheckKinds(ctx, w, kinds); err != nil {
		return err
	}
	if s.adjudicate, err = toAdjudicate(ctx, w, set, names); err != nil {
		return err
	}
	s.adjudicate.Kinds = kinds
	if s.config.Linear {
		return adjudicateByLines(ctx, p, w, s)
	}
	return p.onTerminal(ctx, w, s)
}

// toAdjudicate returns what is asked for: a set, articles by name, or all. One name may be that of a set.
func toAdjudicate(ctx context.Context, w *workspace.Workspace, set string, names []string) (*screens.Adjudication, error) {
	state, err := workspace.TeamOf(w).State(ctx)
	if err != nil {
		return nil, err
	}
	if set == "" && len(names) == 1 && state.Set(clean.Line(names[0])) != nil {
		set, names = names[0], nil
	}
	if err := checkSet(ctx, w, set); err != nil {
		return nil, err
	}
	a := &screens.Adjudication{Scope: curation.Scope{Set: set}}
	if len(names) == 0 {
		return a, nil
	}
	entries, err := w.Library.Entries(ctx)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		id, err := workspace.Pick(entries, name)
		if err != nil {
			return nil, workspace.Trashed(ctx, w, err)
		}
		a.Articles = append(a.Articles, id)
	}
	return a, nil
}

// checkSet returns an error if there is no set of this name, or nothing in it. An empty name is that of no set.
func checkSet(ctx context.Context, w *workspace.Workspace, name string) error {
	if name == "" {
		return nil
	}
	state, err := workspace.TeamOf(w).State(ctx)
	if err != nil {
		return err
	}
	set, err := command.FindSet(state, name)
	if err == nil && len(set.Articles) == 0 {
		err = fmt.Errorf("%s: the set has no articles; \"byline team add\" adds some", set.Name)
	}
	return err
}

// byLines reads without a screen: commands on standard input, answers on standard output.
func (p *program) byLines(ctx context.Context, s startOptions) error {
	p.warn(s.problems)
	w, err := openUsual(ctx, p, s.config, 0)
	if err != nil {
		return err
	}
	defer w.Close(context.WithoutCancel(ctx))
	p.warn(signerProblem(ctx, w))
	warnOfTrouble(p, w)
	defer keepCopiesBeside(ctx, p, w.Library, s.config)()
	if len(s.names) == 0 {
		if err := w.AddSamples(ctx); err != nil {
			p.reportError(err)
		}
	}
	in := p.in
	var ids []string
	for _, name := range s.names {
		if name == "-" {
			tty, err := os.Open("/dev/tty") // standard input held the text, so read commands from the terminal
			if err != nil {
				return wrongUsage("byline --linear -: no terminal to read commands from")
			}
			defer tty.Close()
			in = tty
		}
		ids = append(ids, p.take(ctx, w, name)...)
	}
	return linear.Run(ctx, linear.New(lineServices(p, w, s.config), ids...), in, p.out)
}

// lineServices are what reading line by line works with.
func lineServices(p *program, w *workspace.Workspace, c config.Config) linear.Services {
	return linear.Services{
		Library: w.Finder(), Keeper: w.Finder(), Shelf: w.Library, Crowd: workspace.PersonsOf(w), Workspace: w,
		Add: func(ctx context.Context, path string) (string, error) {
			return p.addByName(ctx, w, path)
		},
		Export: func(ctx context.Context, a *articles.Article, to string) (int, error) {
			return exportTo(ctx, w, a, to)
		},
		Warnings: func(ctx context.Context, a *articles.Article, e *library.Entry) []string {
			return pages.Warnings(ctx, w.Library, a, e)
		},
		Elsewhere: w.OtherArticles, Why: w.Why, Desktop: linear.Desktop{Copy: screens.Copy, Open: screens.OpenLink}, Voice: linear.Voice{Hint: hints.For},
		Keys: readerKeys(c), Labels: labelKeys(c), Width: func() int { return terminal.Columns(p.out) },
	}
}

// adjudicateByLines settles line by line what annotators answered differently.
func adjudicateByLines(ctx context.Context, p *program, w *workspace.Workspace, s startOptions) error {
	p.warn(s.problems)
	if g := p.guest; g != nil {
		return linear.RunTold(ctx, screens.AdjudicateByLines(w, *s.adjudicate, g.lineServices(p, w)), p.in, p.out, g.Notices)
	}
	return linear.Run(ctx, screens.AdjudicateByLines(w, *s.adjudicate, lineServices(p, w, s.config)), p.in, p.out)
}

// exportTo writes the annotations of an article to a file, in the format of its extension. It does
// not overwrite a file. Places and other names that nobody reviewed are left out; it returns how many.
func exportTo(ctx context.Context, w *workspace.Workspace, a *articles.Article, to string) (left int, err error) {
	f := formats.OfFile(to)
	if f == nil || f.NewWriter == nil {
		return 0, hints.With(fmt.Errorf("write %s: unknown file extension", to), "use one of %s", extensions())
	}
	path, err := config.ExpandHome(to)
	if err != nil {
		return 0, err
	}
	doc, err := w.Open(ctx, a.ID)
	if err != nil {
		return 0, err
	}
	reviewed, left := doc.Reviewed()
	return left, export.Document(f, path, false, format.Options{}, reviewed)
}

// take adds what name refers to and returns the IDs of the articles.
func (p *program) take(ctx context.Context, w *workspace.Workspace, name string) []string {
	var ids []string
	p.reader(sources.Records{}).AddEach(ctx, fetcher(w, p.client), name, func(added db.Added, err error) {
		if err != nil {
			p.reportError(err)
			return
		}
		ids = append(ids, added.ID)
	})
	return ids
}

// addByName adds what was named at the prompt, and reports the outcome.
func (p *program) addByName(ctx context.Context, w *workspace.Workspace, path string) (string, error) {
	path, err := config.ExpandHome(path)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("add %s: %w", path, load.WithoutPath(err))
	}
	ids := p.take(ctx, w, path)
	if len(ids) == 1 {
		return "Added 1 article; / lists it.", nil
	}
	return fmt.Sprintf("Added %s; / lists them.", ui.Articles(len(ids))), nil
}

// readerKeys returns the keys that the settings bind to actions of the reader, by name.
func readerKeys(c config.Config) map[session.Name][]string {
	keys := map[session.Name][]string{}
	for name, ks := range c.Keys {
		if of, ok := strings.CutPrefix(name, "reader."); ok {
			keys[session.Name(of)] = ks
		}
	}
	return keys
}

// useOf says what a key does in the reader, unless somebody set it otherwise; nothing for a key that is free.
func useOf(key string) string {
	for _, r := range session.Actions(nil) {
		if !r.Lines && slices.Contains(r.Keys, key) {
			return r.Help
		}
	}
	return ""
}

// labelKeys returns the user's own labels, each with its key.
func labelKeys(c config.Config) [][2]string {
	out := make([][2]string, len(c.Labels))
	for i, l := range c.Labels {
		out[i] = [2]string{l.Name, l.Key}
	}
	return out
}

func tourCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "tour",
		Short: "Learn byline in ten steps on a sample story",
		Long: `Open a sample story and learn the keys in ten steps. Your library is not opened, and
nothing that you do in the tour is kept. In byline, f2 takes the same tour.`,
		Example: `  byline tour`,
		Args:    noArguments,
		RunE:    func(c *cobra.Command, _ []string) error { return takeTour(c.Context(), p) },
	}
}

// takeTour takes the tour in a library of its own.
func takeTour(ctx context.Context, p *program) (err error) {
	if !terminal.Is(p.out) {
		return wrongUsage("the tour needs a terminal; \"byline --help\" lists the commands")
	}
	c, problems, err := p.settings()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "byline-tour-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	w, err := openAt(ctx, p, filepath.Join(dir, "library.db"), c, 0)
	if err != nil {
		return err
	}
	defer w.Close(context.WithoutCancel(ctx))
	id, err := workspace.AddTour(ctx, w)
	if err != nil {
		return err
	}
	return p.onTerminal(ctx, w, startOptions{config: c, problems: problems, tour: id})
}
