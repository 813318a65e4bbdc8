package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/workspace"
	"byline/articles"
	"byline/articles/clean"
	"byline/articles/stream"
	"byline/ui/cli/host"
	"byline/ui/cli/terminal"
	"byline/ui/cli/visitor"
	"byline/ui/config"
	"byline/ui/hints"
	"byline/ui/linear"
	"byline/ui/pace"
	"byline/ui/screens"
	"byline/ui/serve"
)

// A guest is somebody who runs the program from elsewhere, in a library that is open. Of the computer they have nothing: their
// program has no client for the network, no flags that name files, and screens that are [screens.Away].
type guest struct {
	*serve.Session
	library  *workspace.Workspace // of all
	config   config.Config
	problems []config.Problem
	log      host.Log
	syncs    *syncs
	view     string // whose decisions are applied, as the flag names it
}

// hostProgram returns what visitors of the library of p run.
func hostProgram(p *program) host.Program {
	all := newSyncs()
	return host.Program{
		Open: func(ctx context.Context) (*workspace.Workspace, error) {
			pace.Share()
			if err := inFolder(p); err != nil {
				return nil, err
			}
			return p.open(ctx)
		},
		Names: append(slices.Sorted(maps.Keys(visitor.Commands)), "help", "linear"),
		Beside: func(ctx context.Context, w *workspace.Workspace, l host.Log) func() {
			c, _, _ := p.settings()
			ctx, stop := context.WithCancel(ctx)
			p.beside.do(func() error { return all.annotate(ctx, w.AnnotateAll, l) })
			end := keepCopiesBeside(ctx, p, w.Library, c)
			return func() { stop(); end() }
		},
		Visit: func(ctx context.Context, w *workspace.Workspace, s *serve.Session, l host.Log) int {
			c, _, err := p.settings()
			if err != nil {
				c, _ = config.Load("")
			}
			g := &guest{Session: s, library: w, log: l, syncs: all}
			g.settle(c)
			return g.run(ctx)
		},
	}
}

// inFolder returns an error if the library that is named is in no folder that is there: an empty one that a slip of a finger makes is no
// library to let others in.
func inFolder(p *program) error {
	c, _, err := p.settings()
	if err != nil || c.Library == "" {
		return err
	}
	path, err := config.ExpandHome(c.Library)
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Dir(path)); errors.Is(err, fs.ErrNotExist) {
		return hints.With(fmt.Errorf("serve %s: there is no folder %s", path, filepath.Dir(path)), "name a library, or make the folder for a new one")
	}
	return nil
}

// syncs are the guests who bring libraries of theirs together with the one that is served, and the turns of those who export.
type syncs struct {
	came chan struct{} // holds something when there may be something to annotate

	mu   sync.Mutex
	busy map[string]bool // whose library it is

	exports visitor.Turns
}

func newSyncs() *syncs { return &syncs{came: make(chan struct{}, 1), busy: map[string]bool{}} }

// annotate annotates what there is with all, and what comes until ctx ends. It returns what failed first. A fault of the program, over some
// article, ends nobody's session: it is logged, and the other articles are annotated.
func (s *syncs) annotate(ctx context.Context, all func(context.Context, func(done, all int)) error, log host.Log) (failed error) {
	for {
		var err error
		if fault := stream.Catch(func() { err = all(ctx, nil) }); fault != nil {
			log("fault", "report", fault.Error())
			what, _, _ := strings.Cut(fault.Error(), "\n")
			err = errors.New(what)
		}
		failed = cmp.Or(failed, err)
		select {
		case <-ctx.Done():
			return failed
		case <-s.came:
		}
	}
}

// begin lets a guest sync, one library at a time: what a run keeps in memory is of all.
func (s *syncs) begin(g *guest) (changed, done func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	who := g.Person.Name
	if s.busy[who] {
		return nil, nil, errors.New("another library of yours is being synced; sync again when it is done")
	}
	s.busy[who] = true
	changed = func() {
		workspace.Changed(g.library)
		select {
		case s.came <- struct{}{}:
		default:
		}
	}
	return changed, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.busy, who)
	}, nil
}

// settle sets the settings of a guest: theirs, or those of the host, without what is about the host's computer.
func (g *guest) settle(of config.Config) {
	c := of
	if g.Person.Settings != "" {
		c, g.problems = host.Settings(g.Person.Settings)
		for i := range g.problems {
			if g.log != nil {
				g.log("settings", "problem", g.problems[i].String())
			}
			g.problems[i].Path = "your settings"
		}
		if len(c.Labels) == 0 {
			c.Labels = of.Labels
		}
		c.Carry, c.Captions, c.Anchors = of.Carry, of.Captions, of.Anchors
	}
	const steady = 60 // frames a second are enough over a network
	c.Who, c.Stored, c.Web, c.Shell, c.FPS = g.Person.Name, config.Stored{}, config.Web{}, false, min(c.FPS, steady)
	term := ""
	for _, e := range g.Environ {
		switch name, value, _ := strings.Cut(e, "="); name {
		case "BYLINE_THEME":
			if validTheme(value) {
				c.Theme = value
			}
		case "TERM":
			term = value
		}
	}
	c.Linear = c.Linear || g.Terminal == nil || term == "dumb"
	g.config = c
}

// member returns the library for the guest.
func (g *guest) member() *workspace.Workspace {
	w := workspace.For(g.library, workspace.Member{Who: g.Person.Name, Reads: g.Person.Reads, Labels: labelNames(g.config), Away: true})
	workspace.See(w, viewNamed(g.view))
	return w
}

// turn waits until the guest, nil for nobody, may export. Whoever exports calls done.
func (g *guest) turn(ctx context.Context, errs io.Writer) (done func(), err error) {
	if g == nil {
		return func() {}, nil
	}
	return g.syncs.exports.Take(ctx, g.Person.Name, func() { fmt.Fprintln(errs, "byline: others export; this waits for its turn") })
}

// run runs the program, or the command that the guest asked for, and returns the exit status.
func (g *guest) run(ctx context.Context) int {
	p := &program{in: g.Lines(), out: terminal.NewOutput(distant{g.Out, g.Terminal}), errs: terminal.NewOutput(distant{worded{g.Errs}, g.Terminal}), guest: g}
	c := guestRoot(p)
	args := g.arranged()
	c.SetArgs(append([]string{}, withTerms(args)...))      // with none at all it would take those of the process
	if len(args) > 0 && strings.HasPrefix(args[0], "__") { // which cobra has for shells
		return p.status(notForGuests(p, args[0]))
	}
	if len(args) > 0 && slices.Contains([]string{"scp", "rsync", "sftp", "sftp-server"}, filepath.Base(args[0])) {
		return p.status(wrongUsage(`%s: no files are copied over SSH; "ssh HOST export ARTICLE > FILE" writes one of yours`, clean.Line(args[0])))
	}
	status := p.status(c.ExecuteContext(ctx))
	if own := visitor.Apart(g.words()); own != "" && (status == statusUsage || status == statusFailed) {
		fmt.Fprintf(p.errs, "byline: your shell took a pair of quotation marks; words that belong together take two: %s\n", clean.Line(own))
	}
	return status
}

// arranged returns the words of the guest's command as arguments.
func (g *guest) arranged() []string { return visitor.Arrange(g.words()) }

func (g *guest) words() []visitor.Word {
	words := make([]visitor.Word, len(g.Args))
	for i, text := range g.Args {
		words[i] = visitor.Word{Text: text, Quoted: text}
		if i < len(g.Quoted) {
			words[i].Quoted = g.Quoted[i]
		}
	}
	return words
}

// worded is a stream of complaints and advice, a line or more at a time, in the words of a guest.
type worded struct{ io.Writer }

// Write implements [io.Writer].
func (w worded) Write(p []byte) (int, error) {
	if _, err := io.WriteString(w.Writer, visitor.Words(shortened(string(p)))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// shortened cuts lines that are longer than anybody reads: a complaint has what was typed in it.
func shortened(text string) string {
	const most = 500 // characters
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if r := []rune(l); len(r) > most {
			lines[i] = string(r[:most*2/3]) + " … " + string(r[len(r)-most/3:])
		}
	}
	return strings.Join(lines, "\n")
}

// distant is a stream to another computer.
type distant struct {
	io.Writer
	term *serve.Terminal
}

// Cells makes it a terminal of another computer.
func (d distant) Cells() int {
	if d.term == nil {
		return 0
	}
	width, _ := d.term.Size()
	return width
}

// guestRoot returns the command tree of a guest.
func guestRoot(p *program) *cobra.Command {
	c := &cobra.Command{
		Use:   "byline",
		Short: "byline on another computer",
		Long: `This is byline on another computer. Without a command it is the program on the screen, or
line by line where the terminal is none or a dumb one, and with "linear".

What a command prints comes to you: "ssh HOST export ARTICLE > FILE" writes a file of yours.
Nothing is read from the other computer but its library, and nothing written there but
what you decide.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return notForGuests(p, args[0])
			}
			return nil
		},
		RunE:              func(c *cobra.Command, _ []string) error { return p.guest.read(c.Context(), p, p.guest.config.Linear) },
		Annotations:       map[string]string{cobra.CommandDisplayNameAnnotation: "ssh HOST"},
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	c.PersistentFlags().StringVar(&p.guest.view, "view", "", "whose decisions are applied, `VIEW`: mine, curated, all, or the name of a person (default: all)")
	c.SetIn(strings.NewReader(""))
	c.SetOut(p.out)
	c.SetErr(p.errs)
	c.SetFlagErrorFunc(func(c *cobra.Command, err error) error { return guestFlagError(c, err) })
	all := append(p.commands(), &cobra.Command{
		Use: "linear", Short: "Read line by line, for screen readers", Args: noArguments, GroupID: programGroup,
		RunE: func(c *cobra.Command, _ []string) error { return p.guest.read(c.Context(), p, true) },
	})
	addTo(c, slices.DeleteFunc(all, func(one *cobra.Command) bool { return !allowed(one, "") }))
	return c
}

// allowed reports whether a guest may run a command below path, and takes from it what they may not.
func allowed(c *cobra.Command, path string) bool {
	path = strings.TrimSpace(path + " " + c.Name())
	if !visitor.May(path, "") {
		return false
	}
	all := c.Flags()
	c.ResetFlags()
	all.VisitAll(func(f *pflag.Flag) {
		if slices.Contains(visitor.Commands[path], f.Name) {
			f.Usage = visitor.Usage(f.Usage)
			c.Flags().AddFlag(f)
		}
	})
	c.Use, c.Short, c.Long = visitor.Help(path, c.Use, c.Short, c.Long)
	c.Example = visitor.Example(c.Example)
	if !c.HasSubCommands() {
		return true
	}
	c.Args = func(_ *cobra.Command, args []string) error {
		if len(args) > 0 {
			return wrongUsage(`%s %s: not over SSH; "ssh HOST %s --help" lists what is`, path, clean.Line(args[0]), path)
		}
		return nil
	}
	for _, below := range c.Commands() {
		if !allowed(below, path) {
			c.RemoveCommand(below)
		}
	}
	return true
}

// notForGuests says that there is no such command for a guest.
func notForGuests(p *program, name string) error {
	whole := func(c *cobra.Command) bool { return c.Name() == name }
	if slices.ContainsFunc(p.commands(), whole) {
		return wrongUsage(`%s: not over SSH; "ssh HOST help" lists what is`, name)
	}
	return wrongUsage(`%s: no such command; "ssh HOST help" lists them`, clean.Line(name))
}

// guestFlagError says why a flag is refused.
func guestFlagError(c *cobra.Command, err error) error {
	none, ok := errors.AsType[*pflag.NotExistError](err)
	if !ok {
		return wrongUsage("%s: %s", c.CommandPath(), describeFlagError(err))
	}
	name := none.GetSpecifiedName()
	if slices.Contains([]string{"output", "o", "force"}, name) {
		return wrongUsage(`%s: the output comes to you, add "> FILE" in your own shell: no file is written over SSH`, c.CommandPath())
	}
	dashes := "--"
	if len(name) == 1 {
		dashes = "-"
	}
	return wrongUsage(`%s: %s%s is not a flag over SSH; "%s --help" lists them`, c.CommandPath(), dashes, clean.Line(name), c.CommandPath())
}

// read runs the whole program, on the screen or line by line.
func (g *guest) read(ctx context.Context, p *program, lines bool) error {
	w := g.member()
	defer w.Close(context.WithoutCancel(ctx))
	if err := checkView(ctx, w); err != nil {
		return err
	}
	if lines {
		return linear.RunTold(ctx, linear.New(g.lineServices(p, w)), p.in, p.out, g.Notices)
	}
	return g.onScreen(ctx, screens.Options{Config: g.config, Problems: g.problems}, w)
}

// onScreen runs the screens on the guest's terminal.
func (g *guest) onScreen(ctx context.Context, o screens.Options, w *workspace.Workspace) error {
	if g.Terminal == nil {
		return wrongUsage("needs a terminal: ssh -t HOST …")
	}
	o.Environ, o.Version = g.Environ, version()
	o.Away = &screens.Away{Workspace: w, Size: g.Terminal.Size, News: g.News, Log: g.log, Words: visitor.Words}
	err := screens.Run(ctx, o, g.In, g.Out)
	if wrong, ok := errors.AsType[*screens.KeysError](err); ok {
		return wrongUsage("%s", wrong)
	}
	return err
}

// lineServices are those of a guest who reads line by line.
func (g *guest) lineServices(p *program, w *workspace.Workspace) linear.Services {
	s := lineServices(p, w, g.config)
	s.Shelf = others{w.Library}
	s.Desktop = linear.Desktop{}
	s.Voice = linear.Voice{Hint: func(err error) string { return visitor.Words(hints.ForGuest(err)) }, Words: visitor.Words, Empty: "Whoever runs the server adds articles."}
	if !g.Person.Reads {
		s.Voice.Empty = "Whoever runs the server adds articles; “byline sync ssh:HOST” on your own computer brings yours."
	}
	s.Add = nil
	s.Export = func(_ context.Context, a *articles.Article, to string) (int, error) {
		f := cmp.Or(formatOf(to), "json")
		return 0, fmt.Errorf("no file is written over SSH; in your own shell, ssh HOST export %s -f %s > FILE", library.ShortID(a.ID), f)
	}
	return s
}

// others is a library from which nobody takes what is of others, too.
type others struct{ *db.DB }

var errOthers = errors.New("over SSH no article is removed or restored: the library is of several")

// Remove implements [linear.Shelf].
func (others) Remove(context.Context, string) error { return errOthers }

// Restore implements [linear.Shelf].
func (others) Restore(context.Context, string) error { return errOthers }
