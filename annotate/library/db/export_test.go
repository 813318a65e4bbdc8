package db

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"time"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db/place"
	"byline/annotate/library/query"
)

// Limit limits the pages of a library, as a full disk does.
func Limit(s *DB, pages int) error {
	_, err := s.writes.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages))
	return err
}

// OpenOn opens a library by one of SQLite's virtual file systems, and another way to sync a folder. It tells moved of a file that gets
// another name.
func OpenOn(ctx context.Context, path, vfs string, syncDir func(string), moved func(from, to string)) (*DB, error) {
	return open(ctx, &conn{at: &place.Place{Path: path, SyncDir: syncDir, Moved: moved, Params: url.Values{"vfs": {vfs}}}}, Options{})
}

// AppendSoon is Append by the way of what nobody decided.
func AppendSoon(ctx context.Context, s *DB, id string, counts *annotate.Counts, rows ...Row) error {
	return appendRows(ctx, s.Log.writeSoon, id, counts, rows)
}

// Fold folds the write-ahead log in, as is done when nothing was written for a while.
func Fold(s *DB) bool { return s.fold() }

// FoldEvery has a commit fold the log in as soon as it has so many pages.
func FoldEvery(s *DB, pages int) error {
	_, err := s.writes.Exec(fmt.Sprintf("PRAGMA wal_autocheckpoint = %d", pages))
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

// Reading begins to read the library as it is now, until end is called.
func Reading(ctx context.Context, s *DB) (end func(), err error) {
	tx, err := s.reads.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	var n int
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM articles").Scan(&n); err != nil {
		return nil, err
	}
	return func() { _ = tx.Rollback() }, nil
}
