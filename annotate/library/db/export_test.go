package db

import (
	"context"
	"fmt"
	"time"

	"byline/annotate/library"
	"byline/annotate/library/query"
)

// Limit limits the pages of a library, as a full disk does.
func Limit(s *DB, pages int) error {
	_, err := s.writes.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages))
	return err
}

// Search is Hits for a query that is being typed.
func (s Searches) Search(ctx context.Context, text string, limit int) ([]library.Hit, error) {
	labels, err := Layers(s).Labels(ctx)
	if err != nil {
		return nil, err
	}
	e, err := query.Parse(text, query.Options{Now: time.Now(), Typing: true, Labels: labels})
	if err != nil {
		return nil, err
	}
	return s.Hits(ctx, e, limit)
}
