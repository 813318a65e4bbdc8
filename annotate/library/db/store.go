// Package db keeps a library in a file: a SQLite database with the articles in all
// their versions, where a reader left off, status and tags, the layers that a
// machine made, and the log of what people decided.
//
// # What holds
//
// A call that returned has outlived the process: every write is one transaction in
// a write-ahead log. synchronous is NORMAL: a decision costs 20 µs instead of the
// 210 µs that FULL takes on a quick virtual disk, and the milliseconds on a slower one.
// A power cut may take what the system had not written out yet, some 30 s on Linux,
// and tears nothing. Close writes out all.
//
// Processes work side by side. Readers never wait. One connection of a process
// writes; it asks for the lock each millisecond, no transaction holds it longer than
// the adding of one article or a small batch takes, and a batch lets others in. So a
// keypress gets through while another process adds ten thousand articles.
//
// The log only grows, and appending a row twice is appending it once. Bodies of layers
// and of decisions are opaque here; what is asked of them across articles (who is named,
// what is quoted, by whom) is in tables of its own.
//
// Old versions of a text stay as they are, not compressed: sources change seldom, and
// whoever looks for lost decisions can read them with any SQLite tool.
//
// The database's user_version is the number of the last migration. A library that
// a newer program wrote is refused, and so is a file of somebody else's; neither is
// touched.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"
)

// Errors that callers tell apart.
var (
	ErrNotFound  = errors.New("no such article in the library")
	ErrAmbiguous = errors.New("several articles have an id that starts so")
	ErrReadOnly  = errors.New("the library is read-only")
	ErrFull      = errors.New("the disk is full")
	ErrNewer     = errors.New("the library was written by a newer byline")
	ErrNotOurs   = errors.New("the file is no library of byline's")
)

// A Store is an open library. It is safe for concurrent use.
type Store struct {
	db       *sql.DB // reads
	pen      *sql.DB // writes, over its only connection
	path     string
	readOnly bool
}

// DefaultPath returns where the library is when nobody names another place:
// byline/library.db under XDG_DATA_HOME, else under .local/share at home.
func DefaultPath() (string, error) {
	base := os.Getenv("XDG_DATA_HOME")
	if !filepath.IsAbs(base) {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", fmt.Errorf("find the data folder: %w", err)
		}
		base = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(base, "byline", "library.db"), nil
}

// Open opens the library at path, which is made, for its owner only, where there is
// none. Where it cannot be written it is opened for reading. The errors are [ErrNewer],
// [ErrNotOurs], [ErrReadOnly] where one had to be made or brought up to date, and
// those of the file system.
func Open(ctx context.Context, path string) (*Store, error) {
	s := &Store{path: path}
	if err := s.open(ctx); err != nil {
		s.Close()
		return nil, fmt.Errorf("open library %s: %w", path, s.named(err))
	}
	return s, nil
}

func (s *Store) open(ctx context.Context) error {
	made, err := s.place()
	if err != nil {
		return err
	}
	if err := s.connect(s.source()); err != nil {
		return err
	}
	at, err := s.schema(ctx)
	if s.readOnly && unopened(err) {
		// SQLite wants to keep its account of readers beside the file and may not.
		if s.unfinished() {
			return fmt.Errorf("%w, and some of it is still in %s-wal: open it once where it can be written", ErrReadOnly, s.path)
		}
		s.Close()
		if err := s.connect(s.source() + "&immutable=1"); err != nil {
			return err
		}
		at, err = s.schema(ctx)
	}
	if err != nil {
		return err
	}
	if made {
		_ = os.Chmod(s.path, 0o600) // the folder is closed to others already
	}
	if err := s.ahead(ctx); err != nil {
		return err
	}
	return s.migrate(ctx, at)
}

// place looks at the path before SQLite does, and makes the folder of a new library.
// It never opens the file: closing it again would drop the locks that another Store of
// this process may have on it.
func (s *Store) place() (made bool, err error) {
	dir := filepath.Dir(s.path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return false, bare(err)
	}
	info, err := os.Stat(s.path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !writable(dir):
		return false, fmt.Errorf("make it: %w", ErrReadOnly)
	case errors.Is(err, fs.ErrNotExist):
		return true, nil
	case err != nil:
		return false, bare(err)
	case info.IsDir():
		return false, fmt.Errorf("%w: it is a folder", ErrNotOurs)
	case !info.Mode().IsRegular():
		return false, fmt.Errorf("%w: it is not a regular file", ErrNotOurs)
	}
	s.readOnly = !writable(s.path) || !writable(dir)
	return false, nil
}

// unfinished reports whether a process left decisions in the log beside the library
// that an immutable file would not show.
func (s *Store) unfinished() bool {
	info, err := os.Stat(s.path + "-wal")
	return err == nil && info.Size() > 0
}

// connect prepares both pools. They connect when they are first used.
func (s *Store) connect(source string) (err error) {
	if s.db, err = sql.Open("sqlite", source+"&_pragma=busy_timeout(10000)&_pragma=cache_size(-512)"); err != nil {
		return err
	}
	s.db.SetMaxOpenConns(4)
	if s.pen, err = sql.Open("sqlite", source+"&_pragma=busy_timeout(0)&_pragma=cache_size(-512)"); err != nil {
		return err
	}
	s.pen.SetMaxOpenConns(1)
	return nil
}

// source returns the name under which the driver opens s.
func (s *Store) source() string {
	q := url.Values{}
	q.Set("mode", "ro")
	if !s.readOnly {
		q.Set("mode", "rwc")
		q.Set("_txlock", "immediate")
		q.Add("_pragma", "synchronous(NORMAL)")
		q.Add("_pragma", "foreign_keys(1)")
		q.Add("_pragma", "journal_size_limit(16777216)")
	}
	return "file:" + (&url.URL{Path: s.path}).EscapedPath() + "?" + q.Encode()
}

// ReadOnly reports whether the library can only be read.
func (s *Store) ReadOnly() bool { return s.readOnly }

// Path returns the file that holds the library.
func (s *Store) Path() string { return s.path }

// DataVersion returns a number that is another one, within this Store, once another
// process, or another Store, has changed the library. It costs some microseconds.
func (s *Store) DataVersion(ctx context.Context) (int64, error) {
	var n int64
	if err := s.pen.QueryRowContext(ctx, "PRAGMA data_version").Scan(&n); err != nil {
		return 0, fmt.Errorf("look for changes of the library: %w", s.named(err))
	}
	return n, nil
}

// Close writes out what the write-ahead log holds and ends the use of the library.
// Where no other process has it open, its file alone is the whole library then.
func (s *Store) Close() error {
	if s.db == nil || s.pen == nil {
		return nil
	}
	if !s.readOnly && s.pen.Stats().OpenConnections > 0 {
		_, _ = s.pen.Exec("PRAGMA wal_checkpoint(PASSIVE)") // another process may be at it
	}
	return errors.Join(s.db.Close(), s.pen.Close())
}

func bare(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
