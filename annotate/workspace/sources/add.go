package sources

import (
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"byline/annotate/library/db"
	"byline/annotate/workspace/pages"
	"byline/articles"
	"byline/articles/clean"
	"byline/articles/load"
)

// An Adder adds articles to the library of a workspace as they arrive, in batches. Its functions
// are called one at a time.
type Adder struct {
	Pages *pages.Fetcher
	// Added is called with the outcome for each article, in order. Its error stops the adding.
	Added func(title string, added db.Added) error
	// Failed is called with what could not be read or added.
	Failed func(error)
	// Fetched is called with each page that was added; may be nil.
	Fetched func(*pages.Download)

	mu     sync.Mutex
	batch  *db.Batch
	broken error // of Added, or of a batch that was flushed in the background
}

// A foundArticle has been read but not added.
type foundArticle struct {
	pages.Download
	name string
	err  error
}

// Add reads the inputs in parallel and adds them in order. Its error comes from Added, the library
// or ctx; errors of an input go to Failed.
func (a *Adder) Add(ctx context.Context, inputs iter.Seq[Input]) error {
	a.batch = a.Pages.Workspace.Library.NewBatch(func(x *articles.Article, added db.Added) { a.reportAdded(x.Title, added) })
	a.broken = nil
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go a.flushOnTick(ctx)
	read := func(in Input) foundArticle {
		if IsURL(in.Name) {
			d, err := a.Pages.Download(ctx, in.Name)
			return foundArticle{d, in.Name, err}
		}
		x, err := in.Load()
		return foundArticle{pages.Download{Article: x}, in.Name, err}
	}
	if err := InOrder(ctx, runtime.GOMAXPROCS(0), inputs, read, func(x foundArticle) error { return a.take(ctx, &x) }); err != nil {
		return err
	}
	return a.flush(ctx)
}

// longestWait is how long an article waits for others to share its batch.
const longestWait = 100 * time.Millisecond

// flushOnTick adds the waiting articles when no more arrive: a pipe may stay open for long.
func (a *Adder) flushOnTick(ctx context.Context) {
	for tick := time.Tick(longestWait); ; {
		select {
		case <-ctx.Done():
			return
		case <-tick:
			_ = a.flush(ctx) // the next article, or the end, returns the error
		}
	}
}

// flush adds the waiting articles, and returns the first error so far.
func (a *Adder) flush(ctx context.Context) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.note(a.batch.Flush(ctx))
	return a.broken
}

// note records the first error.
func (a *Adder) note(err error) {
	if a.broken == nil {
		a.broken = err
	}
}

func (a *Adder) reportAdded(title string, added db.Added) { a.note(a.Added(title, added)) }

// take adds one article to the batch.
func (a *Adder) take(ctx context.Context, x *foundArticle) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	err := x.err
	if err == nil && !IsURL(x.name) {
		err = identify(x.Article, x.name)
	}
	switch {
	case err != nil:
	case !IsURL(x.name):
		a.note(a.batch.Add(ctx, x.Article))
		return a.broken
	default:
		a.note(a.batch.Flush(ctx)) // keep the order
		var added db.Added
		if added, err = a.Pages.Add(ctx, &x.Download); err == nil {
			a.reportAdded(x.Title, added)
			if a.Fetched != nil {
				a.Fetched(&x.Download)
			}
			return a.broken
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	a.Failed(err)
	return a.broken
}

// identify rejects an article without text, and gives a record with an id, but no address, a
// source that identifies it later: its file and the id. Name is the file, for a record with its
// line.
func identify(a *articles.Article, name string) error {
	if strings.TrimSpace(a.Text) == "" {
		return fmt.Errorf("read %s: %w", name, load.ErrEmpty)
	}
	if a.Format != articles.Record || a.Source != "" || a.ID == articles.TextID(a.Text) {
		return nil
	}
	file, err := filepath.Abs(name[:strings.LastIndexByte(name, ':')])
	a.Source = clean.Line(file) + "#" + a.ID
	return err
}

// AddEach adds what a name means, one article after the other, and tells each what came of it. A
// page is kept with the article that an address leads to.
func (r *Reader) AddEach(ctx context.Context, f *pages.Fetcher, name string, each func(db.Added, error)) {
	if name = Name(name); IsURL(name) {
		d, err := f.Download(ctx, name)
		if err != nil {
			each(db.Added{}, err)
			return
		}
		added, err := f.Add(ctx, &d)
		if r.Fetched != nil {
			r.Fetched(&d)
		}
		each(added, err)
		return
	}
	for in := range r.Inputs(ctx, []string{name}) {
		var added db.Added
		a, err := in.Load()
		if err == nil {
			added, err = f.Workspace.Library.Add(ctx, a)
		}
		each(added, err)
	}
}
