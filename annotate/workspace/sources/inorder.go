package sources

import (
	"context"
	"iter"

	"byline/articles/stream"
)

// InOrder calls work for every item on n goroutines and passes the results to emit in the order of
// the items. At most n items are in work at a time, and at most 4n are read or waiting for their
// turn, so that short items behind a long one do not pile up and memory stays bounded. It ends
// with the first error of emit, or with ctx; then it does not wait for work in progress, which may
// be a read of standard input that never returns. A panic of work is one of InOrder, in its turn.
func InOrder[I, O any](ctx context.Context, n int, items iter.Seq[I], work func(I) O, emit func(O) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type done struct {
		result   O
		panicked error
	}
	turns := make(chan chan done, 4*n) // results in the order of their items
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
			result := make(chan done, 1)
			turns <- result
			go func() {
				busy <- struct{}{}
				var d done
				d.panicked = stream.Catch(func() { d.result = work(item) })
				<-busy
				result <- d
			}()
		}
	}()
	for {
		result, more, err := receive(ctx, turns)
		if err != nil || !more {
			return err
		}
		d, _, err := receive(ctx, result)
		if err != nil {
			return err
		}
		if d.panicked != nil {
			panic(d.panicked)
		}
		if err := emit(d.result); err != nil {
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
