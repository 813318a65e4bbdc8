package visitor

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"
)

// One person exports twice at the same time, all together four times; the others wait, and get their turn.
func TestTurns(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		who  []string
		most int32
	}{
		"one person":    {[]string{"ann"}, mostExportsEach},
		"two people":    {[]string{"ann", "bob"}, 2 * mostExportsEach},
		"several, many": {[]string{"ann", "bob", "carol", "dora", "eve"}, mostExports},
	} {
		var turns Turns
		var running, most, waited atomic.Int32
		ended := make(chan error)
		const times = 40
		for i := range times {
			go func() {
				done, err := turns.Take(context.Background(), x.who[i%len(x.who)], func() { waited.Add(1) })
				if err == nil {
					n := running.Add(1)
					for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
					}
					for range 100 {
						runtime.Gosched()
					}
					running.Add(-1)
					done()
					done()
				}
				ended <- err
			}()
		}
		for range times {
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
		if most.Load() > x.most || turns.all != 0 || len(turns.running) != 0 || turns.waiting != 0 {
			t.Errorf("%s: %d at the same time; %+v", name, most.Load(), turns.running)
		}
	}
}

// Whoever is gone while they wait gets no turn, and takes none from others.
func TestTurnsOfWhoeverIsGone(t *testing.T) {
	t.Parallel()
	var turns Turns
	var done []func()
	for i := range mostExports {
		end, err := turns.Take(t.Context(), fmt.Sprint(i), func() { t.Error("waits") })
		if err != nil {
			t.Fatal(err)
		}
		done = append(done, end)
	}
	for range 3 {
		ctx, gone := context.WithCancel(t.Context())
		if _, err := turns.Take(ctx, "ann", gone); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
	done[0]()
	end, err := turns.Take(t.Context(), "bob", func() { t.Error("waits") })
	if err != nil {
		t.Fatal(err)
	}
	end()
}

// What an export needed is given back to the computer once none runs.
func TestMemoryIsGivenBack(t *testing.T) {
	var turns Turns
	for range 3 {
		done, err := turns.Take(t.Context(), "ann", nil)
		if err != nil {
			t.Fatal(err)
		}
		before := mapped()
		big := make([]byte, 300<<20)
		for i := 0; i < len(big); i += 4096 {
			big[i] = 1
		}
		during := mapped()
		runtime.KeepAlive(big)
		big = nil
		done()
		if after := mapped(); during < before+250<<20 || after > before+mostIdle {
			t.Errorf("%d MB before, %d with it, %d afterwards", before>>20, during>>20, after>>20)
		}
	}
}
