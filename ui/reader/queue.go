package reader

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui"
	"byline/ui/reader/display"
	"byline/ui/session"
	"byline/ui/theme"
)

// QueueServices are what a queue works with.
type QueueServices struct {
	// Open returns an article with its layer, the log applied.
	Open   func(ctx context.Context, id string) (*articles.Article, *annotate.Layer, error)
	Reader func() *Screen
	// Unreviewed calls each with every article that has something to review, how many claims, and the lowest score of one: 0 and 0
	// where that is not known before it is opened. Nil where nothing is known.
	Unreviewed func(ctx context.Context, each func(id string, claims int, least float64)) error
	Now        func() time.Time
	Save       func(path string, data []byte) tea.Cmd // writes a file
	Leave      tea.Cmd                                // leads out of the review; nil for back to the screen below
	Out        string                                 // where Leave leads, for the footer; empty for "to the library"
	Text       bool                                   // article by article in the order of the text, rather than the least certain first
}

// An item is a claim to review in one of many articles.
type item struct {
	ID, Title string // of the article
	review.Target
	Words string
	Score float64
}

// unreviewedOf returns the claims of a that nobody looked at.
func unreviewedOf(a *articles.Article, l *annotate.Layer) []item {
	var out []item
	add := func(k annotate.Kind, s articles.Span, st annotate.State, o annotate.Origin) {
		if st == annotate.Proposed {
			out = append(out, item{a.ID, a.Title, review.Target{Kind: k, Span: s}, session.OneLine(s.In(a.Text)), o.Score})
		}
	}
	for i := range l.Entities {
		if l.Entities[i].Type.Aside() {
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

// A Queue is the review of many articles, the least certain claim of all first or article by
// article. It shows a reader of the article whose claim is next, with all its keys; what
// confirms, rejects or skips goes on to the next claim, be it in another article. At the end
// it says what was decided, by how many keys and in what time.
type Queue struct {
	life    ui.Life
	svc     QueueServices
	ids     []string
	rest    frontier // what comes after items
	asked   asked
	items   []item // so far
	at      int    // index of the current item; len(items) while the next is looked for, and at the end
	state   queueState
	readers []shelved // of the articles before and the next, latest last
	tally   tally
	news    [4]tea.Msg // the latest of each kind, for readers to come
	look    display.Look
}

// asked says what a queue has asked its frontier for.
type asked struct {
	more bool // more items
	next bool // one of them is to be shown
}

// lookahead is how many items are asked for at once.
const lookahead = 32

// queueState says what a queue waits for.
type queueState struct {
	left   int  // articles with items to come, the current one included
	coming bool // the current item is not on the screen yet
	back   bool // it is one that was decided on
	undo   bool // and its decision is to be taken back
	ended  bool // the report is shown
	others int  // decisions since the item came, but for the one that goes on from it
}

// A shelved reader is one of an article that a queue may come back to.
type shelved struct {
	id string
	*Screen
}

// mostReaders is how many articles a queue keeps open.
const mostReaders = 4

type gatheredMsg struct {
	to    *Queue
	items []item
	err   error
}

// NewQueue returns the review of articles; Start begins it.
func NewQueue(ctx context.Context, svc QueueServices, ids []string) *Queue {
	q := &Queue{life: ui.NewLife(ctx), svc: svc, ids: ids}
	q.look.Theme, _ = theme.Named("", true)
	return q
}

// Start looks for the first claim to review.
func (q *Queue) Start() tea.Cmd {
	q.asked = asked{more: true, next: true}
	ctx := q.life.Context()
	return func() tea.Msg {
		if err := q.rest.load(ctx, &q.svc, q.ids); err != nil {
			return gatheredMsg{to: q, err: err}
		}
		items, err := q.rest.take(ctx, &q.svc, lookahead)
		return gatheredMsg{q, items, err}
	}
}

// more asks for more items, unless that has been asked or there are none.
func (q *Queue) more() tea.Cmd {
	if _, _, left := q.rest.sizes(); q.asked.more || left == 0 {
		return nil
	}
	q.asked.more = true
	ctx := q.life.Context()
	return func() tea.Msg {
		items, err := q.rest.take(ctx, &q.svc, lookahead)
		return gatheredMsg{q, items, err}
	}
}

// gathered takes more items, and shows the first of them if it is waited for.
func (q *Queue) gathered(msg gatheredMsg) tea.Cmd {
	q.asked.more = false
	q.items = append(q.items, msg.items...)
	var cmds []tea.Cmd
	if msg.err != nil {
		cmds = append(cmds, ui.Fail(msg.err, "article skipped"))
	}
	if q.asked.next {
		q.asked.next = false
		cmds = append(cmds, q.arrive())
	}
	return tea.Batch(cmds...)
}

// Title implements [ui.Screen].
func (q *Queue) Title() string { return "review" }

// Ready implements [ui.Busy]: keys wait for the claim that they are about, and for what
// was decided on it.
func (q *Queue) Ready() bool {
	s := q.reader()
	return q.state.ended || s == nil && q.asked.next || s != nil && !q.state.coming && s.settled()
}

// Pressed implements [ui.Counter].
func (q *Queue) Pressed() {
	if !q.state.ended {
		q.tally.keys++
	}
}

// reader returns the reader of the current article; nil while there is none.
func (q *Queue) reader() *Screen {
	if q.at < 0 || q.at >= len(q.items) {
		return nil
	}
	i := slices.IndexFunc(q.readers, func(s shelved) bool { return s.id == q.items[q.at].ID })
	if i < 0 {
		return nil
	}
	return q.readers[i].Screen
}

// Update implements [ui.Screen].
func (q *Queue) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case gatheredMsg:
		if msg.to != q {
			return nil
		}
		return q.gathered(msg)
	case tea.WindowSizeMsg, ui.ThemeMsg, ui.WidthMsg, ui.KeysMsg:
		q.learn(msg)
	case tea.MouseMsg:
		if s := q.reader(); s != nil && !q.state.ended {
			return s.Update(raised(msg))
		}
		return nil
	}
	var cmds []tea.Cmd
	for _, s := range q.readers {
		cmds = append(cmds, s.Update(sized(msg)))
	}
	return tea.Batch(append(cmds, q.arrived())...)
}

// learn keeps what readers to come have to know.
func (q *Queue) learn(msg tea.Msg) {
	switch m := msg.(type) {
	case ui.KeysMsg:
		q.news[0] = msg
	case ui.ThemeMsg:
		q.news[1], q.look.Theme = msg, m.Theme
	case ui.WidthMsg:
		q.news[2], q.look.Method = msg, m.Method
	default:
		q.news[3] = msg
	}
}

// sized takes the queue's own line off the height that a reader has.
func sized(msg tea.Msg) tea.Msg {
	if w, ok := msg.(tea.WindowSizeMsg); ok {
		w.Height--
		return w
	}
	return msg
}

// raised moves a mouse message from the screen to the reader below the queue's line.
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
func (q *Queue) open(it item) (*Screen, tea.Cmd) {
	i := slices.IndexFunc(q.readers, func(s shelved) bool { return s.id == it.ID })
	if i >= 0 {
		s := q.readers[i]
		q.readers = append(slices.Delete(q.readers, i, i+1), s)
		return s.Screen, nil
	}
	s := q.svc.Reader()
	s.svc.Keeper, s.Frame.Above = placeless(s.svc.Keeper), 1
	s.guide = leading{func(e review.Edit) tea.Cmd { return q.goOn(s, e) }, q.tally.fail}
	if n := len(q.readers); n > 0 {
		session.SetModes(s.session, q.readers[n-1].session.Modes())
	}
	cmds := []tea.Cmd{}
	for _, msg := range q.news {
		if msg != nil {
			cmds = append(cmds, s.Update(sized(msg)))
		}
	}
	cmds = append(cmds, s.Open(Request{ID: it.ID, Offset: -1, Claim: it.Target}))
	q.readers = append(q.readers, shelved{it.ID, s})
	if old := q.readers[0]; len(q.readers) > mostReaders && old.settled() {
		old.life.End()
		q.readers = q.readers[1:]
	}
	return s, tea.Batch(cmds...)
}

// leading is the guide of one of a queue's readers.
type leading struct {
	decided func(review.Edit) tea.Cmd
	fail    func()
}

// Decided implements [Guide].
func (g leading) Decided(e review.Edit) tea.Cmd { return g.decided(e) }

// Failed is told of a decision that could not be stored, of which the reader says so.
func (g leading) Failed(error) tea.Cmd {
	g.fail()
	return nil
}

// Finishes implements [Guide].
func (leading) Finishes() bool { return false }

// Nowhere keeps no place: a review is no reading.
type Nowhere struct{}

// MarkOpened implements [Keeper].
func (Nowhere) MarkOpened(context.Context, string) error { return nil }

// SetPosition implements [Keeper].
func (Nowhere) SetPosition(context.Context, string, library.Position, float64) error {
	return nil
}

// SetStatus implements [Keeper].
func (Nowhere) SetStatus(context.Context, string, library.Status) error { return nil }

// marksOnly keeps no place, and how far somebody has come as another keeper does.
type marksOnly struct {
	Nowhere
	keeper Keeper
}

// SetStatus implements [Keeper].
func (m marksOnly) SetStatus(ctx context.Context, id string, st library.Status) error {
	return m.keeper.SetStatus(ctx, id, st)
}

// placeless returns a keeper that keeps no place but what is marked as done, and knows the team that k knows.
func placeless(k Keeper) Keeper {
	of, ok := k.(Team)
	if !ok {
		return marksOnly{keeper: k}
	}
	return struct {
		marksOnly
		Team
	}{marksOnly{keeper: k}, of}
}

// advance goes to the next item and has the article after it come meanwhile.
func (q *Queue) advance() tea.Cmd {
	q.at++
	return q.arrive()
}

// arrive shows the current item, looks for it where it is not known yet, or ends.
func (q *Queue) arrive() tea.Cmd {
	if q.at < len(q.items) {
		return q.show(false)
	}
	if cmd := q.more(); cmd != nil || q.asked.more {
		q.asked.next = true
		q.state.coming = true
		return cmd
	}
	q.state = queueState{ended: true}
	return nil
}

// show brings the current item to the screen.
func (q *Queue) show(back bool) tea.Cmd {
	left := map[string]bool{}
	for _, it := range q.items[q.at:] {
		left[it.ID] = true
	}
	q.state = queueState{left: q.rest.left(left), coming: true, back: back}
	_, cmd := q.open(q.items[q.at])
	cmds := []tea.Cmd{cmd, q.arrived(), q.ahead()}
	if len(q.items)-q.at < lookahead/2 {
		cmds = append(cmds, q.more())
	}
	return tea.Batch(cmds...)
}

// ahead has the next article come, while somebody looks at this one.
func (q *Queue) ahead() tea.Cmd {
	for _, it := range q.items[min(q.at+1, len(q.items)):] {
		if it.ID == q.items[q.at].ID {
			continue
		}
		_, cmd := q.open(it)
		return cmd
	}
	return nil
}

// arrived points to the current item as soon as its article is there. One that was
// reviewed meanwhile is passed by.
func (q *Queue) arrived() tea.Cmd {
	s := q.reader()
	if !q.state.coming || s == nil || !s.settled() {
		return nil
	}
	if s.load.failed || s.load.bare {
		return q.advance()
	}
	it := q.items[q.at]
	s.See()
	at := s.session.Claims().Find(it.Target)
	undo := q.state.undo
	if !q.state.back && (at < 0 || !s.session.Unreviewed(s.session.Claims().List[at])) {
		return q.advance()
	}
	q.state = queueState{left: q.state.left, others: q.state.others}
	q.tally.begin(q.svc.Now())
	var cmds []tea.Cmd
	if at >= 0 {
		s.session.Point(at)
		s.Follow()
		cmds = append(cmds, s.moved())
	}
	if undo {
		s.session.Aim(it.Target)
		cmds = append(cmds, s.act(session.Action{Name: session.Undo}))
	}
	return tea.Batch(cmds...)
}

// settled reports whether s has its layer, or never will, and nothing to be decided, and knows what the article is to whoever
// reads it.
func (s *Screen) settled() bool {
	return s.load.failed || s.load.bare || s.session.Settled() && len(s.Duty.Asked) == 0
}
