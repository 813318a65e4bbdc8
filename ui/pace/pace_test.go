package pace

import (
	"io"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// once is a model that quits at its first message.
type once struct{}

func (once) Init() tea.Cmd                       { return nil }
func (once) Update(tea.Msg) (tea.Model, tea.Cmd) { return once{}, tea.Quit }
func (once) View() tea.View                      { return tea.NewView("") }

// Pacing relies on a private field of Bubble Tea. If a version drops the field, byline still runs,
// and this test says that another way is needed.
func TestTickerIsFound(t *testing.T) {
	b := newFrames(60)
	p := b.program(once{}, tea.WithInput(nil), tea.WithOutput(io.Discard))
	go p.Send(struct{}{})
	if _, err := p.Run(); err != nil {
		t.Fatal(err)
	}
	if b.ticker == nil {
		t.Error("no ticker: a program at rest looks for frames 60 times a second")
	}
}

// Frames are looked for soon after a message, then less and less often, and soon again after the next one.
func TestPhases(t *testing.T) {
	b := newFrames(60)
	b.ticker, b.pause = time.NewTicker(time.Hour), time.AfterFunc(time.Hour, func() {})
	defer b.ticker.Stop()
	b.message()
	for _, step := range []struct {
		idle time.Duration
		want phase
	}{{0, prompt}, {20 * time.Millisecond, steady}, {active, fading}, {linger, resting}} {
		if step.want != prompt {
			b.last = time.Now().Add(-step.idle)
			b.next()
		}
		if b.phase != step.want {
			t.Fatalf("%v after a message: phase %d, not %d", step.idle, b.phase, step.want)
		}
		if step.want == fading || step.want == resting {
			if b.message(); b.phase != prompt {
				t.Fatalf("a message %v after another: phase %d, not %d", step.idle, b.phase, prompt)
			}
			b.phase = step.want
		}
	}
}

// Keys that come when a program has ended keep nobody waiting, who reads them.
func TestDrain(t *testing.T) {
	in, keys := io.Pipe()
	p := newFrames(60).program(once{}, tea.WithInput(in), tea.WithOutput(io.Discard))
	go func() {
		io.WriteString(keys, strings.Repeat("j", 1000))
		keys.Close()
	}()
	if _, err := p.Run(); err != nil {
		t.Fatal(err)
	}
	read := private[chan struct{}](p, "readLoopDone")
	if read == nil || private[chan tea.Msg](p, "msgs") == nil {
		t.Fatal("Bubble Tea has no such fields: keys that come late are not taken")
	}
	Drain(p)
	select {
	case <-read:
	case <-time.After(time.Minute):
		t.Error("whoever reads keys waits for ever")
	}
}
