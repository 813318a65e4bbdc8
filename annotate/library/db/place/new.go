package place

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// unborn is how the name of a library begins that is being made.
const unborn = ".byline-new-"

// Begin makes an empty file beside p, in which a new library is made before it gets its name, and removes what a kill left of
// such files.
func (p *Place) Begin() (*Place, error) {
	left, _ := filepath.Glob(filepath.Join(p.folder(), unborn+"*"))
	for _, path := range left {
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > time.Hour {
			_ = os.Remove(path)
		}
	}
	path := filepath.Join(p.folder(), unborn+strconv.FormatUint(rand.Uint64(), 36))
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, cause(err)
	}
	return &Place{Path: path, File: path, New: true, Params: p.Params, SyncDir: p.SyncDir}, f.Close()
}

// Discard removes the files of a place that Begin returned.
func (p *Place) Discard() {
	for _, end := range []string{"", "-wal", "-shm"} {
		_ = os.Remove(p.File + end)
	}
}

// Become gives the closed library at from the name of p, unless another process was first: then that one's stays.
func (p *Place) Become(from *Place) error {
	err := os.Link(from.File, p.File)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil { // a file system without links
		if _, there := os.Lstat(p.File); there == nil {
			return nil
		}
		err = os.Rename(from.File, p.File)
	}
	if err != nil {
		return cause(err)
	}
	if p.Moved != nil {
		p.Moved(from.File, p.File)
	}
	p.Sync()
	return nil
}

// IsOurs reports whether a file that SQLite takes for none of its own has been a library: the words that make its tables are at
// its beginning.
func IsOurs(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head, _ := io.ReadAll(io.LimitReader(f, 1<<20))
	return bytes.IndexByte(head, 0) >= 0 && bytes.Contains(head, []byte("CREATE TABLE versions")) && bytes.Contains(head, []byte("CREATE TABLE log"))
}
