package engine

import (
	"context"
	"iter"
	"runtime"
)

// Stream calls do with each item of in, on all cores, and yields the results in the
// order of the items. At most a few items a core are held at any time, however fast in
// is and however slowly the results are taken. It ends early when ctx is cancelled or
// the caller stops; what in then still holds is not read. in is read on a goroutine of
// its own; a panic in do is raised again where the results are taken.
func Stream[In, Out any](ctx context.Context, in iter.Seq[In], do func(In) Out) iter.Seq[Out] {
	return func(yield func(Out) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		s := stream[In, Out]{do: do, jobs: make(chan job[In, Out]), order: make(chan chan result[Out], runtime.GOMAXPROCS(0))}
		for range runtime.GOMAXPROCS(0) {
			go s.work()
		}
		go s.read(ctx, in)
		for answer := range s.order {
			r := <-answer
			if r.panic != nil {
				panic(r.panic)
			}
			if ctx.Err() != nil || !yield(r.out) {
				return
			}
		}
	}
}

type job[In, Out any] struct {
	in     In
	answer chan result[Out]
}

type result[Out any] struct {
	out   Out
	panic any
}

type stream[In, Out any] struct {
	do    func(In) Out
	jobs  chan job[In, Out]
	order chan chan result[Out] // answers in the order of the items
}

// read hands out the items until there are no more or ctx is done.
func (s *stream[In, Out]) read(ctx context.Context, in iter.Seq[In]) {
	defer close(s.order)
	defer close(s.jobs)
	for item := range in {
		answer := make(chan result[Out], 1)
		select {
		case s.order <- answer:
		case <-ctx.Done():
			return
		}
		s.jobs <- job[In, Out]{item, answer} // a worker takes it in any case
	}
}

func (s *stream[In, Out]) work() {
	for j := range s.jobs {
		j.answer <- s.one(j.in)
	}
}

func (s *stream[In, Out]) one(in In) (r result[Out]) {
	defer func() {
		if p := recover(); p != nil {
			r.panic = p
		}
	}()
	r.out = s.do(in)
	return r
}
