package sources

import (
	"context"
	"errors"
	"iter"
	"slices"
	"sync/atomic"
	"testing"
)

func upTo(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

// Results keep the order of the items even if the first takes longest, and no more items are taken
// than there are workers.
func TestOrdered(t *testing.T) {
	t.Parallel()
	var got []int
	var inWork, most, held, mostHeld atomic.Int64
	last := make(chan struct{})
	work := func(i int) int {
		most.Store(max(most.Load(), inWork.Add(1)))
		mostHeld.Store(max(mostHeld.Load(), held.Add(1)))
		defer inWork.Add(-1)
		if i == 0 {
			<-last // until another worker has overtaken
		}
		if i == 2 {
			close(last)
		}
		return i * i
	}
	emit := func(o int) error {
		held.Add(-1)
		got = append(got, o)
		return nil
	}
	if err := InOrder(context.Background(), 3, upTo(50), work, emit); err != nil {
		t.Fatal(err)
	}
	want := slices.Collect(func(yield func(int) bool) { upTo(50)(func(i int) bool { return yield(i * i) }) })
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if most.Load() > 3 {
		t.Errorf("%d items at once, want 3 at most", most.Load())
	}
	if mostHeld.Load() > 12 {
		t.Errorf("%d items or results held, want 12 at most", mostHeld.Load())
	}
}

func TestOrderedEndsWithEmit(t *testing.T) {
	t.Parallel()
	full := errors.New("disk full")
	n := 0
	err := InOrder(context.Background(), 2, upTo(1_000_000_000), func(i int) int { return i }, func(int) error {
		if n++; n == 3 {
			return full
		}
		return nil
	})
	if !errors.Is(err, full) || n != 3 {
		t.Errorf("%v after %d", err, n)
	}
}

// An input that never yields does not keep the program from exiting.
func TestOrderedEndsWithContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	forever := make(chan struct{})
	defer close(forever)
	items := func(yield func(int) bool) {
		yield(1)
		<-forever
	}
	err := InOrder(ctx, 2, items, func(i int) int { return i }, func(int) error { cancel(); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
