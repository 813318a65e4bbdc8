package main

import (
	"os"
	"syscall"
)

// peak returns the most memory that a process had, in MB.
func peak(s *os.ProcessState) int64 {
	if u, ok := s.SysUsage().(*syscall.Rusage); ok {
		return int64(u.Maxrss) >> 10 // an int32 on some processors
	}
	return 0
}
