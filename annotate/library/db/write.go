package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"modernc.org/sqlite" // the driver, and its errors
	sqlite3 "modernc.org/sqlite/lib"
)

// write runs f in a transaction that holds the only right to write from its start. It
// may run f again, when the transaction before came to nothing.
func (s *Store) write(ctx context.Context, f func(*sql.Tx) error) error {
	if s.readOnly {
		return ErrReadOnly
	}
	return s.named(retry(ctx, func() error {
		tx, err := s.pen.BeginTx(ctx, nil)
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

// patience is how long a writer waits for others before it gives up.
const patience = 30 * time.Second

// retry calls f again while another process is in the way. Asking each millisecond is
// more often than SQLite's own waiting, whose pauses of up to 100 ms rarely meet the
// moment between two transactions of a process that writes without end.
func retry(ctx context.Context, f func() error) error {
	for start := time.Now(); ; {
		err := f()
		code := codeOf(err)
		if code != sqlite3.SQLITE_BUSY && code != sqlite3.SQLITE_LOCKED || time.Since(start) > patience {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Millisecond):
		}
	}
}

// codeOf returns SQLite's primary code of an error, 0 for another error and none.
func codeOf(err error) int {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return 0
	}
	return e.Code() & 0xff
}

// unopened reports whether SQLite could not open or make the files that it needs.
func unopened(err error) bool {
	code := codeOf(err)
	return code == sqlite3.SQLITE_CANTOPEN || code == sqlite3.SQLITE_READONLY || code == sqlite3.SQLITE_IOERR
}

// named gives the errors of SQLite that people can do something about their names.
func (s *Store) named(err error) error {
	switch codeOf(err) {
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("%w: %s", ErrFull, s.path)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return fmt.Errorf("%w: %s", ErrReadOnly, s.path)
	case sqlite3.SQLITE_NOTADB:
		return ErrNotOurs
	case sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("the library is damaged: %w", err)
	}
	return err
}
