// Package db keeps a library in one SQLite file: articles in all their versions, where a
// reader left off, status and tags, the layers that a machine made, the log of what people
// decided, the feeds they follow and the pages that articles were made from.
//
// A [DB] is put together from parts, one for each group of tables: [Articles], [Layers],
// [Log], [Feeds], [Pages], [Searches] and [People]. Two packages are below it:
//
//	code      writes texts, blocks and layers in few bytes
//	prepared  connections that keep their statements
//
// # Durability
//
// Every write is one transaction in a [write-ahead log], so a call that has returned outlives
// the process. What somebody decided outlives a power cut as well: the log, tags, merges,
// the trash, feeds and saved searches are written with [synchronous] FULL. What nobody decided
// (articles that are added, layers, where somebody reads) is written with NORMAL, and outlives a
// power cut once the next decision does, or when the log is folded into the file, a few seconds
// after the last write. TestPowerCut plays the power cuts.
//
// # Concurrency
//
// Processes share a library. Readers never wait. Each process writes over one connection
// and begins with [BEGIN IMMEDIATE], so a transaction that has started never fails because
// of another writer. While the lock is taken the process asks again every millisecond,
// which works better than SQLite's own [busy timeout] (see retry). No transaction lasts
// longer than adding one article or a small batch, and a batch pauses to let others in. So
// a keypress gets through while another process adds ten thousand articles.
//
// # Schema
//
// The [user_version] of the database is the number of the last migration. A library
// written by a newer program is refused, and so is a file that is not a library; neither
// is touched.
//
// The log only grows, and appending a row twice is the same as appending it once. The
// bodies of decisions are opaque here. What is asked across articles (who is named, what
// is quoted, by whom) is in tables of its own, with [FTS5] indexes; all of it can be
// rebuilt from the layers and the log. A layer is stored
// under the version of the engine; the layer of another engine does not count.
//
// Texts are compressed, each by itself, and so are layers. What an older program wrote is read as
// it is, and written anew bit by bit; see [DB.Tidy].
//
// [write-ahead log]: https://www.sqlite.org/wal.html
// [synchronous]: https://www.sqlite.org/pragma.html#pragma_synchronous
// [BEGIN IMMEDIATE]: https://www.sqlite.org/lang_transaction.html
// [busy timeout]: https://www.sqlite.org/c3ref/busy_timeout.html
// [user_version]: https://www.sqlite.org/pragma.html#pragma_user_version
// [FTS5]: https://www.sqlite.org/fts5.html
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
	ErrAmbiguous = errors.New("several articles have an ID that starts like this")
	ErrReadOnly  = errors.New("the library is read-only")
	ErrFull      = errors.New("the disk is full")
	ErrNewer     = errors.New("the library was written by a newer byline")
	ErrNotOurs   = errors.New("not a byline library")
)

// errDamaged says that something in the library cannot be as it was written.
var errDamaged = errors.New("the library is damaged")

// A DB is an open library. It is safe for concurrent use.
type DB struct {
	Articles
	Layers
	Log
	Feeds
	Pages
	Searches
	People
	*conn
}

// DefaultPath returns the library file used when no other is named: byline/library.db
// under XDG_DATA_HOME, or under .local/share in the home directory.
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

// Open opens the library at path and creates it, readable by its owner only, if there is
// none. A library that cannot be written is opened for reading. The errors are [ErrNewer],
// [ErrNotOurs], [ErrReadOnly] if a library had to be created or migrated, and those of the
// file system.
func Open(ctx context.Context, path string) (*DB, error) {
	return open(ctx, &conn{path: path, syncDir: syncDir})
}

func open(ctx context.Context, c *conn) (*DB, error) {
	d := &DB{Articles{c}, Layers{c}, Log{c}, Feeds{c}, Pages{c}, Searches{c}, People{c}, c}
	if err := c.open(ctx); err != nil {
		c.close()
		return nil, fmt.Errorf("open library %s: %w", c.path, c.explain(err))
	}
	return d, nil
}

// ReadOnly reports whether the library can only be read.
func (d *DB) ReadOnly() bool { return d.readOnly }

// Path returns the file that holds the library.
func (d *DB) Path() string { return d.path }

// DataVersion returns a number that changes when another process, or another DB of this
// process, has changed the library; what this DB writes does not change it. It costs a few
// microseconds. See [PRAGMA data_version].
//
// [PRAGMA data_version]: https://www.sqlite.org/pragma.html#pragma_data_version
func (d *DB) DataVersion(ctx context.Context) (int64, error) {
	var n int64
	if err := d.writes.QueryRowContext(ctx, "PRAGMA data_version").Scan(&n); err != nil {
		return 0, fmt.Errorf("look for changes of the library: %w", d.explain(err))
	}
	return n, nil
}

// Close writes out the write-ahead log and closes the library. If no other process has it
// open, its file alone is then the whole library.
func (d *DB) Close() error { return d.close() }

// Meta returns the value stored under key, or "" if there is none.
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
