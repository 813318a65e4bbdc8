package db

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"byline/annotate/library"
	"byline/articles/clean"
)

// SavedSearches returns the saved queries by name.
func (s Searches) SavedSearches(ctx context.Context) ([]library.SavedSearch, error) {
	rows, err := s.reads.QueryContext(ctx, "SELECT name, query FROM searches ORDER BY name")
	if err != nil {
		return nil, fmt.Errorf("list saved searches: %w", s.explain(err))
	}
	defer rows.Close()
	var out []library.SavedSearch
	for rows.Next() {
		var x library.SavedSearch
		if err := rows.Scan(&x.Name, &x.Query); err != nil {
			return nil, fmt.Errorf("list saved searches: %w", err)
		}
		out = append(out, x)
	}
	return out, rows.Err()
}

// SaveSearch saves a query under a name and replaces an earlier one. An empty query
// deletes it.
func (s Searches) SaveSearch(ctx context.Context, x library.SavedSearch) error {
	x.Name, x.Query = clean.Line(x.Name), clean.Line(x.Query)
	err := s.write(ctx, func(tx *sql.Tx) error {
		if x.Query == "" {
			_, err := tx.ExecContext(ctx, "DELETE FROM searches WHERE name = ?", x.Name)
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO searches (name, query, saved) VALUES (?, ?, ?)", x.Name, x.Query, time.Now().UnixMilli())
		return err
	})
	if err != nil {
		return fmt.Errorf("save the search %q: %w", x.Name, err)
	}
	return nil
}
