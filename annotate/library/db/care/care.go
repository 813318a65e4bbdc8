// Package care looks after the file of a library: it copies it while it is used, keeps some copies of it, checks
// it, and saves what can be saved of one that is damaged.
//
// A [Snapshot] is the library at one moment. Copying it keeps nobody waiting, whoever writes meanwhile. A copy has
// its final name only once it is whole, checked and on the disk.
//
// [Check] asks SQLite whether the file is sound, compares every text with its hash, decodes every layer and every line of the logs of
// decisions, of the team and of merged names, and looks for decisions whose article is gone and for gaps in the indexes. [Rebuild] makes anew what follows from the rest.
// [Salvage] reads a damaged file row by row, around what cannot be read, into a new library. Below is:
//
//	graft  gives a file a new beginning that does not know its own tables any more
package care

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"strconv"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"byline/annotate/library/db"
)

// ErrExists says that the file of a copy exists already.
var ErrExists = fmt.Errorf("the file already exists: %w", fs.ErrExist)

// A Snapshot is a library as it was at one moment.
type Snapshot struct {
	of  *db.DB
	one *sql.Conn
}

// Begin holds the library as it is now, until End.
func Begin(ctx context.Context, d *db.DB) (*Snapshot, error) {
	one, err := d.SQL().Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the library: %w", err)
	}
	s := &Snapshot{d, one}
	for _, statement := range []string{"BEGIN", "SELECT count(*) FROM sqlite_master"} {
		if _, err := one.ExecContext(ctx, statement); err != nil {
			one.Close()
			return nil, fmt.Errorf("read the library: %w", err)
		}
	}
	var n int
	if err := one.QueryRowContext(ctx, "SELECT count(*) FROM articles").Scan(&n); err != nil {
		s.End(ctx)
		return nil, fmt.Errorf("read the library: %w", err)
	}
	return s, nil
}

// End lets the library go on.
func (s *Snapshot) End(ctx context.Context) {
	_, _ = s.one.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
	s.one.Close()
}

// A Copy is what a copy of a library holds.
type Copy struct {
	Path                string
	Bytes               int64
	Articles, Decisions int
}

// temporaryName is how the name of a copy begins that is being made.
const temporaryName = ".byline-"

// Write copies the library into one file, which is there as a whole or not at all. It never writes over a file
// unless force is set. The error is [ErrExists] then, and [db.ErrDamaged] if SQLite finds the copy damaged, which is
// not kept.
func (s *Snapshot) Write(ctx context.Context, to string, force bool) (Copy, error) {
	if _, err := os.Lstat(to); err == nil && !force {
		return Copy{}, ErrExists
	}
	if same, err := sameFile(to, s.of.Path()); err != nil || same {
		return Copy{}, errors.Join(err, errors.New("it is the library itself"))
	}
	temporary := filepath.Join(filepath.Dir(to), temporaryName+strconv.FormatUint(rand.Uint64(), 36))
	defer os.Remove(temporary)
	f, err := os.OpenFile(temporary, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return Copy{}, err
	}
	defer f.Close()
	if err := s.pages(ctx, temporary); err != nil {
		return Copy{}, db.Explain(err, to)
	}
	c, err := look(ctx, temporary)
	if err != nil {
		return Copy{}, err
	}
	if err := errors.Join(f.Sync(), place(temporary, to, force)); err != nil {
		return Copy{}, err
	}
	c.Path = to
	return c, nil
}

// sameFile reports whether two paths lead to one file.
func sameFile(a, b string) (bool, error) {
	x, err := os.Stat(a)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y), err
}

// atOnce is how many pages are copied before somebody may stop it.
const atOnce = 256

// pages copies the library's pages into a file of no bytes. What is on the disk then is up to the caller.
func (s *Snapshot) pages(ctx context.Context, to string) error {
	return s.one.Raw(func(c any) error {
		from, ok := c.(interface {
			NewBackup(string) (*sqlite.Backup, error)
		})
		if !ok {
			return errors.New("the driver of SQLite copies nothing")
		}
		b, err := from.NewBackup(dataSource(to, "_pragma", "journal_mode(OFF)", "_pragma", "synchronous(OFF)"))
		if err != nil {
			return err
		}
		for more := true; more && err == nil; {
			if more, err = b.Step(atOnce); err == nil {
				err = ctx.Err()
			}
		}
		return errors.Join(err, b.Finish())
	})
}

// dataSource returns by which data source the driver opens a file.
func dataSource(path string, params ...string) string {
	q := url.Values{}
	for i := 0; i < len(params); i += 2 {
		q.Add(params[i], params[i+1])
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// look says what a copy holds. The error is [db.ErrDamaged] if it is not sound.
func look(ctx context.Context, path string) (Copy, error) {
	c := Copy{Path: path}
	info, err := os.Stat(path)
	if err != nil {
		return c, err
	}
	c.Bytes = info.Size()
	file, err := sql.Open("sqlite", dataSource(path, "mode", "ro", "immutable", "1"))
	if err != nil {
		return c, err
	}
	defer file.Close()
	var says string
	if err := file.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&says); err != nil || says != "ok" {
		return c, fmt.Errorf("%w: %s", db.ErrDamaged, says)
	}
	err = file.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM log)").Scan(&c.Articles, &c.Decisions)
	return c, err
}

// place gives a file that is whole its final name, and writes that out.
func place(temporary, to string, force bool) error {
	var err error
	if force {
		err = os.Rename(temporary, to)
	} else if err = os.Link(temporary, to); errors.Is(err, fs.ErrExist) {
		return ErrExists
	} else if err != nil { // a file system without links
		err = os.Rename(temporary, to)
	}
	if err != nil {
		return err
	}
	if dir, err := os.Open(filepath.Dir(to)); err == nil {
		_ = dir.Sync() // not every system can
		dir.Close()
	}
	return nil
}

// Alone reports whether nobody else has the library at path open, as far as a damaged file lets that be seen. The
// error is [db.ErrBusy] if somebody has.
func Alone(ctx context.Context, path string) error {
	file, err := sql.Open("sqlite", dataSource(path, "mode", "rw", "_pragma", "busy_timeout(0)", "_pragma", "locking_mode(EXCLUSIVE)"))
	if err != nil {
		return err
	}
	defer file.Close()
	var n int
	var e *sqlite.Error
	err = file.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master").Scan(&n)
	if errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_BUSY {
		return fmt.Errorf("%w: end every other byline that reads it", db.ErrBusy)
	}
	return nil
}

// CopyRaw copies the file of a library that nobody has open, and its write-ahead log, as they are.
func CopyRaw(from, to string) error {
	for _, end := range []string{"", "-wal"} {
		in, err := os.Open(from + end)
		if errors.Is(err, fs.ErrNotExist) && end != "" {
			continue
		}
		if err != nil {
			return err
		}
		defer in.Close()
		out, err := os.OpenFile(to+end, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		_, err = io.Copy(out, in)
		if err := errors.Join(err, out.Sync(), out.Close()); err != nil {
			return err
		}
	}
	return nil
}

// Replace puts the library at from, which nobody has open, in the place of the one at to.
func Replace(from, to string) error {
	if real, err := filepath.EvalSymlinks(to); err == nil {
		to = real
	}
	for _, end := range []string{"-wal", "-shm"} { // which belong to the old one
		if err := os.Remove(to + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := db.Trust(to); err != nil {
		return err
	}
	return place(from, to, true)
}
