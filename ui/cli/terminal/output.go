package terminal

import (
	"bytes"
	"io"
	"sync"
	"unicode/utf8"

	"byline/articles/clean"
)

// An Output is standard output or standard error, where only text gets through: nothing that is written to it can move the
// cursor, change the terminal or hide letters. It replaces by U+FFFD what [clean.Printable] refuses, but for tabs and the
// ends of lines, LF and CR LF; in a pipe or a file only control characters and what is not UTF-8, which a pager would pass
// on. It is the last of several walls: what is stored was cleaned when it came in.
//
// It is safe for concurrent use.
type Output struct {
	w      io.Writer
	passes func(rune) bool

	mu       sync.Mutex
	begun    []byte // of a rune, or of CR LF, that the next Write ends
	replaced int
}

// NewOutput returns an Output to w.
func NewOutput(w io.Writer) *Output {
	o := &Output{w: w, passes: clean.Printable}
	if !Is(w) {
		o.passes = func(r rune) bool { return r >= ' ' && (r < 0x7f || r >= 0xa0) }
	}
	return o
}

// Raw returns what o writes to, for those who write control sequences of their own: the screens and the line of progress.
func (o *Output) Raw() io.Writer { return o.w }

// Replaced returns how many characters did not get through.
func (o *Output) Replaced() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.replaced
}

// Fd returns the number of the file; an invalid one if it is none.
func (o *Output) Fd() uintptr {
	if f, ok := o.w.(interface{ Fd() uintptr }); ok {
		return f.Fd()
	}
	return ^uintptr(0)
}

// Cells says how wide a terminal on another computer is, if o leads to one.
func (o *Output) Cells() int {
	if d, ok := o.w.(distant); ok {
		return d.Cells()
	}
	return -1
}

// Write implements [io.Writer].
func (o *Output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.begun) == 0 && isPlain(p) {
		return o.w.Write(p)
	}
	if err := o.filter(append(o.begun, p...)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// isPlain reports whether p is printable ASCII with tabs and ends of lines.
func isPlain(p []byte) bool {
	for _, c := range p {
		if c < ' ' && c != '\n' && c != '\t' || c >= 0x7f {
			return false
		}
	}
	return true
}

// filter writes what may pass of p, and keeps its last bytes where more decides what they are.
func (o *Output) filter(p []byte) error {
	var out bytes.Buffer
	o.begun = nil
	for len(p) > 0 {
		if p[0] == '\r' && len(p) == 1 || !utf8.FullRune(p) {
			o.begun = bytes.Clone(p)
			break
		}
		r, n := utf8.DecodeRune(p)
		switch {
		case r == '\n', r == '\t', r == '\r' && p[1] == '\n':
			out.WriteRune(r)
		case r == utf8.RuneError && n == 1, !o.passes(r):
			out.WriteRune(utf8.RuneError)
			o.replaced++
		default:
			for n < len(p) && p[n] >= ' ' && p[n] < 0x7f { // most of what is written is ASCII
				n++
			}
			out.Write(p[:n])
		}
		p = p[n:]
	}
	_, err := o.w.Write(out.Bytes())
	return err
}
