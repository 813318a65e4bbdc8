package library

import (
	"testing"
	"time"
)

func TestPercent(t *testing.T) {
	t.Parallel()
	for share, want := range map[float64]string{0: "–", .001: "1%", .424: "42%", .999: "99%", 1: "100%", 1.2: "100%"} {
		if got := percent(share); got != want {
			t.Errorf("%v is %s, want %s", share, got, want)
		}
	}
}

func TestDays(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 1, 0, 30, 0, 0, time.UTC)
	d := dates{"2 January 2006", func() time.Time { return now }}
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{time.Time{}, ""},
		{now.Add(-29 * time.Minute), "today"},
		{now.Add(-time.Hour), "yesterday"},
		{now.Add(-48 * time.Hour), "30 December 2025"},
		{now.AddDate(0, 8, 20), "21 September"},
	} {
		if got := d.day(c.at); got != c.want {
			t.Errorf("%v is %q, want %q", c.at, got, c.want)
		}
	}
	if d.width() != len("28 September 2006") {
		t.Errorf("%d cells", d.width())
	}
	if iso := (dates{"2006-01-02", d.now}); iso.day(now.AddDate(0, 1, 0)) != "2026-02-01" {
		t.Error(iso.day(now.AddDate(0, 1, 0)))
	}
}
