// Package session is the reader of one article without a screen: the article, its
// claims, the cursor, the jumps and marks, the queue of decisions and what was found.
//
// Whatever can be done is an [Action], a value with its argument. One table holds the
// actions with their keys, words and help ([Actions]); the screen draws from it, the
// line mode speaks from it. What an action did, or why it did nothing, is an [Effect],
// which has no words for people: each front end has its own.
//
// # Two ways to run it
//
// [Session.Do] does an action to its end: what it decides is on the disk when it
// returns, provided that the whole layer is there; before, it waits in the queue. A screen
// must not wait that long. It calls [Session.Start], which does what
// needs no disk, then runs what [Session.Work] returns wherever it likes and gives the
// answer to [Session.Take]. Work touches nothing of the session, so that is all the
// synchronization there is: everything else is called from one goroutine.
//
// # What shows is what is kept
//
// Decisions go through one queue, so that each sees what the one before it did. A
// claim changes only by an answer of the workspace, which comes when the decision is
// on the disk. If one fails, those after it are dropped, since they were made on what
// did not happen.
//
// # Contexts
//
// Work takes the context of whoever asked, and cancelling that gives up what is only
// read: a layer, the history, a search. A decision is not given up: it was made, so
// Work detaches it, and one who leaves runs [Session.Finish] for those still queued.
package session

import (
	"context"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// A Workspace is where an article, the machine's layer and the log of decisions meet.
type Workspace interface {
	// Layer returns the machine's layer of a with the log applied.
	Layer(ctx context.Context, a *articles.Article) (*annotate.Layer, error)
	// Edit appends the decisions that c asks for to the log and returns the layer
	// with them applied, and in a few words what was done. It returns when they are
	// on the disk.
	Edit(ctx context.Context, a *articles.Article, c review.Edit) (l *annotate.Layer, did string, err error)
	// Orphans returns the decisions whose words the article no longer has.
	Orphans(ctx context.Context, a *articles.Article) ([]annotate.Decision, error)
	// History returns who decided what, the latest first.
	History(ctx context.Context, a *articles.Article) ([]review.Event, error)
}

// Options are how a session steps. The zero value is that of the screen.
type Options struct {
	Lines bool     // line by line: steps pass by pronouns and end at the last, and every jump can be taken back
	Modes Modes    // to begin with
	Types []string // of the user's own, offered with those of the article
	Trail *Trail   // of an earlier session, to go on with; nil for a new one
}

// Session is one reader of one article. Its methods are for one goroutine.
type Session struct {
	space   Workspace
	lines   bool     // see [Options]
	types   []string // of the user's own
	article *articles.Article
	number  int // of the article shown, so that late answers are dropped
	claims  *Claims
	whole   bool // the claims are all there are, the log applied
	cur     cursor
	view    View
	jobs    jobs
	last    lastEdit
	found   finder
	trail   *Trail
	modes   Modes
}

// Modes are what a reader may turn on and off.
type Modes struct {
	GoOn   bool // every decision goes on to the next claim that nobody reviewed
	Asides bool // places and other names are reviewed as well
}

// A View is what the reader has in front of them.
type View struct {
	articles.Span               // what is in view: a step starts there, and decisions are on what is there
	Here          articles.Span // what a jump returns to
	Places        bool          // places and other names are marked in the text
}

// A cursor is the current claim, kept by its span over changes of the layer.
type cursor struct {
	at int // index into claims.List; −1 for none
	review.Target
	top bool // a jump to the beginning led to it
}

// New returns a session with no article.
func New(w Workspace, opts Options) *Session {
	s := &Session{space: w, lines: opts.Lines, types: opts.Types, claims: newClaims(&annotate.Layer{}), cur: cursor{at: -1}, trail: opts.Trail, modes: opts.Modes}
	if s.trail == nil {
		s.trail = &Trail{}
	}
	return s
}

// Glance returns work that brings the claims of a part of the article, which count until
// the whole layer is there.
func (s *Session) Glance(part func(context.Context) *annotate.Layer) Work {
	number := s.number
	return func(ctx context.Context) Answer { return Answer{number: number, Claims: newClaims(part(ctx))} }
}

// Offer has labels of the user's own offered in s from now on, with those of the article.
func Offer(s *Session, types []string) { s.types = types }

// Article returns what is open, nil for nothing.
func (s *Session) Article() *articles.Article { return s.article }

// Text returns the article's text with its words.
func (s *Session) Text() Text { return Text{s.article} }

// Claims returns the claims as they are now.
func (s *Session) Claims() *Claims { return s.claims }

// Trail returns where the reader has been.
func (s *Session) Trail() *Trail { return s.trail }

// See says what is in view.
func (s *Session) See(v View) { s.view = v }

// Cursor returns the index of the current claim, −1 for none.
func (s *Session) Cursor() int { return s.cur.at }

// Current returns the current claim, with the span that it has once what is queued is
// done.
func (s *Session) Current() (Claim, bool) {
	if s.cur.at < 0 {
		return Claim{}, false
	}
	c := s.claims.List[s.cur.at]
	c.Span = s.cur.Span
	return c, true
}

// Aimed returns where the cursor is or, with no claim there, is to be. It is empty after a
// jump to the beginning: what is before the first claim was not passed.
func (s *Session) Aimed() articles.Span {
	if s.cur.top {
		return articles.Span{}
	}
	return s.cur.Span
}

// Point makes the claim at index at the current one, −1 for none.
func (s *Session) Point(at int) {
	if at < 0 {
		s.cur = cursor{at: -1}
		return
	}
	c := s.claims.List[at]
	s.cur = cursor{at: at, Target: c.Target()}
}

// Aim makes what is on t the current claim as soon as there is one; with no Kind,
// whatever claim holds its first byte.
func (s *Session) Aim(t review.Target) {
	s.cur = cursor{at: s.claims.Find(t), Target: t}
}

// Leave notes the place in view as one that a jump leaves.
func (s *Session) Leave() {
	if n := len(s.trail.past); n > 0 && s.trail.past[n-1] == here(s) && !s.lines {
		return
	}
	s.trail.leave(here(s))
}

func here(s *Session) Place { return Place{s.article.ID, s.view.Here} }

// refind finds the current claim among new ones: the same span, else what is now where
// it began.
func refind(s *Session) {
	s.cur.at = -1
	if s.cur.Span.Empty() || s.cur.Kind == annotate.OfPassage {
		return
	}
	if s.cur.Kind != "" {
		s.cur.at = s.claims.Find(s.cur.Target)
	}
	if s.cur.at < 0 {
		s.cur.at = s.claims.At(s.cur.Span.Start, s.Stops)
	}
	if s.cur.at >= 0 && !s.jobs.more(s.whole) { // else the span is what was asked for
		top := s.cur.top // a decision from before the jump may come in behind it
		s.Point(s.cur.at)
		s.cur.top = top
	}
}

// Stops reports whether a step stops at c: what was rejected is passed by.
func (s *Session) Stops(c Claim) bool {
	st, _ := s.claims.State(c)
	return st != annotate.Rejected && counts(s, c) && !(s.lines && s.claims.Form(c) == annotate.Pronoun)
}

// counts reports whether c is one of the claims that are to be reviewed: people,
// organizations, the user's own types and quotes, and those places and other names that
// somebody decided on or that are asked for. It is the set of [annotate.Layer.Counts].
func counts(s *Session, c Claim) bool {
	st, _ := s.claims.State(c)
	return IsQuote(c) || s.modes.Asides || st != annotate.Proposed || !s.claims.Type(c).Aside()
}

// Shown reports whether c is marked in the text: what is to be reviewed, and, while they
// are listed, all places and other names.
func (s *Session) Shown(c Claim) bool { return s.view.Places || counts(s, c) }

// Unreviewed reports whether nobody has looked at c.
func (s *Session) Unreviewed(c Claim) bool {
	st, _ := s.claims.State(c)
	return st == annotate.Proposed && counts(s, c) && !(s.lines && s.claims.Form(c) == annotate.Pronoun)
}

// SetModes turns modes of s on and off.
func SetModes(s *Session, m Modes) { s.modes = m }

// Modes returns what is turned on.
func (s *Session) Modes() Modes { return s.modes }

// Do does an action to its end. The error is that of the workspace; where there was
// nothing to do, the effect says why. A decision made before the whole layer is there stays
// in the queue: [Session.Settled] reports whether any is left.
func (s *Session) Do(ctx context.Context, a Action) (Effect, error) {
	e := s.Start(a)
	for e.Later != nil {
		e = e.and(s.Take(e.Later(ctx)))
	}
	for w := s.Work(); w != nil; w = s.Work() {
		e = e.and(s.Take(w(ctx)))
	}
	return e, e.Err
}

// Start does what an action does at once and queues what needs the disk. Actions that
// are the front end's own are Unknown here.
func (s *Session) Start(a Action) Effect {
	do := find(a.Name)
	if do == nil || s.article == nil {
		return Effect{None: Unknown, About: string(a.Name)}
	}
	if s.Stale(a) {
		return changed(a.Edit.Verb)
	}
	a, none := aim(s, a)
	if none.None != 0 {
		return none
	}
	e := do(s, a)
	e.Asks.bind(s.article)
	return e
}
