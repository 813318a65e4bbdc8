// Package store keeps the library: a SQLite database with the articles in all
// their versions, where a reader left off, status and tags, the layers that a
// machine made, and the log of what people decided.
//
// # What holds
//
// A call that returned is on the disk as far as a killed process goes: every write
// is one transaction in a write-ahead log. synchronous is NORMAL, so a power cut may
// take the last moments' transactions with it, never tear one, and a decision costs
// some 30 µs instead of the 5 ms of a flush to the platter.
//
// Processes work side by side: readers never wait, writers wait for each other up
// to ten seconds. The log only grows, and appending a row twice is appending it
// once. Articles, layers and rows are opaque here where they can be: this package
// knows nothing of people and quotes.
//
// The database's user_version is the number of the last migration. A library that
// a newer program wrote is refused, never touched.
package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"modernc.org/sqlite" // the driver, and its errors
	sqlite3 "modernc.org/sqlite/lib"
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

//go:embed migrations/*.sql
var migrations embed.FS

// A Store is an open library. It is safe for concurrent use.
type Store struct {
	db       *sql.DB
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

// Open opens the library at path, which is made where there is none. Where it
// cannot be written it is opened for reading.
func Open(ctx context.Context, path string) (*Store, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("open library %s: %w", path, bare(err))
	}
	s := &Store{path: path, readOnly: !writable(path)}
	var err error
	if s.db, err = sql.Open("sqlite", s.source()); err != nil {
		return nil, fmt.Errorf("open library %s: %w", path, err)
	}
	s.db.SetMaxOpenConns(4)
	if err := s.prepare(ctx); err != nil {
		s.db.Close()
		return nil, fmt.Errorf("open library %s: %w", path, s.named(err))
	}
	return s, nil
}

// source returns the name under which the driver opens s.
func (s *Store) source() string {
	q := url.Values{}
	q.Add("_pragma", "busy_timeout(10000)")
	if s.readOnly {
		q.Set("mode", "ro")
		q.Set("immutable", "1")
	} else {
		q.Add("_pragma", "journal_mode(WAL)")
		q.Add("_pragma", "synchronous(NORMAL)")
		q.Add("_pragma", "foreign_keys(1)")
		q.Add("_pragma", "cache_size(-8000)")
		q.Set("_txlock", "immediate")
	}
	return "file:" + (&url.URL{Path: s.path}).EscapedPath() + "?" + q.Encode()
}

// writable reports whether the file at path, or a new one there, can be written.
func writable(path string) bool {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return true
	}
	if err != nil {
		return false
	}
	f.Close()
	probe, err := os.CreateTemp(filepath.Dir(path), ".byline-*")
	if err != nil {
		return false // SQLite needs its log beside the file
	}
	probe.Close()
	os.Remove(probe.Name())
	return true
}

// ReadOnly reports whether the library can only be read.
func (s *Store) ReadOnly() bool { return s.readOnly }

// Path returns the file that holds the library.
func (s *Store) Path() string { return s.path }

// Close ends the use of the library.
func (s *Store) Close() error { return s.db.Close() }

// prepare brings the schema up to date. Two processes may start at once: each
// migration runs in a transaction that looks again first.
func (s *Store) prepare(ctx context.Context) error {
	list, err := steps()
	if err != nil {
		return err
	}
	at, err := s.schema(ctx, list)
	if err != nil || at == len(list) {
		return err
	}
	if s.readOnly {
		return ErrReadOnly
	}
	return s.migrate(ctx, list)
}

// steps returns the migrations in order.
func steps() ([]string, error) {
	entries, err := migrations.ReadDir("migrations")
	if err != nil {
		return nil, err
	}
	out := make([]string, 0, len(entries))
	for _, e := range entries {
		b, err := migrations.ReadFile("migrations/" + e.Name())
		if err != nil {
			return nil, err
		}
		out = append(out, string(b))
	}
	return out, nil
}

// schema returns how many of the migrations the library has seen.
func (s *Store) schema(ctx context.Context, list []string) (int, error) {
	var at, tables int
	err := retry(ctx, func() error {
		return s.db.QueryRowContext(ctx, "SELECT (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_master)").Scan(&at, &tables)
	})
	switch {
	case err != nil:
		return 0, err
	case at > len(list):
		return 0, ErrNewer
	case at == 0 && tables > 0:
		return 0, ErrNotOurs
	}
	return at, nil
}

func (s *Store) migrate(ctx context.Context, list []string) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		var at int
		if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&at); err != nil {
			return err
		}
		for ; at < len(list); at++ {
			if _, err := tx.ExecContext(ctx, list[at]); err != nil {
				return fmt.Errorf("migration %d: %w", at+1, err)
			}
		}
		_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", len(list)))
		return err
	})
}

// write runs f in a transaction that holds the only right to write from its start.
func (s *Store) write(ctx context.Context, f func(*sql.Tx) error) error {
	if s.readOnly {
		return ErrReadOnly
	}
	return s.named(retry(ctx, func() error {
		tx, err := s.db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback()
		if err := f(tx); err != nil {
			return err
		}
		return tx.Commit()
	}))
}

// retry calls f again while another process is in the way in one of the few places
// where SQLite does not wait by itself, such as the switch to a write-ahead log.
func retry(ctx context.Context, f func() error) error {
	const patience = 10 * time.Second
	for start := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		err := f()
		var e *sqlite.Error
		if err == nil || !errors.As(err, &e) || time.Since(start) > patience || ctx.Err() != nil {
			return err
		}
		if code := e.Code() & 0xff; code != sqlite3.SQLITE_BUSY && code != sqlite3.SQLITE_LOCKED {
			return err
		}
	}
}

// named gives the errors of SQLite that people can do something about their names.
func (s *Store) named(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("%w: %s", ErrFull, s.path)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return fmt.Errorf("%w: %s", ErrReadOnly, s.path)
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("%w: %s", ErrNotOurs, s.path)
	}
	return err
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
