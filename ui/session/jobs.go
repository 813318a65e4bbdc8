package session

import (
	"context"
	"errors"
	"slices"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/articles"
)

// Work is something to ask of the workspace. It touches nothing of the session and may
// run on any goroutine; the session takes its answer.
type Work func(context.Context) Answer

// An Answer is what a [Work] brings.
type Answer struct {
	Claims *Claims // the claims from now on; nil where they stay as they are

	number int     // of the article that it is for
	whole  bool    // the claims are all there are
	job    *flight // that it answers; nil for what was only read
	lost   int     // decisions that have no place in the text
	said   string  // what a decision did
	hits   []articles.Span
	search int       // of hits: the number of the search; 0 for none
	asks   *Question // a list that was asked for
	none   Reason    // why there is no list
	err    error
}

// A job is the work of one keypress, done when those before it are.
type job struct {
	edit review.Edit
	on   bool // and on to the next claim to review
	look bool // for what was decided elsewhere, rather than to change anything
}

// jobs are the decisions on their way.
type jobs struct {
	waiting []job
	flight  *flight   // the one that is being done; nil for none
	left    []*flight // those on articles shown before that are still being done
}

// A flight is a job that is being done.
type flight struct {
	job
	landed chan struct{} // closed when it is
	err    error         // read after that only
}

// more reports whether anything is to be done yet, once the whole layer is there.
func (j *jobs) more(whole bool) bool { return j.flight != nil || whole && len(j.waiting) > 0 }

// put queues a job, after those that are there.
func (s *Session) put(j job) Effect {
	s.last.note(j.edit)
	j.on = j.on || s.modes.GoOn && settles[j.edit.Verb]
	s.jobs.waiting = append(s.jobs.waiting, j)
	return Effect{}
}

// Settled reports whether the whole layer is there and nothing is left to be decided.
func (s *Session) Settled() bool { return s.whole && !s.jobs.more(true) }

// Moving reports whether a decision is on its way that may leave another claim under
// the cursor.
func (s *Session) Moving() bool {
	moves := func(j job) bool { return j.on || j.edit.Moves() }
	return s.whole && (s.jobs.flight != nil && moves(s.jobs.flight.job) || slices.ContainsFunc(s.jobs.waiting, moves))
}

// Whole reports whether the claims are all there are, the log applied.
func (s *Session) Whole() bool { return s.whole }

// Read returns work that brings the whole layer.
func (s *Session) Read() Work {
	number, w, a := s.number, s.space, s.article
	return func(ctx context.Context) Answer {
		l, err := w.Layer(ctx, a)
		if err != nil {
			return Answer{number: number, err: err}
		}
		ans := Answer{number: number, Claims: newClaims(l), whole: true}
		lost, err := w.Orphans(ctx, a)
		ans.lost, ans.err = len(lost), err
		return ans
	}
}

// Again queues a look for what was decided elsewhere, in the order of our own
// decisions.
func (s *Session) Again() {
	if s.whole && !slices.ContainsFunc(s.jobs.waiting, func(j job) bool { return j.look }) {
		s.jobs.waiting = append(s.jobs.waiting, job{look: true})
	}
}

// Work returns the next job, nil where there is none to start: one is being done, or
// the whole layer is not there, of which the log is part.
func (s *Session) Work() Work {
	if s.jobs.flight != nil || !s.whole || len(s.jobs.waiting) == 0 {
		return nil
	}
	j := s.jobs.waiting[0]
	s.jobs.waiting = s.jobs.waiting[1:]
	f := &flight{job: j, landed: make(chan struct{})}
	s.jobs.flight = f
	number, w, a, shown := s.number, s.space, s.article, s.claims
	return func(ctx context.Context) Answer {
		defer close(f.landed)
		ans := Answer{number: number, job: f}
		var l *annotate.Layer
		if j.look {
			l, err := w.Layer(ctx, a)
			switch {
			case errors.Is(err, library.ErrChanged): // it stays as it is until it is opened again
			case err != nil:
				ans.err = err
			case l != shown.Layer:
				ans.Claims, ans.whole = shown.with(l), true
			}
			return ans
		}
		l, ans.said, f.err = w.Edit(context.WithoutCancel(ctx), a, j.edit)
		if ans.err = f.err; l != nil {
			ans.Claims, ans.whole = shown.with(l), true
		}
		return ans
	}
}

// Take gives the session the answer of a [Work]. A layer of a part never replaces the
// whole.
func (s *Session) Take(ans Answer) Effect {
	landed := ans.job != nil && s.jobs.land(ans)
	if ans.number != s.number {
		return takeLate(s, ans, landed)
	}
	if ans.search > 0 {
		return takeHits(s, ans)
	}
	if ans.asks != nil || ans.none != 0 {
		ans.asks.bind(s.article)
		return Effect{Asks: ans.asks, None: ans.none}
	}
	if ans.err != nil && ans.Claims == nil {
		return Effect{Err: ans.err, Decided: Decided{Unsaved: ans.job != nil && !ans.job.look}}
	}
	before := s.claims
	e := Effect{Err: ans.err, Reading: Reading{Read: takeClaims(s, ans)}}
	if ans.job == nil {
		e.Lost = ans.lost
		return e
	}
	e.Edited, e.Said, e.Abroad = ans.job.edit, ans.said, ans.job.look && e.Read
	switch v := ans.job.edit.Verb; {
	case ans.job.on:
		e = e.and(goOn(s, articles.Span{}))
	case v == annotate.Undo || v == annotate.Redo:
		e = e.and(goBack(s, before))
	}
	return e
}

// goBack goes to the claim that differs most from before, the claims before an undo or a redo, and of
// these to the nearest: whoever takes a decision back wants to decide it otherwise. It stays where
// the current one does.
func goBack(s *Session, before *Claims) Effect {
	c, ok := s.Current()
	if len(s.jobs.waiting) > 0 || ok && s.claims.changed(before, c) == ofClaim {
		return Effect{}
	}
	best, most := mostChanged(s, before)
	if best < 0 || ok && most == s.claims.changed(before, c) {
		return Effect{}
	}
	s.Leave()
	s.Point(best)
	return Effect{Moved: true}
}

// mostChanged returns the claim that differs most from before, the nearest of several, and how; -1 for none.
func mostChanged(s *Session, before *Claims) (best int, most change) {
	best = -1
	same := s.claims.unchanged(before)
	for i, x := range s.claims.List {
		if same(x) {
			continue
		}
		how := s.claims.changed(before, x)
		if how > most || how == most && how > 0 && distance(x.Span, s.cur.Span.Start) < distance(s.claims.List[best].Span, s.cur.Span.Start) {
			best, most = i, how
		}
	}
	return best, most
}

// takeClaims shows the claims of an answer, and reports whether it has any that count.
func takeClaims(s *Session, ans Answer) bool {
	if ans.Claims == nil || s.whole && !ans.whole {
		return false
	}
	s.whole = s.whole || ans.whole
	s.claims = ans.Claims
	refind(s)
	return true
}

// takeLate takes an answer about an article shown before. Of a decision that was on its way
// then only the failure counts; nobody else would report it. Where it is in the log of the
// article that is shown now, that may have been read before.
func takeLate(s *Session, ans Answer, landed bool) Effect {
	switch {
	case !landed:
		return Effect{}
	case ans.err != nil:
		return Effect{Err: ans.err, Decided: Decided{Unsaved: true}}
	}
	s.jobs.waiting = append(s.jobs.waiting, job{look: true})
	return Effect{}
}

// land notes that a job is done, and reports whether it was known to be on its way. A
// decision that failed drops those that were to follow it.
func (j *jobs) land(ans Answer) bool {
	if i := slices.Index(j.left, ans.job); i >= 0 {
		j.left = slices.Delete(j.left, i, i+1)
		return true
	}
	if j.flight != ans.job {
		return false
	}
	j.flight = nil
	if ans.err != nil && !ans.job.look {
		j.waiting = nil
	}
	return true
}

// leave returns the jobs that are being done, for one who turns to another article.
func (j *jobs) leave() []*flight {
	if j.flight == nil {
		return j.left
	}
	return append(j.left, j.flight)
}

// Finish returns what is left to do for one who leaves: the decisions that were made
// and are not on the disk yet, in their order. It stops at the first that fails. The
// session takes no decision any more.
func (s *Session) Finish() func(context.Context) error {
	flights, waiting, w, a := s.jobs.leave(), s.jobs.waiting, s.space, s.article
	s.jobs = jobs{}
	s.number++
	return func(ctx context.Context) error {
		for _, f := range flights {
			if <-f.landed; f.err != nil {
				return f.err
			}
		}
		for _, j := range waiting {
			if j.look {
				continue
			}
			if _, _, err := w.Edit(context.WithoutCancel(ctx), a, j.edit); err != nil {
				return err
			}
		}
		return nil
	}
}
