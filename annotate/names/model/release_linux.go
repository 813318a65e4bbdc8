package model

import (
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Release gives the memory back that the model's tables took, which are a part of the
// program's file: what is asked for again is read from there. It costs nothing but that.
func Release() {
	page := uintptr(os.Getpagesize())
	start := uintptr(unsafe.Pointer(unsafe.SliceData(file)))
	from := (page - start%page) % page
	to := uintptr(len(file)) - (start+uintptr(len(file)))%page
	if from < to {
		_ = unix.Madvise(file[from:to], unix.MADV_DONTNEED) // whole pages of the file, never written to
	}
}
