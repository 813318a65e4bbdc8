package output

import (
	"fmt"
	"io"
	"time"

	"byline/annotate/engine"
)

// Stages sums up the time that annotating took.
type Stages struct {
	engine.Stats
	articles int
}

// Add counts an article.
func (t *Stages) Add(s engine.Stats) {
	t.articles++
	t.Stats.Add(s)
}

// Write prints the time of each stage, summed over the articles, with the speed on one core; and
// wall, the elapsed time including reading and writing.
func (t *Stages) Write(w io.Writer, wall time.Duration) {
	fmt.Fprintf(w, "%-8s %10s %14s\n", "stage", "seconds", "tokens/s")
	row := func(name string, d time.Duration) {
		fmt.Fprintf(w, "%-8s %10.3f %14s\n", name, d.Seconds(), perSecond(t.Tokens, d))
	}
	row("segment", t.Segment)
	row("names", t.Names)
	row("people", t.People)
	row("quotes", t.Quotes)
	row("all", t.Total())
	row("wall", wall)
	fmt.Fprintf(w, "articles %d, tokens %d, bytes %d\n", t.articles, t.Tokens, t.Bytes)
}

func perSecond(n int, d time.Duration) string {
	if d <= 0 {
		return "–"
	}
	return fmt.Sprintf("%.0f", float64(n)/d.Seconds())
}
