package db

import (
	"context"
	"database/sql"
	"fmt"

	"byline/annotate/library"
	"byline/annotate/library/db/process"
)

// Begin notes that engine begins to annotate an article, in this process. The note outlives a kill of the process, and goes when
// the layer is saved or by [Layers.Forget].
func (s Layers) Begin(ctx context.Context, id, engine string) error {
	err := s.writeSoon(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO tries (article, version, engine, count, process) SELECT num, version, ?2, 1, ?3 FROM articles WHERE id = ?1
			ON CONFLICT DO UPDATE SET count = iif(version = excluded.version AND engine = excluded.engine, count + 1, 1),
				version = excluded.version, engine = excluded.engine, process = excluded.process`, id, engine, process.Mark())
		return err
	})
	if err != nil {
		return fmt.Errorf("note that %s is annotated: %w", id, err)
	}
	return nil
}

// Forget takes notes of [Layers.Begin] back: one of them, or all. Nobody is at it any more.
func (s Layers) Forget(ctx context.Context, id string, all bool) error {
	err := s.writeSoon(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE tries SET count = iif(?2, 0, count - 1), process = '' WHERE article = (SELECT num FROM articles WHERE id = ?1)", id, all)
		return err
	})
	if err != nil {
		return fmt.Errorf("note that %s is annotated again: %w", id, err)
	}
	return nil
}

// Fail notes that the annotation of an article that this process began ended without a layer, so that it does not look as if it
// were still going on. It counts as one that was killed.
func (s Layers) Fail(ctx context.Context, id string) error {
	err := s.writeSoon(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE tries SET process = '' WHERE process = ?2 AND article = (SELECT num FROM articles WHERE id = ?1)", id, process.Mark())
		return err
	})
	if err != nil {
		return fmt.Errorf("note that %s is not annotated: %w", id, err)
	}
	return nil
}

// A Try is an article whose annotation was begun and has not ended.
type Try struct {
	ID      string
	Title   string
	Words   int // of the article
	Count   int // how often
	Attempt library.Attempt
}

// Tried returns the articles that engine began to annotate and has no layer of: those that were killed meanwhile, and
// those that are annotated just now. Of one with the ID, if id is not empty.
func (s Layers) Tried(ctx context.Context, engine, id string) ([]Try, error) {
	return s.tried(ctx, "t.engine = ?1 AND a.removed = 0 AND ?2 IN ('', a.id)", engine, id)
}

// Attempts returns what is tried of which articles, by their IDs.
func (s Articles) Attempts(ctx context.Context) (map[string]library.Attempt, error) {
	return s.attempts(ctx, "TRUE")
}

// attempts is Attempts for the articles that meet a condition.
func (s Articles) attempts(ctx context.Context, where string, args ...any) (map[string]library.Attempt, error) {
	all, err := s.tried(ctx, where, args...)
	out := make(map[string]library.Attempt, len(all))
	for _, t := range all {
		out[t.ID] = t.Attempt
	}
	return out, err
}

// begun selects what was begun. CROSS JOIN has SQLite look up the few articles of tries; to have them in order it would read all articles.
const begun = `SELECT a.id, a.title, a.length, t.count, t.process FROM tries t CROSS JOIN articles a ON a.num = t.article AND a.version = t.version
	WHERE t.count > 0 AND `

// tried lists what was begun, of the articles that meet a condition.
func (c *conn) tried(ctx context.Context, where string, args ...any) ([]Try, error) {
	rows, err := c.reads.QueryContext(ctx, begun+where+" ORDER BY a.num", args...)
	if err != nil {
		return nil, fmt.Errorf("list what was broken off: %w", c.explain(err))
	}
	defer rows.Close()
	var out []Try
	for rows.Next() {
		var t Try
		var by string
		if err := rows.Scan(&t.ID, line(&t.Title), &t.Words, &t.Count, &by); err != nil {
			return nil, err
		}
		t.Attempt = attemptOf(process.Of(by))
		out = append(out, t)
	}
	return out, rows.Err()
}

// attemptOf returns how an attempt stands whose process has a state. What an older byline began has none: as far as is known
// it was broken off.
func attemptOf(p process.State) library.Attempt {
	return map[process.State]library.Attempt{
		process.Running: library.Running, process.Elsewhere: library.Elsewhere, process.Ended: library.BrokenOff, process.Unknown: library.BrokenOff,
	}[p]
}
