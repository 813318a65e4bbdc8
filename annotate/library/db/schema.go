package db

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
)

//go:embed migrations/*.sql
var migrations embed.FS

// firstTables are tables that every library has had since the first migration.
const firstTables = "'articles', 'versions', 'log', 'meta'"

// Schema returns the number of the migration that this program brings libraries to. It refuses those
// with a higher one, and opens all with a lower.
func Schema() (int, error) {
	list, err := migrationScripts()
	return len(list), err
}

// What is left of a library that was copied, or damaged, in part.
var (
	errNoTables = fmt.Errorf("%w: its file has no tables, as one that was copied without the -wal beside it", ErrDamaged)
	errTables   = fmt.Errorf("%w: what its file says of its own tables is wrong", ErrDamaged)
)

// schema returns how many migrations the library has seen. It only reads, so a file that
// is refused stays as it is.
func (c *conn) schema(ctx context.Context) (at int, err error) {
	list, err := migrationScripts()
	if err != nil {
		return 0, err
	}
	var tables, known int
	err = retry(ctx, func() error {
		return c.reads.QueryRowContext(ctx, "SELECT (SELECT user_version FROM pragma_user_version), count(*), "+
			"count(CASE WHEN type = 'table' AND name IN ("+firstTables+") THEN 1 END) FROM sqlite_master").Scan(&at, &tables, &known)
	})
	switch {
	case err != nil:
		return 0, err
	case at == 0 && tables == 0 && c.at.New:
		return 0, nil
	case at == 0 && tables == 0:
		return 0, errNoTables
	case known == 4 && at == 0, known == 2, known == 3:
		return 0, errTables
	case known < 4:
		return 0, ErrNotOurs
	case at > len(list):
		return 0, ErrNewer
	}
	return at, nil
}

// migrate runs the migrations after number at. Before, of a library that has something, it calls first.
func (c *conn) migrate(ctx context.Context, at int, first func(context.Context) error) error {
	list, err := migrationScripts()
	switch {
	case err != nil || at == len(list):
		return err
	case c.at.ReadOnly:
		return fmt.Errorf("it was written by an older byline and has to be brought up to date: %w", c.at.Why())
	}
	if at > 0 {
		if err := first(ctx); err != nil {
			return err
		}
	}
	return c.runMigrations(ctx, list)
}

// runMigrations runs the migrations that the library has not seen, all or none. Two
// processes may start at once, so it checks the version again first.
func (c *conn) runMigrations(ctx context.Context, list []migration) error {
	return c.write(ctx, func(tx *sql.Tx) error {
		var at int
		if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&at); err != nil {
			return err
		}
		for ; at < len(list); at++ {
			if _, err := tx.ExecContext(ctx, list[at].sql); err != nil {
				return fmt.Errorf("migration %s: %w", list[at].name, err)
			}
			if fill := afterMigration[list[at].name]; fill != nil {
				if err := fill(ctx, tx); err != nil {
					return fmt.Errorf("migration %s: %w", list[at].name, err)
				}
			}
		}
		_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", at))
		return err
	})
}

// afterMigration does what the migrations with these names cannot do in SQL.
var afterMigration = map[string]func(context.Context, *sql.Tx) error{"0005_labels.sql": labelStoredNames, "0012_compact.sql": beginTidying}

// A migration brings the schema of a library one step further.
type migration struct{ name, sql string }

// migrationScripts returns the migrations in order.
func migrationScripts() ([]migration, error) {
	entries, err := migrations.ReadDir("migrations")
	if err != nil {
		return nil, err
	}
	out := make([]migration, 0, len(entries))
	for _, e := range entries {
		b, err := migrations.ReadFile("migrations/" + e.Name())
		if err != nil {
			return nil, err
		}
		out = append(out, migration{e.Name(), string(b)})
	}
	return out, nil
}
