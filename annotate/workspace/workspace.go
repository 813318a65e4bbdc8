package workspace

import (
	"context"
	"crypto/rand"
	"io"
	"sync"
	"time"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/review"
	"byline/articles"
	"byline/articles/clean"
)

// An Engine annotates texts.
type Engine interface {
	// AnnotateContext makes the layer of a text, or ends with the error of ctx soon after ctx has.
	AnnotateContext(ctx context.Context, text string, blocks []articles.Block) (*annotate.Layer, error)
	// AnnotatePart annotates the blocks that touch a span.
	AnnotatePart(text string, blocks []articles.Block, s articles.Span) *annotate.Layer
	// Version identifies the layers it makes. Stored layers of other versions are not served.
	Version() string
	// Release frees memory that the engine can allocate again. It is called after an article is
	// opened and after many are annotated: nobody knows when the next one comes.
	Release()
}

// Options configure a workspace. The zero Options work.
type Options struct {
	Who       string           // signs decisions
	Now       func() time.Time // time.Now if nil; in the zone in which times are told
	Random    io.Reader        // for IDs; crypto/rand if nil
	Anchoring review.Anchoring // of decisions in a changed source
	Labels    []string         // the user's own, from the settings; the library may have more
	Carry     bool             // suggest in other articles what Who decided about names in one
	Agree     Agree            // what annotators agree on; nil for nothing
	Workers   int              // of AnnotateAll; all cores but one if 0, so that a screen stays responsive
}

// A Workspace is an open library with the engine and the log. It is safe for concurrent use; work
// on different articles runs in parallel.
type Workspace struct {
	Library *db.DB
	engine  Engine
	layers  layers
	carrier carrier
	opts    Options
	hub     *hub // shared with the other members
	member  bool // the library is closed by another

	cache  cache
	roster roster

	mu      sync.Mutex
	view    library.View // whose decisions are applied
	decided int          // how often decisions were made
	ids     review.IDs
}

// Open opens the library at path, as [db.Open] does. The caller closes the workspace.
func Open(ctx context.Context, path string, e Engine, o Options) (*Workspace, error) {
	s, err := db.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	return New(s, e, o), nil
}

// New returns a workspace for an open library, with e to annotate its articles.
func New(library *db.DB, e Engine, o Options) *Workspace {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	o.Who = clean.Line(o.Who)
	library = library.As(o.Who)
	w := &Workspace{Library: library, engine: e, layers: layers{library, e}, carrier: carrier{library, o.Who, o.Carry}, opts: o, hub: newHub(), ids: review.IDs{Random: o.Random}}
	library.SetApart(func() string { return e.Version() }, func(ctx context.Context, ids []string) ([]db.Sealed, error) { return readSealed(ctx, w, ids) })
	return w
}

// Zone returns in which zone times are told, and queries are asked.
func (w *Workspace) Zone() *time.Location { return w.opts.Now().Location() }

// EngineOf returns the version of the engine of w: whose suggestions its articles have.
func EngineOf(w *Workspace) string { return w.engine.Version() }

// Close updates the index of names and closes the library. If that index cannot be written, it is
// rebuilt from the layers; no decision depends on it, so ctx, which may have ended, bounds that
// part only. Of articles with very many claims it is left to [Workspace.AnnotateAll], which finds them outdated: whoever
// leaves does not wait for it.
func (w *Workspace) Close(ctx context.Context) error {
	for _, id := range staleArticles(w) {
		if w.member && !w.hub.decidedBy(id, w.opts.Who) {
			continue
		}
		if e, err := w.Library.Entry(ctx, id); err == nil && e.Counts.Claims <= mostAtClose {
			_ = w.flush(ctx, id)
		}
	}
	if w.member {
		return w.Library.Leave()
	}
	return w.Library.Close()
}

// mostAtClose is the most claims of an article whose index is updated when a workspace is closed: some 0.2 s.
const mostAtClose = 2000

// sign returns the signature of one step.
func (w *Workspace) sign() review.Signature {
	now := w.opts.Now().UTC().Truncate(time.Millisecond)
	return review.Signature{Who: w.opts.Who, Now: now, NewID: func() string {
		w.mu.Lock()
		defer w.mu.Unlock()
		return w.ids.Next(now)
	}}
}
