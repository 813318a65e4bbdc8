package cli

import (
	"fmt"
	"io"
	"time"
)

// A progress counts what is done on one line of standard error, once the work takes
// longer than a moment and where standard error is a terminal that can go back to
// the start of a line.
type progress struct {
	w      io.Writer // nil: show nothing
	what   string    // "articles"
	done   int
	bytes  int64
	start  time.Time
	shown  time.Time
	length int // of the line that stands there
}

// Before this nobody wonders whether the work goes on; after it the line changes
// as often as this.
const (
	patience = time.Second
	refresh  = 100 * time.Millisecond
)

func (p *program) progress(what string) *progress {
	w := p.errs
	if dumb() || p.linear || !isTerminal(w) {
		w = nil
	}
	return &progress{w: w, what: what, start: time.Now()}
}

// step counts one thing of n bytes.
func (g *progress) step(n int) {
	g.done++
	g.bytes += int64(n)
	now := time.Now()
	if g.w == nil || now.Sub(g.start) < patience || now.Sub(g.shown) < refresh {
		return
	}
	g.shown = now
	g.show(fmt.Sprintf("%d %s, %.1f MB, %.0f a second", g.done, g.what, float64(g.bytes)/1e6, float64(g.done)/now.Sub(g.start).Seconds()))
}

// show puts line in place of the one that stands there.
func (g *progress) show(line string) {
	fmt.Fprintf(g.w, "\r%-*s", g.length, line)
	g.length = len(line)
}

// clear takes the line away, so that something else can be written.
func (g *progress) clear() {
	if g.w != nil && g.length > 0 {
		g.show("")
		fmt.Fprint(g.w, "\r")
		g.length = 0
	}
}
