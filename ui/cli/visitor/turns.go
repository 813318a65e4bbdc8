package visitor

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// Exports of a server at the same time: each takes up to 140 MB for an article of 6 MB.
const (
	mostExports     = 4
	mostExportsEach = 2 // of a person
)

// mostIdle is how much memory beyond what was needed before is left to the program once an export ends.
const mostIdle = 64 << 20

// Turns let visitors export one after the other, and give the memory of it back to the computer. The zero Turns are ready.
type Turns struct {
	mu      sync.Mutex
	running map[string]int // by the name of the person
	all     int
	waiting int
	changed chan struct{} // closed when one ends
	floor   uint64        // memory when it was given back last
}

// Take waits for a turn of somebody; wait is called before, if it takes time. Whoever got it calls done, once.
func (t *Turns) Take(ctx context.Context, who string, wait func()) (done func(), err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for told := false; t.all >= mostExports || t.running[who] >= mostExportsEach; told = true {
		if t.changed == nil {
			t.changed = make(chan struct{})
		}
		changed := t.changed
		t.waiting++
		t.mu.Unlock()
		if !told {
			wait()
		}
		select {
		case <-changed:
		case <-ctx.Done():
			err = ctx.Err()
		}
		t.mu.Lock()
		if t.waiting--; err != nil {
			return nil, err
		}
	}
	if t.running == nil {
		t.running, t.floor = map[string]int{}, mapped()
	}
	t.running[who]++
	t.all++
	return sync.OnceFunc(func() { t.end(who) }), nil
}

// end ends the turn of somebody.
func (t *Turns) end(who string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.all--
	if t.running[who]--; t.running[who] == 0 {
		delete(t.running, who)
	}
	if t.changed != nil {
		close(t.changed)
		t.changed = nil
	}
	if t.all == 0 && t.waiting == 0 && mapped() > t.floor+mostIdle {
		debug.FreeOSMemory()
		t.floor = mapped()
	}
}

// mapped returns how many bytes the program has of the computer's memory.
func mapped() uint64 {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(samples)
	return samples[0].Value.Uint64() - samples[1].Value.Uint64()
}
