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

	"modernc.org/sqlite" // its errors
	sqlite3 "modernc.org/sqlite/lib"

	"byline/annotate/library/db/prepared"
)

// A conn holds the connections of this process to one library, shared by the parts of a
// [DB].
type conn struct {
	reads    *sql.DB
	writes   *sql.DB // has one connection
	path     string
	readOnly bool
	params   url.Values // of the data source, beside the usual ones; for tests
	synced   string     // the level of synchronous that the writer is at; belongs to who holds its connection
	syncDir  func(dir string)
	folding
}

// open connects to the library, which it creates or migrates if needed.
func (c *conn) open(ctx context.Context) error {
	made, err := c.prepareFolder()
	if err != nil {
		return err
	}
	if err := c.connect(c.dataSource()); err != nil {
		return err
	}
	at, err := c.schema(ctx)
	if c.readOnly && cannotOpen(err) {
		// SQLite keeps an index of the log next to the file and may not create it:
		// https://www.sqlite.org/wal.html#readonly
		if c.hasUnreadWAL() {
			return fmt.Errorf("%w, and some of it is still in %s-wal: open it once where it can be written", ErrReadOnly, c.path)
		}
		c.close()
		if err := c.connect(c.dataSource() + "&immutable=1"); err != nil {
			return err
		}
		at, err = c.schema(ctx)
	}
	if err != nil {
		return err
	}
	if made {
		_ = os.Chmod(c.path, 0o600) // others cannot enter the folder anyway
	}
	if err := c.enableWAL(ctx); err != nil {
		return err
	}
	return c.migrate(ctx, at)
}

// prepareFolder creates the folder of a new library, and reports whether the library is
// new. It refuses what cannot be one without opening the file: closing it again would drop
// the [POSIX locks] that another DB of this process may hold on it.
//
// [POSIX locks]: https://www.sqlite.org/howtocorrupt.html
func (c *conn) prepareFolder() (made bool, err error) {
	dir := filepath.Dir(c.path)
	if err := c.makeFolder(dir); err != nil {
		return false, pathCause(err)
	}
	info, err := os.Stat(c.path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !writable(dir):
		return false, fmt.Errorf("make it: %w", ErrReadOnly)
	case errors.Is(err, fs.ErrNotExist):
		return true, nil
	case err != nil:
		return false, pathCause(err)
	case info.IsDir():
		return false, fmt.Errorf("%w: it is a folder", ErrNotOurs)
	case !info.Mode().IsRegular():
		return false, fmt.Errorf("%w: it is not a regular file", ErrNotOurs)
	}
	c.readOnly = !writable(c.path) || !writable(dir)
	return false, nil
}

// makeFolder makes a folder and those above it that are missing, each so that it outlives a power cut.
func (c *conn) makeFolder(dir string) error {
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	above := filepath.Dir(dir)
	if err := c.makeFolder(above); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	c.syncDir(above)
	return nil
}

// syncDir writes out which files a folder has. Not every system can; none says what else to do.
func syncDir(dir string) {
	if f, err := os.Open(dir); err == nil {
		_ = f.Sync()
		f.Close()
	}
}

// hasUnreadWAL reports whether a process left writes in the write-ahead log that an
// immutable connection would not see.
func (c *conn) hasUnreadWAL() bool {
	info, err := os.Stat(c.path + "-wal")
	return err == nil && info.Size() > 0
}

// connect prepares both pools; they connect when they are first used. Readers use SQLite's
// own [busy timeout], for the few cases in which [readers wait too]. The writer has none,
// because retry waits for it.
//
// [busy timeout]: https://www.sqlite.org/c3ref/busy_timeout.html
// [readers wait too]: https://www.sqlite.org/wal.html#sometimes_queries_return_sqlite_busy_in_wal_mode
func (c *conn) connect(source string) (err error) {
	if c.reads, err = prepared.Open(source+"&_pragma=busy_timeout(10000)&_pragma=cache_size(-512)", false); err != nil {
		return err
	}
	c.reads.SetMaxOpenConns(4)
	if c.writes, err = prepared.Open(source+"&_pragma=busy_timeout(0)&_pragma=cache_size(-512)", true); err != nil {
		return err
	}
	c.writes.SetMaxOpenConns(1)
	return nil
}

// dataSource returns the [URI] by which the driver opens the library.
//
// [URI]: https://www.sqlite.org/uri.html
func (c *conn) dataSource() string {
	q := url.Values{}
	q.Set("mode", "ro")
	if !c.readOnly {
		q.Set("mode", "rwc")
		q.Set("_txlock", "immediate")
		q.Add("_pragma", "synchronous("+decided+")")
		q.Add("_pragma", "fullfsync(1)") // macOS: fsync alone leaves it in the drive's cache
		q.Add("_pragma", "foreign_keys(1)")
		q.Add("_pragma", "journal_size_limit(16777216)")
	}
	for k, v := range c.params {
		q[k] = append(q[k], v...)
	}
	return "file:" + (&url.URL{Path: c.path}).EscapedPath() + "?" + q.Encode()
}

// close writes out the write-ahead log and closes the connections.
func (c *conn) close() error {
	if c.reads == nil || c.writes == nil {
		return nil
	}
	c.stopFolding()
	if !c.readOnly && c.writes.Stats().OpenConnections > 0 {
		_, _ = c.writes.Exec("PRAGMA wal_checkpoint(PASSIVE)") // another process may be writing
	}
	return errors.Join(c.reads.Close(), c.writes.Close())
}

// pathCause returns the error inside an [fs.PathError], whose path the caller names
// itself.
func pathCause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// toMillis returns t in Unix milliseconds, or 0 for the zero time.
func toMillis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// fromMillis is the reverse of toMillis; its times are in UTC.
func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// Levels of [synchronous]: what somebody decided is on the disk when it is written, the rest when
// the next decision is, or the write-ahead log is folded into the library.
//
// [synchronous]: https://www.sqlite.org/pragma.html#pragma_synchronous
const (
	decided = "FULL"
	soon    = "NORMAL"
)

// A writer is one of write and writeSoon.
type writer = func(context.Context, func(*sql.Tx) error) error

// write runs f in a transaction that holds the write lock from its start. It may run f
// more than once, if an earlier transaction was rolled back. What f wrote outlives a power cut.
func (c *conn) write(ctx context.Context, f func(*sql.Tx) error) error {
	return c.transact(ctx, decided, f)
}

// writeSoon is write for what nobody decided, so that adding thousands of articles does not wait for
// the disk each time. What f wrote outlives the process, and a power cut after some seconds.
func (c *conn) writeSoon(ctx context.Context, f func(*sql.Tx) error) error {
	return c.transact(ctx, soon, f)
}

func (c *conn) transact(ctx context.Context, level string, f func(*sql.Tx) error) error {
	if c.readOnly {
		return ErrReadOnly
	}
	err := retry(ctx, func() error { return c.attempt(ctx, level, f) })
	if err == nil {
		c.foldLater()
	}
	return c.explain(err)
}

// attempt is one attempt of transact.
func (c *conn) attempt(ctx context.Context, level string, f func(*sql.Tx) error) error {
	one, err := c.writes.Conn(ctx)
	if err != nil {
		return err
	}
	defer one.Close() // waits for the end of a transaction that ctx ended
	if c.synced == "" {
		// SQLite does so for a log that it makes, but only by the connection that made it.
		c.syncDir(filepath.Dir(c.path))
	}
	if c.synced != level {
		if _, err := one.ExecContext(ctx, "PRAGMA synchronous = "+level); err != nil {
			return err
		}
		c.synced = level
	}
	tx, err := one.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// maxWait is how long a writer waits for others before it gives up.
const maxWait = 30 * time.Second

// retry calls f again while another process is in the way. It asks every millisecond:
// SQLite's own waiting, with pauses of up to 100 ms, rarely meets the moment between two
// transactions of a process that writes without end.
func retry(ctx context.Context, f func() error) error {
	for start := time.Now(); ; {
		err := f()
		code := codeOf(err)
		if code != sqlite3.SQLITE_BUSY && code != sqlite3.SQLITE_LOCKED || time.Since(start) > maxWait {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Millisecond):
		}
	}
}

// codeOf returns the primary [result code] of an error from SQLite, and 0 for any other
// error and for nil.
//
// [result code]: https://www.sqlite.org/rescode.html
func codeOf(err error) int {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return 0
	}
	return e.Code() & 0xff
}

// cannotOpen reports whether SQLite could not open or create the files it needs.
func cannotOpen(err error) bool {
	code := codeOf(err)
	return code == sqlite3.SQLITE_CANTOPEN || code == sqlite3.SQLITE_READONLY || code == sqlite3.SQLITE_IOERR
}

// explain replaces the errors from SQLite that a user can do something about.
func (c *conn) explain(err error) error {
	switch codeOf(err) {
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("%w: %s", ErrFull, c.path)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return fmt.Errorf("%w: %s", ErrReadOnly, c.path)
	case sqlite3.SQLITE_NOTADB:
		return ErrNotOurs
	case sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("the library is damaged: %w", err)
	}
	return err
}

// enableWAL switches the library to a write-ahead log, which the file remembers. A copy
// made by another program may have none.
func (c *conn) enableWAL(ctx context.Context) error {
	return retry(ctx, func() error {
		var mode string
		err := c.reads.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&mode)
		if err != nil || mode == "wal" || c.readOnly {
			return err
		}
		_, err = c.writes.ExecContext(ctx, "PRAGMA journal_mode = WAL")
		return err
	})
}
