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
// The log only grows, and appending a row twice is appending it once. Bodies of decisions
// are opaque here; what is asked of them across articles (who is named, what is quoted, by
// whom) is in tables of its own. Layers are stored in a code of this package's own, see
// [EncodeLayer], by version of the engine; another engine's layer counts as none.
//
// A [DB] is put together from parts, one for each group of tables: [Articles], [Layers],
// [Log], [Feeds], [Pages] and [Searches].
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
	"os"
	"path/filepath"
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

// A DB is an open library. It is safe for concurrent use.
type DB struct {
	Articles
	Layers
	Log
	Feeds
	Pages
	Searches
	*conn
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
func Open(ctx context.Context, path string) (*DB, error) {
	c := &conn{path: path}
	d := &DB{Articles{c}, Layers{c}, Log{c}, Feeds{c}, Pages{c}, Searches{c}, c}
	if err := c.open(ctx); err != nil {
		c.close()
		return nil, fmt.Errorf("open library %s: %w", path, c.explain(err))
	}
	return d, nil
}

// ReadOnly reports whether the library can only be read.
func (d *DB) ReadOnly() bool { return d.readOnly }

// Path returns the file that holds the library.
func (d *DB) Path() string { return d.path }

// DataVersion returns a number that is another one, within this DB, once another
// process, or another DB, has changed the library. It costs some microseconds.
func (d *DB) DataVersion(ctx context.Context) (int64, error) {
	var n int64
	if err := d.writes.QueryRowContext(ctx, "PRAGMA data_version").Scan(&n); err != nil {
		return 0, fmt.Errorf("look for changes of the library: %w", d.explain(err))
	}
	return n, nil
}

// Close writes out what the write-ahead log holds and ends the use of the library.
// Where no other process has it open, its file alone is the whole library then.
func (d *DB) Close() error { return d.close() }

// Meta returns what was stored under key, "" for nothing.
func (d *DB) Meta(ctx context.Context, key string) (string, error) {
	var v string
	err := d.reads.QueryRowContext(ctx, "SELECT value FROM meta WHERE key = ?", key).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read %q of the library: %w", key, d.explain(err))
	}
	return v, nil
}

// SetMeta stores value under key.
func (d *DB) SetMeta(ctx context.Context, key, value string) error {
	err := d.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", key, value)
		return err
	})
	if err != nil {
		return fmt.Errorf("store %q in the library: %w", key, err)
	}
	return nil
}
