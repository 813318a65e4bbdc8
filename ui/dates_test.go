package ui_test

import (
	"testing"
	"time"

	"byline/articles"
	"byline/ui"
)

func extent(days ...time.Time) (x articles.Extent) {
	for _, t := range days {
		x.Add(articles.DateAt(t, articles.ToDay, ""))
	}
	return x
}

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
		if got := d.Width(extent(c.days...)); got != c.want {
			t.Errorf("%v: %d cells, want %d", c.days, got, c.want)
		}
	}
	short := ui.Dates{Layout: "2 Jan 2006", Now: func() time.Time { return now.AddDate(0, 6, 0) }}
	for _, c := range []struct {
		last time.Time
		want int
	}{{now.AddDate(0, 3, 0), len("28 Mar")}, {now.AddDate(0, 6, -1), len("yesterday")}, {now.AddDate(0, 6, 0), len("yesterday")}} {
		if got := short.Width(extent(now.AddDate(0, 1, 0), c.last)); got != c.want {
			t.Errorf("days to %v: %d cells, want %d", c.last, got, c.want)
		}
	}
	if iso := (ui.Dates{Layout: "2006-01-02", Now: d.Now}); iso.Day(now.AddDate(0, 1, 0)) != "2026-02-01" {
		t.Error(iso.Day(now.AddDate(0, 1, 0)))
	}
}

// A month is shown as a month, and a year as a year, in every layout.
func TestVagueDates(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 6, 3, 9, 0, 0, 0, time.UTC)
	for layout, want := range map[string]string{
		"2006-01-02": "2026-05-02|2026-05|2024", "2 Jan 2006": "2 May|May 2026|2024", "2 January 2006": "2 May|May 2026|2024", "Jan 2, 2006": "May 2|May 2026|2024",
	} {
		d := ui.Dates{Layout: layout, Now: func() time.Time { return now }}
		day, month, year := articles.Day(2026, 5, 2), articles.ParseDate("2026-05"), articles.ParseDate("2024")
		if got := d.Of(day) + "|" + d.Of(month) + "|" + d.Of(year) + d.Of(0); got != want {
			t.Errorf("%s: %s, want %s", layout, got, want)
		}
		for _, of := range [][]articles.Date{{day, month, year}, {year, day}, {month}, {year}, {year, month}} {
			var x articles.Extent
			widest := 0
			for _, date := range of {
				x.Add(date)
				widest = max(widest, len(d.Of(date)))
			}
			if got := d.Width(x); got < widest || len(of) == 1 && of[0] == year && got != 4 {
				t.Errorf("%s: %v in %d cells", layout, of, got)
			}
		}
	}
}
