//go:build unix

package place

import "syscall"

// writable asks the system whether this user may write the file or folder at path,
// without opening it.
func writable(path string) bool {
	const write = 2 // W_OK of access(2)
	return syscall.Access(path, write) == nil
}

// readable is writable for reading.
func readable(path string) bool {
	const read = 4 // R_OK
	return syscall.Access(path, read) == nil
}
