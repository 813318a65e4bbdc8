package ui

import "context"

// A Life is the time during which a screen is open.
type Life struct {
	ctx context.Context
	end context.CancelFunc
}

// NewLife returns a life that starts now and ends with the program's context, or earlier with End.
func NewLife(program context.Context) Life {
	ctx, end := context.WithCancel(program)
	return Life{ctx, end}
}

// Context returns the context for the screen's requests: it ends with the life.
func (l *Life) Context() context.Context { return l.ctx }

// Writing returns the context for writes that a person asked for, which outlive the screen.
func (l *Life) Writing() context.Context { return context.WithoutCancel(l.ctx) }

// End ends the life. A screen calls it in Close.
func (l *Life) End() { l.end() }

// Latest tracks the newest request of one kind: a search, a list, a preview. A new request cancels
// the one before. An answer carries the context of its request and is dropped once that has an
// error. The zero Latest has no request. It belongs to the goroutine of Update.
type Latest struct {
	stop context.CancelFunc
	open bool
}

// Next cancels the previous request and returns a context for the next, a child of parent.
func (l *Latest) Next(parent context.Context) context.Context {
	l.Stop()
	ctx, stop := context.WithCancel(parent)
	l.stop, l.open = stop, true
	return ctx
}

// Open reports whether a request is pending, neither answered nor stopped.
func (l *Latest) Open() bool { return l.open }

// Answered marks the request as answered.
func (l *Latest) Answered() { l.open = false }

// Stop cancels the request, if there is one.
func (l *Latest) Stop() {
	if l.stop != nil {
		l.stop()
	}
	*l = Latest{}
}
