package export

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"

	"byline/articles/load"
)

// ErrExists says that a file exists and was not overwritten; it is an fs.ErrExist.
var ErrExists error = existError{}

// ErrDirectory says that the path of the file is a folder.
var ErrDirectory = errors.New("is a directory")

type existError struct{}

func (existError) Error() string        { return "file already exists" }
func (existError) Is(target error) bool { return target == fs.ErrExist }

// WriteFile writes data to path by way of a temporary file next to it, so that path is replaced as
// a whole or not at all. It refuses to overwrite a file unless force is set.
func WriteFile(path string, data []byte, force bool) error {
	return WriteTo(path, force, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// WriteTo is like WriteFile, for the output of write.
func WriteTo(path string, force bool, write func(io.Writer) error) error {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	mode := fs.FileMode(0o666) // minus the umask
	switch info, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return fmt.Errorf("write %s: %w", path, load.WithoutPath(err))
	case info.IsDir():
		return fmt.Errorf("write %s: %w", path, ErrDirectory)
	case !info.Mode().IsRegular():
		return writeThrough(path, write)
	case !force:
		return fmt.Errorf("write %s: the %w", path, ErrExists)
	default:
		mode = info.Mode().Perm()
	}
	if err := replace(path, mode, force, write); err != nil {
		return fmt.Errorf("write %s: %w", path, load.WithoutPath(err))
	}
	return nil
}

// replace writes a temporary file with the given mode and renames it to path.
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
	return rename(name, path, force)
}

// rename moves the finished file to its place. Unlike os.Rename, it still refuses a name that was
// taken in the meantime.
func rename(temporary, path string, force bool) error {
	if force {
		return os.Rename(temporary, path)
	}
	err := os.Link(temporary, path)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("the %w", ErrExists)
	}
	if err != nil { // a file system without links
		return os.Rename(temporary, path)
	}
	return os.Remove(temporary)
}

// writeThrough writes to a device or a pipe, which cannot be replaced.
func writeThrough(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, load.WithoutPath(err))
	}
	return errors.Join(write(f), f.Close())
}
