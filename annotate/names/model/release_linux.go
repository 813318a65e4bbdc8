package model

import (
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Release gives the system back the memory of a model's tables, if they are part of the program's
// file, from which they are read again when needed. Other models keep theirs.
//
// The kernel reads around each requested page, so after one article most of the file is in memory. What
// was unpacked is freed too.
func (m *Model) Release() {
	m.repack()
	page := uintptr(os.Getpagesize())
	start := uintptr(unsafe.Pointer(unsafe.SliceData(m.file)))
	from := (page - start%page) % page
	to := uintptr(len(m.file)) - (start+uintptr(len(m.file)))%page
	if from < to {
		_ = unix.Madvise(m.file[from:to], unix.MADV_DONTNEED) // whole pages of the file, never written to
	}
}
