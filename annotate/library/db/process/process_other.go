//go:build !linux && !darwin && !windows

package process

import (
	"errors"
	"os"
	"syscall"
)

// boot returns nothing: nothing tells.
func boot() string { return "" }

// started reports whether there is a process of that number. When it was started is not known here, so another one that was
// given the number passes for it.
func started(pid int) (at string, runs bool) {
	p, err := os.FindProcess(pid)
	if err != nil {
		return "", false
	}
	err = p.Signal(syscall.Signal(0))
	return "", err == nil || errors.Is(err, os.ErrPermission)
}
