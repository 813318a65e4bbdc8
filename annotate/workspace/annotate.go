package workspace

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/articles"
	"byline/articles/stream"
)

// ErrInTrash says that an article which a member adds was removed. Only whoever keeps the library brings it back.
var ErrInTrash = errors.New("it is in the trash")

// Add adds a to the library and annotates it.
func (w *Workspace) Add(ctx context.Context, a *articles.Article) (db.Added, error) {
	if w.member {
		if id, title, err := w.Library.InTrash(ctx, a.Text); err != nil || id != "" {
			return db.Added{}, cmp.Or(err, fmt.Errorf("add %.8s “%s”: %w", id, title, ErrInTrash))
		}
	}
	added, err := w.Library.Add(ctx, a)
	if err != nil {
		return added, err
	}
	return added, w.annotate(ctx, added.ID)
}

// annotate stores the layer of an article if the library has none by this engine, or one that is
// older than the last decision.
func (w *Workspace) annotate(ctx context.Context, id string) error {
	outdated, err := w.Library.Outdated(ctx, w.engine.Version(), id)
	if err != nil || len(outdated) == 0 {
		return err
	}
	var layer db.Layer
	if err := lend(ctx, w, id, func(doc *Document) { layer = w.layers.encode(doc) }); err != nil {
		return err
	}
	return w.Library.SaveLayer(ctx, layer)
}

// lend calls do with an article as it is in the library. For as long, the article is in the cache, where it pushes out no other: who
// opens it meanwhile need not read it again.
func lend(ctx context.Context, w *Workspace, id string, do func(*Document)) error {
	c := w.cache.borrow(id)
	defer w.cache.giveBack(c)
	doc, err := lent(ctx, w, c)
	if err == nil {
		do(doc)
	}
	return err
}

// lent returns the document of an entry, which it unlocks.
func lent(ctx context.Context, w *Workspace, c *cached) (*Document, error) {
	defer c.mu.Unlock()
	if _, err := w.renew(ctx, c, nil); err != nil {
		return nil, err
	}
	return carry(ctx, w, c), nil
}

// readBare reads an article of which there is only the text, and annotates it.
func readBare(ctx context.Context, w *Workspace, d db.Due) (*Document, error) {
	a, err := w.Library.Version(ctx, d.ID, d.Version)
	if err != nil {
		return nil, err
	}
	doc := w.newDocument(library.Entry{ID: d.ID, Version: d.Version}, a)
	if doc.engine, err = w.layers.try(ctx, a); err != nil {
		return nil, err
	}
	doc.Machine = doc.engine
	return filled(ctx, w, doc, logTail{})
}

// Behind reports whether AnnotateAll has anything to do.
func Behind(ctx context.Context, w *Workspace) (bool, error) {
	all, err := w.Library.Due(ctx, w.engine.Version(), "")
	return len(all) > 0, err
}

// An outcome is the result of annotating one article of many.
type outcome struct {
	layer    db.Layer
	err      error
	panicked error
}

// Layers are saved together: to save one takes twice as much by itself as among some dozen others.
const (
	mostSaved      = 1000                   // the most names and quotes that are saved in one transaction, which takes some 30 ms
	longestUnsaved = 100 * time.Millisecond // how long a layer may wait for others
)

// AnnotateAll annotates the articles that this engine has not annotated yet, and updates the index
// of names of the others, several at a time. Progress, if not nil, is called after each article,
// one call at a time. An article that fails does not stop the others; the error joins all of
// theirs. One whose annotation was killed before comes after the others, or waits; see [Begun].
func (w *Workspace) AnnotateAll(ctx context.Context, progress func(done, all int)) error {
	if w.Library.ReadOnly() {
		return nil // there is no place for layers; what is there can be asked for
	}
	select { // of several members, one does it for all
	case w.hub.annotating <- struct{}{}:
		defer func() { <-w.hub.annotating }()
	case <-ctx.Done():
		return ctx.Err()
	}
	all, err := w.Library.Due(ctx, w.engine.Version(), "")
	if err != nil {
		return err
	}
	all, again, err := sortOut(ctx, w, all)
	if err != nil {
		return err
	}
	defer w.engine.Release()
	made := make(chan outcome, 32)
	go func() {
		var g errgroup.Group
		g.SetLimit(workers(w))
		for _, d := range all {
			g.Go(func() error {
				if ctx.Err() != nil {
					return nil
				}
				made <- w.annotateOne(ctx, d)
				return nil
			})
		}
		_ = g.Wait() // no task returns an error
		for _, d := range again {
			if ctx.Err() == nil {
				made <- w.annotateOne(ctx, d)
			}
		}
		close(made)
	}()
	save := saver{Workspace: w, progress: progress, all: len(all) + len(again)}
	errs := save.saveAll(ctx, made)
	return cmp.Or(ctx.Err(), errors.Join(errs...), Tidy(ctx, w, aMoment))
}

// aMoment is how long AnnotateAll tidies.
const aMoment = 300 * time.Millisecond

// Tidy writes articles of a library anew that an older program wrote, for about as long as most; 0 is as long as there are any. It
// leaves the library to others in between, and can be repeated at any time.
func Tidy(ctx context.Context, w *Workspace, most time.Duration) error {
	for start := time.Now(); most == 0 || time.Since(start) < most; time.Sleep(time.Millisecond) {
		if more, err := w.Library.Tidy(ctx); err != nil || !more {
			return err
		}
	}
	return nil
}

// workers returns how many articles are worked on at a time.
func workers(w *Workspace) int {
	return cmp.Or(w.opts.Workers, max(1, min(runtime.GOMAXPROCS(0), runtime.NumCPU())-1))
}

// annotateOne makes the layer of an article that has none of the engine's yet. Where that panics, the outcome says of which article it was.
func (w *Workspace) annotateOne(ctx context.Context, d db.Due) (o outcome) {
	if panicked := stream.Catch(func() { o = annotateDue(ctx, w, d) }); panicked != nil {
		o.panicked = fmt.Errorf("annotate %s: %w", d.ID, panicked)
	}
	return o
}

func annotateDue(ctx context.Context, w *Workspace, d db.Due) (o outcome) {
	encode := func(doc *Document) { o.layer = w.layers.encode(doc) }
	var err error
	if !d.Bare {
		err = lend(ctx, w, d.ID, encode)
	} else if doc, bad := readBare(ctx, w, d); bad == nil {
		encode(doc)
	} else {
		err = bad
	}
	if err != nil && !errors.Is(err, db.ErrNotFound) {
		o.err = fmt.Errorf("annotate %s: %w", d.ID, err)
	}
	return o
}

// A saver saves layers, several in one go.
type saver struct {
	*Workspace
	progress func(done, all int) // may be nil
	all      int
	done     int
	waiting  int // articles that are annotated, their layers in list
	list     []db.Layer
	rows     int // names and quotes of list
	errs     []error
}

// saveAll saves layers soon after they are made. Once all are saved, it panics if the engine did.
func (s *saver) saveAll(ctx context.Context, made <-chan outcome) []error {
	tick := time.NewTicker(longestUnsaved)
	defer tick.Stop()
	var panicked error
	for {
		select {
		case o, more := <-made:
			if !more {
				s.save(ctx)
				if panicked != nil {
					panic(panicked)
				}
				return s.errs
			}
			panicked = cmp.Or(panicked, o.panicked)
			s.take(ctx, &o)
		case <-tick.C:
			s.save(ctx)
		}
	}
}

// take saves what waits with one more, if that is enough.
func (s *saver) take(ctx context.Context, o *outcome) {
	s.waiting++
	if o.err != nil && ctx.Err() == nil {
		s.errs = append(s.errs, o.err)
	}
	if o.layer.ID != "" {
		s.list = append(s.list, o.layer)
		s.rows += len(o.layer.Names) + len(o.layer.Quotes)
	}
	if s.rows >= mostSaved {
		s.save(ctx)
	}
}

// save saves what waits.
func (s *saver) save(ctx context.Context) {
	if s.waiting == 0 {
		return
	}
	if err := s.Library.SaveLayers(ctx, s.list); err != nil && ctx.Err() == nil {
		s.errs = append(s.errs, err)
	}
	s.list, s.rows = s.list[:0], 0
	for ; s.waiting > 0; s.waiting-- {
		if s.done++; s.progress != nil {
			s.progress(s.done, s.all)
		}
	}
}

// Flush updates the library's index of names for the articles with new decisions. Without it the
// index is that of the last annotation; nothing else is lost.
func (w *Workspace) Flush(ctx context.Context) error {
	var errs []error
	for _, id := range staleArticles(w) {
		if err := ctx.Err(); err != nil {
			return errors.Join(append(errs, err)...)
		}
		errs = append(errs, w.flush(ctx, id))
	}
	return errors.Join(errs...)
}

// staleArticles returns the articles with new decisions, in order.
func staleArticles(w *Workspace) []string {
	w.hub.mu.Lock()
	defer w.hub.mu.Unlock()
	return slices.Sorted(maps.Keys(w.hub.stale))
}

// flush is Flush for one article. What is decided meanwhile, or could not be saved, stays stale.
func (w *Workspace) flush(ctx context.Context, id string) error {
	w.setStale(id, false)
	doc, err := open(ctx, w, id)
	if err == nil {
		err = w.layers.save(ctx, doc)
	}
	if err != nil && !errors.Is(err, db.ErrNotFound) {
		w.setStale(id, true)
	}
	return err
}

func (w *Workspace) setStale(id string, stale bool) {
	w.hub.mu.Lock()
	defer w.hub.mu.Unlock()
	if !stale {
		delete(w.hub.stale, id)
		return
	}
	if w.hub.stale[id] == nil {
		w.hub.stale[id] = map[string]bool{}
	}
	w.hub.stale[id][w.opts.Who] = true
}
