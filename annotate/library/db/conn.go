package db

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"modernc.org/sqlite" // its errors
	sqlite3 "modernc.org/sqlite/lib"

	"byline/annotate/library/db/code"
	"byline/annotate/library/db/idle"
	"byline/annotate/library/db/place"
	"byline/annotate/library/db/prepared"
)

// A conn holds the connections of this process to one library, shared by the parts of a
// [DB].
type conn struct {
	reads  *sql.DB
	writes *prepared.Writer
	at     *place.Place
	idle   *idle.Timer // folds the log in once nothing was written for a while
	apart  asker       // of what whoever looks decided on sealed articles; nil for nobody
}

// connect prepares both pools; they connect when they are first used. Readers use SQLite's
// own [busy timeout], for the few cases in which [readers wait too]. The writer has none,
// because retry waits for it.
//
// [busy timeout]: https://www.sqlite.org/c3ref/busy_timeout.html
// [readers wait too]: https://www.sqlite.org/wal.html#sometimes_queries_return_sqlite_busy_in_wal_mode
func (c *conn) connect(source string) (err error) {
	if !strings.HasSuffix(source, evenDamaged) {
		source += "&_pragma=cache_size(-512)" // which asks for more of a file than may be left
	}
	if c.reads, err = prepared.Open(source + "&_pragma=busy_timeout(10000)"); err != nil {
		return err
	}
	c.reads.SetMaxOpenConns(4)
	c.writes, err = prepared.OpenWriter(source + "&_pragma=busy_timeout(0)&_pragma=cache_size(-4096)")
	return err
}

// dataSource returns by which data source the driver opens the library.
func (c *conn) dataSource() string {
	return c.at.Source(url.Values{
		"_txlock": {"immediate"},
		"_pragma": {
			"synchronous(" + decided + ")",
			"fullfsync(1)", // macOS: fsync alone leaves it in the drive's cache
			"foreign_keys(1)",
			"journal_size_limit(16777216)",
		},
	})
}

// close writes out the write-ahead log and closes the connections.
func (c *conn) close() error {
	if c.reads == nil || c.writes == nil {
		return c.at.Close()
	}
	c.idle.Stop()
	apart := closeApart(c)
	if c.at.Writable() && c.writes.Stats().OpenConnections > 0 {
		_, _ = c.writes.Exec("PRAGMA wal_checkpoint(PASSIVE)") // another process may be writing
	}
	err := errors.Join(apart, c.reads.Close(), c.writes.Close())
	if why := c.at.Damage.Why(); why != nil && !c.at.ReadOnly {
		c.at.Note(why) // again: SQLite may have folded the log in
	}
	return errors.Join(err, c.at.Close())
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
	if !c.at.Writable() {
		return c.at.Why()
	}
	err := retry(ctx, func() error { return c.attempt(ctx, level, f) })
	if err == nil {
		c.idle.Touch()
		c.mark(ctx)
	}
	return c.explain(err)
}

// mark writes the first page once after a log was begun, and in it the number of the library, so that the log is told from that of another:
// see [place.Place.Enter]. Where that fails the next transaction tries again.
func (c *conn) mark(ctx context.Context) {
	if !c.at.Begun() {
		return
	}
	if err := c.attempt(ctx, soon, func(tx *sql.Tx) error { return numberFile(ctx, tx) }); err == nil {
		c.at.Marked()
	}
}

// numberFile gives the file a number of its own, or writes the one that it has.
func numberFile(ctx context.Context, tx *sql.Tx) error {
	var number int32
	if err := tx.QueryRowContext(ctx, "SELECT application_id FROM pragma_application_id").Scan(&number); err != nil {
		return err
	}
	if number == 0 {
		var b [4]byte
		if _, err := rand.Read(b[:]); err != nil {
			return err
		}
		number = int32(binary.BigEndian.Uint32(b[:]) | 1)
	}
	_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d;", number))
	return err
}

// attempt is one attempt of transact.
func (c *conn) attempt(ctx context.Context, level string, f func(*sql.Tx) error) error {
	one, err := c.writes.Conn(ctx)
	if err != nil {
		return err
	}
	defer one.Close() // waits for the end of a transaction that ctx ended
	if c.writes.Level == "" {
		// SQLite does so for a log that it makes, but only by the connection that made it.
		c.at.Sync()
	}
	if c.writes.Level != level {
		// The semicolon keeps it from being prepared once: SQLite may obey a pragma when it is parsed, not when it is run.
		if _, err := one.ExecContext(ctx, "PRAGMA synchronous = "+level+";"); err != nil {
			return err
		}
		c.writes.Level = level
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
func codeOf(err error) int { return fullCodeOf(err) & 0xff }

// fullCodeOf is codeOf with what extends the code.
func fullCodeOf(err error) int {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return 0
	}
	return e.Code()
}

// Damaged reports whether an error says that a library is damaged.
func Damaged(err error) bool {
	return errors.Is(err, ErrDamaged) || errors.Is(err, code.ErrText) || codeOf(err) == sqlite3.SQLITE_CORRUPT
}

// cannotOpen reports whether SQLite could not open or create the files it needs.
func cannotOpen(err error) bool {
	code := codeOf(err)
	return code == sqlite3.SQLITE_CANTOPEN || code == sqlite3.SQLITE_READONLY || code == sqlite3.SQLITE_IOERR || code == sqlite3.SQLITE_FULL
}

// explain replaces the errors from SQLite that a user can do something about.
func (c *conn) explain(err error) error {
	c.noteDamage(err)
	return Explain(err, c.at.Path)
}

// Explain is explain for what is done to the file of a library by another way.
func Explain(err error, path string) error {
	for _, said := range []error{ErrFull, ErrDisk, ErrReadOnly, ErrDamaged, ErrBusy} {
		if errors.Is(err, said) {
			return err
		}
	}
	if errors.Is(err, code.ErrText) {
		return fmt.Errorf("%w: %w", ErrDamaged, code.ErrText)
	}
	switch code := fullCodeOf(err); code & 0xff {
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("%w: %s", ErrFull, path)
	case sqlite3.SQLITE_IOERR:
		return explainDisk(code, err, path)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return fmt.Errorf("%w: %s", ErrReadOnly, path)
	case sqlite3.SQLITE_NOTADB:
		return ErrNotOurs
	case sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("%w (%w)", ErrDamaged, err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fmt.Errorf("%w for half a minute: %s", ErrBusy, path)
	}
	return err
}

// explainDisk explains an error of the disk: what SQLite writes to fails like that when there is no room.
func explainDisk(code int, err error, path string) error {
	switch code {
	case sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_TRUNCATE, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_SHMOPEN,
		sqlite3.SQLITE_IOERR_SHMMAP, sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC:
		return fmt.Errorf("%w: %s (%w)", ErrFull, path, err)
	case sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_IOERR_CORRUPTFS, sqlite3.SQLITE_IOERR_DATA:
		return fmt.Errorf("%w (%w)", ErrDamaged, err)
	}
	return fmt.Errorf("%w: %s (%w)", ErrDisk, path, err)
}

// enableWAL switches the library to a write-ahead log, which the file remembers. A copy
// made by another program may have none.
func (c *conn) enableWAL(ctx context.Context) error {
	return retry(ctx, func() error {
		var mode string
		err := c.reads.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&mode)
		if err != nil || mode == "wal" || c.at.ReadOnly {
			return err
		}
		_, err = c.writes.ExecContext(ctx, "PRAGMA journal_mode = WAL")
		return err
	})
}

// foldAfter is how long after the last write the write-ahead log is folded into the library, so that the
// file alone is a copy of nearly all while somebody reads. Sooner would do it between two keys.
const foldAfter = 3 * time.Second

// fold writes the log into the library and empties it, unless somebody is in the way. [PASSIVE] does the
// work and keeps nobody waiting; TRUNCATE then has nothing left to copy. It is done by the writer's own
// connection, to which it must not look like a change by another process; see [DB.DataVersion].
//
// [PASSIVE]: https://www.sqlite.org/pragma.html#pragma_wal_checkpoint
func (c *conn) fold() bool {
	var busy, logged, done int
	err := c.reads.QueryRow("PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &logged, &done)
	if err != nil || busy != 0 || done < logged {
		return false
	}
	err = c.writes.QueryRow("PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &logged, &done)
	c.at.Emptied()
	return err == nil && busy == 0
}

// noteDamage notes that SQLite found the library damaged, if err says so: nothing is written into it from then on, by this process or
// another, until it is repaired.
func (c *conn) noteDamage(err error) {
	if codeOf(err) != sqlite3.SQLITE_CORRUPT || c.at.Damage == nil {
		return
	}
	if why := Explain(err, c.at.Path); c.at.Damage.Found(why) && !c.at.ReadOnly {
		c.at.Note(why)
	}
}

// Distrust notes beside a library that it was found damaged, so that nothing is written into it until it is repaired.
func Distrust(path string, why error) { placeOf(path).Note(why) }

// Trust takes back what [Distrust], or a process that met the damage, has noted.
func Trust(path string) error { return placeOf(path).Trust() }

func placeOf(path string) *place.Place {
	at := &place.Place{Path: path}
	at.Resolve()
	return at
}

// Partly returns an error that says how many articles and names could not be read, of a library that is damaged; nil if all could. What
// lists or searches them goes on behind those.
func (d *DB) Partly() error {
	var lacks []string
	some := func(n int, one, many string) {
		switch n {
		case 0:
		case 1:
			lacks = append(lacks, "1 "+one)
		default:
			lacks = append(lacks, fmt.Sprint(n, " ", many))
		}
	}
	ofArticles, ofNames := d.at.Damage.Lacks()
	some(ofArticles, "article", "articles")
	some(ofNames, "name", "names")
	if len(lacks) == 0 {
		return nil
	}
	return fmt.Errorf("%s could not be read: %w", strings.Join(lacks, " and "), ErrDamaged)
}

// around calls run for the articles up to a number, the latest first, around those that a damaged library cannot give. Run gets a condition
// on articles a, and must have no effect if it fails for more than one article. The error is that of run if that is
// another, or if it fails for all.
func (c *conn) around(ctx context.Context, last int64, run func(which string) error) error {
	nums, err := c.numbers(ctx,
		"SELECT num FROM articles INDEXED BY sqlite_autoindex_articles_1 ORDER BY id",
		"SELECT article FROM versions INDEXED BY sqlite_autoindex_versions_1 ORDER BY article, version")
	if len(nums) == 0 {
		return err
	}
	unread, err := byHalves("a.num", min(last, maxOf(nums)), nums, run)
	if err == nil {
		c.at.Damage.Unread(unread, 0)
	}
	return err
}

// aroundNames is around for the names of the library, rows p of the table of people.
func (c *conn) aroundNames(ctx context.Context, run func(which string) error) error {
	nums, err := c.numbers(ctx, "SELECT num FROM people INDEXED BY sqlite_autoindex_people_1 ORDER BY key, type")
	if len(nums) == 0 {
		return err
	}
	unread, err := byHalves("p.num", maxOf(nums), nums, run)
	if err == nil {
		c.at.Damage.Unread(0, unread)
	}
	return err
}

// byHalves calls run for the rows up to the last, by the number in a column, the highest first: for halves of those that cannot be read
// together. It returns how many of nums cannot be read; if that is all, the error of the first.
func byHalves(column string, last int64, nums map[int64]bool, run func(which string) error) (unread int, first error) {
	var part func(from, to int64) error
	part = func(from, to int64) error {
		which := fmt.Sprintf("%s BETWEEN %d AND %d", column, from, to)
		if from == to {
			which = fmt.Sprintf("%s = %d", column, from)
		}
		err := run(which)
		switch {
		case err == nil || !Damaged(err):
			return err
		case from == to:
			if first == nil {
				first = err
			}
			if nums[from] {
				unread++
			}
			return nil
		}
		middle := from + (to-from)/2
		if err := part(middle+1, to); err != nil {
			return err
		}
		return part(from, middle)
	}
	if err := part(1, last); err != nil {
		return unread, err
	}
	if unread < len(nums) {
		first = nil
	}
	return unread, first
}

func maxOf(nums map[int64]bool) (last int64) {
	for n := range nums {
		last = max(last, n)
	}
	return last
}

// numbers returns the rows that a damaged library has, by the first of queries of its indexes that can be read, or what can be read of all.
func (c *conn) numbers(ctx context.Context, queries ...string) (map[int64]bool, error) {
	out := map[int64]bool{}
	var failed error
	for _, query := range queries {
		rows, err := c.reads.QueryContext(ctx, query)
		if err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		for rows.Next() {
			var n int64
			if rows.Scan(&n) == nil {
				out[n] = true
			}
		}
		if err := rows.Err(); err != nil {
			failed = errors.Join(failed, err)
		}
		rows.Close()
		if failed == nil {
			return out, nil
		}
	}
	return out, failed
}
