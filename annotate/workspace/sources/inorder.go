package sources

import (
	"context"
	"iter"
)

// InOrder calls work for every item on n goroutines and passes the results to emit in the order of
// the items. At most n items are in work at a time, and at most 4n are read or waiting for their
// turn, so that short items behind a long one do not pile up and memory stays bounded. It ends
// with the first error of emit, or with ctx; then it does not wait for work in progress, which may
// be a read of standard input that never returns.
func InOrder[I, O any](ctx context.Context, n int, items iter.Seq[I], work func(I) O, emit func(O) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	turns := make(chan chan O, 4*n) // results in the order of their items
	slots := make(chan struct{}, 4*n)
	busy := make(chan struct{}, n)
	go func() {
		defer close(turns)
		for item := range items {
			select {
			case slots <- struct{}{}:
			case <-ctx.Done():
				return
			}
			result := make(chan O, 1)
			turns <- result
			go func() {
				busy <- struct{}{}
				o := work(item)
				<-busy
				result <- o
			}()
		}
	}()
	for {
		result, more, err := receive(ctx, turns)
		if err != nil || !more {
			return err
		}
		o, _, err := receive(ctx, result)
		if err != nil {
			return err
		}
		if err := emit(o); err != nil {
			return err
		}
		<-slots
	}
}

func receive[T any](ctx context.Context, from <-chan T) (v T, more bool, err error) {
	select {
	case v, more = <-from:
		return v, more, ctx.Err()
	case <-ctx.Done():
		return v, false, ctx.Err()
	}
}
