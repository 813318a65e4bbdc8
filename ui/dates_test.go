package ui_test

import (
	"slices"
	"testing"
	"time"

	"byline/ui"
)

func TestDates(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 1, 0, 30, 0, 0, time.UTC)
	d := ui.Dates{Layout: "2 January 2006", Now: func() time.Time { return now }}
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
		if got := d.Day(c.at); got != c.want {
			t.Errorf("%v is %q, want %q", c.at, got, c.want)
		}
	}
	for _, c := range []struct {
		days []time.Time
		want int
	}{
		{nil, 0},
		{[]time.Time{{}}, 0},
		{[]time.Time{{}, now}, len("today")},
		{[]time.Time{now.AddDate(0, 3, 0)}, len("28 September")},
		{[]time.Time{now.AddDate(-3, 3, 0)}, len("28 September 2006")},
		{[]time.Time{now.AddDate(0, 0, -1), now}, len("yesterday")},
		{[]time.Time{now.AddDate(-3, 3, 0), now}, len("28 September 2006")},
	} {
		if got := d.Width(slices.Values(c.days)); got != c.want {
			t.Errorf("%v: %d cells, want %d", c.days, got, c.want)
		}
	}
	short := ui.Dates{Layout: "2 Jan 2006", Now: func() time.Time { return now.AddDate(0, 6, 0) }}
	for _, c := range []struct {
		last time.Time
		want int
	}{{now.AddDate(0, 3, 0), len("28 Mar")}, {now.AddDate(0, 6, -1), len("yesterday")}, {now.AddDate(0, 6, 0), len("yesterday")}} {
		if got := short.Width(slices.Values([]time.Time{now.AddDate(0, 1, 0), c.last})); got != c.want {
			t.Errorf("days to %v: %d cells, want %d", c.last, got, c.want)
		}
	}
	if iso := (ui.Dates{Layout: "2006-01-02", Now: d.Now}); iso.Day(now.AddDate(0, 1, 0)) != "2026-02-01" {
		t.Error(iso.Day(now.AddDate(0, 1, 0)))
	}
}
