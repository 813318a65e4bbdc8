package ui

import "context"

// Latest is the newest of questions of one kind: a search, a list, a preview. Asking
// again ends the one before. An answer carries the context of its question and is
// wanted while that has no error. The zero Latest has asked nothing. It belongs to the
// goroutine of Update.
type Latest struct{ stop context.CancelFunc }

// Next ends the question before and returns a context for the next, which ends with
// parent.
func (l *Latest) Next(parent context.Context) context.Context {
	l.Stop()
	ctx, stop := context.WithCancel(parent)
	l.stop = stop
	return ctx
}

// Stop ends the question, if one was asked: its answer is no longer wanted.
func (l *Latest) Stop() {
	if l.stop != nil {
		l.stop()
		l.stop = nil
	}
}
