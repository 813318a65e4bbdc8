package db

import (
	"context"
	"database/sql"
	"fmt"
)

// AppendEvents adds events to the log of the team, all or none, and returns when they are on the disk. Of two with one ID
// the one whose body sorts first stays, so that logs merged in either order are the same. Their Version means nothing.
func (s Log) AppendEvents(ctx context.Context, rows ...Row) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		for _, r := range rows {
			// What takes the place of another gets a new number, so that whoever reads on sees it.
			_, err := tx.ExecContext(ctx, `INSERT INTO team (id, at, who, body) VALUES (?1, ?2, ?3, ?4)
				ON CONFLICT (id) DO UPDATE SET seq = (SELECT max(seq) + 1 FROM team), at = excluded.at, who = excluded.who, body = excluded.body
				WHERE excluded.body < body`, r.ID, toMillis(r.At), r.Who, notNull(r.Body))
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("log what is done in the team: %w", err)
	}
	return nil
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
