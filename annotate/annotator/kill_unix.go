//go:build unix

package annotator

import (
	"os/exec"
	"syscall"
)

// killAll ends a program and what it started, as far as it is known.
func killAll(c *exec.Cmd) {
	left := strays(c.Process.Pid) // before it ends: then nothing says any more whose they are
	_ = syscall.Kill(-c.Process.Pid, syscall.SIGKILL)
	for _, pid := range left {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
}
