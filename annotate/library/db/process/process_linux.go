package process

import (
	"os"
	"strconv"
	"strings"
)

// boot returns which start of the computer this is, and the container in which processes are numbered.
func boot() string {
	id, _ := os.ReadFile("/proc/sys/kernel/random/boot_id")
	space, _ := os.Readlink("/proc/self/ns/pid")
	return strings.TrimSpace(string(id)) + "/" + space
}

// started returns when a process was started, in ticks since the start of the computer, and whether it runs. One that has ended
// and that its parent has not asked about does not.
func started(pid int) (at string, runs bool) {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return "", false
	}
	_, rest, _ := strings.Cut(string(stat[max(0, strings.LastIndexByte(string(stat), ')')):]), ") ") // the name before may hold anything
	f := strings.Fields(rest)                                                                        // from the third field of proc_pid_stat(5) on
	if len(f) < 20 {
		return "", false
	}
	return f[19], f[0] != "Z" && f[0] != "X"
}
