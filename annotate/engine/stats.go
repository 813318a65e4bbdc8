package engine

import (
	"time"

	"byline/annotate"
	"byline/articles"
)

// Stats holds how long the stages took, and the number of tokens.
type Stats struct {
	Tokens, Bytes                  int
	Segment, Names, People, Quotes time.Duration // Segment: both times, where a text is longer than a window
}

// Total is the time of all stages.
func (s *Stats) Total() time.Duration { return s.Segment + s.Names + s.People + s.Quotes }

// Add adds the figures of another text.
func (s *Stats) Add(o Stats) {
	s.Tokens += o.Tokens
	s.Bytes += o.Bytes
	s.Segment += o.Segment
	s.Names += o.Names
	s.People += o.People
	s.Quotes += o.Quotes
}

// Measure is like Annotate, and also returns how long each stage took by the clock now.
func (e *Engine) Measure(text string, blocks []articles.Block, now func() time.Duration) (*annotate.Layer, Stats) {
	w := &watch{now: now, last: now()}
	w.Bytes = len(text)
	return e.annotateAll(text, windows(text, blocks, window), w, nil), w.Stats
}

// A watch measures the time of the stages. Without a clock it measures nothing.
type watch struct {
	Stats
	now  func() time.Duration
	last time.Duration
}

// addLap adds the time since the last lap to the total of a stage.
func (w *watch) addLap(stage *time.Duration) {
	if w.now == nil {
		return
	}
	at := w.now()
	*stage += at - w.last
	w.last = at
}
