package reader

import (
	"cmp"
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui"
	"byline/ui/theme"
)

// RoundServices are what a round of review works with.
type RoundServices struct {
	// Open returns an article with its layer, the log applied.
	Open   func(ctx context.Context, id string) (*articles.Article, *annotate.Layer, error)
	Reader func() *Screen
	Now    func() time.Time
	Save   func(path string, data []byte) tea.Cmd // writes a file
}

// An Item is a claim to review in one of many articles.
type Item struct {
	ID, Title string // of the article
	review.Target
	Words string
	Score float64
}

// Items returns the claims of a that nobody looked at.
func Items(a *articles.Article, l *annotate.Layer) []Item {
	var out []Item
	add := func(k annotate.Kind, s articles.Span, st annotate.State, o annotate.Origin) {
		if st == annotate.Proposed {
			out = append(out, Item{a.ID, a.Title, review.Target{Kind: k, Span: s}, oneLine(s.In(a.Text)), o.Score})
		}
	}
	for i := range l.Entities {
		if tabOf(l.Entities[i].Type) == placesTab {
			continue
		}
		for _, m := range l.Entities[i].Mentions {
			add(annotate.OfMention, m.Span, m.State, m.Origin)
		}
	}
	for _, q := range l.Quotes {
		add(annotate.OfQuote, q.Span, q.State, q.Origin)
	}
	return out
}

// A Round is the review of a stack of articles, the least certain claim of all first. It
// shows a reader of the article whose claim is next, with all its keys; what confirms,
// rejects or passes goes on to the next claim, be it in another article. At the end it
// says what was decided, by how many keys and in what time.
type Round struct {
	svc     RoundServices
	ids     []string
	read    int // of ids
	items   []Item
	at      int // index of the current item; len(items) at the end
	state   roundState
	readers []shelved // of the articles before and the next, latest last
	tally   tally
	news    [4]tea.Msg // the latest of each kind, for readers to come
	look    frame
}

// roundState says what a round waits for.
type roundState struct {
	left   int  // articles with items to come, the current one included
	coming bool // the current item is not on the screen yet
	back   bool // it is one that was decided on
	undo   bool // and its decision is to be taken back
	ended  bool // the report is shown
}

// A shelved reader is one of an article that a round may come back to.
type shelved struct {
	id string
	*Screen
}

// mostReaders is how many articles a round keeps open.
const mostReaders = 4

type gatheredMsg struct {
	to    *Round
	items []Item
	err   error
}

// NewRound returns a round through articles; Start begins it.
func NewRound(svc RoundServices, ids []string) *Round {
	r := &Round{svc: svc, ids: ids}
	r.look.theme, _ = theme.Named("", true)
	return r
}

// Start looks for what is to be reviewed, one article after the other.
func (r *Round) Start() tea.Cmd {
	if r.read == len(r.ids) {
		slices.SortStableFunc(r.items, func(a, b Item) int { return cmp.Compare(a.Score, b.Score) })
		r.at = -1
		return r.advance()
	}
	id, open := r.ids[r.read], r.svc.Open
	return func() tea.Msg {
		a, l, err := open(context.Background(), id)
		if err != nil {
			return gatheredMsg{to: r, err: err}
		}
		return gatheredMsg{to: r, items: Items(a, l)}
	}
}

// Title implements [ui.Screen].
func (r *Round) Title() string { return "review" }

// Ready implements [ui.Busy]: keys wait for the claim that they are about, and for what
// was decided on it.
func (r *Round) Ready() bool {
	s := r.reader()
	return r.state.ended || s == nil && r.read < len(r.ids) || s != nil && !r.state.coming && s.settled()
}

// Pressed implements [ui.Counter].
func (r *Round) Pressed() { r.tally.keys++ }

// reader returns the reader of the current article; nil while there is none.
func (r *Round) reader() *Screen {
	if r.at < 0 || r.at >= len(r.items) {
		return nil
	}
	i := slices.IndexFunc(r.readers, func(s shelved) bool { return s.id == r.items[r.at].ID })
	if i < 0 {
		return nil
	}
	return r.readers[i].Screen
}

// Update implements [ui.Screen].
func (r *Round) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case gatheredMsg:
		if msg.to != r {
			return nil
		}
		r.read++
		r.items = append(r.items, msg.items...)
		next := r.Start()
		if msg.err != nil {
			return tea.Batch(next, ui.Fail(msg.err, "this article is left out"))
		}
		return next
	case tea.WindowSizeMsg, ui.ThemeMsg, ui.WidthMsg, ui.KeysMsg:
		r.learn(msg)
	case tea.MouseMsg:
		if s := r.reader(); s != nil && !r.state.ended {
			return s.Update(raised(msg))
		}
		return nil
	}
	var cmds []tea.Cmd
	for _, s := range r.readers {
		cmds = append(cmds, s.Update(sized(msg)))
	}
	return tea.Batch(append(cmds, r.arrived())...)
}

// learn keeps what readers to come have to know.
func (r *Round) learn(msg tea.Msg) {
	switch m := msg.(type) {
	case ui.KeysMsg:
		r.news[0] = msg
	case ui.ThemeMsg:
		r.news[1], r.look.theme = msg, m.Theme
	case ui.WidthMsg:
		r.news[2], r.look.method = msg, m.Method
	default:
		r.news[3] = msg
	}
}

// sized takes the round's own line off the height that a reader has.
func sized(msg tea.Msg) tea.Msg {
	if w, ok := msg.(tea.WindowSizeMsg); ok {
		w.Height--
		return w
	}
	return msg
}

// raised moves a mouse message from the screen to the reader below the round's line.
func raised(msg tea.MouseMsg) tea.Msg {
	switch msg := msg.(type) {
	case tea.MouseClickMsg:
		msg.Y--
		return msg
	case tea.MouseMotionMsg:
		msg.Y--
		return msg
	case tea.MouseReleaseMsg:
		msg.Y--
		return msg
	case tea.MouseWheelMsg:
		msg.Y--
		return msg
	}
	return msg
}

// open returns the reader of an article, putting one in front where there is none.
func (r *Round) open(it Item) (*Screen, tea.Cmd) {
	i := slices.IndexFunc(r.readers, func(s shelved) bool { return s.id == it.ID })
	if i >= 0 {
		s := r.readers[i]
		r.readers = append(slices.Delete(r.readers, i, i+1), s)
		return s.Screen, nil
	}
	s := r.svc.Reader()
	s.svc.Keeper, s.frame.above = nowhere{}, 1
	cmds := []tea.Cmd{}
	for _, msg := range r.news {
		if msg != nil {
			cmds = append(cmds, s.Update(sized(msg)))
		}
	}
	cmds = append(cmds, s.Open(Request{ID: it.ID, Offset: -1, Claim: it.Target}))
	r.readers = append(r.readers, shelved{it.ID, s})
	if old := r.readers[0]; len(r.readers) > mostReaders && old.settled() {
		r.readers = r.readers[1:]
	}
	return s, tea.Batch(cmds...)
}

// nowhere keeps no place: a review is no reading.
type nowhere struct{}

func (nowhere) MarkOpened(context.Context, string) error { return nil }
func (nowhere) SetPosition(context.Context, string, library.Position, float64) error {
	return nil
}
func (nowhere) SetStatus(context.Context, string, library.Status) error { return nil }

// advance goes to the next item and has the article after it come meanwhile.
func (r *Round) advance() tea.Cmd {
	if r.at++; r.at >= len(r.items) {
		r.state = roundState{ended: true}
		return nil
	}
	return r.show(false)
}

// show brings the current item to the screen.
func (r *Round) show(back bool) tea.Cmd {
	left := map[string]bool{}
	for _, it := range r.items[r.at:] {
		left[it.ID] = true
	}
	r.state = roundState{left: len(left), coming: true, back: back}
	_, cmd := r.open(r.items[r.at])
	return tea.Batch(cmd, r.arrived(), r.ahead())
}

// ahead has the next article come, while somebody looks at this one.
func (r *Round) ahead() tea.Cmd {
	for _, it := range r.items[min(r.at+1, len(r.items)):] {
		if it.ID == r.items[r.at].ID {
			continue
		}
		_, cmd := r.open(it)
		return cmd
	}
	return nil
}

// arrived points to the current item as soon as its article is there. One that was
// reviewed meanwhile is passed by.
func (r *Round) arrived() tea.Cmd {
	s := r.reader()
	if !r.state.coming || s == nil || !s.settled() {
		return nil
	}
	if s.load.failed || s.load.bare {
		return r.advance()
	}
	it := r.items[r.at]
	at := s.scene.find(it.Kind, it.Span)
	undo := r.state.undo
	if !r.state.back && (at < 0 || !s.unreviewed(s.scene.claims[at])) {
		return r.advance()
	}
	r.state = roundState{left: r.state.left}
	r.tally.begin(r.svc.Now())
	var cmds []tea.Cmd
	if at >= 0 {
		cmds = append(cmds, s.choose(at))
	}
	if undo {
		s.cur.span, s.cur.kind = it.Span, it.Kind
		cmds = append(cmds, s.enqueue(review.Change{Verb: annotate.Undo}))
	}
	return tea.Batch(cmds...)
}

// settled reports whether s has its layer, or never will, and nothing to be decided.
func (s *Screen) settled() bool {
	return s.load.failed || s.load.bare || s.load.layer && !s.load.busy && len(s.load.queue) == 0
}
