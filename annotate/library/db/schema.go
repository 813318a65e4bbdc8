package db

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
)

//go:embed migrations/*.sql
var migrations embed.FS

// ours are tables that every library has had from the first migration on.
const ours = "'articles', 'versions', 'log', 'meta'"

// schema returns how many of the migrations the library has seen. It only reads, so
// that a file which is refused stays as it is.
func (s *Store) schema(ctx context.Context) (at int, err error) {
	list, err := steps()
	if err != nil {
		return 0, err
	}
	var tables, known int
	err = retry(ctx, func() error {
		return s.db.QueryRowContext(ctx, "SELECT (SELECT user_version FROM pragma_user_version), count(*), "+
			"count(CASE WHEN type = 'table' AND name IN ("+ours+") THEN 1 END) FROM sqlite_master").Scan(&at, &tables, &known)
	})
	switch {
	case err != nil:
		return 0, err
	case at == 0 && tables == 0:
		return 0, nil
	case at == 0 || known < 4:
		return 0, ErrNotOurs
	case at > len(list):
		return 0, ErrNewer
	}
	return at, nil
}

// migrate brings the schema up to date from migration at on.
func (s *Store) migrate(ctx context.Context, at int) error {
	list, err := steps()
	switch {
	case err != nil || at == len(list):
		return err
	case s.readOnly:
		return ErrReadOnly
	}
	return s.climb(ctx, list)
}

// ahead gives the library a write-ahead log, which stays with the file. A copy that
// another program made may have none.
func (s *Store) ahead(ctx context.Context) error {
	return retry(ctx, func() error {
		var mode string
		err := s.db.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&mode)
		if err != nil || mode == "wal" || s.readOnly {
			return err
		}
		_, err = s.pen.ExecContext(ctx, "PRAGMA journal_mode = WAL")
		return err
	})
}

// climb runs the migrations that the library has not seen, all or none. Two processes
// may start at once: it looks again first.
func (s *Store) climb(ctx context.Context, list []string) error {
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
		_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", at))
		return err
	})
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
