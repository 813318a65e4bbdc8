package db

import (
	"context"
	"database/sql"
	"fmt"
)

// Begin notes that engine begins to annotate an article. The note outlives a kill of the process, and goes when the layer is
// saved or by [Layers.Forget].
func (s Layers) Begin(ctx context.Context, id, engine string) error {
	err := s.writeSoon(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO tries (article, version, engine, count) SELECT num, version, ?2, 1 FROM articles WHERE id = ?1
			ON CONFLICT DO UPDATE SET count = iif(version = excluded.version AND engine = excluded.engine, count + 1, 1),
				version = excluded.version, engine = excluded.engine`, id, engine)
		return err
	})
	if err != nil {
		return fmt.Errorf("note that %s is annotated: %w", id, err)
	}
	return nil
}

// Forget takes notes of [Layers.Begin] back: one of them, or all.
func (s Layers) Forget(ctx context.Context, id string, all bool) error {
	err := s.writeSoon(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE tries SET count = iif(?2, 0, count - 1) WHERE article = (SELECT num FROM articles WHERE id = ?1)", id, all)
		return err
	})
	if err != nil {
		return fmt.Errorf("note that %s is annotated again: %w", id, err)
	}
	return nil
}

// A Try is an article whose annotation was begun and has not ended.
type Try struct {
	ID    string
	Title string
	Words int // of the article
	Count int // how often
}

// Tried returns the articles that engine began to annotate and has no layer of: those that were killed meanwhile, and
// those that are annotated just now. Of one with the ID, if id is not empty.
func (s Layers) Tried(ctx context.Context, engine, id string) ([]Try, error) {
	rows, err := s.reads.QueryContext(ctx, `SELECT a.id, a.title, a.length, t.count FROM tries t JOIN articles a ON a.num = t.article AND a.version = t.version
		WHERE t.engine = ?1 AND t.count > 0 AND a.removed = 0 AND ?2 IN ('', a.id) ORDER BY a.num`, engine, id)
	if err != nil {
		return nil, fmt.Errorf("list what was broken off: %w", s.explain(err))
	}
	defer rows.Close()
	var out []Try
	for rows.Next() {
		var t Try
		if err := rows.Scan(&t.ID, &t.Title, &t.Words, &t.Count); err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, rows.Err()
}
