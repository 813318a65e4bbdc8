package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
)

// errThere says that a file is not written over.
var errThere = existError{}

type existError struct{}

func (existError) Error() string        { return "file is there already" }
func (existError) Is(target error) bool { return target == fs.ErrExist }

// writeFile writes data to path by way of a temporary file beside it, so that path
// is either what it was or whole. A file that is there is refused unless force.
func writeFile(path string, data []byte, force bool) error {
	return writeTo(path, force, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// writeTo is writeFile for what write produces.
func writeTo(path string, force bool, write func(io.Writer) error) error {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	mode := fs.FileMode(0o666) // less what the umask takes
	switch info, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return fmt.Errorf("write %s: %w", path, bare(err))
	case info.IsDir():
		return withHint(fmt.Errorf("write %s: is a directory", path), "name a file in it")
	case !info.Mode().IsRegular():
		return writeThrough(path, write)
	case !force:
		return withHint(fmt.Errorf("write %s: the %w", path, errThere), "name another, or give --force")
	default:
		mode = info.Mode().Perm()
	}
	if err := replace(path, mode, force, write); err != nil {
		return fmt.Errorf("write %s: %w", path, bare(err))
	}
	return nil
}

// replace writes a temporary file with the given mode and gives it the name path.
func replace(path string, mode fs.FileMode, force bool, write func(io.Writer) error) (err error) {
	name := filepath.Join(filepath.Dir(path), ".byline-"+strconv.FormatUint(rand.Uint64(), 36))
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(name)
		}
	}()
	if err := errors.Join(write(f), f.Close()); err != nil {
		return err
	}
	return place(name, path, force)
}

// place gives the finished file its name. A name that was taken in the meantime is
// still refused, which a rename alone would not do.
func place(temporary, path string, force bool) error {
	if force {
		return os.Rename(temporary, path)
	}
	err := os.Link(temporary, path)
	if errors.Is(err, fs.ErrExist) {
		return withHint(fmt.Errorf("the %w", errThere), "name another, or give --force")
	}
	if err != nil { // a file system without links
		return os.Rename(temporary, path)
	}
	return os.Remove(temporary)
}

// writeThrough writes to a device or a pipe, which cannot be kept whole.
func writeThrough(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, bare(err))
	}
	return errors.Join(write(f), f.Close())
}
