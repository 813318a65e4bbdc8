// Package idle tells when nothing was done for a while, as long as somebody says each time that something was.
package idle

import (
	"sync"
	"time"
)

// A Timer calls a function once nothing was done for a while, and again later if that says that it is not done.
type Timer struct {
	after time.Duration
	do    func() (done bool)

	mu      sync.Mutex // of timer and stopped
	timer   *time.Timer
	stopped bool
	busy    sync.Mutex // held while do runs
}

// After returns a timer that calls do so long after the last [Timer.Touch].
func After(d time.Duration, do func() (done bool)) *Timer { return &Timer{after: d, do: do} }

// Touch says that something was done.
func (t *Timer) Touch() {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.stopped:
	case t.timer == nil:
		t.timer = time.AfterFunc(t.after, t.run)
	default:
		t.timer.Reset(t.after)
	}
}

func (t *Timer) run() {
	t.busy.Lock()
	defer t.busy.Unlock()
	if !t.isStopped() && !t.do() {
		t.Touch()
	}
}

func (t *Timer) isStopped() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.stopped
}

// Stop returns once the function does not run and will not be called any more. It may be called more than once.
func (t *Timer) Stop() {
	t.mu.Lock()
	t.stopped = true
	if t.timer != nil {
		t.timer.Stop()
	}
	t.mu.Unlock()
	t.busy.Lock()
	defer t.busy.Unlock()
}
