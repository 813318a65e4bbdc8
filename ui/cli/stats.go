package cli

import (
	"fmt"
	"io"
	"time"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/articles"
)

// A tally sums up what annotating took.
type tally struct {
	engine.Stats
	articles int
	start    time.Time
}

// measured has e annotate an article and takes the time of each stage.
func measured(e *engine.Engine, a *articles.Article) (*annotate.Layer, engine.Stats) {
	start := time.Now()
	return e.Measured(a.Text, a.Blocks, func() time.Duration { return time.Since(start) })
}

func (t *tally) add(s engine.Stats) {
	t.articles++
	t.Add(s)
}

// write prints the time of each stage, summed over the articles, with the speed on one
// core, and the time from the first to the last with reading and writing.
func (t *tally) write(w io.Writer) {
	fmt.Fprintf(w, "%-8s %10s %14s\n", "stage", "seconds", "tokens/s")
	row := func(name string, d time.Duration) {
		fmt.Fprintf(w, "%-8s %10.3f %14s\n", name, d.Seconds(), perSecond(t.Tokens, d))
	}
	row("segment", t.Segment)
	row("names", t.Names)
	row("people", t.People)
	row("quotes", t.Quotes)
	row("all", t.Total())
	wall := time.Since(t.start)
	row("wall", wall)
	fmt.Fprintf(w, "articles %d, tokens %d, bytes %d\n", t.articles, t.Tokens, t.Bytes)
}

func perSecond(n int, d time.Duration) string {
	if d <= 0 {
		return "–"
	}
	return fmt.Sprintf("%.0f", float64(n)/d.Seconds())
}
