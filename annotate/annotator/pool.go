package annotator

import (
	"context"
	"fmt"
	"sync"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/articles"
)

// How many failures in a row are taken to mean that a program does not work: one that never answered, and one that did,
// which may only meet some texts that it cannot read.
const (
	mostFailures      = 3
	mostFailuresLater = 10
)

// A Pool runs copies of a program side by side. It is safe for concurrent use: to keep the program busy, as many
// calls as it has copies times [Program.Batch] should wait for it.
type Pool struct {
	program Program
	jobs    chan *job
	ended   <-chan struct{} // closed when no program is to run any more
	closing chan struct{}
	close   func() // once
	stop    context.CancelFunc
	workers sync.WaitGroup

	mu     sync.Mutex
	failed int   // in a row
	worked bool  // it gave an answer
	broken error // why it is not asked any more
	faults faults
}

// A job is a text that waits for its answer.
type job struct {
	line  []byte // the request
	id    string
	death *Error // the program that had answered others died with it, and another is asked
	done  chan outcome
}

// end gives a job its outcome.
func (j *job) end(a *answer, err error) { j.done <- outcome{a, err} }

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
	pool.close = sync.OnceFunc(func() {
		close(pool.closing)
		pool.workers.Wait()
		pool.stop()
	})
	for range n {
		pool.workers.Go(func() { (&worker{pool: pool}).run(ctx) })
	}
	return pool
}

// Close ends the programs, and kills those that do not end with their input. Whoever still waits for an answer gets none.
// It returns what the program did wrong that costs no article, each an [Error]. Closed again it returns the same.
func (p *Pool) Close() []error {
	p.close()
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.faults.errors(p.program.Name)
}

// A Question is an article that a program was asked about.
type Question struct {
	pool    *Pool
	article *articles.Article
	job     *job
	err     error // why it was not asked
}

// Ask asks the program about an article, and returns when a copy of it has taken the question: articles are asked about in
// the order of the calls.
func (p *Pool) Ask(ctx context.Context, a *articles.Article) *Question {
	q := &Question{pool: p, article: a}
	line, err := encode(a)
	if err != nil {
		q.err = fmt.Errorf("annotator %s: %w", p.program.Name, err)
		return q
	}
	if p.Broken() != nil {
		q.err = p.unasked()
		return q
	}
	q.job = &job{line: line, id: a.ID, done: make(chan outcome, 1)}
	select {
	case p.jobs <- q.job:
	case <-ctx.Done():
		q.err = ctx.Err()
	case <-p.ended:
		q.err = context.Canceled
	case <-p.closing:
		q.err = context.Canceled
	}
	return q
}

// Layer waits for the answer and has e complete it. The notes say what of the answer was left out. An [Error] says why there is
// none that can be used; others can be asked for all the same.
func (q *Question) Layer(ctx context.Context, e *engine.Engine) (*annotate.Layer, []Note, error) {
	if q.err != nil {
		return nil, nil, q.err
	}
	p, a := q.pool, q.article
	var out outcome
	select {
	case out = <-q.job.done:
	case <-ctx.Done():
		return nil, nil, ctx.Err()
	}
	if out.err != nil {
		return nil, nil, out.err
	}
	given, notes, err := p.program.given(a.Text, out.answer)
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

// Annotate has the program annotate an article, as [Pool.Ask] and [Question.Layer] do.
func (p *Pool) Annotate(ctx context.Context, e *engine.Engine, a *articles.Article) (*annotate.Layer, []Note, error) {
	return p.Ask(ctx, a).Layer(ctx, e)
}

// note counts failures in a row; err is nil if the program gave an answer.
func (p *Pool) note(err *Error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err == nil {
		p.failed, p.worked = 0, true
		return
	}
	most := mostFailures
	if p.worked {
		most = mostFailuresLater
	}
	if p.failed++; p.failed >= most && p.broken == nil {
		p.broken = &Error{Program: p.program.Name, What: fmt.Sprintf("failed %d times in a row and is not asked any more", p.failed)}
	}
}

// cannot keeps err as the reason why the program is not asked any more.
func (p *Pool) cannot(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.broken == nil {
		p.broken = err
	}
}

// fault counts something that the program did wrong and that costs no article.
func (p *Pool) fault(kind fault, sample string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults.add(kind, sample)
}

// Broken returns why the program is not asked any more, nil if it is: it does not start, or failed several times in a row.
func (p *Pool) Broken() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.broken
}

// unasked returns the error for an article that the program is not asked about.
func (p *Pool) unasked() error {
	return &UnaskedError{p.Broken()}
}

// An UnaskedError says of an article that the program was not asked about it, as it does not work.
type UnaskedError struct{ Why error }

// Error says what is wrong with the program.
func (e *UnaskedError) Error() string { return e.Why.Error() }

// Unwrap returns what is wrong with the program.
func (e *UnaskedError) Unwrap() error { return e.Why }
