// Package reader is the screen that shows one article: its text with people,
// organizations and quotes marked, and beside it the panel that lists them.
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

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/articles"
	"byline/articles/clean"
	"byline/ui"
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

// Desk is what the reader needs of the desk, where an article, the machine's
// layer and the log of decisions come together.
type Desk interface {
	// Glance annotates the blocks of a that touch s, without the log.
	Glance(a *articles.Article, s articles.Span) *annotate.Layer
	// Layer returns the machine's layer of a with the log applied.
	Layer(ctx context.Context, a *articles.Article) (*annotate.Layer, error)
	// Decide appends the decisions that c asks for to the log and returns the layer
	// with them applied, and in a few words what was done. It returns when they are
	// on the disk.
	Decide(ctx context.Context, a *articles.Article, c review.Change) (l *annotate.Layer, did string, err error)
	// Orphans returns the decisions whose words the article no longer has.
	Orphans(ctx context.Context, a *articles.Article) ([]annotate.Decision, error)
	// History returns who decided what, the latest first.
	History(ctx context.Context, a *articles.Article) ([]review.Event, error)
}

// Options are what a user may set. The zero value works.
type Options struct {
	Measure    int  // widest text column in cells; 0 for 72
	Panel      bool // start with the side panel
	PanelLeft  bool // it stands left of the text
	PanelWidth int  // in cells; 0 for 32
	NoBars     bool // no bars beside quotes
	Zen        bool // start with nothing but the text
	Labels     []Label
}

// A Label is a kind of entity of the user's own, and the key that gives it.
type Label struct{ Name, Key string }

// Services are what the reader works with.
type Services struct {
	Library Library
	Keeper  Keeper
	Desk    Desk
	Detail  func(Subject) ui.Screen           // the screen about one entity
	Export  func(a *articles.Article) tea.Cmd // asks how and where to, and writes the annotations
	Open    func(url string) error            // opens a link outside
	Tags    func(id string) tea.Cmd           // asks for the article's tags
	// Versions shows what changed in the article since the version before; back shows a byte of it.
	Versions func(a *articles.Article, back func(off int) tea.Cmd) tea.Cmd
	// Why says what a claim of l, a layer of a, rests on.
	Why func(a *articles.Article, l *annotate.Layer, k annotate.Kind, s articles.Span) []annotate.Reason
}

// A Request says what to open. Either ID is known, or Fetch brings the article; Preview
// shows the beginning meanwhile.
type Request struct {
	ID      string
	Offset  int           // byte to show; −1 for where the reader left off
	Query   string        // to find in the article; empty for nothing
	Claim   review.Target // to point to; zero for none
	Preview func() (*articles.Article, error)
	Fetch   func(context.Context) (*articles.Article, error) // as the library has it now
}

// Screen shows one article.
type Screen struct {
	svc  Services
	opts Options
	req  Request

	article *articles.Article
	scene   *scene
	load    loading
	text    *textview.View
	panel   panel
	cur     cursor
	sel     selection
	found   finder
	jumps   jumps
	frame   frame
	habit   habit
	entry   library.Entry // of the article in the library; only Words in a preview
}

// loading counts what is on its way.
type loading struct {
	number  int  // of this opening
	preview bool // the article is a preview
	layer   bool // the whole layer is here
	failed  bool // there is nothing to read
	bare    bool // there is nothing to correct: the layer could not be read
	queue   []job
	busy    bool // a job is being done
	moving  int  // jobs not done that may leave other claims under the cursor
	saved   library.Position
	saving  bool
}

// A cursor is the current claim, kept by its span over changes of the layer.
type cursor struct {
	at   int // index into scene.claims; −1 for none
	kind annotate.Kind
	span articles.Span
}

// A frame is how the screen is laid out and looks.
type frame struct {
	layout
	view
	above  int // lines of the screen above the reader's
	theme  *theme.Theme
	method ansi.Method
}

// New returns a reader with nothing open.
func New(svc Services, opts Options) *Screen {
	if opts.Measure <= 0 {
		opts.Measure = 72
	}
	if opts.PanelWidth <= 0 {
		opts.PanelWidth = 32
	}
	s := &Screen{svc: svc, opts: opts, text: textview.New(), scene: newScene(&annotate.Layer{})}
	s.cur.at = -1
	s.panel.open = -1
	s.frame.view = view{measure: opts.Measure, panel: opts.Panel, panelWidth: opts.PanelWidth, left: opts.PanelLeft, zen: opts.Zen}
	s.frame.theme, _ = theme.Named("", true)
	return s
}

// Open starts opening what req names.
func (s *Screen) Open(req Request) tea.Cmd {
	s.load.number++
	s.req = req
	s.load.layer, s.load.bare, s.load.moving = false, false, 0
	return tea.Batch(s.preview(), s.fetch())
}

// Title implements [ui.Screen].
func (s *Screen) Title() string {
	if s.article == nil {
		return ""
	}
	return clean.Line(s.article.Title)
}

// Ready implements [ui.Busy]: keys wait for the text, and for what a decision leaves
// under the cursor.
func (s *Screen) Ready() bool {
	return s.load.failed || s.article != nil && !(s.load.moving > 0 && s.load.layer)
}

// Scopes implements [ui.Screen].
func (s *Screen) Scopes() []ui.Scope {
	own := ui.Scope{Name: "reader", Bindings: append(Bindings(), s.labelBindings()...), Handle: s.handle}
	switch {
	case len(s.jumps.hints.words) > 0:
		return []ui.Scope{s.hintScope(), own}
	case s.sel.on:
		return []ui.Scope{{Name: "select", Bindings: append(selectBindings(), s.labelBindings()...), Handle: s.handleSelect}, own}
	case s.panel.focus:
		return []ui.Scope{{Name: "panel", Bindings: panelBindings(), Handle: s.handlePanel}, own}
	}
	return []ui.Scope{own}
}

// Update implements [ui.Screen].
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.frame.width, s.frame.height = msg.Width, msg.Height-1
		s.relayout()
	case ui.ThemeMsg:
		s.frame.theme = msg.Theme
		s.text.SetStyles(looks(msg.Theme))
	case ui.WidthMsg:
		s.frame.method = msg.Method
		s.text.SetWidthMethod(msg.Method)
	case ui.ChangedMsg:
		if msg.ID == "" {
			return s.again()
		}
	case tea.MouseMsg:
		return s.mouse(msg)
	case fetchedMsg, layerMsg, renderedMsg, foundMsg, savedMsg, failedMsg, bareMsg, goMsg, decideMsg, labelMsg, previewMsg:
		return s.answered(msg)
	}
	return s.ahead()
}

// relayout places the parts again; the top line's words stay on the screen.
func (s *Screen) relayout() {
	s.frame.view.focus = s.panel.focus
	s.frame.layout = arrange(s.frame.width, s.frame.height, s.frame.view)
	if s.frame.textW > 0 {
		s.text.Resize(s.frame.textW, s.frame.body)
	}
}
