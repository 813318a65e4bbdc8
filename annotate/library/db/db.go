// Package db keeps a library in one SQLite file: articles in all their versions, where a
// reader left off, status and tags, the layers that a machine made, the log of what people
// decided, the feeds they follow and the pages that articles were made from.
//
// A [DB] is put together from parts, one for each group of tables: [Articles], [Layers],
// [Log], [Feeds], [Pages], [Searches] and [People]. Below are:
//
//	code      writes texts, blocks and layers in few bytes
//	prepared  connections that keep their statements
//	place     where the file lies, and how it is opened
//	idle      tells when nothing was done for a while
//	words     makes texts and names searchable at the end of a transaction
//	care      looks after the file: copies, checks, repairs
//	hit       shows where a search found something
//	sums      counts people as somebody sees them
//	lens      has lists and queries see articles as somebody does
//	exchange  what other libraries are to have, and what they have
//	dbtest    makes libraries hostile, for tests
//
// # Durability
//
// Every write is one transaction in a [write-ahead log], so a call that has returned outlives
// the process. What somebody decided outlives a power cut as well: the logs, tags, merges,
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

	sqlite3 "modernc.org/sqlite/lib"

	"byline/annotate/library/db/exchange"
	"byline/annotate/library/db/idle"
	"byline/annotate/library/db/place"
)

// Errors that callers tell apart.
var (
	ErrNotFound  = errors.New("no such article in the library")
	ErrAmbiguous = errors.New("several articles have an ID that starts like this")
	ErrReadOnly  = place.ErrReadOnly
	ErrFull      = errors.New("the disk is full")
	ErrDisk      = errors.New("the disk has an error")
	ErrDamaged   = place.ErrDamaged
	ErrBusy      = errors.New("another program has kept the library locked")
	ErrNewer     = errors.New("the library was written by a newer byline")
	ErrNotOurs   = place.ErrNotOurs
	ErrForeign   = place.ErrForeign
)

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

// Options say how a library is opened. The zero Options work.
type Options struct {
	Look      bool                             // only to look at it: it is neither created nor migrated nor written
	Migrating func(context.Context, *DB) error // called before it is migrated; may be nil
}

// Open opens the library at path and creates it, readable by its owner only, if there is
// none. A library that cannot be written is opened for reading, and so is one that is damaged or
// on a full disk: see [DB.Trouble]. The errors are [ErrNewer], [ErrNotOurs], [ErrDamaged], [ErrReadOnly]
// if a library had to be created or migrated, and those of the file system.
func Open(ctx context.Context, path string) (*DB, error) { return OpenWith(ctx, path, Options{}) }

// OpenWith is Open with options.
func OpenWith(ctx context.Context, path string, o Options) (*DB, error) {
	return open(ctx, &conn{at: &place.Place{Path: path}}, o)
}

func open(ctx context.Context, c *conn, o Options) (*DB, error) {
	d := &DB{Articles{c}, Layers{c}, Log{c}, Feeds{c}, Pages{c}, Searches{c}, People{c}, c}
	c.idle = idle.After(foldAfter, c.fold)
	first := func(context.Context) error { return nil }
	if o.Migrating != nil {
		first = func(ctx context.Context) error { return o.Migrating(ctx, d) }
	}
	if err := c.open(ctx, o.Look, first); err != nil {
		c.at.ReadOnly = true // which writes nothing when it is closed
		c.close()
		return nil, fmt.Errorf("open library %s: %w", c.at.Path, c.explain(err))
	}
	return d, nil
}

// Exchange returns what is exchanged with other libraries. How far people have come is noted with each log that grows, if
// standing is not nil.
func (d *DB) Exchange(standing Standing) exchange.Store {
	s := exchange.Store{Reads: d.reads, Write: d.write, Explain: d.explain, Index: indexWords, Drop: dropLayer}
	if standing != nil {
		s.Grown = standing.grown
	}
	return s
}

// open connects to the library, which it creates or migrates if needed, unless it is only to look at. It calls
// first before it migrates.
func (c *conn) open(ctx context.Context, look bool, first func(context.Context) error) error {
	c.at.Damage = &place.Damage{}
	missing, err := c.at.Prepare(look)
	if err == nil && missing {
		err = c.create(ctx)
	}
	if err != nil {
		return err
	}
	if err := c.at.Enter(); err != nil {
		return err
	}
	at, err := c.connectSomehow(ctx)
	if err != nil {
		return err
	}
	if look {
		return nil
	}
	if err := c.enableWAL(ctx); err != nil {
		return err
	}
	return c.migrate(ctx, at, first)
}

// create makes a new library in a file with another name, and then gives it its own: what has the name of a library is a whole
// one, whoever is killed meanwhile or makes it at the same time.
func (c *conn) create(ctx context.Context) (err error) {
	at, err := c.at.Begin()
	if err != nil {
		return err
	}
	defer at.Discard()
	n := &conn{at: at, idle: idle.After(foldAfter, func() bool { return true })}
	if _, err = n.try(ctx, ""); err == nil {
		err = n.enableWAL(ctx)
	}
	if err == nil {
		err = n.migrate(ctx, 0, nil)
	}
	if err = errors.Join(err, n.close()); err != nil {
		return err
	}
	return c.at.Become(at)
}

// connectSomehow connects to the library in the first way by which it can be read, and returns how many
// migrations it has seen. Where it can be read only, c.trouble says why.
func (c *conn) connectSomehow(ctx context.Context) (at int, err error) {
	if at, err = c.try(ctx, ""); err == nil {
		if !c.cutShort(ctx) {
			return at, nil
		}
		err = errCut
	}
	if codeOf(err) == sqlite3.SQLITE_NOTADB && place.IsOurs(c.at.File) {
		return 0, errFirstPage
	}
	switch why := c.explain(err); {
	case errors.Is(why, ErrDamaged):
		c.at.ForReading(why)
		return c.try(ctx, evenDamaged)
	case !cannotOpen(err):
		return 0, err
	case !c.at.ReadOnly && (errors.Is(why, ErrFull) || errors.Is(why, ErrDisk)):
		c.at.ForReading(why)
	case !c.at.ReadOnly:
		return 0, err
	}
	// SQLite keeps an index of the log next to the file and may not, or cannot, create it:
	// https://www.sqlite.org/wal.html#readonly
	if !c.at.HasUnreadWAL() {
		c.at.Immutable()
		return c.try(ctx, "")
	}
	if err := c.at.CopyAside(); err != nil {
		return 0, fmt.Errorf("%w, and some of it is still in %s-wal: open it once where it can be written", c.at.Why(), c.at.Path)
	}
	return c.try(ctx, "")
}

// try connects by the usual data source and more, and reads how many migrations the library has seen.
func (c *conn) try(ctx context.Context, more string) (at int, err error) {
	if c.reads != nil {
		_ = errors.Join(c.reads.Close(), c.writes.Close())
	}
	if err := c.connect(c.dataSource() + more); err != nil {
		return 0, err
	}
	return c.schema(ctx)
}

// evenDamaged has SQLite read what is left of a file that is shorter than it should be.
const evenDamaged = "&_pragma=writable_schema(1)"

// errFirstPage says that the page without which SQLite reads nothing is damaged.
var errFirstPage = fmt.Errorf("%w: the beginning of its file is not that of a database any more", ErrDamaged)

// errCut says that a file ends too soon.
var errCut = fmt.Errorf("%w: its file is cut short, as by a copy that was not finished", ErrDamaged)

// cutShort reports whether the file ends within a page, which SQLite would read as zeros.
func (c *conn) cutShort(ctx context.Context) bool {
	var page int64
	if c.reads.QueryRowContext(ctx, "PRAGMA page_size").Scan(&page) != nil || page == 0 {
		return false
	}
	info, err := os.Stat(c.at.File)
	return err == nil && info.Size()%page != 0
}

// ReadOnly reports whether the library can only be read.
func (d *DB) ReadOnly() bool { return !d.at.Writable() }

// SQL returns the connections that read the library, for those who look after its file.
func (d *DB) SQL() *sql.DB { return d.reads }

// Trouble returns why a library that could be written otherwise can only be read: [ErrFull], [ErrDisk] or
// [ErrDamaged]; nil if that is not so.
func (d *DB) Trouble() error {
	if d.at.Trouble != nil {
		return d.at.Trouble
	}
	return d.at.Damage.Why()
}

// Path returns the file that holds the library.
func (d *DB) Path() string { return d.at.Path }

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

// Reading returns d for somebody who only reads: what would write fails with [ErrReadOnly]. It shares the connections of
// d, and is not closed.
func (d *DB) Reading() *DB {
	at := *d.at
	at.ReadOnly, at.Trouble = true, nil
	return d.sharing(&at)
}
