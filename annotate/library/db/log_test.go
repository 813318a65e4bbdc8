package db_test

import (
	"errors"
	"fmt"
	"slices"
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

// Who decided is asked of an index, one name after another: none, one without a name, names that begin alike, and one in the trash.
func TestDeciders(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	if got := must[[]string](t)(s.Deciders(ctx)); len(got) != 0 {
		t.Errorf("%q decided on nothing", got)
	}
	id := must[db.Added](t)(s.Add(ctx, story("Press", "Text."))).ID
	gone := must[db.Added](t)(s.Add(ctx, story("Gone", "Another text."))).ID
	for i, who := range []string{"Zoë", "Ann", "Ann Lee", "", "Ann", "Zoë"} {
		if err := s.Append(ctx, id, nil, db.Row{ID: fmt.Sprint(i), Who: who}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Append(ctx, gone, nil, db.Row{ID: "gone", Who: "Bo"}); err != nil {
		t.Fatal(err)
	}
	if err := s.Remove(ctx, gone); err != nil {
		t.Fatal(err)
	}
	if got := must[[]string](t)(s.Deciders(ctx)); !slices.Equal(got, []string{"", "Ann", "Ann Lee", "Bo", "Zoë"}) {
		t.Errorf("%q decided", got)
	}
}
