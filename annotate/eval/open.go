package eval

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"strings"
)

// Open opens a file for reading, unpacked where its name ends with .gz.
func Open(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil || !strings.HasSuffix(path, ".gz") {
		return f, err
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return struct {
		io.Reader
		io.Closer
	}{z, f}, nil
}

// ReadFile reads the documents of a file as [ReadIOB2] does.
func ReadFile(path string) ([]Gold, error) {
	in, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	gold, err := ReadIOB2(in)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return gold, nil
}
