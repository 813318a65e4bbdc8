// Package screens connects the screens of byline to one workspace: it wires the library, the
// reader and what they open to the packages that do the work, and runs them on a terminal.
//
// [New] returns the model that Bubble Tea runs. It knows nothing of flags or of where the terminal
// is, so that it can run on any.
package screens

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library/db"
	"byline/annotate/workspace"
	"byline/annotate/workspace/pages"
	"byline/articles"
	"byline/ui"
	"byline/ui/adjudicate"
	"byline/ui/app"
	"byline/ui/config"
	"byline/ui/library"
	"byline/ui/pace"
	"byline/ui/paste"
	"byline/ui/people"
	"byline/ui/reader"

	"byline/annotate"
)

// Options are the dependencies of the screens.
type Options struct {
	Fetcher  *pages.Fetcher // has the workspace too; nil where the person is away
	Away     *Away          // who is at the terminal is elsewhere; nil for here
	Config   config.Config
	Problems []config.Problem // with the settings, shown first
	Names    []string         // files, folders, addresses and "-" to add and open; none for the library
	Review   []string         // IDs of articles to review, without the list; nil for none
	InOrder  bool             // review them article by article, in the order of the text
	Stdin    io.Reader        // read for "-"

	Adjudicate *Adjudication // settle this, without the list; nil for nothing

	// Suggest asks the program that the settings give a name about an article, and returns what it finds, and in words what was
	// left out of its answer; nil for none.
	Suggest func(ctx context.Context, name string, a *articles.Article) (*annotate.Layer, []string, error)

	// HoldInterrupts keeps ctrl+c from ending the program while another has the terminal, until
	// release is called; may be nil.
	HoldInterrupts func() (release func())

	Environ  []string // of the terminal: what it may draw
	Tour     string   // the ID of the story to take the tour of; empty for none
	Version  string   // of byline, for crash reports
	Commands string   // path of the shell commands of earlier runs; empty to keep none
}

// Screens are the screens of one run, and what they share.
type Screens struct {
	Options
	*workspace.Workspace
	ctx   context.Context // of the run: requests of the library end with it
	lib   *library.Screen
	reach reach // beyond the library and the terminal
	crash crash

	searches reader.Searches // in articles
	commands *commandLog     // given to the shell
}

// A KeysError says that the settings contain keys that cannot be bound.
type KeysError struct{ error }

// Scopes returns the binding tables whose keys the settings may change.
func Scopes() []ui.Scope {
	return []ui.Scope{
		{Name: "library", Bindings: library.Bindings()},
		{Name: "trash", Bindings: library.TrashBindings()},
		{Name: "people", Bindings: people.Bindings()},
		{Name: "person", Bindings: people.PageBindings()},
		{Name: "reader", Bindings: reader.Bindings()},
		{Name: "adjudicate", Bindings: adjudicate.Bindings()},
		{Name: "app", Bindings: app.Bindings()},
	}
}

// Keys returns the keys that the settings bind to actions.
func Keys(c config.Config) map[ui.Action][]string {
	keys := make(map[ui.Action][]string, len(c.Keys))
	for name, ks := range c.Keys {
		keys[ui.Action(name)] = ks
	}
	return keys
}

// New returns the screens and the model that shows them. Their background work ends with ctx. The
// error may be a [KeysError].
func New(ctx context.Context, o Options) (*Screens, tea.Model, error) {
	s := &Screens{Options: o, ctx: ctx, commands: &commandLog{path: o.Commands}}
	if o.Away != nil {
		s.Workspace, s.reach = o.Away.Workspace, away(s)
	} else {
		s.Workspace, s.reach = o.Fetcher.Workspace, here(s)
	}
	finder := s.Finder()
	s.lib = library.New(ctx, shelf{finder}, s.reach.keeper(finder), o.Config.Date)
	s.lib.SetClock(now(s.Workspace))
	s.lib.Preview(s.Article)
	s.lib.Help(finder)
	first, start, err := s.first()
	if err != nil {
		return nil, nil, err
	}
	m, err := app.New(app.Options{
		Theme: o.Config.Theme, Keys: Keys(o.Config), NoMouse: !o.Config.Mouse, Copy: s.reach.copy, Away: o.Away != nil, Words: o.Away.words(),
		Notice: s.firstNotice(), Start: start, Wire: s.wire, Tour: s.reach.tour,
	}, first...)
	if err != nil {
		return nil, nil, &KeysError{err}
	}
	return s, m, nil
}

// Run shows the screens on the terminal of in and out, until the user quits or ctx ends. A nil in
// is the terminal of the process. When ctx ends or something panics, the screens are closed first, so that
// what was decided is written.
func Run(ctx context.Context, o Options, in io.Reader, out io.Writer) error {
	running, stop := context.WithCancel(ctx)
	defer stop()
	s, m, err := New(running, o)
	if err != nil {
		return err
	}
	pace.AddProcessors()
	opts := []tea.ProgramOption{tea.WithoutSignalHandler(), tea.WithFPS(o.Config.FPS), tea.WithOutput(out)}
	if in != nil {
		if o.Away != nil {
			in = paste.Limit(in, mostPasted+1)
		}
		opts = append(opts, tea.WithInput(in))
	}
	if o.Away != nil {
		opts = append(opts, o.Away.terminal(o.Environ)...)
	}
	program := pace.NewProgram(o.Config.FPS, m, opts...)
	leave := func() {
		time.AfterFunc(leaveTime, program.Kill)
		program.Send(app.LeaveMsg{})
	}
	defer context.AfterFunc(ctx, leave)()
	fault := func(cause any) {
		s.crash.note(cause)
		go leave()
	}
	if m, ok := m.(*app.Model); ok {
		m.Guard(fault)
	}
	if o.Away != nil {
		go o.Away.tell(running, program)
	}
	go func() {
		defer func() {
			if cause := recover(); cause != nil {
				fault(cause)
			}
		}()
		s.Watch(running, func(id string) { program.Send(ui.ChangedMsg{ID: id, Elsewhere: true}) })
	}()
	last, err := program.Run()
	pace.Drain(program)
	return s.outcome(ctx, last, err)
}

// leaveTime is how long the screens may take to close when the program is told to end.
const leaveTime = 3 * time.Second

// outcome returns what a run of the program came to.
func (s *Screens) outcome(ctx context.Context, last tea.Model, err error) error {
	if fault := s.reach.crashed(&s.crash); fault != nil {
		return fault
	}
	if m, ok := last.(*app.Model); ok && err == nil && m.Failed() != nil {
		return m.Failed()
	}
	if ctx.Err() != nil || errors.Is(err, tea.ErrInterrupted) || errors.Is(err, tea.ErrProgramKilled) {
		return context.Canceled
	}
	return err
}

// firstNotice returns the first toast.
func (s *Screens) firstNotice() string {
	switch problems := s.Problems; {
	case len(problems) == 1:
		return problems[0].String()
	case len(problems) > 1 && s.Away != nil:
		return fmt.Sprintf("%s (and %d more)", problems[0], len(problems)-1)
	case len(problems) > 1:
		return fmt.Sprintf("%s (and %d more: byline config show)", problems[0], len(problems)-1)
	case db.Damaged(s.Library.Trouble()):
		return "The library is damaged and only read; “byline check” says what is lost"
	case s.Library.Trouble() != nil && s.Away != nil:
		return "The disk is full, and the library only read: tell whoever runs the server"
	case s.Library.Trouble() != nil:
		return "The disk is full, and the library only read: free space, and start again"
	case s.Library.ReadOnly():
		return "The library is read-only: decisions will not be saved"
	}
	return ""
}

// annotations adapts the workspace to the reader.
type annotations struct {
	*workspace.Workspace
	alone bool // nobody else works in this process: a long text may slow down all of it
}

// Who implements [reader.Workspace].
func (s annotations) Who() string { return workspace.Signer(s.Workspace) }

// Reads reports whether nobody decides anything here.
func (s annotations) Reads() bool { return s.Library.ReadOnly() }

// now returns the time, in the zone in which times are told.
func now(w *workspace.Workspace) func() time.Time {
	return func() time.Time { return time.Now().In(w.Zone()) }
}

// Layer calls the workspace's Layer, then releases the memory that took.
func (s annotations) Layer(ctx context.Context, a *articles.Article) (*annotate.Layer, error) {
	if s.alone {
		pace.ReleaseMemory(len(a.Text))
		defer pace.Ease(len(a.Text))
	}
	return s.Workspace.Layer(ctx, a)
}

// reader returns a new reader of the library's articles.
func (s *Screens) reader() *reader.Screen { return s.readerOf(s.Workspace) }

// readerOf returns a new reader of the articles of w. What it opens and asks for is about those of the
// user's library.
func (s *Screens) readerOf(w *workspace.Workspace) *reader.Screen {
	svc, opts := readerServices(s, w)
	return reader.New(s.ctx, svc, opts)
}

// readerServices returns what a reader of the articles of w works with.
func readerServices(s *Screens, w *workspace.Workspace) (reader.Services, reader.Options) {
	c := s.Config
	labels := make([]reader.Label, len(c.Labels))
	for i, l := range c.Labels {
		labels[i] = reader.Label{Name: l.Name, Key: l.Key}
	}
	return reader.Services{
			Library: w.Library, Keeper: workspace.KeeperOf(w), Workspace: annotations{w, s.Away == nil}, Detail: s.detailScreen, Export: s.export, Open: s.reach.open, Outside: s.reach.outside,
			Tags: s.tags, Versions: s.versions, Why: w.Why, Searches: &s.searches,
		}, reader.Options{
			Measure: c.Measure, Panel: c.Panel.Open, PanelLeft: c.Panel.Side == "left", PanelWidth: c.Panel.Width,
			NoBars: !c.QuoteBars, Zen: c.Zen, GoOn: c.GoOn, Labels: labels, Pictures: s.reach.pictures,
		}
}

// wire answers the requests that one screen makes of another.
func (s *Screens) wire(msg tea.Msg) (app.Answer, bool) {
	switch msg := msg.(type) {
	case library.OpenMsg:
		return s.open(msg), true
	case reader.TurnMsg:
		return s.turn(msg), true
	case tourMsg:
		return app.Answer{Screen: msg.screen, Cmd: msg.open}, true
	case followedMsg:
		return s.followed(msg), true
	case library.TextMsg:
		return app.Answer{Cmd: s.addText(msg)}, true
	case library.PeopleMsg:
		return showPeople(s, reader.PeopleMsg{}), true
	case reader.PeopleMsg:
		return showPeople(s, msg), true
	case library.SamplesMsg:
		return app.Answer{Cmd: s.reach.samples()}, true
	case library.AboutMsg:
		return app.Answer{Cmd: showListed(s, msg.ID)}, true
	case reader.AboutMsg:
		return app.Answer{Cmd: showArticle(s, msg.Article)}, true
	case library.SyncMsg:
		return app.Answer{Cmd: s.reach.sync()}, true
	case library.TogetherMsg:
		return app.Answer{Cmd: s.reach.together()}, true
	case library.AddMsg:
		return app.Answer{Cmd: s.reach.add(msg)}, true
	}
	if a, ok := s.wireTeam(msg); ok {
		return a, true
	}
	return goThrough(s, msg)
}

// goThrough answers what asks to go through articles.
func goThrough(s *Screens, msg tea.Msg) (app.Answer, bool) {
	switch msg := msg.(type) {
	case library.ReviewMsg:
		r := s.review(msg.IDs)
		return app.Answer{Screen: r, Cmd: r.Start()}, true
	case library.AdjudicateMsg:
		a := adjudicateScreen(s, Adjudication{Articles: msg.IDs})
		return app.Answer{Screen: a, Cmd: a.Start()}, true
	}
	return app.Answer{}, false
}
