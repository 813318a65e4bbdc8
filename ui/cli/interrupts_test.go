package cli

import (
	"os"
	"syscall"
	"testing"
	"testing/synctest"
)

// An interrupt that is meant for another program does not end this one; the end that somebody asks for does.
func TestInterruptsAreHeld(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var i interrupts
		signals, stopped := make(chan os.Signal), false
		release := i.hold()
		go i.await(t.Context(), signals, func() { stopped = true })
		signals <- os.Interrupt
		synctest.Wait()
		if stopped {
			t.Error("an interrupt of another program ends this one")
		}
		signals <- syscall.SIGTERM
		synctest.Wait()
		if !stopped {
			t.Error("SIGTERM does not end it")
		}
		stopped = false
		release()
		signals <- os.Interrupt
		synctest.Wait()
		if !stopped {
			t.Error("an interrupt does not end it any more")
		}
	})
}
