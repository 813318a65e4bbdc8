package process

import (
	"strconv"

	"golang.org/x/sys/windows"
)

// boot returns nothing: times of start are of the calendar.
func boot() string { return "" }

// started returns when a process was started, in nanoseconds of Unix, and whether it runs.
func started(pid int) (at string, runs bool) {
	h, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION|windows.SYNCHRONIZE, false, uint32(pid))
	if err != nil {
		return "", false
	}
	defer windows.CloseHandle(h)
	var made, left, kernel, user windows.Filetime
	if err := windows.GetProcessTimes(h, &made, &left, &kernel, &user); err != nil {
		return "", false
	}
	waited, err := windows.WaitForSingleObject(h, 0)
	return strconv.FormatInt(made.Nanoseconds(), 10), err == nil && waited == uint32(windows.WAIT_TIMEOUT)
}
