package cli

import (
	"runtime"
	"runtime/debug"

	"byline/articles"
)

// What is read, stored and annotated behind the screen must neither keep a key waiting
// nor take the computer's memory.

// spare gives Go two processors more than there are. A goroutine that computes keeps
// its processor for 10 ms, and where all are taken a key waits for that; with some to
// spare the kernel decides, which lets those go first that slept.
func spare() { runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + 2) }

// long is the length in bytes of a text that makes it worth while to collect garbage
// more often: it and what is found in it are most of the memory.
const long = 2 << 20

// tidy gives back the memory that getting a, a long article, as far as it is now took
// for a moment. It takes some ten milliseconds, of the caller alone. A limit on all of
// Go's memory would do more, and make keys wait where an article needs more than it.
func tidy(a *articles.Article) {
	if len(a.Text) < long {
		return
	}
	debug.SetGCPercent(20)
	debug.FreeOSMemory()
}
