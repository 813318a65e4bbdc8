package care

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"byline/annotate/library/db"
)

// Asked says what is wrong with a decision, in words; empty if nothing is. Newer says that nothing is but what this program does not know, as
// where a newer one wrote it. It belongs to whoever knows what decisions are.
type Asked = func(r *db.Row) (wrong string, newer bool)

// A decided is a row of the log, as a check goes through them.
type decided struct {
	db.Row
	num   int64  // of its article
	named string // the article, in words
	wrong string // what is wrong with it
	newer bool   // nothing is, as far as this program knows
}

func (d *decided) String() string {
	when := "at no time"
	if !d.At.IsZero() {
		when = d.At.Format("2006-01-02 15:04")
	}
	return fmt.Sprintf("%s, by %.40s, %s: %s", d.named, d.Who, when, d.wrong)
}

// logQuery selects the rows of a log, as readDecided reads them.
const logQuery = `SELECT l.seq, l.id, l.version, l.at, l.who, l.body, l.article, coalesce(a.id, ''), coalesce(a.title, '')
	FROM log l NOT INDEXED LEFT JOIN articles a ON a.num = l.article`

// eachDecided reads rows of a log, whatever is in their columns.
func eachDecided(ctx context.Context, from querier, query string, args []any, each func(*decided)) error {
	rows, err := from.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var d decided
		var version, at, num any
		var id, who, article, title sql.RawBytes
		if err := rows.Scan(&d.Seq, &id, &version, &at, &who, &d.Body, &num, &article, &title); err != nil {
			return err
		}
		d.ID, d.Who = string(id), string(who)
		t := text{id: string(article), title: string(title)}
		d.named = strings.TrimSpace(t.String())
		n, ok := version.(int64)
		ms, ok2 := at.(int64)
		of, ok3 := num.(int64)
		if d.Version, d.num = int(n), of; ms != 0 {
			d.At = time.UnixMilli(ms).UTC()
		}
		if !ok || !ok2 || !ok3 || n < 1 {
			d.wrong = "what stands beside it is wrong"
		}
		each(&d)
	}
	return rows.Err()
}

// unsound returns the decisions with which something is wrong, and how many there are in all.
func unsound(ctx context.Context, from querier, ask Asked) (all int, wrong []decided, err error) {
	err = eachDecided(ctx, from, logQuery+" ORDER BY l.seq", nil, func(d *decided) {
		all++
		if d.wrong == "" && ask != nil {
			d.wrong, d.newer = ask(&d.Row)
		}
		if d.wrong != "" {
			wrong = append(wrong, *d)
		}
	})
	return all, wrong, err
}

// soundIn returns the rows of a copy that stand where wrong ones do, and with which nothing is wrong, by their place in the log.
func soundIn(ctx context.Context, copied *sql.DB, wrong []decided, ask Asked) (map[int64]decided, error) {
	found := map[int64]decided{}
	for i := range wrong {
		w := &wrong[i]
		err := eachDecided(ctx, copied, logQuery+" WHERE l.seq = ? OR l.id = ?", []any{w.Seq, w.ID}, func(d *decided) {
			if d.wrong == "" && ask != nil {
				d.wrong, _ = ask(&d.Row)
			}
			if d.wrong == "" && (d.ID == w.ID || d.Seq == w.Seq && d.num == w.num) {
				found[w.Seq] = *d
			}
		})
		if err != nil {
			return found, err
		}
	}
	return found, nil
}

// decisions looks for those that are not what they were, that cannot be read, and whose article is gone.
func (c *checker) decisions(ctx context.Context) error {
	all, wrong, err := unsound(ctx, c.sql, c.o.Decision)
	c.Decisions = all
	if err != nil {
		return fmt.Errorf("decisions: %w", err)
	}
	if len(wrong) > 0 {
		c.damaged(ctx, wrong)
	}
	return c.gone(ctx)
}

// damaged notes decisions with which something is wrong: those that a copy has sound, those that say nothing, and the rest. What a newer
// program wrote is in order.
func (c *checker) damaged(ctx context.Context, wrong []decided) {
	found := map[int64]decided{}
	for _, path := range c.o.Copies {
		if found = lookInto(ctx, path, wrong, c.o.Decision); len(found) > 0 {
			c.Copy = path
			break
		}
	}
	c.wrong = wrong
	var where, had, void []string
	for i := range wrong {
		w := &wrong[i]
		_, sound := found[w.Seq]
		switch {
		case sound:
			had = append(had, w.String())
		case w.newer:
			c.Newer++
		case c.o.Void != nil && c.o.Void(&w.Row):
			void = append(void, w.String())
			c.void = append(c.void, w.Seq)
		default:
			where = append(where, w.String())
		}
	}
	if len(had) > 0 {
		c.Faults = append(c.Faults, Fault{Again, number(len(had), "decision is", "decisions are") + " damaged, and sound in the copy " + c.Copy, had})
	}
	if len(void) > 0 {
		c.Faults = append(c.Faults, Fault{Void, number(len(void), "decision names", "decisions name") + " no words of a text, here and in every copy", void})
	}
	if len(where) > 0 {
		c.Faults = append(c.Faults, Fault{Lost, number(len(where), "decision is", "decisions are") + " damaged, and sound in no copy", where})
	}
}

// takeOut takes decisions that say nothing out of the log.
func takeOut(ctx context.Context, d *db.DB, r *Report) (int, error) {
	return len(r.void), inTransaction(ctx, d, func(tx *sql.Tx) error {
		for _, seq := range r.void {
			if _, err := tx.ExecContext(ctx, "DELETE FROM log WHERE seq = ?", seq); err != nil {
				return fmt.Errorf("take out decision %d: %w", seq, err)
			}
		}
		return nil
	})
}

// lookInto is soundIn for the copy at path, which finds nothing if that cannot be read.
func lookInto(ctx context.Context, path string, wrong []decided, ask Asked) map[int64]decided {
	copied, err := openCopy(path)
	if err != nil {
		return nil
	}
	defer copied.Close()
	found, _ := soundIn(ctx, copied, wrong, ask)
	return found
}

// openCopy opens a copy to read it.
func openCopy(path string) (*sql.DB, error) {
	return sql.Open("sqlite", dataSource(path, "mode", "ro", "immutable", "1"))
}

// putBack takes decisions that are damaged from a copy in which they are sound. No other is touched.
func putBack(ctx context.Context, d *db.DB, r *Report) (back int, err error) {
	if r.Copy == "" || len(r.wrong) == 0 {
		return 0, nil
	}
	copied, err := openCopy(r.Copy)
	if err != nil {
		return 0, err
	}
	defer copied.Close()
	found, err := soundIn(ctx, copied, r.wrong, r.o.Decision)
	if err != nil {
		return 0, err
	}
	return len(found), inTransaction(ctx, d, func(tx *sql.Tx) error {
		for seq, f := range found {
			at := int64(0)
			if !f.At.IsZero() {
				at = f.At.UnixMilli()
			}
			_, err := tx.ExecContext(ctx, "UPDATE log SET id = ?, version = ?, at = ?, who = ?, body = ? WHERE seq = ?", f.ID, f.Version, at, f.Who, f.Body, seq)
			if err != nil {
				return fmt.Errorf("put back decision %s: %w", f.ID, err)
			}
		}
		return nil
	})
}
