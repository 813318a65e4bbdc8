//go:build unix

package annotator

import (
	"os/exec"
	"syscall"
)

// killAll ends a program and what it started.
func killAll(c *exec.Cmd) { _ = syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
