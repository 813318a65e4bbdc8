// Package stream holds what importers need to stop in time: readers that end with a context, or
// after too many bytes without a record, a way to wait for code that takes no context, and one to pass a
// panic from one goroutine to another.
package stream

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
)

// Reader returns a reader of r that fails with the error of ctx once ctx is done. A read in
// progress is not interrupted.
func Reader(ctx context.Context, r io.Reader) io.Reader { return &reader{ctx, r} }

type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r *reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

// A Bounded reader fails after too many bytes without a record.
type Bounded struct {
	r       io.Reader
	n, most int
	err     error
}

// NewBounded returns a reader of r that fails with err after most bytes without a call of
// [Bounded.Record].
func NewBounded(r io.Reader, most int, err error) *Bounded {
	return &Bounded{r: r, most: most, err: err}
}

func (b *Bounded) Read(p []byte) (int, error) {
	if b.n > b.most {
		return 0, b.err
	}
	n, err := b.r.Read(p)
	b.n += n
	return n, err
}

// Record notes that a record is complete and resets the count of bytes.
func (b *Bounded) Record() { b.n = 0 }

// Do returns what f returns, or the error of ctx if that ends first. In that case f continues in
// its own goroutine until it is done, and its result is dropped: it must end by itself, and nobody
// else may use what it works on. A panic of f is passed to the caller, unless f was abandoned.
func Do[T any](ctx context.Context, f func() (T, error)) (T, error) {
	type result struct {
		value    T
		err      error
		panicked error
	}
	done := make(chan result, 1)
	go func() {
		var r result
		r.panicked = Catch(func() { r.value, r.err = f() })
		done <- r
	}()
	select {
	case r := <-done:
		if r.panicked != nil {
			panic(r.panicked)
		}
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

// Catch runs f and returns its panic, nil for none. Another goroutine may panic with it: it prints
// where f panicked.
func Catch(f func()) (panicked error) {
	defer func() {
		switch cause := recover().(type) {
		case nil:
		case *passed:
			panicked = cause
		default:
			panicked = &passed{cause, debug.Stack()}
		}
	}()
	f()
	return nil
}

// A passed panic is one that was passed from one goroutine to another.
type passed struct {
	cause any
	stack []byte // of the goroutine that panicked
}

func (p *passed) Error() string { return fmt.Sprintf("%v\n\n%s", p.cause, p.stack) }
