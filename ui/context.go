package ui

import "context"

// A Life is the time for which a screen is open.
type Life struct {
	ctx context.Context
	end context.CancelFunc
}

// NewLife returns a life that begins now and ends with the program's context, or by
// End before.
func NewLife(program context.Context) Life {
	ctx, end := context.WithCancel(program)
	return Life{ctx, end}
}

// Context returns the context of what the screen asks for: it ends with the life.
func (l *Life) Context() context.Context { return l.ctx }

// Writing returns the context of what a person asked to be written, which leaving the
// screen does not cut off.
func (l *Life) Writing() context.Context { return context.WithoutCancel(l.ctx) }

// End ends the life. A screen calls it in Close.
func (l *Life) End() { l.end() }

// Latest is the newest of questions of one kind: a search, a list, a preview. Asking
// again ends the one before. An answer carries the context of its question and is
// wanted while that has no error. The zero Latest has asked nothing. It belongs to the
// goroutine of Update.
type Latest struct {
	stop context.CancelFunc
	open bool
}

// Next ends the question before and returns a context for the next, which ends with
// parent.
func (l *Latest) Next(parent context.Context) context.Context {
	l.Stop()
	ctx, stop := context.WithCancel(parent)
	l.stop, l.open = stop, true
	return ctx
}

// Open reports whether a question was asked that is neither answered nor stopped.
func (l *Latest) Open() bool { return l.open }

// Answered closes the question, whose answer has come.
func (l *Latest) Answered() { l.open = false }

// Stop ends the question, if one was asked: its answer is no longer wanted.
func (l *Latest) Stop() {
	if l.stop != nil {
		l.stop()
	}
	*l = Latest{}
}
