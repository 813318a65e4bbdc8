package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"byline/annotate/engine"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/library/db/care"
	"byline/annotate/review"
	"byline/annotate/team"
	"byline/annotate/workspace"
	"byline/annotate/workspace/curation"
	"byline/annotate/workspace/pages"
	"byline/annotate/workspace/sources"
	"byline/articles/clean"
	"byline/articles/fetch"
	"byline/articles/load"
	"byline/ui/config"
	"byline/ui/hints"
)

// open opens the library given by flags, environment and settings. Problems in the settings are
// reported and are not failures.
func (p *program) open(ctx context.Context) (*workspace.Workspace, error) {
	c, problems, err := p.settings()
	if err != nil {
		return nil, err
	}
	p.warn(problems)
	w, err := openUsual(ctx, p, c, runtime.GOMAXPROCS(0))
	if err == nil {
		warnOfTrouble(p, w)
	}
	return w, err
}

// openUsual is openAt for the library that is meant when no other is named. It is made if the command makes one, and then that is
// said, unless nobody could have meant another.
func openUsual(ctx context.Context, p *program, c config.Config, workers int) (*workspace.Workspace, error) {
	says := ""
	if p.guest == nil {
		var err error
		if says, err = missing(ctx, c); err != nil {
			return nil, err
		}
	}
	w, err := openAt(ctx, p, c.Library, c, workers)
	if err != nil {
		return nil, adviseBackup(c, err)
	}
	if says != "" {
		fmt.Fprintln(p.errs, clean.Line("byline: "+says))
	}
	return w, nil
}

// A making says whether a command makes a library that is missing.
type making int

const (
	never        making = iota
	whereNoneWas        // it shows what is there: unless there are copies of one that was
	always              // it brings something in
)

// makes says which commands make a library.
func makes(c *cobra.Command, args []string) making {
	switch strings.TrimPrefix(c.CommandPath(), c.Root().Name()+" ") {
	case c.Root().Name():
		if len(args) == 0 {
			return whereNoneWas
		}
		return always
	case "add", "import", "sync", "serve", "feed add", "feed import":
		return always
	}
	return never
}

// makingKey is under what a context has what its command makes.
type makingKey struct{}

// withMaking returns a context of a command that makes libraries like that.
func withMaking(ctx context.Context, m making) context.Context {
	return context.WithValue(ctx, makingKey{}, m)
}

// missing says of a library that is not there what to say when it is made, if anything. The error is that it is not to be made.
func missing(ctx context.Context, c config.Config) (says string, err error) {
	path, err := namedLibrary(c.Library)
	if err != nil {
		return "", err
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	makes, _ := ctx.Value(makingKey{}).(making)
	copied := latestCopy(path, c)
	none := fmt.Errorf("no library at %s", path)
	switch {
	case c.Library == "" && copied == "":
		return "", nil
	case copied != "" && makes != always:
		return "", hints.With(none, `the latest copy of the one that was there is %s; "byline add" begins a new one`, copied)
	case makes == never:
		return "", hints.With(none, `"byline add" makes one there`)
	case copied != "":
		return fmt.Sprintf("%s: a new library; the latest copy of the one that was there is %s", path, copied), nil
	}
	return path + ": a new library", nil
}

// latestCopy returns the latest copy of the library at path that was not made of it as damaged; empty for none.
func latestCopy(path string, c config.Config) string {
	copies, err := copiesOf(path, c)
	if err != nil {
		return ""
	}
	if all := copies.Sound(); len(all) > 0 {
		return all[0]
	}
	return ""
}

// openAt opens the library at path, or at the default place if path is empty. Decisions are signed
// with the name from the settings. A guest has the library that is open. Workers annotate in the background; 0 leaves one core to the
// screen.
func openAt(ctx context.Context, p *program, path string, c config.Config, workers int) (*workspace.Workspace, error) {
	if p.guest != nil {
		w := p.guest.member()
		return w, checkView(ctx, w)
	}
	e, err := engineFor(c)
	if err != nil {
		return nil, err
	}
	if path, err = libraryPath(path); err != nil {
		return nil, err
	}
	d, err := db.OpenWith(ctx, path, db.Options{Migrating: copyBeforeMigrating(p, c)})
	if err != nil {
		return nil, err
	}
	w := workspace.New(d, e, workspace.Options{
		Who: cmp.Or(c.Who, loginName()), Anchoring: review.Anchoring{Exact: c.Anchors == "exact"}, Labels: labelNames(c), Carry: c.Carry, Workers: workers, Agree: curation.Base,
	})
	workspace.See(w, viewNamed(p.view))
	if err := checkView(ctx, w); err != nil {
		w.Close(context.WithoutCancel(ctx))
		return nil, err
	}
	return w, nil
}

// checkView returns an error if the view is that of nobody here.
func checkView(ctx context.Context, w *workspace.Workspace) error {
	name := workspace.View(w).Whose("")
	if name == "" {
		return nil
	}
	name, err := workspace.FindName(ctx, w, name)
	if err != nil {
		return fmt.Errorf("--view %w", err)
	}
	workspace.See(w, library.ViewOf(name))
	return nil
}

// signerProblem says so if the team knows whoever signs in another case only: to the letter, nothing is assigned to them.
func signerProblem(ctx context.Context, w *workspace.Workspace) []config.Problem {
	state, err := workspace.TeamOf(w).State(ctx)
	who := workspace.Signer(w)
	if err != nil || team.Spelt(state.Members(), who) == who {
		return nil // what is wrong with the library is said when it is read
	}
	return []config.Problem{{Path: "who", What: fmt.Sprintf("you sign as %s, but the team has %s", clean.Line(who), clean.Line(team.Spelt(state.Members(), who))),
		Fix: "sign in the same letters, if that is you"}}
}

// viewNamed returns the view that a flag names.
func viewNamed(name string) library.View {
	switch name = clean.Line(name); name {
	case "", "all":
		return library.Everyone
	case string(library.Mine), string(library.Curated):
		return library.View(name)
	}
	return library.ViewOf(name)
}

// warnOfTrouble says why a library can only be read, if its rights allow more.
func warnOfTrouble(p *program, w *workspace.Workspace) {
	if why := w.Library.Trouble(); why != nil {
		p.complain(fmt.Errorf("library %s: it is only read: %w", w.Library.Path(), why))
	}
}

// engineFor returns the engine that the settings ask for.
func engineFor(c config.Config) (*engine.Engine, error) {
	e, err := engine.Default()
	if err == nil && c.Captions {
		e = e.WithCaptions()
	}
	return e, err
}

// withLibrary opens the library, calls do and closes the library.
func (p *program) withLibrary(ctx context.Context, do func(context.Context, *workspace.Workspace) error) error {
	w, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer w.Close(context.WithoutCancel(ctx))
	err = do(ctx, w)
	sayPartly(p, w)
	return err
}

// sayPartly reports how many articles of a damaged library could not be read.
func sayPartly(p *program, w *workspace.Workspace) {
	if why := w.Library.Partly(); why != nil {
		p.reportError(fmt.Errorf("library %s: %w", w.Library.Path(), why))
	}
}

// withLibraryAt is withLibrary for the library at a path that somebody elsewhere names; empty for the usual one.
func (p *program) withLibraryAt(ctx context.Context, path string, do func(context.Context, *workspace.Workspace) error) error {
	if path == "" {
		return p.withLibrary(ctx, do)
	}
	if p.library != "" || os.Getenv("BYLINE_LIBRARY") != "" {
		return fmt.Errorf("open library %s: only one library is open to others here", path)
	}
	path, err := config.ExpandHome(path)
	if err != nil {
		return err
	}
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("open library %s: %w", path, load.WithoutPath(err))
	}
	p.library = path
	return p.withLibrary(ctx, do)
}

// fetcher returns a fetcher of pages for w.
func fetcher(w *workspace.Workspace, c *fetch.Client) *pages.Fetcher {
	return &pages.Fetcher{Workspace: w, Client: c}
}

// newClient returns the one HTTP client of the program, so that no host gets two requests at once.
func newClient() *fetch.Client {
	return &fetch.Client{Agent: agent, Languages: languages(os.Getenv)}
}

// agent is how byline names itself to sites.
const agent = "byline/" + release + " (a reader; one page at a time)"

// reader returns a reader for the names given to a command.
func (p *program) reader(r sources.Records) *sources.Reader {
	return &sources.Reader{Stdin: p.in, Client: p.client, Records: r, Fetched: p.warnPartial, Warned: warnAbout(p.errs)}
}

// warnPartial prints on standard error what a page may lack.
func (p *program) warnPartial(d *pages.Download) {
	if why := d.Partial(); why != "" {
		warnAbout(p.errs)(d.URL, why)
	}
}

// warnFetched prints on standard error what somebody should know of a page that was fetched.
func (o *adding) warnFetched(d *pages.Download) {
	if d.Article != nil {
		for _, why := range d.Warnings {
			warnAbout(o.errs)(d.URL, why)
		}
	}
	o.warnPartial(d)
}

// warnAbout returns a function that prints what somebody should know of an article.
func warnAbout(to io.Writer) func(name, why string) {
	return func(name, why string) { fmt.Fprintf(to, "byline: %s: %s\n", clean.Line(name), clean.Line(why)) }
}

// loginName returns the user's login name.
func loginName() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return cmp.Or(os.Getenv("USER"), "somebody")
}

// libraryPath returns the path of the library file, and creates its directory.
func libraryPath(path string) (string, error) {
	path, err := config.ExpandHome(path)
	if err != nil {
		return "", err
	}
	if path == "" {
		if path, err = db.DefaultPath(); err != nil {
			return "", err
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", hints.With(fmt.Errorf("create the folder of the library %s: %w", path, load.WithoutPath(err)), "use another with --library FILE")
	}
	return path, nil
}

// completeArticles completes the articles of the library for the shell.
func (p *program) completeArticles(c *cobra.Command, _ []string, begin string) ([]string, cobra.ShellCompDirective) {
	var words []string
	err := p.withLibrary(c.Context(), func(ctx context.Context, w *workspace.Workspace) error {
		entries, err := w.Library.Entries(ctx)
		for _, e := range entries {
			if strings.HasPrefix(e.ID, begin) {
				words = append(words, cobra.CompletionWithDesc(library.ShortID(e.ID), e.Title))
			}
		}
		return err
	})
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}

// afterStart is how long the program runs before it makes the weekly copy, so that the start is as fast as ever.
const afterStart = 5 * time.Second

// keepCopies makes the weekly copy of a library if it is due, after a while; ctx ends it.
func keepCopies(ctx context.Context, d *db.DB, c config.Config, after time.Duration) error {
	copies, err := copiesOf(d.Path(), c)
	if err != nil {
		return nil // without a home there is no place for one
	}
	select {
	case <-time.After(after):
	case <-ctx.Done():
		return ctx.Err()
	}
	if !copies.Due(ctx, d) {
		return nil
	}
	s, err := care.Begin(ctx, d)
	if err != nil {
		return err
	}
	defer s.End(ctx)
	return inWords(copies.Make(ctx, s, "weekly"))
}

// inWords says what could not be done.
func inWords(_ care.Copy, err error) error {
	if err != nil {
		return hints.With(fmt.Errorf("back up the library: %w", load.WithoutPath(err)), "%s", cmp.Or(hints.For(err), "backups.keep = 0 in the settings turns that off"))
	}
	return nil
}

// copyBeforeMigrating has a library copied, as it is now, before a newer byline changes its form. The copy is made
// while the program runs, which waits for it at its end.
func copyBeforeMigrating(p *program, c config.Config) func(context.Context, *db.DB) error {
	return func(ctx context.Context, d *db.DB) error {
		copies, err := copiesOf(d.Path(), c)
		if err != nil || copies.Files == 0 {
			return nil // without a home there is no place for one
		}
		s, err := care.Begin(ctx, d)
		if err != nil {
			return err
		}
		p.beside.do(func() error {
			defer s.End(ctx)
			return inWords(copies.Make(context.WithoutCancel(ctx), s, "before-update"))
		})
		return nil
	}
}

// keepCopiesBeside makes the weekly copy beside the screen, until end is called.
func keepCopiesBeside(ctx context.Context, p *program, d *db.DB, c config.Config) (end func()) {
	ctx, stop := context.WithCancel(ctx)
	p.beside.do(func() error { return keepCopies(ctx, d, c, afterStart) })
	return func() {
		stop()
		p.beside.Wait()
	}
}
