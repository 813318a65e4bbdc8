package workspace

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"byline/annotate"
	"byline/annotate/library/db"
	"byline/annotate/review"
	"byline/articles"
)

// ErrChanged says that the library has another text of an article by now than the
// caller has, so that no offset would fit.
var ErrChanged = errors.New("the article has changed since it was opened")

// An Engine makes layers.
type Engine interface {
	Annotate(text string, blocks []articles.Block) *annotate.Layer
	// AnnotatePart annotates the blocks that touch a span.
	AnnotatePart(text string, blocks []articles.Block, s articles.Span) *annotate.Layer
	// Version is that of the layers it makes. A stored layer of another version is not served.
	Version() string
	// Release gives back memory that the engine can get again. It is called after an article is
	// opened and after many are annotated: nobody knows when the next one comes.
	Release()
}

// Options are what a desk may be given beside a library and an engine. The zero Options work.
type Options struct {
	Who       string           // signs decisions
	Now       func() time.Time // time.Now if nil
	Random    io.Reader        // for IDs; crypto/rand if nil
	Anchoring review.Anchoring // of decisions in a source that has changed
	Workers   int              // of AnnotateAll; one a core but one if 0, so that a screen keeps up
}

// A Workspace is safe for concurrent use. Work on different articles goes on side by side.
type Workspace struct {
	library *db.DB
	engine  Engine
	opts    Options

	mu    sync.Mutex
	cache []*cached       // latest last
	stale map[string]bool // articles whose names in the library are older than their log
	ids   review.IDs
}

// A cached is the place of one article on the desk.
type cached struct {
	id  string
	mu  sync.Mutex
	doc *Document // nil until read
}

// mostDocuments is how many articles stay on the desk.
const mostDocuments = 4

// New returns a desk for a library, whose articles e annotates.
func New(library *db.DB, e Engine, o Options) *Workspace {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	return &Workspace{library: library, engine: e, opts: o, stale: map[string]bool{}, ids: review.IDs{Random: o.Random}}
}

// A Document is an article as it lies on the desk. It is never changed: a decision makes
// another.
type Document struct {
	Article *articles.Article
	Machine *annotate.Layer     // the engine's, without the log
	Log     []annotate.Decision // as it is stored
	review.Result

	version int                 // of the article
	seq     int64               // of the last row read from the log
	known   map[string]bool     // IDs of the log
	placed  []annotate.Decision // the log with anchors for this text
	how     review.Anchoring
}

// Open returns the article with that ID with its layer and log as they are now.
func (d *Workspace) Open(ctx context.Context, id string) (*Document, error) {
	s := d.cached(id)
	s.mu.Lock()
	defer s.mu.Unlock()
	return d.fresh(ctx, s, nil)
}

// Layer returns the layer of a, an article of the library, with the log applied.
// Where the library has another text by now, the error is [ErrChanged]. The desk may
// keep a, which must not change any more, rather than read it once more.
func (d *Workspace) Layer(ctx context.Context, a *articles.Article) (*annotate.Layer, error) {
	defer d.engine.Release()
	s := d.cached(a.ID)
	s.mu.Lock()
	defer s.mu.Unlock()
	doc, err := d.fresh(ctx, s, a)
	if err != nil {
		return nil, err
	}
	if doc.Article.Text != a.Text {
		return nil, fmt.Errorf("annotate %s: %w", a.ID, ErrChanged)
	}
	return doc.Layer, nil
}

// Glance returns what the engine makes of the blocks of a that touch s, without the
// log, in a time that does not grow with the article.
func (d *Workspace) Glance(a *articles.Article, s articles.Span) *annotate.Layer {
	return d.engine.AnnotatePart(a.Text, a.Blocks, s)
}

// Reload is Open that also tells whether anything is different from doc.
func (d *Workspace) Reload(ctx context.Context, doc *Document) (now *Document, changed bool, err error) {
	now, err = d.Open(ctx, doc.Article.ID)
	return now, err == nil && (now.version != doc.version || len(now.Log) != len(doc.Log)), err
}

// Change does what a keypress asks for on the text of a: it writes the decisions,
// stores them, and returns the article with them applied and in a few words what was
// done. Where the library has another text than a by now, the error is [ErrChanged]
// and nothing is decided.
func (d *Workspace) Change(ctx context.Context, a *articles.Article, c review.Edit) (*Document, string, error) {
	s := d.cached(a.ID)
	s.mu.Lock()
	defer s.mu.Unlock()
	doc, err := d.fresh(ctx, s, a)
	if err != nil {
		return nil, "", err
	}
	if doc.Article.Text != a.Text {
		return nil, "", fmt.Errorf("decide on %s: %w", a.ID, ErrChanged)
	}
	pen := review.Writer{Signature: d.stamp(), Text: a.Text, Shown: &doc.Result}
	ds := pen.Write(c)
	if len(ds) == 0 {
		return doc, c.Idle(), nil
	}
	said := doc.Say(ds)
	if doc, err = d.decide(ctx, s, ds); err != nil {
		return nil, "", err
	}
	return doc, said, nil
}

// Decide appends decisions that were written elsewhere, such as another person's log,
// and returns the article with them applied. Those that the log has already change
// nothing.
func (d *Workspace) Decide(ctx context.Context, id string, ds ...annotate.Decision) (*Document, error) {
	s := d.cached(id)
	s.mu.Lock()
	defer s.mu.Unlock()
	doc, err := d.fresh(ctx, s, nil)
	if err != nil {
		return nil, err
	}
	ds = slices.DeleteFunc(slices.Clone(ds), func(x annotate.Decision) bool { return doc.known[x.ID] })
	if len(ds) == 0 {
		return doc, nil
	}
	return d.decide(ctx, s, ds)
}

// decide stores decisions and puts the doc with them into the cached, which is locked.
func (d *Workspace) decide(ctx context.Context, s *cached, ds []annotate.Decision) (*Document, error) {
	rows := make([]db.Row, len(ds))
	for i, x := range ds {
		body, err := review.Encode(x)
		if err != nil {
			return nil, err
		}
		rows[i] = db.Row{ID: x.ID, Version: s.doc.version, At: x.At, Who: x.Who, Body: body}
	}
	next := s.doc.with(ds, d.opts.Anchoring.Anchored(s.doc.Article.Text, ds))
	counts := next.Layer.Counts()
	if err := d.library.Append(ctx, s.id, &counts, rows...); err != nil {
		return nil, err
	}
	s.doc = next
	next.learn(ds)
	d.mu.Lock()
	d.stale[s.id] = true
	d.mu.Unlock()
	return next, nil
}

// learn notes that the doc has decisions. All documents of a cached share the notes.
func (s *Document) learn(ds []annotate.Decision) {
	for i := range ds {
		s.known[ds[i].ID] = true
	}
}

// with returns the doc with decisions, and the same placed in its text, added.
func (s *Document) with(ds, placed []annotate.Decision) *Document {
	next := *s
	next.Log = slices.Concat(s.Log, ds)
	next.placed = append(s.placed, placed...) // only the latest doc of a cached grows
	if len(next.placed) == 0 {
		next.Result = review.Apply(s.Article.Text, &annotate.Layer{}, nil)
		next.Layer = s.Machine // nothing decided changes nothing: no need to have it twice
		return &next
	}
	next.Result = s.how.Apply(s.Article.Text, s.Machine, next.placed)
	return &next
}

// stamp signs one step.
func (d *Workspace) stamp() review.Signature {
	now := d.opts.Now().UTC().Truncate(time.Millisecond)
	return review.Signature{Who: d.opts.Who, Now: now, NewID: func() string {
		d.mu.Lock()
		defer d.mu.Unlock()
		return d.ids.Next(now)
	}}
}

// cached returns the place of an article on the desk, which it clears of the one that
// was not used for longest.
func (d *Workspace) cached(id string) *cached {
	d.mu.Lock()
	defer d.mu.Unlock()
	i := slices.IndexFunc(d.cache, func(s *cached) bool { return s.id == id })
	s := &cached{id: id}
	if i >= 0 {
		s = d.cache[i]
		d.cache = slices.Delete(d.cache, i, i+1)
	}
	d.cache = append(d.cache, s)
	if len(d.cache) > mostDocuments {
		d.cache = slices.Delete(d.cache, 0, 1)
	}
	return s
}
