package terminal

import (
	"fmt"
	"io"
	"time"
)

// A Progress counts finished work on one line of standard error, once the work takes noticeable
// time and if standard error is a terminal that can return to the start of a line.
type Progress struct {
	w      io.Writer // nil: show nothing
	what   string    // "articles"
	done   int
	bytes  int64
	start  time.Time
	shown  time.Time
	length int // of the line that is shown
}

// Delay before the line is first shown, and the interval between changes.
const (
	patience = time.Second
	refresh  = 100 * time.Millisecond
)

// NewProgress returns a progress that counts what, such as "articles", on w. It shows nothing if w
// is not a terminal with a movable cursor.
func NewProgress(w io.Writer, what string) *Progress {
	if w == nil || Dumb() || !Is(w) {
		w = nil
	}
	return &Progress{w: w, what: what, start: time.Now()}
}

// Step counts one thing of n bytes.
func (g *Progress) Step(n int) {
	g.done++
	g.bytes += int64(n)
	now := time.Now()
	if g.w == nil || now.Sub(g.start) < patience || now.Sub(g.shown) < refresh {
		return
	}
	g.shown = now
	g.show(fmt.Sprintf("%d %s, %.1f MB, %.0f a second", g.done, g.what, float64(g.bytes)/1e6, float64(g.done)/now.Sub(g.start).Seconds()))
}

// Of shows how much is done of how much there is.
func (g *Progress) Of(done, all int) {
	now := time.Now()
	if g.w == nil || now.Sub(g.start) < patience || now.Sub(g.shown) < refresh {
		return
	}
	g.shown = now
	g.show(fmt.Sprintf("%d of %d %s", done, all, g.what))
}

// show replaces the line that is shown.
func (g *Progress) show(line string) {
	fmt.Fprintf(g.w, "\r%-*s", g.length, line)
	g.length = len(line)
}

// Clear removes the line, so that something else can be written.
func (g *Progress) Clear() {
	if g.w != nil && g.length > 0 {
		g.show("")
		fmt.Fprint(g.w, "\r")
		g.length = 0
	}
}
