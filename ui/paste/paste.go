// Package paste keeps what somebody pastes into a terminal within bounds: a program that reads keys has the whole of a paste in memory
// before it can refuse it, and a client can send one without end.
package paste

import "io"

// What a terminal sends before and after what is pasted.
const (
	begin = "\x1b[200~"
	end   = "\x1b[201~"
)

// Limit returns what r has, without what is beyond so many bytes of each paste: whoever takes fewer sees that there is more.
func Limit(r io.Reader, most int) io.Reader { return &limiter{from: r, most: most} }

// A limiter lets all through but what is beyond the limit within a paste. What begins one is let through as it comes, so that no
// key waits; of what ends one that is too long, the bytes are kept back until it is known that they do.
type limiter struct {
	from io.Reader
	most int

	inside  bool
	n       int // bytes of the paste so far
	matched int // bytes of begin, or within a paste of end
	ready   []byte
	err     error
}

// Read implements [io.Reader].
func (l *limiter) Read(p []byte) (int, error) {
	for len(l.ready) == 0 {
		if l.err != nil {
			return 0, l.err
		}
		var n int
		n, l.err = l.from.Read(p)
		for _, b := range p[:n] {
			l.take(b)
		}
	}
	n := copy(p, l.ready)
	l.ready = l.ready[n:]
	return n, nil
}

func (l *limiter) take(b byte) {
	mark := begin
	if l.inside {
		mark = end
	}
	switch {
	case b == mark[l.matched]:
		l.matched++
	case b == mark[0]:
		l.matched = 1
	default:
		l.matched = 0
	}
	whole := l.matched == len(mark)
	switch {
	case !l.inside:
		l.ready = append(l.ready, b)
	case l.n < l.most:
		l.ready = append(l.ready, b)
	case whole: // the first of its bytes may have come through
		l.ready = append(l.ready, end[max(0, l.most-(l.n+1-len(end))):]...)
	}
	l.n++
	if whole {
		l.inside, l.n, l.matched = !l.inside, 0, 0
	}
}
