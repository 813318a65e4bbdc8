package db

import "fmt"

// Limit keeps a library from growing beyond a number of pages, as a full disk does.
func Limit(s *DB, pages int) error {
	_, err := s.writes.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages))
	return err
}
