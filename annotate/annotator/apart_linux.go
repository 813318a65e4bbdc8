package annotator

import (
	"os/exec"
	"syscall"
)

// apart gives a program a process group of its own, so that what it starts can be ended with it, and ctrl+c at the
// terminal is for byline alone. The program is killed when the thread that started it ends, as with byline itself.
func apart(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
