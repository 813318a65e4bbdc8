package idle

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// A function is called once after the last touch, again if it is not done, and not after Stop.
func TestTimer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var calls atomic.Int64
		var done atomic.Bool
		timer := After(3*time.Second, func() bool { calls.Add(1); return done.Load() })
		wait := func(d time.Duration) {
			time.Sleep(d)
			synctest.Wait() // for calls that are due
		}
		for range 5 {
			timer.Touch()
			wait(2 * time.Second)
		}
		if n := calls.Load(); n != 0 {
			t.Errorf("called %d times between touches", n)
		}
		wait(5 * time.Second)
		if n := calls.Load(); n != 2 {
			t.Errorf("called %d times in two waits, not done", n)
		}
		done.Store(true)
		wait(time.Minute)
		if n := calls.Load(); n != 3 {
			t.Errorf("called %d times, done at the third", n)
		}
		timer.Touch()
		timer.Stop()
		wait(time.Minute)
		if n := calls.Load(); n != 3 {
			t.Error("called after it was stopped")
		}
	})
}
