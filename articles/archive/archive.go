// Package archive reads zip archives from outside, such as e-books and office documents. It
// unpacks into memory and never to disk, so that no name in an archive can point anywhere, and
// bounds the unpacked size, so that a small file cannot become a large one.
package archive

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Bounds of an archive. Real books and documents are far below them.
const (
	maxFiles = 20_000
	maxFile  = 64 << 20  // bytes of one file, unpacked
	maxAll   = 256 << 20 // of all files that are read
)

// ErrMissing says that an archive has no file of that name.
var ErrMissing = errors.New("it is not in the archive")

// A Zip is an archive in memory.
type Zip struct {
	files map[string]*zip.File // by clean name
	left  int64                // bytes that may still be unpacked
}

// Open opens an archive.
func Open(data []byte) (*Zip, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("open the archive: %w", err)
	}
	if len(r.File) > maxFiles {
		return nil, fmt.Errorf("open the archive: it holds more than %d files", maxFiles)
	}
	z := &Zip{files: make(map[string]*zip.File, len(r.File)), left: maxAll}
	for _, f := range r.File {
		if name := clean(f.Name); z.files[name] == nil {
			z.files[name] = f
		}
	}
	return z, nil
}

// clean returns a name in the form in which an archive's own files refer to it: no leading slash,
// no "..".
func clean(name string) string {
	return strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/")
}

// Has reports whether there is a file of that name.
func (z *Zip) Has(name string) bool { return z.files[clean(name)] != nil }

// Read returns the contents of a file. The error is [ErrMissing] if there is none.
func (z *Zip) Read(name string) ([]byte, error) {
	f := z.files[clean(name)]
	if f == nil {
		return nil, fmt.Errorf("%s: %w", name, ErrMissing)
	}
	most := min(maxFile, z.left)
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if int64(len(data)) > most {
		if most < maxFile {
			return nil, fmt.Errorf("%s: with it, the files of the archive become more than %d MB", name, maxAll>>20)
		}
		return nil, fmt.Errorf("%s: it becomes more than %d MB", name, maxFile>>20)
	}
	z.left -= int64(len(data))
	return data, nil
}
