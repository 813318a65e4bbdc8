package model

import (
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Release gives the memory back that the tables of a model took which is a part of the
// program's file: what is asked for again is read from there. Other models keep theirs.
func (m *Model) Release() {
	page := uintptr(os.Getpagesize())
	start := uintptr(unsafe.Pointer(unsafe.SliceData(m.file)))
	from := (page - start%page) % page
	to := uintptr(len(m.file)) - (start+uintptr(len(m.file)))%page
	if from < to {
		_ = unix.Madvise(m.file[from:to], unix.MADV_DONTNEED) // whole pages of the file, never written to
	}
}
