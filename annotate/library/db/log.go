package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"byline/annotate"
)

// Log is the log of decisions on all articles. It only grows.
type Log struct{ *conn }

// A Row is one entry of the log. Its body belongs to the caller.
type Row struct {
	Seq     int64 // its place in the log of this library; set by Append
	ID      string
	Version int // of the article that it was made on; 0 at Append for the current one
	At      time.Time
	Who     string
	Body    []byte
}

// Append adds rows to the log of an article, all or none, and stores the article's new
// counts if they are not nil. It returns when they are on the disk. A row whose ID is
// already in the log is not added again.
func (s Log) Append(ctx context.Context, id string, counts *annotate.Counts, rows ...Row) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		var num int64
		var version int
		err := tx.QueryRowContext(ctx, "SELECT num, version FROM articles WHERE id = ?", id).Scan(&num, &version)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNotFound
		}
		if err != nil {
			return err
		}
		for _, r := range rows {
			if r.Version == 0 {
				r.Version = version
			}
			_, err := tx.ExecContext(ctx, "INSERT INTO log (id, article, version, at, who, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
				r.ID, num, r.Version, toMillis(r.At), r.Who, notNull(r.Body))
			if err != nil {
				return err
			}
		}
		if counts == nil {
			return nil
		}
		return setCounts(ctx, tx, num, *counts)
	})
	if err != nil {
		return fmt.Errorf("log decisions on %s: %w", id, err)
	}
	return nil
}

// Rows returns the log of an article after the row with sequence number after, or all of
// it for 0.
func (s Log) Rows(ctx context.Context, id string, after int64) ([]Row, error) {
	rows, err := s.reads.QueryContext(ctx, `SELECT l.seq, l.id, l.version, l.at, l.who, l.body FROM log l
		JOIN articles a ON a.num = l.article WHERE a.id = ? AND l.seq > ? ORDER BY l.seq`, id, after)
	if err != nil {
		return nil, fmt.Errorf("read the log of %s: %w", id, s.explain(err))
	}
	defer rows.Close()
	var out []Row
	for rows.Next() {
		var r Row
		var at int64
		if err := rows.Scan(&r.Seq, &r.ID, &r.Version, &at, &r.Who, &r.Body); err != nil {
			return nil, fmt.Errorf("read the log of %s: %w", id, err)
		}
		r.At = fromMillis(at)
		out = append(out, r)
	}
	return out, rows.Err()
}
