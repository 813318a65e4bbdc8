// Package reader is the screen that shows one article: its text with people,
// organizations and quotes marked, and next to it the panel that lists them.
//
// The reader without a screen is package session: it has the claims, the cursor and the
// queue of decisions. Here, a display holds what is drawn and asks for nothing, and the
// Screen runs what has to be asked. Controllers answer the keys of one topic each.
//
// Opening goes in steps, none of which keeps a key waiting: a preview of the
// first screens where the article comes from a file, the article itself at the
// place where its reader left off, a first layer for what is on the screen, and
// the whole layer with the log of decisions applied. Each answer carries the
// number of the opening it belongs to; late ones are dropped.
//
// Decisions go through one queue, so that each sees what the one before it did,
// and show on the screen when they are on the disk.
package reader

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui"
	"byline/ui/picture"
	"byline/ui/reader/display"
	"byline/ui/session"
	"byline/ui/textview"
	"byline/ui/theme"
)

// Library is what the reader needs to open articles.
type Library interface {
	Article(ctx context.Context, id string) (*articles.Article, error)
	Entry(ctx context.Context, id string) (library.Entry, error)
	Position(ctx context.Context, id string) (library.Position, error)
}

// Keeper is what the reader needs to note how far a reader has come.
type Keeper interface {
	MarkOpened(ctx context.Context, id string) error
	SetPosition(ctx context.Context, id string, p library.Position, progress float64) error
	SetStatus(ctx context.Context, id string, st library.Status) error
}

// Workspace is what the reader needs of the workspace.
type Workspace interface {
	session.Workspace
	// Glance annotates the blocks of a that touch s, without the log.
	Glance(ctx context.Context, a *articles.Article, s articles.Span) *annotate.Layer
	// Who returns whose decisions are made here.
	Who() string
}

// Outside leads out of the article, when a person asks for it.
type Outside interface {
	// Follow fetches the page that a link of an article leads to, adds it and opens it.
	Follow(from *articles.Article, url string) tea.Cmd
	// Pipe asks for a shell command, gives it text, which is called what, and shows what it prints.
	Pipe(what, text string) tea.Cmd
	// Edit opens the source of an article in an editor and adds it again; reopen shows the
	// article with that ID.
	Edit(a *articles.Article, reopen func(id string) tea.Cmd) tea.Cmd
	// Suggest asks another program for the names and quotes of an article; reopen is as for Edit.
	Suggest(a *articles.Article, reopen func(id string) tea.Cmd) tea.Cmd
}

// Team is what the reader needs of a team that annotates the library. A [Keeper] may be one.
type Team interface {
	// Duty says what the article with that ID is to whoever reads it.
	Duty(ctx context.Context, id string) (library.Duty, error)
	// See has the workspace apply the decisions of a view from now on.
	See(v library.View)
}

// Options are what a user may set. The zero value works.
type Options struct {
	Measure    int  // widest text column in cells; 0 for 72
	Panel      bool // start with the side panel
	PanelLeft  bool // it is left of the text
	PanelWidth int  // in cells, more where there is room; 0 for 32
	NoBars     bool // no bars next to quotes
	Zen        bool // start with nothing but the text
	GoOn       bool // every decision goes on to the next unreviewed claim
	Labels     []Label
	Pictures   picture.Source // of pictures of articles; the zero Source has none
}

// A Label is a kind of entity of the user's own, and the key that gives it.
type Label struct{ Name, Key string }

// Services are what the reader works with.
type Services struct {
	Library   Library
	Keeper    Keeper
	Workspace Workspace
	Detail    func(Subject) ui.Screen // the screen about one entity
	Open      func(url string) error  // opens a link outside
	Searches  *Searches               // shared by readers; nil for none before
	Outside   Outside                 // other programs and the network; nil for none

	// The context of these ends when the reader is left; what they return then is dropped.

	// Export asks how and where to, and writes the annotations; asides says that places and other
	// names are reviewed as well.
	Export func(ctx context.Context, a *articles.Article, asides bool) tea.Cmd
	// Tags asks for the article's tags.
	Tags func(ctx context.Context, id string) tea.Cmd
	// Versions shows what changed in the article since the version before; back shows a byte of it.
	Versions func(ctx context.Context, a *articles.Article, back func(off int) tea.Cmd) tea.Cmd

	// Why says what a claim of l, a layer of a, rests on, and what each of several programs suggests there.
	Why func(ctx context.Context, a *articles.Article, l *annotate.Layer, k annotate.Kind, s articles.Span) []annotate.Reason
}

// A Request says what to open. Either ID is known, or Fetch brings the article; Preview
// shows the beginning meanwhile.
type Request struct {
	ID      string
	Offset  int             // byte to show; −1 for where the reader left off
	Query   string          // to find in the article; empty for nothing
	Claim   review.Target   // to point to; zero for none
	List    func() []string // IDs of the list that it is opened from; nil for none
	Back    bool            // jumping back from where it begins leads back to the screen below
	Preview func() (*articles.Article, error)
	Fetch   func(context.Context) (*articles.Article, error) // as the library has it now
}

// Screen shows one article.
type Screen struct {
	*display.Display
	session *session.Session
	life    ui.Life
	svc     Services
	labels  []Label
	bars    bool // next to quotes
	req     Request
	load    loading
	plates  picture.Plates
	seen    seen
	say     saying
	guide   Guide         // may be nil
	pointed articles.Span // the link that was clicked or chosen, where no claim is current
	entry   library.Entry // of the article in the library; only Words in a preview
}

// loading says what is on its way.
type loading struct {
	number  int  // of this opening
	preview bool // the article is a preview
	failed  bool // there is nothing to read
	bare    bool // there is nothing to correct: the layer could not be read
	saved   library.Position
	saving  bool
}

// A saying is what is said before and after what the next decision did.
type saying [2]string

// Searches are what was looked for in articles, the latest last. The zero value has none.
type Searches struct{ words []string }

// mostSearches is how many are kept.
const mostSearches = 100

func (h *Searches) add(words string) {
	if strings.TrimSpace(words) == "" {
		return
	}
	h.words = append(slices.DeleteFunc(slices.Clone(h.words), func(w string) bool { return w == words }), words)
	h.words = h.words[max(0, len(h.words)-mostSearches):]
}

// New returns a reader with nothing open. What it asks for ends with ctx, or when it is
// left, but for what is to be written.
func New(ctx context.Context, svc Services, opts Options) *Screen {
	if svc.Searches == nil {
		svc.Searches = &Searches{}
	}
	types := make([]string, len(opts.Labels))
	for i, l := range opts.Labels {
		types[i] = l.Name
	}
	s := session.New(svc.Workspace, session.Options{Types: types, Modes: session.Modes{GoOn: opts.GoOn}})
	return &Screen{
		Display: display.New(s, display.Options{
			Measure: opts.Measure, Panel: opts.Panel, PanelLeft: opts.PanelLeft, PanelWidth: opts.PanelWidth, NoBars: opts.NoBars, Zen: opts.Zen,
		}),
		session: s, life: ui.NewLife(ctx), svc: svc, labels: opts.Labels, bars: !opts.NoBars, plates: picture.Plates{Source: opts.Pictures},
	}
}

// Open starts opening what req names.
func (s *Screen) Open(req Request) tea.Cmd {
	s.load.number++
	s.req, s.load.bare, s.Duty.Ending = req, false, session.Ending{}
	return tea.Batch(opening{s}.preview(req.Preview), opening{s}.fetch(req))
}

// Ready implements [ui.Busy]: keys wait for the text, and for what a decision leaves
// under the cursor.
func (s *Screen) Ready() bool {
	return s.load.failed || s.session.Article() != nil && !s.session.Moving()
}

// Scopes implements [ui.Screen].
func (s *Screen) Scopes() []ui.Scope {
	own := ui.Scope{Name: "reader", Bindings: append(Bindings(), labelBindings(s.allLabels())...), Signs: (*theme.Theme).Signs, Foot: foot{s}.reader(), Handle: s.handle}
	switch {
	case s.Hints.On():
		return []ui.Scope{s.hintScope(), own}
	case s.Sel.On:
		return []ui.Scope{{Name: "select", Bindings: append(selectBindings(), labelBindings(s.allLabels())...), Foot: foot{s}.selected(), Handle: s.handleSelect}, own}
	case s.Panel.Focus:
		return []ui.Scope{{Name: "panel", Bindings: panelBindings(), Foot: foot{s}.panel(), Handle: panelKeys{s}.handle}, own}
	}
	return []ui.Scope{own}
}

// Update implements [ui.Screen].
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.Frame.Width, s.Frame.Height = msg.Width, msg.Height-1
		s.Relayout()
	case ui.ThemeMsg:
		s.Frame.Theme = msg.Theme
		s.Text.SetStyles(display.Looks(msg.Theme))
	case ui.WidthMsg:
		s.Frame.Method = msg.Method
		s.Text.SetWidthMethod(msg.Method)
	case ui.ChangedMsg:
		if a := s.session.Article(); msg.ID == "" || msg.Elsewhere && a != nil && a.ID == msg.ID {
			s.session.Again()
			s.Duty.Viewed = s.Duty.Viewed || msg.View
			return tea.Batch(s.work(), team{s}.ask())
		}
	case tea.MouseMsg:
		return s.mouse(msg)
	case fetchedMsg, answerMsg, renderedMsg, savedMsg, failedMsg, reopenMsg, doMsg, previewMsg, plateMsg, placedMsg, dutyMsg:
		return s.answered(msg)
	default:
		if t := s.plates.Source.Terminal; t != nil {
			t.Take(msg)
		}
	}
	return s.ahead()
}

// View implements [ui.Screen].
func (s *Screen) View(width, height int) string {
	return s.Display.View(width, height, s.entry.Minutes(), s.load.failed)
}

// A Guide leads somebody through articles, and is told what they decide. One with a method Failed(error) tea.Cmd is told what
// could not be stored as well; it returns nil if the reader is to say so.
type Guide interface {
	Decided(review.Edit) tea.Cmd // after each decision, once it is on the disk
	Finishes() bool              // it says itself when an article is finished
}

// Lead gives s a guide.
func Lead(s *Screen, g Guide) { s.guide = g }

// Decide returns a command that makes a decision in s, after those that are on their way.
func Decide(s *Screen, e review.Edit) tea.Cmd { return s.decide(e) }

// Settled reports whether s has its layer, or never will, and nothing to be decided.
func Settled(s *Screen) bool { return s.settled() }

// Point puts the cursor of s on a claim, and shows it.
func Point(s *Screen, t review.Target) tea.Cmd {
	if s.session.Article() == nil {
		return nil
	}
	s.See()
	if s.session.Aim(t); s.session.Cursor() < 0 {
		s.Text.ScrollTo(t.Start, textview.Middle)
		return s.moved()
	}
	s.Follow()
	return s.moved()
}
