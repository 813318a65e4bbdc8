package db

import (
	"context"
	"fmt"
	"time"
)

// An Edition is a version of an article, without its text.
type Edition struct {
	Number int // from 1
	Added  time.Time
}

// Editions returns the versions of an article, the first first.
func (s *Store) Editions(ctx context.Context, id string) ([]Edition, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT v.version, v.added FROM versions v JOIN articles a ON a.num = v.article WHERE a.id = ? ORDER BY v.version", id)
	if err != nil {
		return nil, fmt.Errorf("list the versions of %s: %w", id, s.named(err))
	}
	defer rows.Close()
	var out []Edition
	for rows.Next() {
		var e Edition
		var added int64
		if err := rows.Scan(&e.Number, &added); err != nil {
			return nil, fmt.Errorf("list the versions of %s: %w", id, err)
		}
		e.Added = moment(added)
		out = append(out, e)
	}
	return out, rows.Err()
}
