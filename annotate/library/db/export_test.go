package db

import (
	"context"
	"fmt"
	"time"

	"byline/annotate/library"
	"byline/annotate/library/query"
)

// Limit keeps a library from growing beyond a number of pages, as a full disk does.
func Limit(s *DB, pages int) error {
	_, err := s.writes.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages))
	return err
}

// Search is Hits of what somebody is typing.
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
