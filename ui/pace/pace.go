// Package pace keeps keys quick, memory small and cores busy. It is the only place that changes settings of the whole process, or reaches for what Bubble Tea
// keeps to itself; each says what it is for and what it measures.
package pace

import (
	"reflect"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Spare gives Go two processors more than there are. A goroutine that computes keeps
// its processor for 10 ms, and where all are taken a key waits for that; with some to
// spare the kernel decides, which lets those go first that slept.
func Spare() { runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + 2) }

// long is the length in bytes of a text that makes it worth while to collect garbage
// more often: it and what is found in it are most of the memory.
const long = 2 << 20

// Trim gives back the memory that handling a text of so many bytes took for a moment, if it
// is long. It takes some ten milliseconds, of the caller alone. A limit on all of Go's
// memory would do more, and make keys wait where an article needs more than it.
func Trim(bytes int) {
	if bytes < long {
		return
	}
	debug.SetGCPercent(20)
	debug.FreeOSMemory()
}

// ballast is how many bytes [Ballast] allocates.
const ballast = 20 << 20

// Ballast allocates bytes that are never touched, until release is called. They take no
// memory, but the collector, which waits until the heap has doubled, runs a tenth as often
// while articles stream, and a second core is worth 1.85 times one in place of 1.55.
func Ballast() (release func()) {
	room := make([]byte, ballast)
	return func() { runtime.KeepAlive(room) }
}

// Frames set how often the frames of a program are looked at. Bubble Tea does so at
// one rate from start to end: 120 times a second keep a processor busy with nothing,
// and fewer keep keys waiting. It looks soon after a message that nothing preceded,
// then at the rate of the settings, and where nothing comes hardly ever.
//
// The ticker is a field that Bubble Tea keeps to itself. Should a version not have it,
// nothing is set and its own rate stays.
type frames struct {
	every  time.Duration
	ticker *time.Ticker

	mu    sync.Mutex
	last  time.Time // of a message
	pause *time.Timer
	phase phase
}

type phase int

const (
	resting phase = iota
	prompt
	steady
)

const (
	soon   = 2 * time.Millisecond   // after a message that comes out of rest
	linger = time.Second            // at the steady rate after the last message
	rarely = 500 * time.Millisecond // at rest
)

func newFrames(fps int) *frames {
	return &frames{every: time.Second / time.Duration(fps), phase: steady}
}

// NewProgram returns a program that looks for frames at most fps times a second, and hardly
// ever while nothing happens.
func NewProgram(fps int, m tea.Model, opts ...tea.ProgramOption) *tea.Program {
	return newFrames(fps).program(m, opts...)
}

func (b *frames) program(m tea.Model, opts ...tea.ProgramOption) *tea.Program {
	var p *tea.Program
	p = tea.NewProgram(m, append(opts, tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
		if b.ticker == nil { // the program makes it before it reads the first message
			b.ticker = tickerOf(p)
		}
		b.message()
		return msg
	}))...)
	return p
}

// tickerOf returns the ticker of p, or nil.
func tickerOf(p *tea.Program) *time.Ticker {
	f := reflect.ValueOf(p).Elem().FieldByName("ticker")
	if !f.IsValid() || f.Type() != reflect.TypeFor[*time.Ticker]() {
		return nil
	}
	return *(**time.Ticker)(f.Addr().UnsafePointer())
}

// message says that there may be another frame.
func (b *frames) message() {
	if b.ticker == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	quiet := now.Sub(b.last) > 2*b.every
	b.last = now
	if b.pause == nil {
		b.pause = time.AfterFunc(linger, b.next)
	}
	if b.phase == resting || b.phase == steady && quiet {
		b.set(prompt, soon, b.every)
	}
}

// next is called when a phase ends.
func (b *frames) next() {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch idle := time.Since(b.last); {
	case b.phase == prompt:
		b.set(steady, b.every, linger)
	case idle < linger:
		b.pause.Reset(linger - idle)
	default:
		b.phase = resting
		b.ticker.Reset(rarely)
	}
}

func (b *frames) set(p phase, tick, lasts time.Duration) {
	b.phase = p
	b.ticker.Reset(tick)
	b.pause.Reset(lasts)
}
