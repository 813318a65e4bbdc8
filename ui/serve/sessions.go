package serve

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// mostEach is how many sessions one person may have at the same time.
const mostEach = 10

// sessions are those that run now.
type sessions struct {
	most int

	mu    sync.Mutex
	last  int // number of the last one that began
	ended error
	open  map[int]openSession
	empty chan struct{} // closed when none is open after the end
}

type openSession struct {
	who    string
	end    context.CancelCauseFunc
	notify func(string) // nil until the session has begun
}

func newSessions(most int) *sessions {
	return &sessions{most: most, open: map[int]openSession{}, empty: make(chan struct{})}
}

// begin notes a session, which end ends, and returns its number. The error says to its person why there is no room.
func (s *sessions) begin(who string, end context.CancelCauseFunc) (number int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	own := 0
	for _, o := range s.open {
		if o.who == who {
			own++
		}
	}
	switch {
	case s.ended != nil:
		return 0, s.ended
	case own >= mostEach:
		return 0, fmt.Errorf("you have %d sessions, and that is the most; leave one first", own)
	case len(s.open) >= s.most:
		return 0, fmt.Errorf("all sessions there may be are in use (%d); try again later", len(s.open))
	}
	s.last++
	s.open[s.last] = openSession{who: who, end: end}
	return s.last, nil
}

// done notes that a session has ended.
func (s *sessions) done(number int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if delete(s.open, number); s.ended != nil && len(s.open) == 0 {
		close(s.empty)
	}
}

// begun notes how a session that has begun is told something.
func (s *sessions) begun(number int, notify func(string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.open[number]
	o.notify = notify
	s.open[number] = o
	if s.ended != nil {
		notify(endsSoon)
	}
}

// warn has no session begin any more, tells those that run that they end, and waits for them to leave, at most for so long.
func (s *sessions) warn(why error, notice string, most time.Duration) {
	s.mu.Lock()
	s.ended = why
	for _, o := range s.open {
		if o.notify != nil {
			o.notify(notice)
		}
	}
	n := len(s.open)
	s.mu.Unlock()
	if n > 0 {
		s.wait(most)
	}
}

// wait waits until no session is open, at most for so long.
func (s *sessions) wait(most time.Duration) {
	select {
	case <-s.empty:
	case <-time.After(most):
	}
}

// end ends all sessions, and waits for them, though not for ever; none begins any more.
func (s *sessions) end(why error) {
	s.mu.Lock()
	s.ended = why
	for _, o := range s.open {
		o.end(why)
	}
	n := len(s.open)
	s.mu.Unlock()
	if n > 0 {
		s.wait(2 * graceTime)
	}
}

func (s *sessions) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.open)
}
