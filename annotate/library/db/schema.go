package db

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"strconv"

	"byline/annotate/library/db/code"
	"byline/annotate/library/db/words"
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

// newWords makes an index of the words of texts and titles, with the text first: what is in the first column takes two
// bytes less for each word of each article. Words that are typed in part are looked up among all that begin so, which
// another index of one to three letters made quicker, at three times the size.
const newWords = `CREATE VIRTUAL TABLE %s USING fts5 (
	text, title, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2'
)`

// tidying is the key of meta with the number of the last article that was tidied; there is none once all are.
const tidying = "tidied"

// beginTidying follows migration 12. A library without articles gets the new index of words at once; in another it is
// filled by Tidy.
func beginTidying(ctx context.Context, tx *sql.Tx) error {
	var any bool
	if err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM articles)").Scan(&any); err != nil {
		return err
	}
	if !any {
		return runAll(ctx, tx, []string{"DROP TABLE words", fmt.Sprintf(newWords, "words")})
	}
	return runAll(ctx, tx, []string{fmt.Sprintf(newWords, "words_next"), "INSERT INTO meta (key, value) VALUES ('" + tidying + "', '0')"})
}

// tidied returns the last article that was tidied, and whether there are more.
func tidied(ctx context.Context, q interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}) (last int64, more bool, err error) {
	var value string
	err = q.QueryRowContext(ctx, "SELECT value FROM meta WHERE key = '"+tidying+"'").Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	if err == nil {
		last, err = strconv.ParseInt(value, 10, 64)
	}
	return last, err == nil, err
}

// tidyAtOnce is how many articles a step of Tidy takes: some 20 ms.
const tidyAtOnce = 64

// Tidy writes some articles anew that an older program wrote, in fewer bytes, and reports whether there are more. What
// becomes free in the file is used for what is added later.
func (d *DB) Tidy(ctx context.Context) (more bool, err error) {
	if d.at.ReadOnly {
		return false, nil
	}
	if _, more, err = tidied(ctx, d.reads); err != nil || !more {
		return false, d.explain(err)
	}
	err = d.writeSoon(ctx, func(tx *sql.Tx) error {
		var last int64
		if last, more, err = tidied(ctx, tx); err != nil || !more {
			return err
		}
		list, err := articlesAfter(ctx, tx, last)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			more = false
			return runAll(ctx, tx, []string{"DROP TABLE words", "ALTER TABLE words_next RENAME TO words", "DELETE FROM meta WHERE key = '" + tidying + "'"})
		}
		var l words.Later
		for _, a := range list {
			if err := tidy(ctx, tx, &l, a); err != nil {
				return err
			}
			last = a.num
		}
		if err := l.Write(ctx, tx); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE meta SET value = ? WHERE key = '"+tidying+"'", strconv.FormatInt(last, 10))
		return err
	})
	if err != nil {
		return false, fmt.Errorf("tidy the library: %w", err)
	}
	return more, nil
}

// untidy is an article that Tidy writes anew.
type untidy struct {
	num, version int64
	title        string
}

func articlesAfter(ctx context.Context, tx *sql.Tx, last int64) ([]untidy, error) {
	rows, err := tx.QueryContext(ctx, "SELECT num, version, title FROM articles WHERE num > ? ORDER BY num LIMIT ?", last, tidyAtOnce)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []untidy
	for rows.Next() {
		var a untidy
		if err := rows.Scan(&a.num, &a.version, &a.title); err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, rows.Err()
}

// tidy compresses the texts of an article and indexes its words.
func tidy(ctx context.Context, tx *sql.Tx, l *words.Later, a untidy) error {
	rows, err := tx.QueryContext(ctx, "SELECT version, text FROM versions WHERE article = ?", a.num)
	if err != nil {
		return err
	}
	defer rows.Close()
	texts := map[int64]string{}
	for rows.Next() {
		var version int64
		var text code.Text
		if err := rows.Scan(&version, &text); err != nil {
			return err
		}
		texts[version] = string(text)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	rows.Close()
	for version, text := range texts {
		if _, err := tx.ExecContext(ctx, "UPDATE versions SET text = ? WHERE article = ? AND version = ?", code.EncodeText(text), a.num, version); err != nil {
			return err
		}
	}
	l.Add(words.TextsNext, a.num, texts[a.version], a.title)
	return nil
}

// wordIndexes returns the indexes of words that an article is in.
func wordIndexes(ctx context.Context, tx *sql.Tx, num int64) ([]words.Index, error) {
	last, more, err := tidied(ctx, tx)
	if err != nil || !more || num > last {
		return []words.Index{words.Texts}, err
	}
	return []words.Index{words.Texts, words.TextsNext}, nil
}
