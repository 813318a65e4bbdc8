package sources

import (
	"context"
	"iter"
)

// InOrder does work on every item on n goroutines and hands the results to emit in
// the order of the items. No more than n items are in work, and with them no more than
// 4n read or waiting for their turn, so that a short one after a long one stops
// nobody and memory stays bounded whatever the length of items. It ends with the first
// error of emit, or with ctx: then it does not wait for what is under way, which may
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
