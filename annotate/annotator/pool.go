package annotator

import (
	"context"
	"fmt"
	"sync"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/articles"
)

// mostFailures in a row are taken to mean that a program does not work at all.
const mostFailures = 3

// A Pool runs copies of a program side by side. It is safe for concurrent use: to keep the program busy, as many
// calls as it has copies times [Program.Batch] should wait for it.
type Pool struct {
	program Program
	jobs    chan *job
	ended   <-chan struct{} // closed when no program is to run any more
	closing chan struct{}
	stop    context.CancelFunc
	workers sync.WaitGroup

	mu     sync.Mutex
	failed int   // in a row
	broken error // why it is not asked any more
}

// A job is a text that waits for its answer.
type job struct {
	line    []byte // the request
	id      string
	retried bool
	done    chan outcome // holds one
}

type outcome struct {
	answer *answer
	err    error
}

// Start starts n copies of a program as they are needed. The caller closes the pool.
func Start(ctx context.Context, p Program, n int) *Pool {
	if p.Timeout == 0 {
		p.Timeout = patience
	}
	p.Batch = max(p.Batch, 1)
	ctx, stop := context.WithCancel(ctx)
	pool := &Pool{program: p, jobs: make(chan *job), ended: ctx.Done(), closing: make(chan struct{}), stop: stop}
	for range n {
		pool.workers.Go(func() { (&worker{pool: pool}).run(ctx) })
	}
	return pool
}

// Close ends the programs, and kills those that do not end with their input. Whoever still waits for an answer gets none.
func (p *Pool) Close() {
	close(p.closing)
	p.workers.Wait()
	p.stop()
}

// Annotate has the program annotate an article, and e complete what it finds. The notes say what of the answer was
// left out. An [Error] says why there is none that can be used; others can be asked for all the same.
func (p *Pool) Annotate(ctx context.Context, e *engine.Engine, a *articles.Article) (*annotate.Layer, []Note, error) {
	found, err := p.ask(ctx, a)
	if err != nil {
		return nil, nil, err
	}
	given, notes, err := p.program.given(a.Text, found)
	if err != nil {
		return nil, nil, &Error{Program: p.program.Name, What: err.Error()}
	}
	l, err := e.Complete(ctx, a.Text, a.Blocks, given)
	if err != nil {
		return nil, nil, err
	}
	if err := l.Check(a.Text); err != nil {
		return nil, nil, &Error{Program: p.program.Name, What: "gave an answer that does not fit the text: " + err.Error()}
	}
	return l, notes, nil
}

// ask sends the article to a program and waits for the answer.
func (p *Pool) ask(ctx context.Context, a *articles.Article) (*answer, error) {
	line, err := encode(a)
	if err != nil {
		return nil, fmt.Errorf("annotator %s: %w", p.program.Name, err)
	}
	j := &job{line: line, id: a.ID, done: make(chan outcome, 1)}
	select {
	case p.jobs <- j:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-p.ended:
		return nil, context.Canceled
	case <-p.closing:
		return nil, context.Canceled
	}
	select {
	case out := <-j.done:
		return out.answer, out.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// note counts failures in a row; err is nil if the program gave an answer.
func (p *Pool) note(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err == nil {
		p.failed = 0
		return
	}
	if p.failed++; p.failed >= mostFailures && p.broken == nil {
		p.broken = fmt.Errorf("%w; it failed %d times in a row and is not asked any more", err, p.failed)
	}
}

// cannot keeps err as the reason why the program is not asked any more.
func (p *Pool) cannot(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.broken = err
}

// Broken returns why the program is not asked any more, nil if it is: it does not start, or failed several times in a row.
func (p *Pool) Broken() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.broken
}
