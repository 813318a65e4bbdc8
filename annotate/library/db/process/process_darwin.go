package process

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// boot returns nothing: times of start are of the calendar.
func boot() string { return "" }

// started returns when a process was started, in seconds and microseconds of Unix, and whether it runs.
func started(pid int) (at string, runs bool) {
	const zombie = 5 // SZOMB of sys/proc.h
	p, err := unix.SysctlKinfoProc("kern.proc.pid", pid)
	if err != nil || int(p.Proc.P_pid) != pid {
		return "", false
	}
	return fmt.Sprintf("%d.%06d", p.Proc.P_starttime.Sec, p.Proc.P_starttime.Usec), p.Proc.P_stat != zombie
}
