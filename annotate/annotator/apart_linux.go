package annotator

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

// apart gives a program a process group of its own, so that what it starts can be ended with it, and ctrl+c at the
// terminal is for byline alone. The program is killed when the thread that started it ends, as with byline itself.
func apart(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// strays returns the processes that one started, and those that these did, wherever they are: one that left the process group is found by
// its parent.
func strays(pid int) (all []int) {
	id := strconv.Itoa(pid)
	threads, _ := os.ReadDir("/proc/" + id + "/task") // gone with the process
	for _, t := range threads {
		children, _ := os.ReadFile("/proc/" + id + "/task/" + t.Name() + "/children")
		for _, child := range strings.Fields(string(children)) {
			if n, err := strconv.Atoi(child); err == nil {
				all = append(append(all, n), strays(n)...)
			}
		}
	}
	return all
}
