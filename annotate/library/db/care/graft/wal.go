package graft

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
)

// fold writes the pages in the write-ahead log of a file to their places, up to the last transaction that is whole, and removes the
// log. It does what SQLite does for a file whose first page it can read.
func fold(path string, size int) error {
	log, err := os.ReadFile(path + "-wal")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if pages := wholePages(log, size); len(pages) > 0 {
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			return err
		}
		for page, data := range pages {
			if _, err := f.WriteAt(data, int64(page-1)*int64(size)); err != nil {
				f.Close()
				return err
			}
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	for _, end := range []string{"-wal", "-shm"} {
		if err := os.Remove(path + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// wholePages returns the last form of each page in a log, up to the last transaction that is whole.
func wholePages(log []byte, size int) map[uint32][]byte {
	const header, frame = 32, 24
	if len(log) < header || int(binary.BigEndian.Uint32(log[8:])) != size {
		return nil
	}
	var order binary.ByteOrder = binary.LittleEndian
	if log[3]&1 == 1 {
		order = binary.BigEndian
	}
	a, b := checksum(order, 0, 0, log[:24])
	if a != binary.BigEndian.Uint32(log[24:]) || b != binary.BigEndian.Uint32(log[28:]) {
		return nil
	}
	whole, begun := map[uint32][]byte{}, map[uint32][]byte{}
	for at := header; at+frame+size <= len(log); at += frame + size {
		f, data := log[at:at+frame], log[at+frame:at+frame+size]
		a, b = checksum(order, a, b, f[:8])
		a, b = checksum(order, a, b, data)
		if string(f[8:16]) != string(log[16:24]) || a != binary.BigEndian.Uint32(f[16:]) || b != binary.BigEndian.Uint32(f[20:]) {
			break // of an earlier log, or not written to its end
		}
		begun[binary.BigEndian.Uint32(f)] = data
		if binary.BigEndian.Uint32(f[4:]) > 0 { // the end of a transaction
			for page, data := range begun {
				whole[page] = data
			}
			clear(begun)
		}
	}
	return whole
}

// checksum carries the checksum of a log on over more bytes, eight at a time.
func checksum(order binary.ByteOrder, a, b uint32, data []byte) (uint32, uint32) {
	for ; len(data) >= 8; data = data[8:] {
		a += order.Uint32(data) + b
		b += order.Uint32(data[4:]) + a
	}
	return a, b
}
