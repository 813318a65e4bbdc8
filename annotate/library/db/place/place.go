// Package place is where a library lies: its file, whether it may be written, and by which data source SQLite
// opens it.
package place

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
)

// Errors that callers tell apart; package db says what they mean.
var (
	ErrReadOnly = errors.New("the library is read-only")
	ErrDamaged  = errors.New("the library is damaged")
	ErrNotOurs  = errors.New("not a byline library")
)

// A Place is where a library lies. Path must be set.
type Place struct {
	Path     string
	File     string                  // what Path leads to, if it is a link; set by Prepare
	Who      string                  // as whom the library is seen; empty for its own reader
	View     *atomic.Pointer[string] // whose tags are seen; in it nil for everybody's; set by Prepare
	Counted  bool                    // lists count what View shows, in place of what Who has of their own
	ReadOnly bool
	New      bool                  // it has no name yet, and nothing in it
	Trouble  error                 // why it is read-only, if its rights allow more
	Params   url.Values            // of the data source, beside the usual ones
	SyncDir  func(dir string)      // writes out which files a folder has; for tests
	Moved    func(from, to string) // told when a new library gets its name; for tests

	Damage *Damage // what is known of its damage

	aside   string // a folder with the copy that is read; empty for none
	entered string // the file that Enter noted
	marks   *marks
}

// ForReading has nothing written from now on, and says why.
func (p *Place) ForReading(why error) { p.ReadOnly, p.Trouble = true, why }

// Writable reports whether the library may be written.
func (p *Place) Writable() bool { return !p.ReadOnly && p.Damage.Why() == nil }

// Why returns why nothing can be written.
func (p *Place) Why() error {
	if why := p.Damage.Why(); why != nil {
		return why
	}
	if p.Trouble != nil {
		return p.Trouble
	}
	return ErrReadOnly
}

// Close takes away what was made to read the library.
func (p *Place) Close() error {
	p.leave()
	if p.aside == "" {
		return nil
	}
	return os.RemoveAll(p.aside)
}

// Source returns the [URI] by which the driver opens the library, with what a writer needs besides.
//
// [URI]: https://www.sqlite.org/uri.html
func (p *Place) Source(writing url.Values) string {
	q := url.Values{}
	q.Set("mode", "ro")
	if !p.ReadOnly {
		q.Set("mode", "rwc")
		for k, v := range writing {
			q[k] = append(q[k], v...)
		}
	}
	for k, v := range p.Params {
		q[k] = append(q[k], v...)
	}
	return "file:" + (&url.URL{Path: p.File}).EscapedPath() + "?" + q.Encode()
}

// Immutable has SQLite take the file for one that nobody changes from now on.
func (p *Place) Immutable() {
	params := url.Values{"immutable": {"1"}}
	maps.Copy(params, p.Params)
	p.Params = params
}

// folder returns the folder of the file.
func (p *Place) folder() string { return filepath.Dir(p.File) }

// CopyAside reads a copy in the folder of temporary files from now on.
func (p *Place) CopyAside() (err error) {
	if p.aside, err = os.MkdirTemp("", "byline-library-"); err != nil {
		return err
	}
	to := filepath.Join(p.aside, "library.db")
	for _, end := range []string{"", "-wal"} {
		if err := copyFile(p.File+end, to+end); err != nil {
			return err
		}
	}
	p.File = to
	return nil
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// Resolve sets File.
func (p *Place) Resolve() {
	p.File = p.Path
	if to, err := filepath.EvalSymlinks(p.Path); err == nil {
		p.File = to // where SQLite looks for the log, too
	}
}

// Prepare creates the folder of a new library, and reports whether the library is
// missing. It refuses what cannot be one without opening the file: closing it again would drop
// the [POSIX locks] that another DB of this process may hold on it.
//
// [POSIX locks]: https://www.sqlite.org/howtocorrupt.html
func (p *Place) Prepare(look bool) (missing bool, err error) {
	p.Resolve()
	p.View = new(atomic.Pointer[string])
	dir := filepath.Dir(p.File)
	info, err := os.Stat(p.File)
	if errors.Is(err, fs.ErrNotExist) && !look {
		return true, p.prepareNew(dir)
	}
	switch {
	case err != nil:
		return false, cause(err)
	case info.IsDir():
		return false, fmt.Errorf("%w: it is a folder", ErrNotOurs)
	case !info.Mode().IsRegular():
		return false, fmt.Errorf("%w: it is not a regular file", ErrNotOurs)
	case !readable(p.File):
		return false, fs.ErrPermission
	case info.Size() == 0: // a library is never, not even while it is made
		return false, fmt.Errorf("%w: its file is empty", ErrDamaged)
	}
	p.ReadOnly = look || !writable(p.File) || !writable(dir)
	if why := p.WasDamaged(); why != nil && !p.ReadOnly {
		p.ForReading(why)
	}
	return false, nil
}

// prepareNew makes the folder of a new library.
func (p *Place) prepareNew(dir string) error {
	if to, err := os.Readlink(p.Path); err == nil {
		return fmt.Errorf("it is a link to %s, which is not there", to)
	}
	if err := p.makeFolder(dir); err != nil {
		return cause(err)
	}
	if !writable(dir) {
		return fmt.Errorf("make it: %w", ErrReadOnly)
	}
	return nil
}

// makeFolder makes a folder and those above it that are missing, each so that it outlives a power cut.
func (p *Place) makeFolder(dir string) error {
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	above := filepath.Dir(dir)
	if err := p.makeFolder(above); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	p.sync(above)
	return nil
}

// syncDir writes out which files a folder has. Not every system can; none says what else to do.
func syncDir(dir string) {
	if f, err := os.Open(dir); err == nil {
		_ = f.Sync()
		f.Close()
	}
}

// HasUnreadWAL reports whether a process left writes in the write-ahead log that an
// immutable connection would not see.
func (p *Place) HasUnreadWAL() bool {
	info, err := os.Stat(p.File + "-wal")
	return err == nil && info.Size() > 0
}

// sync writes out which files a folder has.
func (p *Place) sync(dir string) {
	if p.SyncDir != nil {
		p.SyncDir(dir)
	} else {
		syncDir(dir)
	}
}

// Sync writes out which files the library's folder has.
func (p *Place) Sync() { p.sync(p.folder()) }

// cause returns the error inside an [fs.PathError], whose path the caller names itself.
func cause(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}
