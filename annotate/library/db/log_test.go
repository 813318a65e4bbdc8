package db_test

import (
	"errors"
	"testing"
	"time"

	"byline/annotate/library/db"
)

func TestVersionAt(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	a := story("ferry", "We sail at six.")
	id := must[db.Added](t)(s.Add(ctx, a)).ID
	first := time.Now()
	for time.Now().UnixMilli() == first.UnixMilli() { // times are kept in milliseconds
	}
	b := story("ferry", "We sail at seven.")
	must[db.Added](t)(s.Add(ctx, b))
	for _, c := range []struct {
		at   time.Time
		want int
	}{{first, 1}, {time.Now(), 2}, {first.AddDate(-9, 0, 0), 1}} {
		if got, err := s.VersionAt(ctx, id, c.at); got != c.want || err != nil {
			t.Errorf("at %v: version %d, want %d, %v", c.at, got, c.want, err)
		}
	}
	if _, err := s.VersionAt(ctx, "nothing", first); !errors.Is(err, db.ErrNotFound) {
		t.Errorf("of no article: %v", err)
	}
}
