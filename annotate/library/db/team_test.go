package db_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"byline/annotate/library/db"
)

// Events are there once each, in whatever order they come; of two with one ID the same one stays.
func TestEvents(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	at := time.Date(2026, 3, 9, 10, 0, 0, 0, time.UTC)
	row := func(id, body string) db.Row { return db.Row{ID: id, At: at, Who: "carl", Body: []byte(body)} }
	orders := [][]db.Row{
		{row("1", "a"), row("2", "b"), row("2", "c"), row("3", "d")},
		{row("3", "d"), row("2", "c"), row("2", "b"), row("1", "a"), row("2", "c")},
	}
	for _, order := range orders {
		s, err := db.Open(ctx, filepath.Join(t.TempDir(), "library.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		for _, r := range order {
			if _, err := s.AppendEvents(ctx, nil, r); err != nil {
				t.Fatal(err)
			}
		}
		all, err := s.Events(ctx, 0)
		if err != nil {
			t.Fatal(err)
		}
		bodies := map[string]string{}
		last := int64(0)
		for _, r := range all {
			bodies[r.ID] = string(r.Body)
			if r.Seq <= last || r.Who != "carl" || !r.At.Equal(at) {
				t.Errorf("%+v after %d", r, last)
			}
			last = r.Seq
		}
		if len(all) != 3 || bodies["1"] != "a" || bodies["2"] != "b" || bodies["3"] != "d" {
			t.Errorf("%v", bodies)
		}
		if more, err := s.Events(ctx, last); err != nil || len(more) > 0 {
			t.Errorf("after the last: %v, %v", more, err)
		}
	}
}
