package idle

import (
	"testing"
	"testing/synctest"
	"time"
)

// A function is called once after the last touch, again if it is not done, and not after Stop.
func TestTimer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		calls, done := 0, false
		timer := After(3*time.Second, func() bool { calls++; return done })
		wait := func(d time.Duration) {
			time.Sleep(d)
			synctest.Wait() // for calls that are due
		}
		for range 5 {
			timer.Touch()
			wait(2 * time.Second)
		}
		if calls != 0 {
			t.Errorf("called %d times between touches", calls)
		}
		wait(5 * time.Second)
		if calls != 2 {
			t.Errorf("called %d times in two waits, not done", calls)
		}
		done = true
		wait(time.Minute)
		if calls != 3 {
			t.Errorf("called %d times, done at the third", calls)
		}
		timer.Touch()
		timer.Stop()
		wait(time.Minute)
		if calls != 3 {
			t.Error("called after it was stopped")
		}
	})
}
