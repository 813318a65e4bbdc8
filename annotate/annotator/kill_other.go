//go:build !unix

package annotator

import "os/exec"

// apart does nothing where there are no process groups.
func apart(*exec.Cmd) {}

// killAll ends a program.
func killAll(c *exec.Cmd) { _ = c.Process.Kill() }
