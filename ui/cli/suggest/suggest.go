// Package suggest is the command that asks other programs for names and quotes, and what annotate and eval share with
// it.
package suggest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"byline/annotate"
	"byline/annotate/annotator"
	"byline/annotate/engine"
	"byline/annotate/format"
	"byline/annotate/library"
	"byline/annotate/workspace"
	"byline/annotate/workspace/sources"
	"byline/articles"
	"byline/articles/clean"
	"byline/ui/cli/command"
	"byline/ui/config"
)

// suggesting holds the flags of suggest.
type suggesting struct {
	command.Env
	where       string
	all, remove bool
	check, tell bool
	copies      int
}

// Command returns "byline suggest".
func Command(env command.Env) *cobra.Command {
	o := suggesting{Env: env}
	c := &cobra.Command{
		Use:   "suggest [NAME] [ARTICLE]...",
		Short: "Have another program suggest names and quotes",
		Long: `Ask another program for the names and quotes of articles: those named by ID or title, those
that match --where, or --all. What it finds is suggested under its name, over what byline
itself finds, for you to confirm and correct; w in the reader says what each program suggests. byline
joins the names, and finds quotes and speakers if the program gives none. Asked again, a
program's suggestions take the place of those before; --remove takes them away. --list prints the
articles that other programs annotated, also where they found nothing, and which, separated by
commas.

NAME is that of a program under [annotators] in your settings. Without a name, those are
listed. --check asks it about two sentences and shows what it answers to the first.

The program reads a JSON object a line and answers each with a line: {"byline": 1, "id": …,
"text": …, "blocks": …}, and {"id": …, "mentions": [{"start": 0, "end": 9, "text": "Ann Quill",
"type": "PERSON", "score": 0.97}]}. Offsets count Unicode code points. It is run as the
settings say, without a shell and in their folder, and nothing is sent anywhere else.

"byline annotate --with NAME" prints its findings for files, "byline eval --with NAME"
scores them.

Prints one line per article: its ID, how many names and quotes the program suggests, without
the quotes and speakers that byline finds, and its title.`,
		Example: `  byline suggest
  byline suggest --check spacy
  byline suggest spacy --where unreviewed
  byline suggest --list --where unreviewed
  byline suggest --remove spacy --all`,
		RunE:              func(c *cobra.Command, args []string) error { return o.run(c.Context(), args) },
		ValidArgsFunction: env.Articles,
	}
	f := c.Flags()
	env.WhereFlag(c, &o.where)
	f.BoolVar(&o.all, "all", false, "every article of the library")
	f.BoolVar(&o.remove, "remove", false, "take the program's suggestions away")
	f.BoolVar(&o.tell, "list", false, "print which articles other programs annotated")
	f.BoolVar(&o.check, "check", false, "ask about two sentences, and show an answer")
	f.IntVarP(&o.copies, "jobs", "j", 1, "run `N` copies of the program")
	return c
}

func (o *suggesting) run(ctx context.Context, args []string) error {
	c, err := o.Settings()
	if err != nil {
		return err
	}
	switch {
	case o.tell && (o.check || o.remove):
		return command.WrongUsage("--list prints which programs annotated what; leave out --check and --remove")
	case o.tell:
		return o.each(ctx, args, o.who)
	case len(args) == 0:
		return o.list(&c)
	}
	names := args[1:]
	if err := o.wrong(args[0], names); err != nil {
		return err
	}
	if o.remove {
		return o.each(ctx, names, func(ctx context.Context, w *workspace.Workspace, ids []library.Entry) error {
			return o.takeAway(ctx, w, args[0], ids)
		})
	}
	p, err := Program(&c, args[0])
	if err != nil {
		return err
	}
	if o.check {
		return o.checkProgram(ctx, p)
	}
	return o.each(ctx, names, func(ctx context.Context, w *workspace.Workspace, ids []library.Entry) error {
		return o.ask(ctx, w, p, ids)
	})
}

// wrong returns what is wrong with the flags and names of articles.
func (o *suggesting) wrong(program string, names []string) error {
	chosen := o.all || o.where != "" || len(names) > 0
	switch {
	case o.copies < 1:
		return command.WrongUsage("--jobs %d: must be 1 or more", o.copies)
	case o.check && (o.remove || chosen):
		return command.WrongUsage("--check asks about sentences of its own; leave out articles and other flags")
	case !o.check && !chosen:
		return command.WrongUsage("byline suggest %s: name articles, or use --where or --all", program)
	}
	return nil
}

// list prints the programs of the settings.
func (o *suggesting) list(c *config.Config) error {
	if len(c.Annotators) == 0 {
		_, err := fmt.Fprintln(o.Errs, `byline: no program is set up; name one under [annotators] in the settings, see "byline help suggest" and "byline config init"`)
		return err
	}
	for _, a := range c.Annotators {
		if _, err := fmt.Fprintf(o.Out, "%s\t%s\n", clean.Line(a.Name), clean.Line(strings.Join(a.Command, " "))); err != nil {
			return err
		}
	}
	return nil
}

// Known reports whether the settings give a program a name.
func Known(c *config.Config, name string) bool {
	return slices.ContainsFunc(c.Annotators, func(a config.Annotator) bool { return a.Name == name })
}

// Program returns the program that the settings give a name.
func Program(c *config.Config, name string) (annotator.Program, error) {
	i := slices.IndexFunc(c.Annotators, func(a config.Annotator) bool { return a.Name == name })
	if i < 0 {
		var known []string
		for _, a := range c.Annotators {
			known = append(known, a.Name)
		}
		what := "there are none"
		if len(known) > 0 {
			what = "there are " + annotate.JoinNames(known)
		}
		return annotator.Program{}, command.WrongUsage("%s is not a program under [annotators] in the settings: %s", clean.Line(name), what)
	}
	a := c.Annotators[i]
	if len(a.Command) == 0 {
		return annotator.Program{}, command.WrongUsage("annotators.%s.command is missing in the settings; write the program and its arguments, such as [\"python3\", \"spacy_byline.py\"] for a file beside the settings", clean.Line(name))
	}
	return annotator.Program{Name: clean.Line(a.Name), Dir: a.Dir, Command: a.Command, Types: a.Types, Timeout: a.Timeout, Batch: cmp.Or(a.Batch, 8)}, nil
}

// Ahead returns how many texts should wait for copies of p, to keep them busy.
func Ahead(p annotator.Program, copies int) int { return copies * max(p.Batch, 1) }

// checkText is what a program is asked about to see that it works: its offsets differ in bytes, UTF-16 and code points.
const checkText = "“Très bien 🙂,” said Marta Quill of Halden Media in Orrin Bay."

// checkAgain is asked about next: a program reads until its input ends.
const checkAgain = "Ines Calder said no."

// checkProgram asks p about one sentence, and shows what it answers, then about another.
func (o *suggesting) checkProgram(ctx context.Context, p annotator.Program) error {
	e, err := engine.Default()
	if err != nil {
		return err
	}
	pool := annotator.Start(ctx, p, 1)
	defer pool.Close()
	a := &articles.Article{ID: "check", Text: checkText, Credits: articles.Credits{Language: "en"}}
	l, notes, err := pool.Annotate(ctx, e, a)
	if err != nil {
		return err
	}
	again := *a
	again.ID, again.Text = "check-2", checkAgain
	if _, _, err := pool.Annotate(ctx, e, &again); err != nil {
		return fmt.Errorf("asked about a second text: %w", err)
	}
	fmt.Fprintf(o.Out, "%s\n%s\n", clean.Line(l.Engine), checkText)
	for _, x := range l.Entities {
		fmt.Fprintf(o.Out, "%s\t%s\n", clean.Line(string(x.Type)), clean.Line(x.Name))
	}
	for _, q := range l.Quotes {
		who := "nobody"
		if x := l.Entity(q.Speaker); x != nil {
			who = x.Name
		}
		fmt.Fprintf(o.Out, "quote\t%s\t%s\n", clean.Line(q.In(a.Text)), clean.Line(who))
	}
	var told Outcome
	told.Note(notes)
	o.report(&told)
	told.Tell(pool, o.Fail)
	return nil
}

// mostKinds is how many kinds of what was left out are told; a program may have hundreds of types.
const mostKinds = 10

// Lines says what was left out, a line for each kind.
func (o *Outcome) Lines() []string {
	lines := o.loss.Lines()
	if more := len(lines) - mostKinds; more > 1 {
		return append(lines[:mostKinds], fmt.Sprintf("and more of %d other kinds", more))
	}
	return lines
}

// report prints what was left out.
func (o *suggesting) report(told *Outcome) {
	for _, line := range told.Lines() {
		fmt.Fprintf(o.Errs, "byline: suggest: %s\n", clean.Line(line))
	}
}

// each opens the library and calls do with the articles that names and flags ask for.
func (o *suggesting) each(ctx context.Context, names []string, do func(context.Context, *workspace.Workspace, []library.Entry) error) error {
	return o.Library(ctx, func(ctx context.Context, w *workspace.Workspace) error {
		entries, err := o.Where(ctx, w, o.where)
		if err != nil {
			return err
		}
		if len(names) == 0 {
			return do(ctx, w, entries)
		}
		var picked []library.Entry
		for _, name := range names {
			id, err := workspace.Pick(entries, name)
			if err != nil {
				o.Fail(err)
				continue
			}
			i := slices.IndexFunc(entries, func(e library.Entry) bool { return e.ID == id })
			picked = append(picked, entries[i])
		}
		return do(ctx, w, picked)
	})
}

// who prints which programs annotated articles, those without any left out.
func (o *suggesting) who(ctx context.Context, w *workspace.Workspace, entries []library.Entry) error {
	by, err := w.Library.SuggestedBy(ctx)
	if err != nil {
		return err
	}
	for i := range entries {
		e := &entries[i]
		if len(by[e.ID]) == 0 {
			continue
		}
		if _, err := fmt.Fprintf(o.Out, "%s\t%s\t%s\n", e.ID, clean.Line(strings.Join(by[e.ID], ",")), clean.Line(e.Title)); err != nil {
			return err
		}
	}
	return nil
}

// takeAway removes the suggestions of a program.
func (o *suggesting) takeAway(ctx context.Context, w *workspace.Workspace, name string, entries []library.Entry) error {
	by, err := w.Library.SuggestedBy(ctx)
	if err != nil {
		return err
	}
	found := false
	others := map[string]bool{}
	for i := range entries {
		id := entries[i].ID
		if !slices.Contains(by[id], name) {
			for _, other := range by[id] {
				others[clean.Line(other)] = true
			}
			continue
		}
		found = true
		if err := workspace.Withdraw(ctx, w, id, name); err != nil {
			return err
		}
		if err := o.print(&entries[i], 0); err != nil {
			return err
		}
	}
	switch {
	case found || len(entries) == 0:
		return nil
	case len(others) == 0:
		return fmt.Errorf("%s has not annotated these articles, and no other program has", clean.Line(name))
	}
	return fmt.Errorf("%s has not annotated these articles; there are suggestions of %s, \"byline suggest --list\" says where", clean.Line(name), annotate.JoinNames(slices.Sorted(maps.Keys(others))))
}

func (o *suggesting) print(e *library.Entry, n int) error {
	_, err := fmt.Fprintf(o.Out, "%s\t%d suggested\t%s\n", e.ID, n, clean.Line(e.Title))
	return err
}

// A found is what a program found in an article.
type found struct {
	entry   *library.Entry
	article *articles.Article
	asked   *annotator.Question
	layer   *annotate.Layer
	notes   []annotator.Note
	err     error
}

// ask has p annotate articles of the library.
func (o *suggesting) ask(ctx context.Context, w *workspace.Workspace, p annotator.Program, entries []library.Entry) error {
	e, err := engine.Default()
	if err != nil {
		return err
	}
	copies := min(o.copies, max(len(entries), 1), 4*runtime.GOMAXPROCS(0))
	pool := annotator.Start(ctx, p, copies)
	defer pool.Close()
	progress := o.Progress("articles")
	defer progress.Clear()
	var told Outcome
	questions := func(yield func(found) bool) {
		for i := range entries {
			f := found{entry: &entries[i]}
			if f.article, f.err = w.Library.Article(ctx, f.entry.ID); f.err == nil {
				f.asked = pool.Ask(ctx, f.article)
			}
			if !yield(f) {
				return
			}
		}
	}
	work := func(f found) found {
		if f.err == nil {
			f.layer, f.notes, f.err = f.asked.Layer(ctx, e)
		}
		return f
	}
	err = sources.InOrder(ctx, Ahead(p, copies), questions, work, func(f found) error {
		if f.err != nil {
			if progress.Clear(); !told.Unasked(f.err) {
				o.Fail(fmt.Errorf("%s: %w", f.entry.ID, f.err))
			}
			return nil
		}
		told.Note(f.notes)
		in, err := workspace.Suggest(ctx, w, f.entry.ID, p.Name, f.article, f.layer)
		if err != nil {
			return err
		}
		progress.Step(len(f.article.Text))
		told.done++
		return o.print(f.entry, in.Suggested)
	})
	progress.Clear()
	o.report(&told)
	if ctx.Err() != nil {
		fmt.Fprintf(o.Errs, "byline: suggest: stopped; %d of %d articles have what %s suggests now, the others are as they were\n", told.done, len(entries), p.Name)
	}
	if err == nil {
		told.Tell(pool, o.Fail)
	}
	return err
}

// An Outcome gathers what is told of a program at the end of a run.
type Outcome struct {
	loss    format.Loss // what of its answers was left out
	done    int         // articles
	unasked int
	why     error
}

// Note counts what was left out of an answer.
func (o *Outcome) Note(notes []annotator.Note) {
	for _, n := range notes {
		o.loss.AddOne(n.N, n.Many, n.One)
	}
}

// Unasked counts an article that failed if the program was not asked about it, and reports whether it was not.
func (o *Outcome) Unasked(err error) bool {
	u, ok := errors.AsType[*annotator.UnaskedError](err)
	if ok {
		o.unasked++
		o.why = u.Why
	}
	return ok
}

// Tell ends the program and says what it did wrong that is no fault of an article, and how many it was not asked about.
func (o *Outcome) Tell(pool *annotator.Pool, fail func(error)) {
	for _, err := range pool.Close() {
		fail(err)
	}
	switch o.unasked {
	case 0:
	case 1:
		fail(fmt.Errorf("%w: 1 article was not asked about", o.why))
	default:
		fail(fmt.Errorf("%w: %d articles were not asked about", o.why, o.unasked))
	}
}

// One returns what asks a program of the settings about one article, and returns what it finds, and in words what was left out of
// its answer.
func One(c *config.Config) func(ctx context.Context, name string, a *articles.Article) (*annotate.Layer, []string, error) {
	return func(ctx context.Context, name string, a *articles.Article) (*annotate.Layer, []string, error) {
		p, err := Program(c, name)
		if err != nil {
			return nil, nil, err
		}
		e, err := engine.Default()
		if err != nil {
			return nil, nil, err
		}
		ctx, stop := context.WithCancel(ctx)
		pool := annotator.Start(ctx, p, 1)
		defer pool.Close()
		defer stop() // before: nobody waits for a program that was stopped
		l, notes, err := pool.Annotate(ctx, e, a)
		if err != nil {
			return nil, nil, err
		}
		var told Outcome
		told.Note(notes)
		return l, told.Lines(), nil
	}
}
