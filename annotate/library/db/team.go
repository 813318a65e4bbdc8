package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
)

// AppendEvents adds events to the log of the team, all or none, and returns when they are on the disk. Of two with one ID
// the one whose body sorts first stays, so that logs merged in either order are the same. Their Version means nothing. Of
// the articles with IDs in changed what everybody sees may be another by that: of those with decisions the layer is outdated,
// and their IDs are returned.
func (s Log) AppendEvents(ctx context.Context, changed []string, rows ...Row) (outdated []string, err error) {
	ids, err := json.Marshal(changed)
	if err != nil {
		return nil, err
	}
	err = s.write(ctx, func(tx *sql.Tx) error {
		for _, r := range rows {
			// What takes the place of another gets a new number, so that whoever reads on sees it.
			_, err := tx.ExecContext(ctx, `INSERT INTO team (id, at, who, body) VALUES (?1, ?2, ?3, ?4)
				ON CONFLICT (id) DO UPDATE SET seq = (SELECT max(seq) + 1 FROM team), at = excluded.at, who = excluded.who, body = excluded.body
				WHERE excluded.body < body`, r.ID, toMillis(r.At), r.Who, notNull(r.Body))
			if err != nil {
				return err
			}
		}
		outdated, err = outdate(ctx, tx, string(ids))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("log what is done in the team: %w", err)
	}
	return outdated, nil
}

// outdate notes that the layers of articles, a list in JSON, are to be saved again, of those that have decisions. It returns their IDs.
func outdate(ctx context.Context, tx *sql.Tx, ids string) (out []string, err error) {
	rows, err := tx.QueryContext(ctx, `UPDATE counts SET seq = -1 WHERE article IN (SELECT a.num FROM json_each(?) j JOIN articles a ON a.id = j.value
		WHERE EXISTS (SELECT 1 FROM log l WHERE l.article = a.num)) RETURNING (SELECT id FROM articles WHERE num = article)`, ids)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, rows.Err()
}

// Events returns the events of the team after the one with sequence number after, or all for 0.
func (s Log) Events(ctx context.Context, after int64) ([]Row, error) {
	rows, err := s.reads.QueryContext(ctx, "SELECT seq, id, at, who, body FROM team WHERE seq > ? ORDER BY seq", after)
	if err != nil {
		return nil, fmt.Errorf("read the log of the team: %w", s.explain(err))
	}
	defer rows.Close()
	var out []Row
	for rows.Next() {
		var r Row
		var at int64
		if err := rows.Scan(&r.Seq, &r.ID, &at, &r.Who, &r.Body); err != nil {
			return nil, fmt.Errorf("read the log of the team: %w", err)
		}
		r.At = fromMillis(at)
		out = append(out, r)
	}
	return out, rows.Err()
}
