// Package pace keeps keys quick, memory small and cores busy. It is the only place that changes
// process-wide settings, or reaches into Bubble Tea's private state; each function says why and
// what it gains.
package pace

import (
	"reflect"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

// AddProcessors lets Go use two processors more than there are. A goroutine that computes keeps
// its processor for 10 ms, and if all are busy a key waits for one; with some to spare the kernel
// decides, which prefers threads that slept. While an article of 10 MB is imported and annotated,
// a key takes 6 ms at the median and 11 to 17 at the 95th percentile; without the two, 17 to 20
// and 28 to 41 (three runs each, in turn; go test -run '^$' -bench Program/byline/10MB .).
// It does so once, however many screens there are.
func AddProcessors() { addProcessors() }

var addProcessors = sync.OnceFunc(func() { runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + 2) })

// long is the length in bytes from which a text is worth an extra garbage collection: the text and
// what is found in it are most of the memory.
const long = 2 << 20

// ReleaseMemory returns memory to the system after a text of that many bytes was handled, if it is
// long. It takes some ten milliseconds, of the caller alone. A limit on all of Go's memory would
// do more, but would make keys wait when an article needs more than the limit. After an article of
// 10 MB was annotated, 111 MB are resident and 155 MB were at the peak; without it, 154 to 167 MB
// and 189 to 200 MB (two runs each, from /proc/PID/status).
func ReleaseMemory(bytes int) {
	if bytes < long {
		return
	}
	debug.SetGCPercent(tight)
	debug.FreeOSMemory()
}

// Ease ends what [ReleaseMemory] began, once a text of that many bytes is annotated: memory is returned once more, and from
// now on the heap may grow by more before garbage is collected. Each collection walks through all that is kept of the text, so
// that it, and not the decision, is what a decision costs.
func Ease(bytes int) {
	if bytes < long {
		return
	}
	debug.SetGCPercent(easy)
	debug.FreeOSMemory()
}

// By how many percent the heap grows before garbage is collected: while a long text is imported and annotated, and after.
const (
	tight = 20
	easy  = 50
)

// Share keeps memory small where several people use one process: garbage is collected when the heap has grown by less than a third.
// 40 people who read take 2.9 MB each, and 4.2 without it; the processor is busy for 21 % of a core instead of 18 while each
// presses two keys a second (go test -run '^$' -bench Sessions/40 .). What [ReleaseMemory] and [Ease] set for one text would be for
// all, so neither is called then.
func Share() { debug.SetGCPercent(shared) }

const shared = 30

// many is the number of entries from which a library is worth more garbage collections.
const many = 50_000

// Hold keeps the garbage small beside a library of that many entries, if they are many: by default there may be as much of it as there is
// of what is kept. Entries have no pointers, so that a collection takes next to nothing for them. With 300,000, 138 MB are resident once
// they are listed instead of 155 (go run ./ui/uitest/scale screen PROGRAM LIBRARY).
func Hold(entries int) {
	if entries < many {
		return
	}
	if was := debug.SetGCPercent(held); was < held {
		debug.SetGCPercent(was)
	}
}

// held is by how many percent the heap grows before garbage is collected beside many entries.
const held = 40

// ballast is how many bytes [AllocateBallast] allocates.
const ballast = 20 << 20

// AllocateBallast allocates bytes that are never touched, until release is called. They use no
// physical memory, but the collector, which waits until the heap has doubled, runs a tenth as
// often while articles stream; two cores are then 1.85 times as fast as one instead of 1.55 times.
func AllocateBallast() (release func()) {
	room := make([]byte, ballast)
	return func() { runtime.KeepAlive(room) }
}

// mostMemory is the bytes that Go keeps to from [LimitMemory] on.
const mostMemory = 96 << 20

// LimitMemory has Go collect garbage more often before it takes more than a fixed number of bytes, for runs over
// a corpus, of which many share a machine. While articles of 1 to 4 MB are annotated two at a time, 141 MB are resident
// at the peak, and 180 without it, at the same speed; articles of news stay below it.
func LimitMemory() { debug.SetMemoryLimit(mostMemory) }

// Frames set how often Bubble Tea checks for a new frame. Bubble Tea uses one rate throughout: 120
// times a second keeps a processor busy with nothing, and fewer keep keys waiting. With Frames it
// checks soon after a message that follows a pause, then at the rate of the settings, and hardly
// ever while idle.
//
// The ticker is a private field of Bubble Tea. If a version does not have it, nothing is set and
// Bubble Tea keeps its own rate.
//
// Each check wakes threads. When the rate of the settings lasted a second instead of 100 ms, a step to the next claim took 7.0 to 8.3 ms
// of processor time instead of 4.3 to 7.4 (medians of five, four each in turn; go test -run '^$' -bench Decided .).
//
// At rest the program takes 0.0 to 0.1 % of a core, and 1.1 % without (10 s each, twice in turn, from
// /proc/PID/stat).
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
	fading
)

const (
	soon   = 2 * time.Millisecond   // after the first message that follows a pause
	active = 100 * time.Millisecond // how long the steady rate lasts after the last message
	slowly = 100 * time.Millisecond // after that, for a message that took long to handle
	linger = time.Second            // and how long after the last message
	rarely = 500 * time.Millisecond // while idle
)

func newFrames(fps int) *frames {
	return &frames{every: time.Second / time.Duration(fps), phase: steady}
}

// NewProgram returns a program that checks for frames at most fps times a second, and hardly ever
// while idle.
func NewProgram(fps int, m tea.Model, opts ...tea.ProgramOption) *tea.Program {
	return newFrames(fps).program(m, opts...)
}

func (b *frames) program(m tea.Model, opts ...tea.ProgramOption) *tea.Program {
	var p *tea.Program
	p = tea.NewProgram(m, append(opts, tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
		if b.ticker == nil { // the program creates it before it reads the first message
			b.ticker = tickerOf(p)
		}
		b.message()
		return msg
	}))...)
	return p
}

// tickerOf returns the ticker of p, or nil.
func tickerOf(p *tea.Program) *time.Ticker { return private[*time.Ticker](p, "ticker") }

// private returns a private field of p; the zero value where there is none of that type.
func private[T any](p *tea.Program, name string) (value T) {
	f := reflect.ValueOf(p).Elem().FieldByName(name)
	if !f.IsValid() || f.Type() != reflect.TypeFor[T]() {
		return value
	}
	return *(*T)(f.Addr().UnsafePointer())
}

// Drain takes the keys that still come to a program that has ended, until its input ends. Bubble Tea has nobody who does, so
// that whoever reads the keys would wait for ever and keep the program in memory: of 48 clients that were killed while
// they typed, at least three left one behind.
func Drain(p *tea.Program) {
	keys, read := private[chan tea.Msg](p, "msgs"), private[chan struct{}](p, "readLoopDone")
	if keys == nil || read == nil {
		return
	}
	go func() {
		for {
			select {
			case <-keys:
			case <-read:
				return
			}
		}
	}()
}

// message notes that there may be a new frame.
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
	if b.phase == resting || b.phase == fading || b.phase == steady && quiet {
		b.set(prompt, soon, b.every)
	}
}

// next is called when a phase ends.
func (b *frames) next() {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch idle := time.Since(b.last); {
	case b.phase == prompt:
		b.set(steady, b.every, active)
	case idle < active:
		b.pause.Reset(active - idle)
	case idle < linger:
		b.set(fading, slowly, linger-idle)
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
