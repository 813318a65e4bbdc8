//go:build unix && !linux

package annotator

import (
	"os/exec"
	"syscall"
)

// apart gives a program a process group of its own, so that what it starts can be ended with it, and ctrl+c at the
// terminal is for byline alone.
func apart(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// strays returns nothing: who started what is not known here.
func strays(int) []int { return nil }
