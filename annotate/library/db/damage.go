package db

import (
	"context"
	"errors"
	"fmt"

	sqlite3 "modernc.org/sqlite/lib"

	"byline/annotate/library/db/place"
)

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

// Partly returns an error that says how many articles could not be read, of a library that is damaged; nil if all could. What
// lists or searches articles goes on behind those.
func (d *DB) Partly() error {
	switch n := d.at.Damage.Lacks(); n {
	case 0:
		return nil
	case 1:
		return fmt.Errorf("1 article could not be read: %w", ErrDamaged)
	default:
		return fmt.Errorf("%d articles could not be read: %w", n, ErrDamaged)
	}
}

// around calls run for the articles up to a number, the latest first, around those that a damaged library cannot give. Run gets a condition
// on articles a, and must have no effect if it fails for more than one article. The error is that of run if that is
// another, or if it fails for all.
func (c *conn) around(ctx context.Context, last int64, run func(which string) error) error {
	nums, err := c.numbers(ctx)
	if len(nums) == 0 {
		return err
	}
	last = min(last, maxOf(nums))
	unread := 0
	var first error
	var part func(from, to int64) error
	part = func(from, to int64) error {
		which := fmt.Sprintf("a.num BETWEEN %d AND %d", from, to)
		if from == to {
			which = fmt.Sprintf("a.num = %d", from)
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
		return err
	}
	if unread == len(nums) {
		return first
	}
	c.at.Damage.Unread(unread)
	return nil
}

func maxOf(nums map[int64]bool) (last int64) {
	for n := range nums {
		last = max(last, n)
	}
	return last
}

// numbers returns the rows of the articles that a damaged library has, by what can be read of its indexes.
func (c *conn) numbers(ctx context.Context) (map[int64]bool, error) {
	out := map[int64]bool{}
	var failed error
	for _, query := range []string{
		"SELECT num FROM articles INDEXED BY sqlite_autoindex_articles_1 ORDER BY id",
		"SELECT article FROM versions INDEXED BY sqlite_autoindex_versions_1 ORDER BY article, version",
	} {
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
